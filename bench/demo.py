"""How soon `momentum demo` is there, once its libraries are installed, and how soon Ctrl-C ends it."""

import signal
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TextIO

from bench.process import ROOT, STOPS_WITHIN
from bench.table import Row, Section, at_most
from playground.client import Playground

ROUNDS = 3
UP_GOAL = 5  # s
COMMAND = (sys.executable, "-m", "bot", "demo", "--no-browser", "--port", "0")


@dataclass(frozen=True)
class Seen:
    """One start and stop, in seconds."""

    up: float
    gone: float


def rows() -> list[Section]:
    """Start it once for the caches, and then some times more."""
    _, *seen = (_seen() for _ in range(1 + ROUNDS))
    up, gone = (statistics.median(times) for times in ([one.up for one in seen], [one.gone for one in seen]))
    found = (
        Row("up: the page answers, the bot is connected", f"{up:.1f} s", goal=at_most(up, UP_GOAL, "s")),
        Row("gone after Ctrl-C", f"{gone:.1f} s"),
    )
    return [Section("A second `momentum demo`", found)]


def _seen() -> Seen:
    began = time.perf_counter()
    with subprocess.Popen(COMMAND, cwd=ROOT, stdout=subprocess.PIPE, text=True) as demo:  # noqa: S603 - our own words
        assert demo.stdout is not None
        slack = Playground(_address(demo.stdout))
        assert slack.app["sockets"] == 1, "The bot is not connected."
        up = time.perf_counter() - began
        began = time.perf_counter()
        demo.send_signal(signal.SIGINT)
        demo.wait(STOPS_WITHIN)
        return Seen(up, time.perf_counter() - began)


def _address(said: TextIO) -> str:
    """Where it says it is up: it does so when everything is."""
    return next(line.split()[-1] for line in said if "playground is up" in line)
