"""What other rows of the outbox mean for one: the message it answers, and a later edit that says the same."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, Text, cast, select

from models.rules.delivery import (
    PARENT_FAILED,
    Claimed,
    Dropped,
    Failed,
    Later,
    State,
    Verdict,
    as_unsure_as,
)
from models.tables.outbox import outbox_messages

PATIENCE = timedelta(seconds=5)

outbox = outbox_messages.c


def without_parent(db: Connection, row: Claimed, now: datetime) -> Verdict:
    """Say what becomes of a reply while what it answers is not posted: it waits, or shares its fate."""
    parent = db.execute(
        select(outbox.state, outbox.due_at)
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
    behind = max(row.due_at, parent.due_at + timedelta(milliseconds=1))
    waits = Later(now + PATIENCE, "waits for its parent", is_counted=False, due_at=behind)
    return as_unsure_as(row, waits)


def is_said_later(db: Connection, row: Claimed, now: datetime) -> bool:
    """Whether a row due by now edits the same post from the same ids: one edit does for both.

    Thirty reports in a minute ask for thirty edits of one roll call; Slack allows fifty a minute in all.
    """
    mine = outbox_messages.alias("mine")
    words = select(cast(mine.c.args, Text)).where(mine.c.id == row.id).scalar_subquery()
    later = select(outbox.id).where(
        outbox.collaborative_id == row.collaborative_id,
        outbox.subject == row.subject,
        outbox.channel == row.channel,
        outbox.kind == row.kind,
        outbox.state == State.PENDING,
        outbox.due_at <= now,
        outbox.id > row.id,
        cast(outbox.args, Text) == words,  # as they stand: nobody may be able to read them
    )
    return db.execute(later.limit(1)).first() is not None
