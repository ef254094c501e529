"""One process on one SQLite file: a lock beside it is held while the process lives, however it ends."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TextIO

from models import engines
from models.database_file import identity
from models.errors import DomainError

AHEAD = "so that two never send the same message"


@contextmanager
def alone(database_url: str, who: str, now: datetime) -> Iterator[None]:
    """Hold the file for the length of the block; `who` is told to the next to come. Postgres needs no lock.

    Raises DomainError when another process has it, and who that is; when the file has two names, so that
    another lock could stand beside the other; or the lock cannot be written.
    """
    database = engines.file_of(engines.named(database_url))
    if database is None:
        yield
        return
    if names := two_names(database):
        raise DomainError(f"{names}. {keep_one(database)}")
    with _opened(beside(database)) as lock:
        _take(lock)
        lock.truncate(0)
        lock.write(f"{who}, since {now:%Y-%m-%d %H:%M} UTC\n{identity(database)}")
        lock.flush()
        yield


def beside(database: Path) -> Path:
    """Where the lock of a file is: it stays when the process ends, or the file is gone."""
    return database.with_name(f"{database.name}-lock")


def holder(database: Path) -> tuple[str, str] | None:
    """Who works on the file, and the identity it had when they began; None: nobody does."""
    if not beside(database).exists():
        return None
    with beside(database).open(encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            who, _, began_with = lock.read().partition("\n")
            return who, began_with
    return None


def two_names(database: Path) -> str:
    """Words for a file with hard links; "" for one without.

    SQLite keeps what is new in a file named after the name it was opened by, and calls what comes of two
    names undefined (howtocorrupt.html, "Multiple links to the same file"). Symbolic links it resolves.
    """
    if database.exists() and database.stat().st_nlink > 1:
        return (
            f"{database} has another name, a hard link, and what is kept under one is missing under the other"
        )
    return ""


def keep_one(database: Path) -> str:
    """How to mend that."""
    return f"Remove all names but one; this finds them: find / -xdev -samefile {database}"


def _opened(path: Path) -> TextIO:
    try:
        return path.open("a+", encoding="utf-8")
    except OSError as fault:
        raise DomainError(f"Momentum cannot write {path} ({fault.strerror}).") from fault


def _take(lock: TextIO) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as taken:
        lock.seek(0)
        first = lock.readline().strip() or "another process"
        raise DomainError(
            f"Momentum works on this SQLite file already: {first}. Only one process may, {AHEAD}. "
            "Stop that one first, or use Postgres for several."
        ) from taken
