"""What one look of the pump and one tick of the clock cost with few, many and very many rows waiting."""

import logging
import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial

import structlog
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from bench import databases
from bench.databases import Template
from bench.table import Row, Section, at_most, ms, show
from bench.workspace import SLACK_TEAM
from bot.clock import SystemClock
from handlers import registry
from handlers.context import Deps
from models import engines
from models.database import Database
from models.rules.people import Collaborative, Visitor
from models.services import outbox, people
from models.services.claims import look

SIZES = (10, 1_000, 100_000)
CHANNELS = 1_000  # the rows are for so many people, or fewer
AT_ONCE = 5_000
LOOKS, TICKS = 30, 5
GROWTH = 2  # times what it costs with ten rows

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
            ratio = costs[size] / few
            words = f"{what}, {size:,} rows; {SIZES[0]} rows, {name}"
            yield Row(words, ms(costs[size]), ms(few), ratio, at_most(ratio, GROWTH, "x"))


def _costs(url: str) -> tuple[Costs, Costs]:
    database = Database(url)
    clock = SystemClock()
    deps = Deps(database, clock)
    whose = database.read(lambda db: _collaborative(db))
    looks, ticks, there = {}, {}, 0
    _tick(deps)  # what is due from before is written by the first
    for size in SIZES:
        _fill(database, whose, range(there, size))
        _analyse(url)
        there = size
        looks[size] = _median(LOOKS, lambda: database.read(lambda db: look(db, clock.now())))
        ticks[size] = _median(TICKS, lambda: _tick(deps))
    database.dispose()
    return looks, ticks
