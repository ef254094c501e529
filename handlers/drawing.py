"""Draws pictures in a child process: a command never waits for one, and a crash is one picture lost."""

import importlib
import multiprocessing
import os
import signal
import threading
import traceback
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

LIMIT_S = 30.0  # half the lease of a row: who draws still holds it afterwards
TRIES = 2  # the second in a new child
NICE = 5  # a person who waits for an acknowledgement comes before a picture nobody waits for


class NotDrawn(Exception):  # noqa: N818 - an outcome, worded for the log
    """A picture could not be made."""


class Draws(Protocol):
    """Makes the bytes of a picture from the name of a function and what it is to show."""

    def draw(self, function: str, spec: object) -> bytes: ...


class Drawing:
    """One child, started with the first picture and again after it died; pictures wait for each other.

    A process and a pipe of our own rather than an executor: one that hangs can be ended, and only that one.
    """

    def __init__(self, limit_s: float = LIMIT_S) -> None:
        self._limit_s = limit_s
        self._lock = threading.Lock()
        self._child: SpawnProcess | None = None
        self._pipe: Connection | None = None

    def draw(self, function: str, spec: object) -> bytes:
        """Return the picture that "package.module:function" makes of `spec`; raises what `made` does."""
        picture = self.made(function, spec)
        if isinstance(picture, bytes):
            return picture
        raise NotDrawn(f"{function} made no picture")

    def made(self, function: str, spec: object) -> object:
        """Call "package.module:function" with `spec` in the child and return what it returns.

        Raises NotDrawn when it raised, took too long, or the child could not start or died twice.
        """
        with self._lock:
            for _ in range(TRIES):
                try:
                    return self._ask(function, spec)
                except (EOFError, OSError):
                    self._end()
        raise NotDrawn(f"the child that draws died of {function}")

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._end()

    def _ask(self, function: str, spec: object) -> object:
        pipe = self._pipe or self._start()
        pipe.send((function, spec))
        if not pipe.poll(self._limit_s):
            self._end()
            raise NotDrawn(f"{function} took longer than {self._limit_s:.0f} s")
        made, trouble = pipe.recv()
        if trouble:
            raise NotDrawn(f"{function}: {trouble}")
        return made

    def _start(self) -> Connection:
        spawn = multiprocessing.get_context("spawn")
        ours, theirs = spawn.Pipe()
        child = spawn.Process(target=serve, args=(theirs,), name="drawing", daemon=True)
        try:
            child.start()
        except Exception as fault:
            ours.close()
            raise NotDrawn(f"the child that draws could not start: {type(fault).__name__}") from fault
        finally:
            theirs.close()
        self._child, self._pipe = child, ours
        return ours

    def _end(self) -> None:
        if self._child is not None and self._pipe is not None:
            self._pipe.close()
            self._child.kill()
            self._child.join()
            self._child.close()
        self._child = self._pipe = None


def made_apart(function: str, spec: object, limit_s: float) -> object:
    """Call "package.module:function" with `spec` in a child of its own, which ends with it.

    For what is rare and large: pictures somebody waits for do not wait for it. Raises NotDrawn.
    """
    child = Drawing(limit_s)
    try:
        return child.made(function, spec)
    finally:
        child.close()


def serve(pipe: Connection) -> None:
    """Run in the child: answer each (function, spec) with what it makes, or with words for the log."""
    os.nice(NICE)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a library warns of letters it cannot draw, and names them
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the bot, which ends its child itself
    while True:
        try:
            function, spec = pipe.recv()
        except EOFError:
            return
        try:
            module, name = function.split(":")
            answer = getattr(importlib.import_module(module), name)(spec), ""
        except Exception as fault:  # noqa: BLE001 - whatever a drawing raises is one picture lost
            answer = None, f"{type(fault).__name__} in {_place(fault)}"  # its message may quote what is drawn
        pipe.send(answer)


def _place(fault: BaseException) -> str:
    last = traceback.extract_tb(fault.__traceback__)[-1]
    return f"{last.filename.rsplit('/', 1)[-1]}:{last.lineno} {last.name}"
