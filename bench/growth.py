"""What each thing costs with 5, 50 and 500 collaboratives: for one of them, for the clock, and for both."""

import logging
import multiprocessing
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog
from slack_bolt import BoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from sqlalchemy import update

from bench import two_years
from bench.requests import first_pages
from bench.table import Row, Section, at_most, ms, show
from bench.ticks import median_of
from bench.workspace import SLACK_TEAM, reporter_of
from bot.metrics import ARRIVED, Metrics, TimedApp
from handlers import registry
from handlers.context import Deps
from handlers.delivery.pump import boot_seconds
from handlers.home.listeners import tab
from handlers.people_first import PeopleFirst
from handlers.report.views.pages import FormPlace
from handlers.report.wizard import start
from models import migrations
from models.database import Connection, Database
from models.rules.collaborative.people import Visitor
from models.rules.collaborative.policy import Deed
from models.rules.delivery.verdicts import State
from models.rules.report.report import ReportForm
from models.services.charts import charts
from models.services.collaborative import measures, periods, visitors
from models.services.delivery.claims import look
from models.services.export import exports
from models.services.report import drafts
from models.tables.outbox import is_unsettled, outbox_messages
from models.tables.people import accounts
from tests import postgres
from tests.clock import FrozenClock
from tests.copies import copy

SIZES = (5, 50, 500)
ROUNDS = 15
NOW = datetime(2026, 11, 9, 13, 50, tzinfo=UTC)  # Monday 8:50 where they are, the day before October is due
DUE_DAY = datetime(2026, 11, 10, 14, 5, tzinfo=UTC)  # 9:05, and reminders go
MONDAY = datetime(2026, 11, 16, 14, 5, tzinfo=UTC)  # digests go
FOR_ONE, QUIET, WRITES, TURN = 1.5, 2, 3, 1.0  # at most so many times, and s
PROCESSES = (1, 2, 4)
MOST_TURNS = 10_000
SAID = {"signal_looks", "outbox_messages", "posts"}  # follows from the rest: for each copy anew

BETWEEN_S = 0.03
NOBODY = WebClient("xoxb-bench", "http://127.0.0.1:9/api/")  # nobody is to be asked

Act = Callable[[], object]


@dataclass(frozen=True)
class Place:
    """A database, and the one of its collaboratives whose people are waited for."""

    database: Database
    collaborative_id: int
    people_first: PeopleFirst = field(default_factory=PeopleFirst)

    @property
    def deps(self) -> Deps:
        clock = FrozenClock(NOW)
        return Deps(
            self.database, clock, slack=NOBODY, slack_team=lambda: SLACK_TEAM, people_first=self.people_first
        )


@dataclass(frozen=True)
class Lump:
    """All that is due at one moment: how many turns it took, and for how long at most somebody waited."""

    took: float
    longest_turn: float
    writes: list[float]  # of a person meanwhile


def rows() -> list[Section]:
    """Measure on SQLite and on Postgres, while the collaboratives become more."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with TemporaryDirectory() as folder, postgres.server(Path(folder)) as admin, postgres.made(admin) as own:
        urls = {
            "SQLite": f"sqlite:///{folder}/growth.db",
            "Postgres": own.render_as_string(hide_password=False),
        }
        return [section for name, url in urls.items() for section in _sections(name, url)]


def _sections(name: str, url: str) -> Iterator[Section]:
    migrations.upgrade(url)
    place = _laid_down(url)
    people_wait, ticks, due_day, monday = {}, {}, {}, {}
    for less, size in zip((1, *SIZES), SIZES, strict=False):
        place.database.write(
            partial(copy, original=place.collaborative_id, numbers=range(less, size), without=SAID)
        )
        _catch_up(place, NOW)
        ticks[size] = {
            job: median_of(ROUNDS, partial(act, place.deps)) for job, act in registry.CLOCK.items()
        }
        people_wait[size] = {what: median_of(ROUNDS, act) for what, act in _acts(place).items()}
        send = _sender(place)
        quiet = [send() for _ in range(10 * ROUNDS)]
        due_day[size] = _lump(place, DUE_DAY)
        _catch_up(place, MONDAY - timedelta(hours=2))
        monday[size] = _lump(place, MONDAY)
    sizes = ", ".join(f"{size:,}" for size in SIZES[1:])
    yield Section(
        f"{name}, for one collaborative among {sizes}; among {SIZES[0]}", _grown(people_wait, FOR_ONE)
    )
    yield Section(f"{name}, a quiet tick among {sizes}; among {SIZES[0]}", _grown(ticks, QUIET))
    lumps = {"reminders of a due day": due_day, "digests of a Monday": monday}
    yield Section(
        f"{name}, all at once among {sizes}",
        tuple(row for what, found in lumps.items() for row in _lump_rows(what, found, quiet)),
    )
    if name == "Postgres":
        yield Section(f"{name}, the looks of {SIZES[-1]} collaboratives shared", _shared(url))
    place.database.dispose()


def _laid_down(url: str) -> Place:
    database = Database(url)
    wanted = two_years.plan(NOW.date())
    return Place(database, database.write(lambda db: two_years.load(db, wanted, NOW - timedelta(days=40))))


def _acts(place: Place) -> Mapping[str, Act]:
    """What a person waits for, in one collaborative."""
    read, scope = place.database.read, place.collaborative_id
    reporter, coach = Visitor(SLACK_TEAM, "U0REP0"), Visitor(SLACK_TEAM, "U0COACH0")
    acting = read(lambda db: visitors.able(db, reporter, Deed.REPORT))[0]
    member = read(lambda db: visitors.able(db, coach, Deed.REPORT))[0].member.id
    first = read(lambda db: measures.of_collaborative(db, scope, acting.team.id))[0].id
    month = read(lambda db: periods.of_collaborative(db, scope))[two_years.MONTHS_BEHIND - 1].id
    form = _form(place)

    def another() -> None:
        plan = two_years.plan(NOW.date(), f"new-{time.perf_counter_ns()}")
        place.database.write(lambda db: two_years.load(db, plan, NOW))

    composed = registry.COMPOSERS
    return {
        "the form opened": lambda: read(
            lambda db: start(db, reporter, FormPlace(acting.team.id, 0), NOW).view()
        ),
        "a page kept": lambda: _keep(place, form),
        "Home": lambda: read(lambda db: tab(db, reporter, registry.HOME_PARTS, NOW)),
        "the roll call": lambda: read(lambda db: composed["roll_call"](db, {"period_id": month}, NOW)),
        "a chart's numbers": lambda: read(lambda db: charts.chart(db, acting.team.id, first).analysed()),
        "a coach's digest": lambda: read(lambda db: composed["digest"](db, {"member_id": member}, NOW)),
        "an export": lambda: read(lambda db: exports(db, coach)),
        "a look of the outbox": lambda: read(lambda db: look(db, SLACK_TEAM, NOW)),
        "one more loaded": another,
    }


def _form(place: Place) -> ReportForm:
    reporter = Visitor(SLACK_TEAM, "U0REP0")
    acting = place.database.read(lambda db: visitors.able(db, reporter, Deed.REPORT))[0]
    return place.database.read(lambda db: start(db, reporter, FormPlace(acting.team.id, 0), NOW)).form


def _keep(place: Place, form: ReportForm) -> None:
    """Keep a page of the form, as people do while they fill it in."""
    place.database.write(lambda db: drafts.save_draft(db, form, NOW))


def _catch_up(place: Place, moment: datetime) -> None:
    """Do what is due by then, so that all the clock does afterwards is look."""
    place.database.write(_all_settled)
    deps = replace(place.deps, clock=FrozenClock(moment))
    for job in registry.CLOCK.values():
        for _ in range(MOST_TURNS):
            if not job(deps):
                break
    place.database.write(_all_settled)


def _all_settled(db: Connection) -> None:
    """All went out, and everybody has been asked about."""
    db.execute(update(outbox_messages).where(is_unsettled()).values(state=State.SENT))
    db.execute(update(accounts).values(ask_at=NOW + timedelta(days=365)))


def _lump(place: Place, moment: datetime) -> Lump:
    """Have the clock do all that is due then, in turns, while a person writes."""
    deps, longest, began = replace(place.deps, clock=FrozenClock(moment)), 0.0, time.perf_counter()
    with _writing(place) as writes:
        for _ in range(MOST_TURNS):
            turned = time.perf_counter()
            is_more = registry.CLOCK["reminders"](deps)
            longest = max(longest, time.perf_counter() - turned)
            if not is_more:
                break
    return Lump(time.perf_counter() - began, longest, writes)


@contextmanager
def _writing(place: Place) -> Iterator[list[float]]:
    """People send a page of the form, one after the other, and it is kept: how long each waited."""
    waits: list[float] = []
    done, send = threading.Event(), _sender(place)

    def write() -> None:
        while not done.wait(BETWEEN_S):
            waits.append(send())

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield waits
    finally:
        done.set()
        writer.join()


def _sender(place: Place) -> Callable[[], float]:
    """Hands the next page to the real listeners, as Socket Mode does; how long it took to be acknowledged."""
    users = [f"U0REP{at}" for at in range(two_years.TEAMS)]  # each may take sixty steps at once
    reporters = [place.database.read(partial(reporter_of, slack_user=user, now=NOW)) for user in users]
    me = AuthorizeResult(enterprise_id=None, team_id=SLACK_TEAM, bot_token="xoxb-bench", bot_user_id="U0BOT")
    app = TimedApp(
        Metrics(),
        place.people_first,
        client=NOBODY,
        signing_secret="bench",
        authorize=lambda: me,
        process_before_response=True,
    )
    registry.register(app, place.deps)
    pages = first_pages(cycle(reporters))

    def send() -> float:
        arrived = {ARRIVED: str(boot_seconds())}
        request = BoltRequest(body=next(pages).payload, mode="socket_mode", headers=arrived)
        began = time.perf_counter()
        answer = app.dispatch(request)
        took = time.perf_counter() - began
        assert "Step 2 of" in str(answer.body), answer.body
        return took

    return send


def _grown(found: Mapping[int, Mapping[str, float]], limit: float) -> tuple[Row, ...]:
    few, *more = SIZES
    return tuple(
        Row(
            what,
            ", ".join(ms(found[size][what]) for size in more),
            ms(found[few][what]),
            found[more[-1]][what] / found[few][what],
            at_most(found[more[-1]][what] / found[few][what], limit, "x"),
        )
        for what in found[few]
    )


def _lump_rows(what: str, found: Mapping[int, Lump], quiet: list[float]) -> Iterable[Row]:
    few, *_, many = SIZES
    each = {size: lump.took / size for size, lump in found.items()}
    times = each[many] / each[few]
    yield Row(
        f"{what}, for each collaborative; among {few}",
        ms(each[many]),
        ms(each[few]),
        times,
        at_most(times, 1.5, "x"),
    )
    longest = max(lump.longest_turn for lump in found.values())
    yield Row(f"{what}, the longest turn", ms(longest), goal=at_most(longest, TURN, "s"))
    busy, calm = (_p99(waits) for waits in (found[many].writes, quiet))
    yield Row(
        f"a page kept meanwhile, p99; quiet ({what})",
        ms(busy),
        ms(calm),
        busy / calm,
        at_most(busy / calm, WRITES, "x"),
    )


def _shared(url: str) -> tuple[Row, ...]:
    """Let more and more processes look at all collaboratives, each time at another hour."""
    took = {}
    for count in PROCESSES:
        moment = MONDAY + timedelta(hours=2 * count)
        spawn = multiprocessing.get_context("spawn")
        ready, go = spawn.Semaphore(0), spawn.Event()
        processes = [spawn.Process(target=_looks, args=(url, moment, ready, go)) for _ in range(count)]
        for process in processes:
            process.start()
        for _ in processes:
            ready.acquire()
        began = time.perf_counter()
        go.set()
        for process in processes:
            process.join()
        took[count] = time.perf_counter() - began
    return tuple(
        Row(f"{count} processes; 1", ms(took[count]), ms(took[1]), took[count] / took[1])
        for count in PROCESSES[1:]
    )


def _looks(url: str, moment: datetime, ready: threading.Semaphore, go: threading.Event) -> None:
    """What one process does of it."""
    place = Place(Database(url), 0)
    deps = replace(place.deps, clock=FrozenClock(moment))
    place.database.read(lambda db: look(db, SLACK_TEAM, moment))
    ready.release()
    go.wait()
    while registry.CLOCK["reminders"](deps):
        pass
    place.database.dispose()


def _p99(waits: list[float]) -> float:
    return sorted(waits)[len(waits) * 99 // 100] if waits else 0.0


def main() -> None:
    """Print the table."""
    show(rows())


if __name__ == "__main__":
    main()
