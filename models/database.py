"""The one door to the database: a unit of reading or writing goes in, what it returns comes out."""

import logging
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from models import engines
from models.commit import GroupCommit, PooledCommit, UnitOfWork, Writer, retried_when_stale
from models.database_file import DatabaseFile
from models.errors import DomainError

__all__ = ["Connection", "Database", "DatabaseAway", "DatabaseFault"]

T = TypeVar("T")
DatabaseAway = OperationalError  # nothing was wrong with what was asked
DatabaseFault = SQLAlchemyError  # whatever went wrong

NOT_READ = "I could not look that up just now: the database is busy. Please try again in a minute."

log = logging.getLogger(__name__)


class Database:
    """SQLite (sqlite:///path) or Postgres (postgresql://...); one per process, shared by its threads.

    A unit is a function of SQLAlchemy's connection. One that writes runs inside one transaction, and none may
    commit. It may be run again when a connection turns out dead: its effects belong in the database alone.
    """

    def __init__(self, url: str) -> None:
        named = engines.named(url)
        self._readers = engines.reader(named)
        writing = engines.writer(named)
        self._file = DatabaseFile(Path(str(named.database))) if engines.is_sqlite(named) else None
        self._writer: Writer = GroupCommit(writing, self._file) if self._file else PooledCommit(writing)
        self._wakes: list[Callable[[], None]] = []
        self._inside = threading.local()

    def read(self, unit: UnitOfWork[T], *, before_each: Callable[[], None] | None = None) -> T:
        """Run a unit that sees the database as it stands and cannot change it.

        `before_each` is called before each of its statements: whoever has time may pause there.
        """
        with self._alone():
            try:
                return retried_when_stale(lambda: self._look(unit, before_each))
            except (OperationalError, PoolTimeout) as fault:
                log.exception("a read was not answered")
                raise DomainError(NOT_READ) from fault

    def write(self, unit: UnitOfWork[T]) -> T:
        """Run a unit in one transaction; return after the commit, so what is answered is on disk.

        Raises what the unit raised, or DomainError in words when it could not be saved in 2.5 s.
        """
        with self._alone():
            result = self._writer.write(unit)
        for wake in self._wakes:
            wake()
        return result

    def on_commit(self, wake: Callable[[], None]) -> None:
        """Have `wake` called after each write, on the thread that wrote: a hint that rows are waiting."""
        self._wakes.append(wake)

    def trouble(self) -> str:
        """Why what is written now would not be kept, or soon not, for whoever runs the program; "": it is."""
        return self._file.trouble() if self._file else ""

    def sweep(self, tables: Collection[str]) -> bool:
        """Have what rows of these tables held before be in none of the files' bytes; False: not yet.

        Nothing may be written meanwhile: it takes as long as writing those files.
        """
        with self._alone():
            return self._writer.sweep(tables)

    def dispose(self) -> None:
        """Close all connections."""
        self._writer.dispose()
        self._readers.dispose()

    def _look(self, unit: UnitOfWork[T], before_each: Callable[[], None] | None) -> T:
        with self._readers.connect() as db:
            if before_each:
                event.listen(db, "before_cursor_execute", lambda *_: before_each())
            return unit(db)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Refuse a unit inside a unit: on SQLite it would wait for itself, elsewhere miss its own rows."""
        if getattr(self._inside, "busy", False):
            raise RuntimeError("A unit uses the connection it was given, never the database again.")
        self._inside.busy = True
        try:
            yield
        finally:
            self._inside.busy = False
