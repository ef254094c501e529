"""A disk that fails or takes its time: what SQLite itself calls to write is exchanged, as its tests do."""

import ctypes
import errno
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

Write = ctypes.CFUNCTYPE(
    ctypes.c_ssize_t, ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_longlong, use_errno=True
)


class _Vfs(ctypes.Structure):
    """sqlite3_vfs of sqlite3.h, version 3."""


_Set = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(_Vfs), ctypes.c_char_p, ctypes.c_void_p)
_Get = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.POINTER(_Vfs), ctypes.c_char_p)
_Vfs._fields_ = [
    ("iVersion", ctypes.c_int),
    ("szOsFile", ctypes.c_int),
    ("mxPathname", ctypes.c_int),
    ("pNext", ctypes.c_void_p),
    ("zName", ctypes.c_char_p),
    ("pAppData", ctypes.c_void_p),
    ("methods", ctypes.c_void_p * 13),
    ("xSetSystemCall", _Set),
    ("xGetSystemCall", _Get),
    ("xNextSystemCall", ctypes.c_void_p),
]


@dataclass
class FailingDisk:
    """Counts what SQLite writes; from the write `fails_from` on there is no room any more."""

    written: int = 0
    fails_from: int | None = None
    slow_s: float = 0.0

    def fail_from(self, number: int) -> None:
        """Fail at the write of this number, the next one being 1, and at all after it."""
        self.written, self.fails_from = 0, number

    def mend(self) -> bool:
        """Have room again; whether it failed since."""
        failed = self.fails_from is not None and self.written >= self.fails_from
        self.fails_from = None
        return failed

    def write(self, real: Any, *arguments: Any) -> int:
        self.written += 1
        if self.fails_from is not None and self.written >= self.fails_from:
            ctypes.set_errno(errno.ENOSPC)
            return -1
        if self.slow_s:
            time.sleep(self.slow_s)
        done: int = real(*arguments)
        return done


@contextmanager
def failing_disk() -> Iterator[FailingDisk]:
    """Put the disk under all SQLite files of this process until the block ends."""
    sqlite = ctypes.CDLL("libsqlite3.so.0")
    sqlite.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
    vfs = sqlite.sqlite3_vfs_find(None)
    real = Write(vfs.contents.xGetSystemCall(vfs, b"pwrite64"))
    disk = FailingDisk()
    ours = Write(lambda *arguments: disk.write(real, *arguments))
    vfs.contents.xSetSystemCall(vfs, b"pwrite64", ctypes.cast(ours, ctypes.c_void_p))
    try:
        yield disk
    finally:
        vfs.contents.xSetSystemCall(vfs, b"pwrite64", None)
