"""What already came in from Slack, so that the same envelope has its effect once."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, exists, select

from models.services.upsert import Upsert
from models.tables.outbox import inbox

KEEP = timedelta(hours=24)  # Slack repeats an event after a minute and after five
_NEW = Upsert(inbox, ("workspace_id", "key"))


def is_first(db: Connection, workspace_id: int, key: str, now: datetime) -> bool:
    """Remember an envelope's key, in the transaction of its effect; False when it was there already."""
    row = {"workspace_id": workspace_id, "key": key, "at": now}
    return db.execute(_NEW.telling(db), row).first() is not None


def knows(db: Connection, workspace_id: int, key: str) -> bool:
    """Whether an envelope had its effect already."""
    same = (inbox.c.workspace_id == workspace_id, inbox.c.key == key)
    return bool(db.execute(select(exists().where(*same))).scalar_one())


def prune(db: Connection, now: datetime) -> None:
    """Forget the keys older than a day, which Slack no longer repeats."""
    db.execute(delete(inbox).where(inbox.c.at < now - KEEP))
