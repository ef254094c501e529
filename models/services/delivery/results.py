"""What became of a claimed row, written once and only while the row is still its sender's."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Update, select, update

from models.rules.delivery.outcomes import NOBODY_CODES, POST
from models.rules.delivery.pictures import Files
from models.rules.delivery.verdicts import (
    CHANNEL_PACE,
    LEASE,
    Claimed,
    Dropped,
    Elsewhere,
    Failed,
    Gate,
    Held,
    Later,
    Sent,
    State,
    Verdict,
)
from models.services.delivery import accounts, following, in_person, notices, pace, posts, workspace_hold
from models.services.delivery.accounts import OnLeft
from models.tables.outbox import outbox_messages

outbox = outbox_messages.c
FREE = {"lease_owner": None, "lease_until": None}

WhenFailed = Callable[[Connection, Claimed, datetime], object]
"""(db, the row that failed, now): what follows from it, in the transaction that writes it down."""


@dataclass(frozen=True)
class Hooks:
    """What features do about what delivery finds: by a failed row's kind, and when somebody left."""

    when_failed: Mapping[str, WhenFailed] = field(default_factory=dict)
    on_left: tuple[OnLeft, ...] = ()


def complete(db: Connection, row: Claimed, verdict: Verdict, now: datetime, hooks: Hooks) -> bool:
    """Write a verdict with all that follows from it; False, and nothing written, when the lease was lost."""
    ours = _ours(row).values({**FREE, **_values(row, verdict, now)}).returning(outbox.id)
    if db.execute(ours).first() is None:
        return False
    match verdict:
        case Sent():
            _keep_post(db, row, verdict, now)
            following.tell(db, row, verdict, now)
        case Later():
            _put_off(db, row, verdict, now)
        case Failed():
            _follow_failure(db, row, verdict, now, hooks)
        case Held():
            workspace_hold.hold(db, row.workspace_id, verdict.reason, now)
        case Dropped():
            if row.subject and posts.find(db, row.collaborative_id, row.subject, row.channel):
                pace.give_back_edit(db, row.workspace_id, now)
        case Elsewhere():
            in_person.say(db, row, verdict.to[1:], now)
    return True


def renew(db: Connection, row: Claimed, files: Files, now: datetime) -> bool:
    """Keep which pictures are uploaded and begin the lease anew; False when it was lost."""
    ours = _ours(row).values(files=dict(files), lease_until=now + LEASE).returning(outbox.id)
    return db.execute(ours).first() is not None


def sent_as(db: Connection, row: Claimed) -> str | None:
    """Return the `ts` another sender finished the row with, None while it is not sent."""
    query = select(outbox.slack_ts).where(outbox.id == row.id, outbox.state == State.SENT)
    return db.execute(query).scalar_one_or_none()


def _ours(row: Claimed) -> Update:
    return update(outbox_messages).where(
        outbox.id == row.id,
        outbox.state == State.SENDING,
        outbox.lease_owner == row.owner,
        outbox.attempts == row.attempts,
    )


def _values(row: Claimed, verdict: Verdict, now: datetime) -> dict[str, Any]:
    match verdict:
        case Sent():
            shown = {} if verdict.files is None else {"files": dict(verdict.files)}
            return {"state": State.SENT, "slack_ts": verdict.ts, "sent_at": now, "last_error": "", **shown}
        case Later():
            return {
                "state": State.PENDING,
                "next_try_at": verdict.until,
                "last_error": verdict.reason,
                "unsure_at": verdict.unsure_at,
                "missed_at": verdict.missed_at,
                "attempts": row.attempts - (not verdict.is_counted),
                "due_at": verdict.due_at or row.due_at,
            }
        case Failed():
            return {"state": State.FAILED, "last_error": verdict.reason}
        case Dropped():
            return {"state": State.DROPPED, "last_error": verdict.reason}
        case Elsewhere():
            return in_person.readdressed(verdict.to, now)
        case Held():
            return {"state": State.HELD, "last_error": verdict.reason, "unsure_at": row.unsure_at}


def _follow_failure(db: Connection, row: Claimed, failed: Failed, now: datetime, hooks: Hooks) -> None:
    notices.tell_failure(db, row, now)
    if row.kind in hooks.when_failed:
        hooks.when_failed[row.kind](db, row, now)
    if failed.reason in NOBODY_CODES:
        accounts.lost(db, row.workspace_id, row.channel, now, hooks.on_left)


def _keep_post(db: Connection, row: Claimed, sent: Sent, now: datetime) -> None:
    if row.subject or sent.follows:
        post = posts.Post(sent.channel, sent.ts)
        posts.keep(db, row.collaborative_id, following.name_of(row), row.channel, post)
    pace.remember(db, row.workspace_id, [Gate(POST, row.channel, now + CHANNEL_PACE)], now)


def _put_off(db: Connection, row: Claimed, later: Later, now: datetime) -> None:
    pace.remember(db, row.workspace_id, later.gates, now)
    if later.forgets_post and row.subject:
        posts.forget(db, row.collaborative_id, row.subject, row.channel)
