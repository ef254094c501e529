"""What already came in from Slack, so that the same envelope has its effect once."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from models.tables.outbox import inbox

KEEP = timedelta(hours=24)  # Slack repeats an event after a minute and after five


def is_first(db: Session, workspace_id: int, key: str, now: datetime) -> bool:
    """Remember an envelope's key, in the transaction of its effect; False when it was there already."""
    row = {"workspace_id": workspace_id, "key": key, "at": now}
    return db.execute(_NEW[db.get_bind().dialect.name], row).first() is not None


def prune(db: Session, now: datetime) -> None:
    """Forget the keys older than a day, which Slack no longer repeats."""
    db.execute(delete(inbox).where(inbox.c.at < now - KEEP))


_NEW = {
    "sqlite": sqlite.insert(inbox).on_conflict_do_nothing().returning(inbox.c.key),
    "postgresql": postgresql.insert(inbox).on_conflict_do_nothing().returning(inbox.c.key),
}
