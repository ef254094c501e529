"""The file of an SQLite database: whether what is written now will be found under its name, and whole.

SQLite goes on with the files it has opened wherever they are: moved, deleted or replaced, what is written to
them is lost without a word (better-sqlite3#1237).
"""

import os
import secrets
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from models.errors import DomainError

LEAST_ROOM = 8 * 2**20  # bytes: what SQLite writes before it tidies up, and as much again

GONE = "its file is gone, moved or deleted"
ITSELF = "&immutable=1"  # without what SQLite keeps beside a file, which may hide what is in it

REPLACED = "another file stands in the place of its own"


class NotInPlaceError(Exception):
    """What is written now would not be kept: why, for whoever runs the program."""


class DatabaseFile:
    """Looks whether the files a connection has open are those that stand under their names: that is quick.

    All pages are read only when somebody else than us has written since: the time of the last change tells.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        beside = [Path(f"{path.resolve()}{tail}") for tail in ("-wal", "-shm")]
        self._names = [self.path, *beside]
        self._open: list[str] = []  # the identity of each, while a connection that writes has them open
        self._numbers: set[int] = set()  # what it was signed with, before and after a tidying up
        self._left: tuple[int, int] | None = None  # how we left it: when it was changed, and its size

    def opened(self) -> None:
        """Remember what a connection just made has open; the first decides which file is ours for good."""
        ours, *beside = map(identity, self._names)
        self._open = [*(self._open[:1] or [ours]), *beside]

    def closed(self) -> None:
        """Forget the two beside it: SQLite takes them away with the last connection."""
        self._open = self._open[:1]

    def insist(self) -> None:
        """Raise NotInPlaceError where what is written now would not be kept."""
        if self._in_place() != self._left:
            self.examine()

    def committed(self) -> None:
        """Raise NotInPlaceError where the file was taken away meanwhile; else a change up to now was ours."""
        self._left = self._in_place()

    def examine(self) -> None:
        """Read all pages. Raises NotInPlaceError where one is not as SQLite left it, or all are another's."""
        before = self._in_place()
        verdict = damage(self.path)
        why = f"its file is damaged ({verdict})" if verdict else self._exchanged()
        self._left = None if why else before
        if why:
            raise NotInPlaceError(why)

    def trouble(self) -> str:
        """Why what is written now would not be kept, or soon not; "" where all is well."""
        try:
            self.insist()
        except NotInPlaceError as why:
            return str(why)
        except sqlite3.Error as fault:
            return str(fault)
        return no_room(self.path)

    def _exchanged(self) -> str:
        """Words for another database that was written over ours in place."""
        itself = _number(self.path, ITSELF)
        self._numbers = self._numbers or {itself, _number(self.path)}
        return "" if itself in self._numbers else REPLACED

    def _in_place(self) -> tuple[int, int]:
        """Return when the file was changed and its size. Raises NotInPlaceError where it is not ours."""
        opened = self._open  # other threads look, too
        try:
            standing = [name.stat() for name in self._names[: max(1, len(opened))]]
        except OSError as missing:
            raise NotInPlaceError(GONE) from missing
        if opened and list(map(_identity, standing)) != opened:
            raise NotInPlaceError(REPLACED)
        return standing[0].st_mtime_ns, standing[0].st_size


def identity(path: Path) -> str:
    """Which file stands under this name, whatever else it is called; "" where none does."""
    return _identity(path.stat()) if path.exists() else ""


def _identity(file: os.stat_result) -> str:
    return f"{file.st_dev}:{file.st_ino}"


def read_only(path: Path, more: str = "") -> sqlite3.Connection:
    """A connection of SQLite's own.

    Never read the file by other means where a connection is open: closing it would drop SQLite's locks
    (mempalace#2471).
    """
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro{more}", uri=True)


def sign(path: Path) -> None:
    """Give a file a number no other has, for as long as the bot works on it.

    Raises DomainError when it cannot be written.
    """
    try:
        with closing(sqlite3.connect(path)) as db:
            db.execute(f"PRAGMA user_version = {secrets.randbits(31)}")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as fault:
        raise DomainError(f"Momentum cannot write {path}: {fault}.") from fault


def unsign(db: sqlite3.Connection) -> None:
    """Take the number from a copy: it is not the file the bot works on."""
    db.execute("PRAGMA user_version = 0")


def _number(path: Path, more: str = "") -> int:
    with closing(read_only(path, more)) as db:
        number: int = db.execute("PRAGMA user_version").fetchone()[0]
    return number


def damage(path: Path) -> str:
    """What is wrong with the pages of a database; "" where all are as SQLite left them.

    The first page is read from the file itself: while the bot works a newer one may hide it.
    """
    try:
        _number(path, ITSELF)
        with closing(read_only(path)) as db:
            verdict: str = db.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.OperationalError:  # it could not be looked at
        raise
    except sqlite3.DatabaseError as fault:
        return str(fault)
    return "" if verdict == "ok" else verdict


def no_room(path: Path) -> str:
    """Words for a disk with no room for what is to come; "" where there is."""
    left = shutil.disk_usage(path.parent).free
    return f"its disk is full, {left // 2**20} MB are left" if left < LEAST_ROOM else ""
