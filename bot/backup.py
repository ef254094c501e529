"""`momentum backup` and `momentum restore`: copies an SQLite file at work, and puts a copy in its place."""

import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from bot import lock, schema
from models import engines
from models.database import Database, DatabaseFault
from models.database_file import read_only, unsign
from models.errors import DomainError
from models.services.delivery import restores

USE_PG_DUMP = "This database is on Postgres: copy it with pg_dump."
USE_PG_RESTORE = (
    "This database is on Postgres: stop Momentum, put the copy back with pg_restore, then run "
    "momentum restore --taken with the moment pg_dump began."
)
WHEN = "This copy does not say when it was taken. Say so: --taken 2026-11-23T14:00Z"
PAGES = 256  # at a time: the bot writes in between


def back_up(database_url: str, copy: Path, now: datetime) -> None:
    """Copy an SQLite database while the bot works; the copy knows that it was taken at `now`.

    Raises DomainError when it is no SQLite file, or the copy cannot be written.
    """
    source = engines.file_of(engines.named(database_url))
    if source is None:
        raise DomainError(USE_PG_DUMP)
    if copy.exists():
        raise DomainError(f"{copy} is there already, and is not overwritten.")
    part = copy.with_name(f"{copy.name}.part")
    try:
        _copied(source, part)
        _signed(part, now)
        part.replace(copy)
    finally:
        _remove(part)


def restore(database_url: str, copy: Path | None, taken: datetime | None, now: datetime) -> Path | None:
    """Put a copy in the place of an SQLite database; return where the one that was there is kept.

    Without `copy` the database has been put back by other means, and only learns of it.
    Raises DomainError while a bot is at work on it, or when the copy is none of ours or has no time.
    """
    target = engines.file_of(engines.named(database_url))
    if copy and target is None:
        raise DomainError(USE_PG_RESTORE)
    with lock.alone(database_url, "a restore", now):
        if copy and target:
            return _restored(target, copy, taken, now)
        schema.insist_on_the_newest(database_url)
        _mark(database_url, taken, now)
        return None


def moment(text: str) -> datetime:
    """Read 2026-11-23T14:00Z; without a zone it is UTC. Raises DomainError when it cannot be read."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError as wrong:
        raise DomainError(f"“{text}” is no moment. Write it like this: 2026-11-23T14:00Z") from wrong
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _restored(target: Path, copy: Path, taken: datetime | None, now: datetime) -> Path | None:
    fresh = target.with_name(f"{target.name}.restoring")
    try:
        _copied(copy, fresh)
        schema.upgrade(engines.url_of(fresh))
        _mark(engines.url_of(fresh), taken, now)
        return _exchanged(target, fresh, now)
    finally:
        _remove(fresh)


def _mark(database_url: str, taken: datetime | None, now: datetime) -> None:
    """Have a database that was put back look for what may be out already before it sends."""
    database = Database(database_url)
    try:
        known = taken or database.read(restores.taken_at)
        if known is None:
            raise DomainError(WHEN)
        if known > now:
            raise DomainError(
                f"A copy cannot have been taken at {known:%Y-%m-%d %H:%M} UTC: that is to come."
            )
        database.write(lambda db: restores.put_back(db, known, now))
    finally:
        database.dispose()


def _copied(source: Path, target: Path) -> None:
    """Copy all pages of one moment, whoever writes meanwhile, and see that they are whole."""
    _remove(target)
    try:
        with closing(read_only(source)) as of, closing(sqlite3.connect(target)) as to:
            of.backup(to, pages=PAGES)
            unsign(to)
            verdict = to.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.Error as fault:
        raise DomainError(f"{source} could not be copied to {target}: {fault}.") from fault
    if verdict != "ok":
        raise DomainError(f"{source} is damaged: {verdict}.")


def _signed(copy: Path, now: datetime) -> None:
    database = Database(engines.url_of(copy))
    try:
        database.write(lambda db: restores.take(db, now))
    except DatabaseFault as fault:
        raise DomainError("The database's tables are out of date. First run: momentum migrate") from fault
    finally:
        database.dispose()


def _exchanged(target: Path, fresh: Path, now: datetime) -> Path | None:
    """Put the fresh file in place; one rename decides, and what was there stays beside it."""
    kept = None
    if target.exists():
        kept = target.with_name(f"{target.name}.replaced-{now:%Y%m%dT%H%M%S}")
        for tail in ("-wal", "-shm", ""):
            with suppress(FileNotFoundError):
                Path(f"{target}{tail}").replace(f"{kept}{tail}")
    fresh.replace(target)
    return kept


def _remove(path: Path) -> None:
    for tail in ("", "-wal", "-shm", "-journal"):
        Path(f"{path}{tail}").unlink(missing_ok=True)
