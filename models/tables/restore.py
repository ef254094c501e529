"""When this database was copied, and when a copy took its place: what went out in between is looked for."""

from sqlalchemy import Column, Table

from models.tables.base import Instant, key_column, metadata

restores = Table(
    "restores",
    metadata,
    key_column(),
    Column("taken_at", Instant, nullable=False),  # written into each copy
    Column("restored_at", Instant),
)
