"""Reminders under any sequence of events: in working hours, once each, never when no longer true."""

import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from models.database import Database
from models.rules.coaching.digest import WEEKDAYS
from models.rules.reminders.expectation import Said
from models.tables.people import members
from tests.services.reminder_world import HERE, REPORTERS, World, opened, refused

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
            world = World(database)
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
