"""What waits in the outbox or was given up on: for a person to look at, and to let go again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from models.rules.delivery.verdicts import PARENT_FAILED, State
from models.services.delivery.outbox import UNTRIED
from models.tables.outbox import is_open, is_unsettled, outbox_messages

table = outbox_messages.c


@dataclass(frozen=True)
class WaitingMessage:
    """A message that is not out: still to go, held, or given up on."""

    id: int
    state: State
    kind: str
    channel: str
    due_at: datetime
    next_try_at: datetime
    attempts: int
    last_error: str


def messages(db: Connection) -> tuple[WaitingMessage, ...]:
    """Return all messages that are neither sent nor dropped, in the order they are due."""
    columns = (table.kind, table.channel, table.due_at, table.next_try_at, table.attempts, table.last_error)
    rows = db.execute(
        select(table.id, table.state, *columns).where(is_open()).order_by(table.due_at, table.id)
    )
    return tuple(WaitingMessage(row[0], State(row[1]), *row[2:]) for row in rows)


def retry(db: Connection, message_id: int) -> bool:
    """Let a message that failed go again, and the replies that failed with it; False when there is none.

    A person decides this: it may be seen twice if Slack took it when nobody could tell.
    """
    failed = table.state == State.FAILED
    again = update(outbox_messages).where(table.id == message_id, failed).values(UNTRIED)
    row = db.execute(again.returning(table.collaborative_id, table.subject)).first()
    if row is not None and row.subject is not None:
        replies = (table.collaborative_id == row.collaborative_id, table.thread_subject == row.subject)
        lost = (failed, table.last_error == PARENT_FAILED)
        db.execute(update(outbox_messages).where(*replies, *lost).values(UNTRIED))
    return row is not None


def args_of(db: Connection, collaborative_id: int, kind: str) -> list[Mapping[str, Any]]:
    """What the messages of a kind that still wait in a collaborative start from, the newest first."""
    same = (table.collaborative_id == collaborative_id, table.kind == kind)
    waits = (is_unsettled(), table.state == State.PENDING)
    return list(db.scalars(select(table.args).where(*same, *waits).order_by(table.id.desc())))
