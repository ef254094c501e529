"""Reminders under any sequence of events: in working hours, once each, never when no longer true."""

import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event, select, update

from handlers import digest
from handlers.context import Deps
from handlers.digest import keep_due
from handlers.registry import SECTIONS
from handlers.reminder import COMPOSERS, remind
from models.database import Database
from models.rules.digest import WEEKDAYS
from models.rules.expectation import Said
from models.rules.plan import MilestonePlan
from models.tables.outbox import outbox_messages
from models.tables.people import members
from tests.services.reminder_world import HERE, REPORTERS, World, refused

TEAM = st.sampled_from(sorted(REPORTERS))
EVENT = st.one_of(
    st.tuples(st.just("pass"), st.integers(1, 60)),
    st.tuples(st.just("stall"), st.integers(1, 30)),  # delivery is down
    st.tuples(st.just("jump"), st.integers(-72, 120)),
    st.tuples(st.just("report"), TEAM),
    st.tuples(st.just("cannot"), TEAM),
    st.tuples(st.just("later"), TEAM, st.integers(1, 12)),
    st.tuples(st.just("help"), TEAM),
    st.tuples(st.just("move"), st.integers(8, 20)),
    st.tuples(st.just("leave"), st.sampled_from(("Ana", "Dana", "Bo"))),
    st.tuples(st.just("withdraw"), TEAM),
)


@contextmanager
def opened(url: str) -> Iterator[Database]:
    """A database as a process of its own would have it."""
    database = Database(url)
    yield database
    database.dispose()


@pytest.fixture
def world(database: Database) -> World:
    """February's reports are due on 10 March; it is 22 February."""
    return World(database)


@given(st.lists(EVENT, min_size=4, max_size=14))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_nobody_is_asked_at_the_wrong_time_or_twice(
    sqlite_template: Path, events: list[tuple[object, ...]]
) -> None:
    """Once a team reported, cannot, withdrew, or promised a day, its reminders stop at once."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "momentum.db"
        shutil.copy(sqlite_template, path)
        database = Database(f"sqlite:///{path}")
        try:
            _play(World(database), events)
        finally:
            database.dispose()


@dataclass
class Known:
    """What the teams said, as an outside observer keeps it."""

    ended: dict[str, int] = field(default_factory=dict)  # team -> how often it had been asked by then
    promised: dict[str, date] = field(default_factory=dict)


def _play(world: World, events: list[tuple[object, ...]]) -> None:
    known = Known()
    for happening in [("pass", 24), *events, ("pass", 24 * 10)]:
        before = len(world.sent)
        _happen(world, happening, known)
        world.check()
        for team, count in known.ended.items():
            assert len(world.reminders(team)) == count, f"{team} was asked after it ended"
        for each in world.sent[before:]:
            for team, until in known.promised.items():
                if each in world.reminders(team):
                    assert each.at.astimezone(HERE).date() >= until, "asked before the promised day"


def _happen(world: World, event: tuple[object, ...], known: Known) -> None:
    match event:
        case ("pass", int(hours)):
            world.pass_hours(hours)
        case ("stall", int(hours)):
            world.pass_hours(hours, delivers=False)
        case ("jump", int(hours)):
            world.jump(hours)
        case ("move", int(day)):
            world.load(due_day=day)
        case ("leave", str(name)):
            world.leave(name)
        case (str(what), str(team), *days):
            _answer(world, what, team, days, known)


def _answer(world: World, what: str, team: str, days: list[object], known: Known) -> None:
    match what, days:
        case "withdraw", _:
            world.withdraw(team)
        case "later", [int(ahead)]:
            return _promise(world, team, Said.LATER, ahead, known)
        case "help", _:
            return _promise(world, team, Said.HELP, 3, known)
        case _:
            act = world.report if what == "report" else partial(world.say, said=Said.CANNOT)
            if refused(act, team):
                return None
    known.ended[team] = len(world.reminders(team))
    return None


def _promise(world: World, team: str, said: Said, days: int, known: Known) -> None:
    """A word of a team replaces its last: who could not may still promise."""
    if not refused(world.say, team, said, days):
        known.ended.pop(team, None)
        known.promised[team] = world.today + timedelta(days=days)


def test_each_rung_reaches_the_right_people_once(world: World) -> None:
    """Nobody answers: all steps, in order, the backup from the second step after the day, the coach last."""
    world.pass_hours(24 * 31)
    asked = [
        (each.to, each.key.split(":")[3], each.at.astimezone(HERE).date())
        for each in world.reminders("Cedar")
    ]
    ana, bo, cora = (world.cast.slack[name] for name in ("Ana", "Bo", "Cora"))
    assert asked == [
        (ana, "-7", date(2027, 3, 3)),
        (ana, "-3", date(2027, 3, 5)),
        (ana, "-1", date(2027, 3, 9)),
        (ana, "-0", date(2027, 3, 10)),
        (ana, "+1", date(2027, 3, 11)),
        (ana, "+3", date(2027, 3, 15)),
        (bo, "+3", date(2027, 3, 15)),
        (cora, "+5", date(2027, 3, 15)),
    ]
    world.check()


@given(
    weekday=st.sampled_from(WEEKDAYS[:5]), hour=st.sampled_from((7, 9, 12, 16)), promised=st.integers(0, 24)
)
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_coach_hears_of_a_late_team_whatever_is_promised_and_not_twice_a_morning(
    sqlite_template: Path, weekday: str, hour: int, promised: int
) -> None:
    """By the ladder's last step or by her digest, before the month closes; never by both within an hour."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "momentum.db"
        shutil.copy(sqlite_template, path)
        with opened(f"sqlite:///{path}") as database:
            composers = {**COMPOSERS, "digest": digest.composers(SECTIONS)["digest"]}
            world = World(database, jobs=(keep_due, remind), composers=composers)
            at = update(members).where(members.c.name == "Cora").values(digest=f"{weekday} {hour}:00")
            database.write(lambda db: db.execute(at))
            world.clock.moment = datetime(2027, 3, 11, 5, tzinfo=UTC)  # February is late since five hours
            if promised:
                world.say("Cedar", Said.LATER, promised)
            world.pass_hours(24 * 30)
    heard = [each for each in world.sent if each.to == world.cast.slack["Cora"]]
    steps = [each.at for each in heard if each.kind == "reminder" and each in world.reminders("Cedar")]
    digests = [each.at for each in heard if each.kind == "digest"]
    assert steps or any(date(2027, 3, 15) <= at.date() <= date(2027, 4, 9) for at in digests)
    assert [
        at for at in steps if any(timedelta() <= at - told < timedelta(hours=6) for told in digests)
    ] == []


def test_a_laptop_that_slept_sends_the_late_once_and_drops_the_stale_with_a_record(world: World) -> None:
    """More than six hours late is not sent any more; it stands in the outbox as dropped."""
    world.pass_hours(24)
    world.clock.moment = datetime(2027, 3, 9, 16, tzinfo=UTC)  # 11:00; asleep since the 23rd
    world.tick()
    assert {each.key.split(":")[3] for each in world.reminders("Cedar")} == {"-1"}
    dropped = world.db.read(
        lambda db: (
            db.execute(select(outbox_messages.c.dedupe_key).where(outbox_messages.c.state == "dropped"))
            .scalars()
            .all()
        )
    )
    assert {key.split(":")[3] for key in dropped} == {"-7", "-3"}
    assert len(dropped) == 8


def test_a_member_who_left_is_not_asked_the_backup_is(world: World) -> None:
    world.pass_hours(24 * 12)
    world.leave("Ana")
    world.pass_hours(24 * 5)
    last = world.reminders("Cedar")[-1]
    assert (last.to, last.key.split(":")[3]) == (world.cast.slack["Bo"], "-0")


def test_a_rung_dropped_because_its_day_moved_goes_on_its_new_day(world: World) -> None:
    """It was due and not yet sent when the deadline moved: it waits for its new moment."""
    world.clock.moment = datetime(2027, 3, 9, 15, tzinfo=UTC)
    world.tick(delivers=False)
    world.load(due_day=16)
    world.deliver()
    assert [each.kind for each in world.sent if each.kind == "reminder"] == []
    world.pass_hours(24 * 7)
    days = {each.at.astimezone(HERE).date() for each in world.reminders("Dogwood") if ":-1:" in each.key}
    assert days == {date(2027, 3, 15)}


def test_thanks_name_those_on_time_and_nobody_else(world: World) -> None:
    """In the shared channel, the working day after; the late are not named, and not counted."""
    world.pass_hours(24 * 12)
    world.report("Elm")
    world.report("Cedar")
    world.pass_hours(24 * 10)
    (thanks,) = [each for each in world.sent if each.kind == "thanks"]
    assert thanks.text == "Thank you, Elm and Cedar, for your February numbers on time."
    assert (thanks.to, thanks.day) == (
        world.cast.collaborative.channel,
        date(2027, 3, 11),
    )


def test_milestones_are_reminded_of_a_week_and_a_day_before(world: World) -> None:
    """To the owner, to a team's reporters, or to all; one that moves takes its reminders along."""
    on = date(2027, 3, 4)
    world.load(
        milestones=(
            MilestonePlan("agenda", on, "Agenda for session 2", "fay"),
            MilestonePlan("poster", on, "Poster", team="elm"),
            MilestonePlan("session", on, "Learning session 2"),
        )
    )
    world.pass_hours(24 * 5)
    world.load(
        milestones=(
            MilestonePlan("agenda", on, "Agenda for session 2", "fay"),
            MilestonePlan("session", date(2027, 3, 9), "Learning session 2"),
        )
    )
    world.pass_hours(24 * 14)
    said = [(each.to, each.text) for each in world.sent if each.kind == "milestone"]
    fay, eve, channel = world.cast.slack["Fay"], world.cast.slack["Eve"], world.cast.collaborative.channel
    assert said == [
        (fay, "In 7 days, Thursday 4 March: Agenda for session 2. Fay sees to it."),
        (eve, "In 7 days, Thursday 4 March: Poster. Elm sees to it."),
        (channel, "In 7 days, Thursday 4 March: Learning session 2. This one is for all of us."),
        (fay, "Tomorrow, Thursday 4 March: Agenda for session 2. Fay sees to it."),
        (channel, "Tomorrow, Tuesday 9 March: Learning session 2. This one is for all of us."),
    ]


def test_a_milestone_whose_owner_left_reaches_who_runs_the_collaborative(world: World) -> None:
    """A day nobody hears of is a day missed."""
    world.load(milestones=(MilestonePlan("agenda", date(2027, 3, 4), "Agenda", person="ana"),))
    world.leave("Ana")
    world.pass_hours(24 * 11)
    assert [(each.to, each.text) for each in world.sent if each.kind == "milestone"] == [
        (world.cast.slack["Ravi"], "In 7 days, Thursday 4 March: Agenda. Ana sees to it."),
        (world.cast.slack["Ravi"], "Tomorrow, Thursday 4 March: Agenda. Ana sees to it."),
    ]


def test_a_moved_due_day_is_told_once_in_working_hours(world: World) -> None:
    """One message a team, when people are at work, and none to a team that is in."""
    world.pass_hours(24)
    world.clock.moment = datetime(2027, 3, 6, 20, tzinfo=UTC)  # a Saturday
    world.load(due_day=15)
    world.load(due_day=18)
    world.load(due_day=17)
    world.pass_hours(24 * 4)
    told = [each for each in world.sent if each.kind == "due_moved"]
    (dana,) = [each.text for each in told if each.to == world.cast.slack["Dana"]]
    assert dana == (
        "Dogwood's February report is now due on Wednesday 17 March, instead of Wednesday 10 March. "
        "Later months move too. Reminders follow the new day."
    )
    assert len(told) == 4
    assert all(each.at.astimezone(HERE).weekday() == 0 for each in told)


def test_a_month_that_moves_is_told_to_those_who_wait_and_not_to_who_is_in(world: World) -> None:
    """A report that came early keeps nobody else from having more time."""
    world.pass_hours(24)
    world.clock.moment = datetime(2027, 3, 8, 15, tzinfo=UTC)
    world.report("Dogwood")
    world.load(due_day=17)
    world.pass_hours(24)
    told = [each for each in world.sent if each.kind == "due_moved"]
    assert [each for each in told if each.to == world.cast.slack["Dana"] and "February" in each.text] == []
    assert [each.text for each in told if "Elm's February report is now due on Wednesday 17" in each.text]


def test_two_clocks_at_once_enqueue_each_reminder_once(postgres_url: str) -> None:
    """Two processes on one Postgres tick in the same instant, for three weeks."""
    with opened(postgres_url) as first, opened(postgres_url) as second:
        world, meet = World(first), Barrier(2)

        def tick(database: Database) -> None:
            meet.wait(20)
            remind(Deps(database, world.clock))

        with ThreadPoolExecutor(2) as both:
            for _ in range(8 * 22):
                list(both.map(tick, (first, second)))
                world.deliver()
                world.clock.advance(hours=3)
        assert len(world.reminders("Dogwood")) == len({each.key for each in world.reminders("Dogwood")}) == 7
        world.check()


def test_an_idle_clock_asks_one_question(world: World) -> None:
    """Between what is due, a tick reads one row and writes nothing."""
    world.tick()
    world.clock.advance(seconds=10)
    said: list[str] = []
    with watched(said):
        remind(Deps(world.db, world.clock))
    assert [words.split()[0] for words in said if not words.startswith("BEGIN")] == ["SELECT"]


@contextmanager
def watched(said: list[str]) -> Iterator[None]:
    """Keep every statement that goes to a database."""

    def keep(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        said.append(statement)

    event.listen(Engine, "before_cursor_execute", keep)
    yield
    event.remove(Engine, "before_cursor_execute", keep)
