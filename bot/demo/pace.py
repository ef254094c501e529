"""How fast the demo's story goes, and how whoever watches changes that on the way."""

import sys
import threading
from enum import StrEnum
from typing import TYPE_CHECKING

from rich.console import Console

if TYPE_CHECKING:
    from bot.running import Stopping  # the command line knows the paces before it imports the bot

A_WHILE_S = 2.0  # real seconds to read what was said


class Pace(StrEnum):
    FAST = "fast"
    SLOW = "slow"


class Pacing:
    """Waits after whatever was said, as long as the pace asks for."""

    def __init__(self, pace: Pace, stopping: "Stopping", console: Console) -> None:
        self._pace = pace
        self._stopping = stopping
        self._console = console

    def pause(self) -> bool:
        """Wait; whether to stop."""
        return self._stopping.wait(A_WHILE_S if self._pace is Pace.SLOW else 0)

    def listen(self) -> None:
        """Change the pace with each Enter, when somebody sits at a terminal."""
        if sys.stdin.isatty():
            threading.Thread(target=self._change, name="pace", daemon=True).start()

    def _change(self) -> None:
        for _ in sys.stdin:
            self._pace = Pace.FAST if self._pace is Pace.SLOW else Pace.SLOW
            self._console.print(f"Now {self._pace}.")
