"""Remembers that this database is a copy put back: messages due meanwhile may be out already."""

from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from models.rules.delivery.restore_gap import Gap
from models.tables.restore import restores


def take(db: Connection, now: datetime) -> None:
    """Write into a copy when it was taken."""
    db.execute(insert(restores).values(taken_at=now))


def taken_at(db: Connection) -> datetime | None:
    """Return when this copy was taken, None when it does not say or has been put back since."""
    newest = select(func.max(restores.c.id)).scalar_subquery()
    query = select(restores.c.taken_at).where(restores.c.id == newest, restores.c.restored_at.is_(None))
    taken: datetime | None = db.execute(query).scalar_one_or_none()
    return taken


def put_back(db: Connection, taken: datetime, now: datetime) -> None:
    """Mark this database as the state of `taken`, at work again from `now` on."""
    if taken_at(db) is None:
        take(db, taken)
    db.execute(
        update(restores).where(restores.c.restored_at.is_(None)).values(taken_at=taken, restored_at=now)
    )


def gaps(db: Connection) -> tuple[Gap, ...]:
    """Return the times this database knows nothing of, one for each restore."""
    known = (restores.c.taken_at, restores.c.restored_at)
    return tuple(Gap(*row) for row in db.execute(select(*known).where(restores.c.restored_at.is_not(None))))
