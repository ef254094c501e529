"""How soon the bot answers after its start, how much memory it takes, and what its listeners cost to find."""

import asyncio
import logging
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult

from bench import databases, process, requests
from bench.driver import MOST_CLIENTS, made_up_slack, session
from bench.process import ROOT
from bench.slack import Slack
from bench.table import Row, Section, at_most, ms, show
from bench.workspace import SLACK_TEAM, Reporter, reporters
from bot.clock import SystemClock
from handlers import registry
from handlers.context import Deps
from models.database import Database
from models.errors import DomainError

ROUNDS = 3
AT_WORK = 500  # reporters who each open a form, fill it and send it
START_GOAL, IMPORT_GOAL = 0.8, 450  # s, ms
IDLE_GOAL, GROWTH_GOAL = 75, 10  # MiB
LISTENERS_GOAL = 1.3
LOOKED_FOR = 500  # times


@dataclass(frozen=True)
class Seen:
    """One start: seconds until a command was answered, and MiB then and after work."""

    ready: float
    idle: float
    worked: float = 0.0


def rows() -> list[Section]:
    """Start each in turns."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with databases.templates() as templates:
        url = templates["sqlite"].url
        people = reporters(url, SystemClock().now())
        with templates["sqlite"].copy() as copy:
            ours, theirs = asyncio.run(_started(copy, people))
            found = _listeners(copy, people)
    return [
        Section("Start, memory, listeners", (*_ready(ours, theirs), _import(), *_memory(ours, theirs), found))
    ]


async def _started(url: str, people: Sequence[Reporter]) -> tuple[list[Seen], list[Seen]]:
    ours, theirs = [], []
    async with made_up_slack() as slack:
        for number in range(ROUNDS):
            theirs.append(await _seen(slack, process.reference(slack.url, "bare", "http"), people[:1], ()))
            at_work = people if number == ROUNDS - 1 else ()
            ours.append(await _seen(slack, process.momentum(slack.url, url, "http"), people[:1], at_work))
    return ours, theirs


async def _seen(
    slack: Slack, app: process.App, first: Sequence[Reporter], at_work: Sequence[Reporter]
) -> Seen:
    async with session(slack, app) as there:
        await there.fire(requests.commands(first), 1)
        ready = time.perf_counter() - there.app.began
        idle = there.app.memory()
        for asked in (requests.commands, requests.first_pages, requests.last_pages) if at_work else ():
            await there.fire(asked(at_work), MOST_CLIENTS, opens_form=True)
        return Seen(ready, idle, there.app.memory())


def _ready(ours: list[Seen], theirs: list[Seen]) -> tuple[Row]:
    mine, other = (statistics.median(seen.ready for seen in both) for both in (ours, theirs))
    goal = at_most(mine, START_GOAL, "s")
    return (Row("start to first command answered", ms(mine), ms(other), mine / other, goal),)


def _memory(ours: list[Seen], theirs: list[Seen]) -> tuple[Row, Row]:
    mine, other = (statistics.median(seen.idle for seen in both) for both in (ours, theirs))
    grown = ours[-1].worked - ours[-1].idle
    return (
        Row("memory, idle", _mib(mine), _mib(other), mine / (other or 1), at_most(mine, IDLE_GOAL, "MiB")),
        Row(
            f"memory grown by {3 * AT_WORK:,} requests", _mib(grown), goal=at_most(grown, GROWTH_GOAL, "MiB")
        ),
    )


def _import() -> Row:
    mine = statistics.median(_imported("bot.app") for _ in range(ROUNDS))
    other = statistics.median(_imported("slack_bolt") for _ in range(ROUNDS))
    goal = at_most(mine * 1000, IMPORT_GOAL, "ms")
    return Row("import of the bot; of slack_bolt alone", ms(mine), ms(other), mine / other, goal)


def _imported(module: str) -> float:
    took = f"import time; began = time.perf_counter(); import {module}; print(time.perf_counter() - began)"
    said = subprocess.run([sys.executable, "-c", took], cwd=ROOT, check=True, capture_output=True)  # noqa: S603 - our own words
    return float(said.stdout)


class _Stopwatch:
    """A clock that says when a listener began: it asks for the time first. Then the listener ends."""

    def __init__(self) -> None:
        self.began = 0.0

    def now(self) -> datetime:
        self.began = time.perf_counter()
        raise DomainError("That is far enough.")


def _listeners(url: str, people: Sequence[Reporter]) -> Row:
    """Time the way from a payload to the listener, beside an app with that listener alone."""
    database, clock = Database(url), _Stopwatch()
    whole, alone = _app(), _app()
    registry.register(whole, Deps(database, clock))
    alone.error(lambda: BoltResponse(status=200))
    alone.view("report_form")(clock.now)
    mine, other = _until_listener(whole, clock, people), _until_listener(alone, clock, people)
    database.dispose()
    goal = at_most(mine / other, LISTENERS_GOAL, "x")
    what = "finding the listener of the form; where it is alone"
    return Row(what, f"{mine * 1e6:.0f} us", f"{other * 1e6:.0f} us", mine / other, goal)


def _app() -> App:
    result = AuthorizeResult(
        enterprise_id=None, team_id=SLACK_TEAM, bot_user_id="U0BOT", bot_token="xoxb-bench"
    )
    return App(
        authorize=lambda: result,
        signing_secret="unused",
        process_before_response=True,
        request_verification_enabled=False,
    )


def _until_listener(app: App, clock: _Stopwatch, people: Sequence[Reporter]) -> float:
    waits = []
    for asked in list(requests.last_pages(people))[:LOOKED_FOR]:
        request = BoltRequest(body=asked.payload, mode="socket_mode")
        began = time.perf_counter()
        app.dispatch(request)
        waits.append(clock.began - began)
    return statistics.median(waits)


def _mib(found: float) -> str:
    return f"{found:.0f} MiB" if found else "unknown here"


def main() -> None:
    """Print the table."""
    show(rows())


if __name__ == "__main__":
    main()
