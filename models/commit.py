"""Writing durably: on SQLite all who wait share one commit, on Postgres each has a transaction of its own."""

import logging
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Collection
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from models.database_file import DatabaseFile, NotInPlaceError
from models.errors import DomainError

T = TypeVar("T")
UnitOfWork = Callable[[Connection], T]

PATIENCE_S = 2.5  # Slack waits 3 s: better a clear refusal than silence
MOST_AT_ONCE = 200
NOT_SAVED = "Nothing was saved: the database is busy. Please try again in a minute."
NOT_WELL = (
    "Nothing was saved: the database has to be mended first. Please tell your coordinator, "
    "and try again when that is done."
)
UNSURE = "I cannot tell whether that was saved. Please look before you try again."

log = logging.getLogger(__name__)


class Writer(Protocol):
    """Runs a unit in one durable transaction and returns after the commit."""

    def write(self, unit: UnitOfWork[T]) -> T: ...

    def sweep(self, tables: Collection[str]) -> bool:
        """Have the bytes of what rows of these tables held before go from the files; False: not now."""
        ...

    def dispose(self) -> None: ...


class _Ticket:
    """One unit in the queue, and afterwards its result or its exception."""

    def __init__(self, unit: UnitOfWork[Any]) -> None:
        self.unit = unit
        self.result: Any = None
        self.fault: BaseException | None = None
        self.is_saved = False
        self.refusal = DomainError(NOT_SAVED)  # where it is not
        self.leads = False
        self.called = threading.Event()  # it is done, or it is its turn to lead


class GroupCommit:
    """SQLite has one writer: the first to come leads, runs and commits the units of all who wait.

    Each unit has a savepoint, so one that raises undoes its own work only. A disk is asked to sync once
    for the whole group, which keeps a slow disk within Slack's three seconds. What is saved is in the file
    that stands under its name, before and after the commit.
    """

    def __init__(self, engine: Engine, file: DatabaseFile) -> None:
        self._engine = engine
        self._file = file
        event.listen(engine, "connect", lambda *_: file.opened())
        event.listen(engine, "close", lambda *_: file.closed())
        self._queue: deque[_Ticket] = deque()
        self._has_leader = False
        self._lock = threading.Lock()  # guards the queue, the flag above and `leads`; held for moments only

    def write(self, unit: UnitOfWork[T]) -> T:
        ticket = _Ticket(unit)
        with self._lock:
            self._queue.append(ticket)
            ticket.leads = not self._has_leader
            self._has_leader = True
        if not ticket.leads:
            self._wait(ticket)
        if ticket.leads:
            self._lead()
        if isinstance(ticket.fault, OperationalError):  # the disk is full, or may not be written
            log.error("a write was not saved", exc_info=ticket.fault)
            raise DomainError(NOT_SAVED) from ticket.fault
        if ticket.fault is not None:
            raise ticket.fault
        if not ticket.is_saved:
            raise ticket.refusal
        result: T = ticket.result
        return result

    def sweep(self, tables: Collection[str]) -> bool:  # noqa: ARG002 - it is one file
        """Write the file anew, and empty what is beside it: a page that was parted may hold copies."""
        try:
            with self._engine.connect() as db:
                driver: Any = db.connection.driver_connection
                driver.execute("ROLLBACK")
                driver.execute("VACUUM")
                is_busy: int = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except (OperationalError, sqlite3.OperationalError):  # somebody reads or writes, or the disk is full
            log.warning("the file could not be swept; it is tried again", exc_info=True)
            return False
        return not is_busy

    def dispose(self) -> None:
        self._engine.dispose()

    def _wait(self, ticket: _Ticket) -> None:
        if ticket.called.wait(PATIENCE_S):
            return
        with self._lock:
            if ticket in self._queue and not ticket.leads:
                self._queue.remove(ticket)
                raise DomainError(NOT_SAVED)
        ticket.called.wait()  # it is being run: only the commit can tell how it ended

    def _lead(self) -> None:
        with self._lock:
            group = [self._queue.popleft() for _ in range(min(MOST_AT_ONCE, len(self._queue)))]
        try:
            self._commit(group)
        finally:
            with self._lock:
                if not group[0].is_saved:  # what stops us stops those who came since: they waited long enough
                    group.extend(self._queue)
                    self._queue.clear()
                following = self._queue[0] if self._queue else None
                self._has_leader = following is not None
                if following is not None:
                    following.leads = True
                    group.append(following)
            for ticket in group:
                ticket.called.set()

    def _commit(self, group: list[_Ticket]) -> None:
        words = NOT_WELL
        try:
            with self._engine.begin() as connection:
                self._file.insist()
                for ticket in group:
                    _run(ticket, connection)
            words = UNSURE
            self._file.committed()
        except Exception as fault:
            log.exception("a group of %s writes was not saved", len(group))
            for ticket in group:
                ticket.refusal = DomainError(words if isinstance(fault, NotInPlaceError) else NOT_SAVED)
                ticket.refusal.__cause__ = fault
            return
        for ticket in group:
            ticket.is_saved = True


def _run(ticket: _Ticket, connection: Connection) -> None:
    driver: Any = connection.connection.driver_connection
    driver.execute("SAVEPOINT unit")
    try:
        ticket.result = ticket.unit(connection)
    except BaseException as fault:  # noqa: BLE001 - whatever it is, it belongs to the thread that handed it in
        ticket.fault = fault
        driver.execute("ROLLBACK TO unit")
    driver.execute("RELEASE unit")


class PooledCommit:
    """Postgres lets many write at once: each unit has a connection of a pool."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def write(self, unit: UnitOfWork[T]) -> T:
        try:
            return retried_when_stale(lambda: self._once(unit))
        except (OperationalError, InternalError, PoolTimeout) as fault:  # internal: this server only reads
            log.exception("a write was not saved")
            raise DomainError(NOT_SAVED) from fault

    def sweep(self, tables: Collection[str]) -> bool:
        """Write the tables anew; what waits for one of them, or holds it, comes first."""
        try:
            with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
                try:
                    db.exec_driver_sql(f"SET lock_timeout = {int(PATIENCE_S * 1000)}")
                    db.exec_driver_sql("SET statement_timeout = 0")
                    db.exec_driver_sql(f"VACUUM FULL {', '.join(tables)}")
                finally:
                    db.invalidate()  # others' connections have a limit
        except (OperationalError, InternalError, PoolTimeout):
            log.warning("the tables could not be swept; it is tried again", exc_info=True)
            return False
        return True

    def dispose(self) -> None:
        self._engine.dispose()

    def _once(self, unit: UnitOfWork[T]) -> T:
        with self._engine.connect() as db:
            result = unit(db)
            try:
                db.commit()
            except OperationalError as fault:
                log.exception("a commit was not answered")
                raise DomainError(UNSURE) from fault
            return result


def retried_when_stale(attempt: Callable[[], T]) -> T:
    """Try again once when the connection was dead: a restart of Postgres leaves such ones in the pool."""
    try:
        return attempt()
    except DBAPIError as fault:
        if not fault.connection_invalidated:
            raise
        return attempt()
