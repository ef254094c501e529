"""How much waits to be delivered, and for how long already: for those who watch the bot."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from models.rules.delivery.verdicts import State
from models.tables.outbox import is_open, outbox_messages

OPEN = (State.PENDING, State.SENDING, State.HELD, State.FAILED)
DUE = (State.PENDING, State.SENDING)

outbox = outbox_messages.c


@dataclass(frozen=True)
class Queue:
    """Messages that are not out by state, and for how many seconds the oldest has been due (0: none is)."""

    counts: Mapping[str, int]
    oldest_due_s: float
    workspaces_held: int
    held_because: tuple[str, ...]  # Slack's codes


def queue(db: Connection, now: datetime) -> Queue:
    """Count what waits, is held or failed; from an index alone, however many messages went out."""
    counted = select(outbox.state, func.count(), func.min(outbox.due_at)).where(is_open())
    rows = {
        State(state): (count, oldest) for state, count, oldest in db.execute(counted.group_by(outbox.state))
    }
    due = [rows[state][1] for state in DUE if state in rows]
    is_held = (is_open(), outbox.state == State.HELD)
    query = select(outbox.workspace_id, outbox.last_error).where(*is_held).distinct()
    holds = db.execute(query).all() if State.HELD in rows else ()
    return Queue(
        {state.value: rows[state][0] if state in rows else 0 for state in OPEN},
        max(((now - oldest).total_seconds() for oldest in due), default=0.0) if due else 0.0,
        len({row.workspace_id for row in holds}),
        tuple(sorted({row.last_error for row in holds})),
    )
