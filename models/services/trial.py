"""Writes a row and takes it back: a database that takes no writes is noticed before a person writes."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert

from models.tables.restore import restores


def write(db: Connection, now: datetime) -> None:
    """Leave nothing but a commit that had to reach the disk; nobody else ever sees the row."""
    row = db.execute(insert(restores).values(taken_at=now).returning(restores.c.id)).scalar_one()
    db.execute(delete(restores).where(restores.c.id == row))
