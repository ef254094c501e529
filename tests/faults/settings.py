"""Makes SQLite itself refuse to write, as it does on a disk that is full or read-only."""

from typing import Any

from sqlalchemy import Connection, event, text

from models.database import Database

NO_LIMIT = 1_073_741_823


class Setting:
    """A pragma for every connection that writes, until it is closed."""

    def __init__(self, database: Database, on: str, off: str) -> None:
        self._engine = database._writer._engine  # type: ignore[attr-defined]  # whatever the writer is
        self._off = off
        self._pragma = on
        event.listen(self._engine, "checkout", self._set, insert=True)  # before it begins to write

    @classmethod
    def read_only(cls, database: Database) -> "Setting":
        """The disk is mounted read-only."""
        return cls(database, "query_only = ON", "query_only = OFF")

    @classmethod
    def full(cls, database: Database, pages: int = 0) -> "Setting":
        """The disk has room for so many pages more."""
        return cls(
            database, f"max_page_count = {database.read(_pages) + pages}", f"max_page_count = {NO_LIMIT}"
        )

    def close(self) -> None:
        """All is as before."""
        self._pragma = self._off

    def _set(self, connection: Any, _record: Any, _proxy: Any) -> None:
        connection.execute(f"PRAGMA {self._pragma}")


def _pages(db: Connection) -> int:
    found: int = db.execute(text("PRAGMA page_count")).scalar_one()
    return found
