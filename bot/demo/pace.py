"""How fast the demo's story goes, and how who watches changes that on the way: in the page, or by Enter."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING

from rich.console import Console

if TYPE_CHECKING:  # the command line knows the paces before it imports the bot
    from playground.client import Playground

A_WHILE_S = 2.0  # real seconds to read what was said
GLANCE_S = 0.2  # how soon another pace is noticed


class Pace(StrEnum):
    PAUSE = "pause"
    SLOW = "slow"
    FAST = "fast"


@contextmanager
def paced(
    slack: "Playground", pace: Pace, wait: Callable[[float], bool], console: Console
) -> Iterator[Callable[[], bool]]:
    """Let the page, and Enter where somebody sits at a terminal, choose the pace until the block ends.

    What it gives waits as long as the pace asks for, and answers whether to stop, as `wait` does.
    """
    slack.set_pace(choices=[each.value for each in Pace], chosen=pace)
    if sys.stdin.isatty():
        threading.Thread(target=_change, args=(slack, console), name="pace", daemon=True).start()
    yield lambda: _pause(slack, wait)
    slack.set_pace(choices=[])


def _pause(slack: "Playground", wait: Callable[[float], bool]) -> bool:
    waited = 0.0
    while not wait(0):
        pace = slack.pace
        if pace == Pace.FAST or (pace == Pace.SLOW and waited >= A_WHILE_S):
            return False
        wait(GLANCE_S)
        waited += GLANCE_S
    return True


def _change(slack: "Playground", console: Console) -> None:
    """Go slowly with an Enter, and fast with the next."""
    for _ in sys.stdin:
        if (pace := slack.pace) is None:
            return
        pace = Pace.FAST if pace == Pace.SLOW else Pace.SLOW
        slack.set_pace(chosen=pace)
        console.print(f"Now {pace}.")
