"""How fast Slack lets us call: a memory of its 429s and of our own last calls, shared by all senders."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, bindparam, delete, exists, select, update

from models.rules.delivery.outcomes import EDIT, POST
from models.rules.delivery.verdicts import ANY, UPDATE_PACE, Gate, Gates
from models.services.upsert import Upsert
from models.tables.outbox import pace

KEEP = timedelta(hours=1)  # so long a channel's last turn counts when turns are shared out
_PUT = Upsert(pace, keys=("workspace_id", "method", "channel"), replace=("not_before", "set_at"))


def is_shut(workspace_id: ColumnElement[int], method: str) -> ColumnElement[bool]:
    """Whether a method waits, in the workspace a column names; the statement is given `now`."""
    return exists().where(
        pace.c.workspace_id == workspace_id,
        pace.c.method == method,
        pace.c.not_before > bindparam("now"),
        pace.c.set_at <= bindparam("now"),  # one set later says the clock was set back
    )


def remember(db: Connection, workspace_id: int, gates: Iterable[Gate], now: datetime) -> None:
    """Shut gates until their time."""
    for gate in gates:
        key = {"workspace_id": workspace_id, "method": gate.method, "channel": gate.channel}
        db.execute(_PUT.on(db), {**key, "not_before": gate.not_before, "set_at": now})


def give_back_edit(db: Connection, workspace_id: int, now: datetime) -> None:
    """Let the next edit go at once: one that was to go was not made. What Slack asked for stays."""
    shut_by_us = (pace.c.workspace_id == workspace_id, pace.c.method == EDIT, pace.c.channel == "")
    soon = pace.c.not_before <= now + UPDATE_PACE
    db.execute(update(pace).where(*shut_by_us, soon).values(not_before=now, set_at=now))


def shut(db: Connection, workspace_id: int, now: datetime) -> Gates:
    """Return the gates shut for a whole workspace; one shut later than now says the clock was set back."""
    is_wide = (
        pace.c.workspace_id == workspace_id,
        pace.c.method.in_((ANY, POST, EDIT)),
        pace.c.channel == "",
    )
    query = select(pace).where(*is_wide, pace.c.not_before > now, pace.c.set_at <= now)
    return {row.method: row.not_before for row in db.execute(query)}


def prune(db: Connection, now: datetime) -> None:
    """Forget gates that have been open for an hour."""
    db.execute(delete(pace).where(pace.c.not_before < now - KEEP))
