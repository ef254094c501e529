"""Holding all messages of a workspace that takes no call of ours, and letting them go again."""

from datetime import datetime

from sqlalchemy import Connection, select, update

from models.rules.delivery.verdicts import ANY, TEAM_CHECK, Gate, State
from models.services.delivery import notices, pace
from models.services.delivery.next_rows import IS_OURS
from models.tables.outbox import is_open, outbox_messages

outbox = outbox_messages.c


def hold(db: Connection, workspace_id: int, reason: str, now: datetime) -> None:
    """Hold what waits in a workspace, and call it no more for a minute."""
    waits = (outbox.workspace_id == workspace_id, is_open(), outbox.state == State.PENDING)
    db.execute(update(outbox_messages).where(*waits).values(state=State.HELD, last_error=reason))
    _shut(db, workspace_id, now)


def release(db: Connection, workspace_id: int, now: datetime) -> None:
    """Let what was held go, and tell the hosts: the workspace takes our calls again."""
    notices.tell_release(db, workspace_id, now)
    is_held = (outbox.workspace_id == workspace_id, is_open(), outbox.state == State.HELD)
    db.execute(update(outbox_messages).where(*is_held).values(state=State.PENDING, next_try_at=now))
    pace.remember(db, workspace_id, [Gate(ANY, "", now)], now)


def take_check(db: Connection, slack_team: str, now: datetime) -> int | None:
    """Return the workspace's id if it is to be checked now: once a minute in all processes together."""
    workspace_id: int | None = db.execute(_HELD, {"slack_team": slack_team}).scalar()
    if workspace_id is None or ANY in pace.shut(db, workspace_id, now):
        return None
    _shut(db, workspace_id, now)
    return workspace_id


def _shut(db: Connection, workspace_id: int, now: datetime) -> None:
    pace.remember(db, workspace_id, [Gate(ANY, "", now + TEAM_CHECK)], now)


_HELD = select(outbox.workspace_id).where(IS_OURS, is_open(), outbox.state == State.HELD).limit(1)
