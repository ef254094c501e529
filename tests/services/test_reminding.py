"""Reminders, rung by rung: who is asked when, and what makes them stop."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from sqlalchemy import Engine, event, select

from handlers.context import Deps
from handlers.registry import CLOCK
from models.database import Database
from models.rules.setup.plan import MilestonePlan
from models.tables.outbox import outbox_messages
from tests.services.reminder_world import HERE, World, opened


@pytest.fixture
def world(database: Database) -> World:
    """February's reports are due on 10 March; it is 22 February."""
    return World(database)


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


def test_a_laptop_that_slept_sends_the_late_once_and_drops_the_stale_with_a_record(world: World) -> None:
    """More than six hours late is not sent any more; it stands in the outbox as dropped."""
    world.pass_hours(24)
    world.clock.moment = datetime(2027, 3, 9, 16, tzinfo=UTC)  # 11:00; asleep since the 23rd
    world.tick()
    assert {each.key.split(":")[3] for each in world.reminders("Cedar")} == {"-1"}
    row = outbox_messages.c
    query = select(row.dedupe_key).where(row.state == "dropped", row.kind == "reminder")
    dropped = world.db.read(lambda db: db.scalars(query).all())
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
            CLOCK["reminders"](Deps(database, world.clock))

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
        CLOCK["reminders"](Deps(world.db, world.clock))
    assert [words.split()[0] for words in said if not words.startswith("BEGIN")] == ["SELECT"]


@contextmanager
def watched(said: list[str]) -> Iterator[None]:
    """Keep every statement that goes to a database."""

    def keep(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        said.append(statement)

    event.listen(Engine, "before_cursor_execute", keep)
    yield
    event.remove(Engine, "before_cursor_execute", keep)
