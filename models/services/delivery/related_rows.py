"""What other rows mean for one: the message it answers, and those of the same post before and after it."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Text,
    and_,
    bindparam,
    cast,
    func,
    or_,
    select,
    update,
)

from models.rules.delivery.verdicts import (
    PARENT_FAILED,
    Claimed,
    Dropped,
    Failed,
    Later,
    PerhapsShown,
    State,
    Verdict,
    as_unsure_as,
)
from models.tables.outbox import is_unsettled, outbox_messages

PATIENCE = timedelta(seconds=5)

outbox = outbox_messages.c


def without_parent(db: Connection, row: Claimed, now: datetime) -> Verdict:
    """Say what becomes of a reply while what it answers is not posted: it waits, or shares its fate."""
    parent = db.execute(
        select(outbox.id, outbox.state)
        .where(
            outbox.collaborative_id == row.collaborative_id,
            outbox.subject == row.thread_subject,
            outbox.channel == row.channel,
        )
        .order_by(outbox.id.desc())
        .limit(1)
    ).first()
    if parent is None or parent.state == State.SENT:
        return Failed("the message it answers is nowhere")
    if parent.state == State.FAILED:
        return Failed(PARENT_FAILED)
    if parent.state == State.DROPPED:
        return Dropped("the message it answers was dropped")
    behind = _behind(db, row, parent.id, now)
    waits = Later(now + PATIENCE, "waits for its parent", is_counted=False, due_at=behind)
    return as_unsure_as(row, waits)


def perhaps_shown(db: Connection, row: Claimed) -> PerhapsShown | None:
    """What was to make the same post and failed, but Slack may have shown it; None when nothing was."""
    failed = db.execute(
        select(outbox.nonce, outbox.unsure_at, outbox.first_try_at, outbox.shown_before)
        .where(
            outbox.collaborative_id == row.collaborative_id,
            outbox.subject == row.subject,
            outbox.channel == row.channel,
            outbox.id < row.id,
            outbox.state == State.FAILED,
            outbox.unsure_at.is_not(None),
        )
        .order_by(outbox.id)
    ).all()
    if not failed:
        return None
    nonces = frozenset(each.nonce for each in failed)
    return PerhapsShown(nonces, failed[-1].unsure_at, failed[0].first_try_at, failed[0].shown_before)


def behind_earlier(db: Connection, row: Claimed, now: datetime) -> Later | None:
    """Put a row behind what was said of its post before it, whatever the clocks said; None when nothing was.

    One that Slack took without an answer is tried again: its older words would stand in the end, or, where it
    made the post, there would be a second one.
    """
    same = (outbox.collaborative_id == row.collaborative_id, outbox.subject == row.subject)
    before = (outbox.channel == row.channel, outbox.id < row.id, is_unsettled(), _is_due(now))
    other = db.execute(select(func.max(outbox.id)).where(*same, *before)).scalar_one()
    if other is None:
        return None
    behind = _behind(db, row, other, now)
    return as_unsure_as(row, Later(now, "waits for an earlier edit", is_counted=False, due_at=behind))


def _behind(db: Connection, row: Claimed, other: int, now: datetime) -> datetime:
    """Return the moment after another row's turn: what was said before that one goes before it."""
    place = (outbox.workspace_id == row.workspace_id, outbox.channel == row.channel, is_unsettled())
    until = (outbox.id <= other, outbox.id != row.id, or_(outbox.id == other, _is_due(now)))
    last = db.execute(select(func.max(outbox.due_at)).where(*place, *until)).scalar_one()
    return max(row.due_at, last + timedelta(milliseconds=1)) if last else row.due_at


def _is_due(now: datetime) -> ColumnElement[bool]:
    """Whether a row ought to go, as a sender sees it."""
    return or_(outbox.first_try_at.is_not(None), outbox.due_at <= now, outbox.due_at <= outbox.created_at)


def drop_what_is_said_later(db: Connection, edits: Collection[int], now: datetime) -> None:
    """Settle all edits of these rows' posts that a later one, due by now, makes from the same ids.

    Thirty reports in a minute ask for thirty edits of one roll call; Slack allows fifty a minute in all, and
    an edit nobody would see takes none of them.
    """
    if edits:
        unseen = update(outbox_messages).where(outbox.id.in_(_SAID_LATER))
        words = {"state": State.DROPPED, "last_error": "a later edit says it"}
        db.execute(unseen.values(words), {"edits": list(edits), "now": now})


def _said_later() -> Select[Any]:
    """Select what waits for the same posts, but the last of those made from the same ids."""
    edit, mine = outbox_messages.alias("edit"), outbox_messages.alias("mine")
    names = ("collaborative_id", "subject", "channel")
    same_post = and_(*(mine.c[name] == edit.c[name] for name in names))
    words = cast(mine.c.args, Text)  # as they stand: nobody may be able to read them
    place = func.row_number().over(partition_by=(edit.c.id, mine.c.kind, words), order_by=mine.c.id.desc())
    ranked = (
        select(mine.c.id, place.label("place"))
        .join(edit, same_post)
        .where(edit.c.id.in_(bindparam("edits", expanding=True)))
        .where(mine.c.state == State.PENDING, mine.c.due_at <= bindparam("now"))
        .subquery()
    )
    return select(ranked.c.id).where(ranked.c.place > 1)


_SAID_LATER = _said_later()
