"""How the bot ends with envelopes in hand, and what it needs while nothing happens."""

import asyncio
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from slack_sdk import WebClient
from sqlalchemy import Engine, event

from bench import process, requests
from bench.driver import made_up_slack, session
from bench.quiet import at_rest
from bench.slack import Slack, ignore
from bench.table import Row, Section, at_least, at_most, show
from bench.workspace import SLACK_TEAM, Reporter, reporters
from bot.clock import SystemClock
from bot.scheduler import Scheduler
from handlers import registry
from handlers.context import Deps
from handlers.delivery.pump import TIMEOUT_S, Pump
from models.database import Database

IN_HAND, WARM_UP = 60, 20
STOP_GOAL = 10  # seconds
IDLE_S = 30  # three ticks of the clock
IDLE_GOAL, QUERIES_GOAL = 0.5, 1  # % of a core, a second


def rows() -> list[Section]:
    """Stop one bot under load, and leave another alone."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        url = at_rest(path)
        shutil.copy(path, Path(folder) / "other.db")
        return asyncio.run(_measured(url, f"sqlite:///{folder}/other.db"))


async def _measured(url: str, other: str) -> list[Section]:
    people = reporters(url, SystemClock().now())
    async with made_up_slack() as slack:
        idle = await _idle(slack, url, other)
        stopped = await _stopped(slack, url, people)
    return [Section("Stopping under load", tuple(stopped)), Section("Idle, SQLite", tuple(idle))]


async def _stopped(slack: Slack, url: str, people: Sequence[Reporter]) -> list[Row]:
    acked: set[str] = set()
    async with session(slack, process.momentum(slack.url, url, "socket")) as there:
        await there.fire(requests.first_pages(people[:WARM_UP]), 1)
        slack.acked = acked.add
        for each in requests.over_socket(requests.first_pages(people[:IN_HAND]), opens_form=False):
            slack.feed(each.wire)
        took = await there.app.stop()
    slack.acked = ignore
    share = len(acked) / IN_HAND * 100
    return [
        Row(f"acknowledged, of {IN_HAND} in hand", f"{share:.0f} %", goal=at_least(share, 100, "%")),
        Row("until it is gone", f"{took:.1f} s", goal=at_most(took, STOP_GOAL, "s")),
    ]


async def _idle(slack: Slack, url: str, other: str) -> list[Row]:
    async with session(slack, process.momentum(slack.url, url, "socket")) as there:
        before = there.app.processor()
        with _counted(slack, other) as statements:
            await asyncio.sleep(IDLE_S)
        share = (there.app.processor() - before) / IDLE_S * 100
    rate = len(statements) / IDLE_S
    return [
        Row("of a core", f"{share:.2f} %", goal=at_most(share, IDLE_GOAL, "%")),
        Row("statements a second", f"{rate:.2f}", goal=at_most(rate, QUERIES_GOAL, "")),
    ]


@contextmanager
def _counted(slack: Slack, url: str) -> Iterator[list[str]]:
    """Run the same delivery and clock in this process, where the database can be watched."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    database = Database(url)
    deps = Deps(database, SystemClock(), slack_team=lambda: SLACK_TEAM)
    client = WebClient("xoxb-bench", f"{slack.url}/api/", timeout=TIMEOUT_S, retry_handlers=[])
    scheduler = Scheduler(
        deps,
        Pump(deps, client, registry.COMPOSERS, deps.drawing, hooks=registry.HOOKS),
        registry.CLOCK,
    )
    event.listen(Engine, "before_cursor_execute", note)
    scheduler.start()
    try:
        yield statements
    finally:
        scheduler.stop()
        event.remove(Engine, "before_cursor_execute", note)
        database.dispose()


def main() -> None:
    """Print the table."""
    show(rows())


if __name__ == "__main__":
    main()
