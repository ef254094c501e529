"""The command line again and again, each time in a fork of one process that has read the program already.

Whole processes with their own signals, environment and end, at a tenth of the wait.
"""

import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, NoReturn


@dataclass(frozen=True)
class Answer:
    """How a command ended, and all that it said."""

    code: int
    words: str


class Forks:
    """Runs commands in a folder, one at a time."""

    def __init__(self, folder: Path, orders: IO[str], answers: IO[str]) -> None:
        self._folder, self._orders, self._answers = folder, orders, answers

    def command(self, environment: Mapping[str, str], *words: str) -> Answer:
        """Run one to its end with nothing but this environment."""
        order = {"folder": str(self._folder), "environment": dict(environment), "words": words}
        self._orders.write(f"{json.dumps(order)}\n")
        self._orders.flush()
        code = int(self._answers.readline())
        return Answer(code, (self._folder / "words").read_text(encoding="utf-8"))


@contextmanager
def forks(folder: Path) -> Iterator[Forks]:
    """A process to fork from, until the block ends."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.bot.forked"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        yield Forks(folder, process.stdin, process.stdout)
        process.stdin.close()


def _serve() -> None:
    from bot import app, backup, doctor, load, running  # noqa: F401, PLC0415 - read once, for all forks

    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _become(json.loads(line))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201 - its answer


def _become(order: Mapping[str, Any]) -> NoReturn:
    from bot.cli import main  # noqa: PLC0415 - see above

    os.chdir(order["folder"])
    written = os.open("words", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for number, opened in enumerate((os.open(os.devnull, os.O_RDONLY), written, written)):
        os.dup2(opened, number)
    environment = os.environ  # noqa: TID251 - it gets another one, as from whoever starts a program
    environment.clear()
    environment.update(order["environment"])
    sys.argv = ["momentum", *order["words"]]
    signal.alarm(30)  # a command that hangs is ended, and its code says so
    code: Any = 1
    try:
        main()
    except SystemExit as end:
        code = end.code
    except BaseException:  # noqa: BLE001 - as Python would
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code or 0)


if __name__ == "__main__":
    _serve()
