"""What one look of the pump and one tick of the clock cost with few, many and very many rows waiting."""

import logging
import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial

import structlog
from sqlalchemy import Connection, create_engine, text

from bench import databases
from bench.databases import Template
from bench.quiet import catch_up, tick
from bench.table import Row, Section, ms, show
from bench.workspace import SLACK_TEAM
from bot.clock import SystemClock
from handlers.context import Deps
from models import engines
from models.database import Database
from models.rules.collaborative.people import Collaborative, Visitor
from models.rules.collaborative.policy import Deed
from models.services.collaborative import visitors
from models.services.delivery import outbox
from models.services.delivery.claims import look

SIZES = (10, 1_000, 100_000)
CHANNELS = 1_000  # the rows are for so many people, or fewer
AT_ONCE = 5_000
LOOKS, TICKS = 30, 5

Costs = dict[int, float]  # seconds by the number of rows


def rows() -> list[Section]:
    """Measure both on both kinds of database, with more and more rows."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with databases.templates() as templates:
        return [Section("Cost of a tick", tuple(row for each in templates.items() for row in _rows(*each)))]


def _rows(kind: str, template: Template) -> Iterator[Row]:
    with template.copy() as url:
        looks, ticks = _costs(url)
    name = {"sqlite": "SQLite", "postgres": "Postgres"}[kind]
    for what, costs in (("a look of the pump", looks), ("a tick of the clock", ticks)):
        few = costs[SIZES[0]]
        for size in SIZES[1:]:
            words = f"{name}, {what}, {size:,} rows; {SIZES[0]} rows"
            yield Row(words, ms(costs[size]), ms(few), costs[size] / few)


def _costs(url: str) -> tuple[Costs, Costs]:
    database = Database(url)
    clock = SystemClock()
    deps = Deps(database, clock)
    whose = database.read(_collaborative)
    looks: Costs = {}
    ticks: Costs = {}
    there = 0
    catch_up(deps)
    for size in SIZES:
        _fill(database, whose, there, size)
        if url.startswith("postgresql"):
            _analyse(url)
        there = size
        looks[size] = median_of(LOOKS, lambda: database.read(lambda db: look(db, SLACK_TEAM, clock.now())))
        ticks[size] = median_of(TICKS, lambda: tick(deps))
    database.dispose()
    return looks, ticks


def _collaborative(db: Connection) -> Collaborative:
    reporter = Visitor(SLACK_TEAM, "U0TEAM0")
    return visitors.able(db, reporter, Deed.REPORT)[0].collaborative


def _fill(database: Database, whose: Collaborative, start: int, end: int) -> None:
    """Put rows in the outbox that are due, as many to each of the channels as there are."""
    now = SystemClock().now()
    for first in range(start, end, AT_ONCE):
        messages = [
            outbox.message(whose, "bench", f"{number}", {}, now, to=f"U{number % CHANNELS}WAITS")
            for number in range(first, min(first + AT_ONCE, end))
        ]
        database.write(partial(outbox.say_all, messages=messages))


def _analyse(url: str) -> None:
    """Have Postgres count its rows anew, as it does by itself a minute after so many writes."""
    engine = create_engine(engines.named(url))
    with engine.begin() as connection:
        connection.execute(text("ANALYZE"))
    engine.dispose()


def median_of(times: int, act: Callable[[], object]) -> float:
    """The middle of the seconds it takes, done so many times."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        took.append(time.perf_counter() - began)
    return statistics.median(took)


def main() -> None:
    """Print the table."""
    show(rows())


if __name__ == "__main__":
    main()
