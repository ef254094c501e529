"""Who sends which row: a sender takes rows for a minute, and nobody else touches them meanwhile."""

import json
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Text, and_, bindparam, cast, func, select, text, update

from models.rules.delivery.fair_queue import NextRow, QueueState, QueueStatus, choose
from models.rules.delivery.outcomes import EDIT, POST
from models.rules.delivery.restore_gap import Gap, gap_of
from models.rules.delivery.verdicts import LEASE, UPDATE_PACE, WORKSPACE_PACE, Claimed, Gate, State
from models.services.delivery import pace, restores
from models.services.delivery.next_rows import next_rows
from models.services.delivery.related_rows import drop_what_is_said_later
from models.tables.outbox import is_unsettled, outbox_messages

ONE_AT_A_TIME = 7_346_219  # names our advisory lock: an earlier row must be seen to keep a channel's order

outbox = outbox_messages.c


def look(db: Connection, slack_team: str, now: datetime) -> QueueStatus:
    """Say whether a claim would find a row: asked first, so that an idle bot never writes."""
    queue = next_rows(db, slack_team, now)
    if choose(queue.rows, queue.shut, now, 1) or any(row.is_leased_too_long(now) for row in queue.rows):
        return QueueStatus(QueueState.READY, queue.is_check_due)
    return QueueStatus(QueueState.WAITING if queue.rows else QueueState.IDLE, queue.is_check_due)


def claim(db: Connection, slack_team: str, now: datetime, limit: int) -> tuple[Claimed, ...]:
    """Take at most `limit` rows of a workspace whose turn it is; they are the caller's for `LEASE`.

    A row whose sender vanished is taken over, as one that Slack may have taken.
    """
    if db.dialect.name == "postgresql":
        db.execute(_OURS_ALONE, {"key": ONE_AT_A_TIME, "slack_team": slack_team})
    queue = next_rows(db, slack_team, now)
    if any(row.is_leased_too_long(now) for row in queue.rows):
        _shorten_leases(db, queue.rows[0].workspace_id, now)
    chosen = {row.id: row for row in choose(queue.rows, queue.shut, now, limit)}
    drop_what_is_said_later(db, [row.id for row in chosen.values() if row.is_edit], now)
    rows = _locked(db, chosen)
    if not rows:
        return ()
    gaps = restores.gaps(db)
    newest = _newest(db, rows[0].workspace_id)
    taken = [_taken(row, gap_of(row.due_at, gaps), newest, now) for row in rows]
    db.execute(_TAKE, [{"row_id": row.id, **values} for row, values in zip(rows, taken, strict=True)])
    _keep_pace(db, [chosen[row.id] for row in rows], now)
    return tuple(
        _claimed(row, values, gap_of(row.due_at, gaps)) for row, values in zip(rows, taken, strict=True)
    )


def _shorten_leases(db: Connection, workspace_id: int, now: datetime) -> None:
    is_being_sent = and_(outbox.workspace_id == workspace_id, is_unsettled(), outbox.state == State.SENDING)
    too_long = and_(is_being_sent, outbox.lease_until > now + LEASE)
    db.execute(update(outbox_messages).where(too_long).values(lease_until=now + LEASE))


def _locked(db: Connection, chosen: Mapping[int, NextRow]) -> Sequence[Row[Any]]:
    """Lock the rows that are still as they were seen: another sender may be settling one at this moment."""
    query = select(*_COLUMNS).where(outbox.id.in_(chosen), is_unsettled())
    rows = db.execute(query.order_by(outbox.id).with_for_update(skip_locked=True)).all() if chosen else ()
    return [
        row for row in rows if (row.attempts, row.state) == (chosen[row.id].attempts, chosen[row.id].state)
    ]


def readable(written: str) -> Mapping[str, Any] | None:
    """Read a column's JSON; None when nobody can."""
    try:
        args = json.loads(written)
    except ValueError:
        return None
    return args if isinstance(args, dict) else None


# What is JSON is read here and not by the driver, row by row: one that nobody can read keeps back no other.
_JSON = ("args", "files")
_COLUMNS = [cast(column, Text).label(column.name) if column.name in _JSON else column for column in outbox]

_OURS_ALONE = text("SELECT pg_advisory_xact_lock(:key, hashtext(:slack_team))")
_TAKE = (
    update(outbox_messages)
    .where(outbox.id == bindparam("row_id"))
    .values(
        {
            name: bindparam(name)
            for name in (
                "state",
                "attempts",
                "lease_owner",
                "lease_until",
                "unsure_at",
                "missed_at",
                "first_try_at",
                "shown_before",
            )
        }
    )
)


def _newest(db: Connection, workspace_id: int) -> str | None:
    """The newest message we know of: what is first tried now can only be newer, whatever our clock says."""
    query = select(func.max(outbox.slack_ts)).where(outbox.workspace_id == workspace_id)
    newest: str | None = db.execute(query).scalar_one()
    return newest


def _taken(row: Row[Any], gap: Gap | None, newest: str | None, now: datetime) -> dict[str, Any]:
    """Say what a claim makes of a row. The sender that vanished may have sent until its lease ended."""
    unsure_at, missed_at = row.unsure_at, row.missed_at
    if row.state == State.SENDING:
        unsure_at, missed_at = min(row.lease_until or now, now), None
    if gap:
        unsure_at = max(unsure_at or gap.restored_at, gap.restored_at)
    return {
        "state": State.SENDING,
        "attempts": row.attempts + 1,
        "lease_owner": str(uuid.uuid4()),
        "lease_until": now + LEASE,
        "unsure_at": unsure_at,
        "missed_at": missed_at,
        "first_try_at": row.first_try_at or now,
        "shown_before": row.shown_before if row.first_try_at else newest,
    }


def _claimed(row: Row[Any], taken: Mapping[str, Any], gap: Gap | None) -> Claimed:
    first_try_at = taken["first_try_at"]
    return Claimed(
        id=row.id,
        workspace_id=row.workspace_id,
        collaborative_id=row.collaborative_id,
        kind=row.kind,
        args=readable(row.args),
        channel=row.channel,
        subject=row.subject,
        thread_subject=row.thread_subject,
        nonce=row.nonce,
        files=readable(row.files) or {},
        expires_at=row.expires_at,
        due_at=row.due_at,
        attempts=taken["attempts"],
        unsure_at=taken["unsure_at"],
        missed_at=taken["missed_at"],
        first_try_at=first_try_at,
        look_from=min(first_try_at, gap.taken_at) if gap else first_try_at,
        shown_before=None if gap else taken["shown_before"],
        owner=taken["lease_owner"],
        only_for=row.only_for,
    )


def _keep_pace(db: Connection, rows: Iterable[NextRow], now: datetime) -> None:
    """Shut the workspace's gates for as long as these calls use up of what Slack allows."""
    counts = Counter((row.workspace_id, row.is_edit) for row in rows)
    for (workspace_id, is_edit), count in counts.items():
        method, step = (EDIT, UPDATE_PACE) if is_edit else (POST, WORKSPACE_PACE)
        pace.remember(db, workspace_id, [Gate(method, "", now + step * count)], now)
