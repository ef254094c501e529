"""One process on one SQLite file: a lock beside it is held while the process lives, however it ends."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TextIO

from models import engines
from models.errors import DomainError

AHEAD = "so that two never send the same message"


@contextmanager
def alone(database_url: str, who: str, now: datetime) -> Iterator[None]:
    """Hold the file for the length of the block; `who` is told to the next to come. Postgres needs no lock.

    Raises DomainError when another process has it, and who that is; or the lock cannot be written.
    """
    database = engines.file_of(engines.named(database_url))
    if database is None:
        yield
        return
    with _opened(database.with_name(f"{database.name}-lock")) as lock:
        _take(lock)
        lock.truncate(0)
        lock.write(f"{who}, since {now:%Y-%m-%d %H:%M} UTC")
        lock.flush()
        yield


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
        first = lock.read() or "another process"
        raise DomainError(
            f"Momentum works on this SQLite file already: {first}. Only one process may, {AHEAD}. "
            "Stop that one first, or use Postgres for several."
        ) from taken
