"""The ladder: steps on working days, windows in local working hours through DST, promises that pause."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.reminders.expectation import Expectation, Said, standing
from models.rules.reminders.reminders import LATE, Audience, Case, Ladder, Reachable, reminders, rungs
from models.rules.time.holidays import free_days, is_place
from models.rules.time.working_time import WorkingTime, instant

ANA = Reachable(1, "Ana", "U0ANA", "America/New_York")
BO = Reachable(2, "Bo", "U0BO", "America/New_York")
CORA = Reachable(3, "Cora", "U0CORA", "Europe/Berlin")
ZONES = ("America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "America/Havana", "Africa/Cairo", "UTC")
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))
LADDERS = st.builds(
    Ladder,
    before=st.lists(st.integers(0, 28), unique=True, max_size=4).map(tuple),
    after=st.lists(st.integers(1, 28), unique=True, max_size=4).map(tuple),
    coach=st.integers(1, 28),
    hours=st.tuples(st.integers(0, 12), st.integers(13, 24)),
    holidays=st.sampled_from(("", "US", "DE-BY")),
)


def case(due_on: date, said: Expectation | None = None, **people: tuple[Reachable, ...]) -> Case:
    who = {"reporters": (ANA,), "backups": (BO,), "coaches": (CORA,), **people}
    return Case(1, 1, due_on, due_on + timedelta(days=60), expectation=said, **who)


def promise(until: date | None, said: Said = Said.LATER) -> Expectation:
    return Expectation(1, 1, said, until, "", "Ana", datetime(2026, 7, 1, tzinfo=UTC))


def days_of(found: Case, ladder: Ladder | None = None) -> list[tuple[str, str, date]]:
    """Who is asked on which step and day."""
    return [
        (each.person.name, each.rung.name, each.rung.day) for each in reminders(found, ladder or Ladder())
    ]


def test_the_usual_ladder() -> None:
    """The reporters before it, on it and after it; then the backup too, at last the coach."""
    assert days_of(case(date(2026, 6, 10))) == [
        ("Ana", "-7", date(2026, 6, 3)),
        ("Ana", "-3", date(2026, 6, 5)),
        ("Ana", "-1", date(2026, 6, 9)),
        ("Ana", "-0", date(2026, 6, 10)),
        ("Ana", "+1", date(2026, 6, 11)),
        ("Ana", "+3", date(2026, 6, 15)),
        ("Bo", "+3", date(2026, 6, 15)),
        ("Cora", "+5", date(2026, 6, 15)),
    ]


def test_a_holiday_moves_a_step_to_a_working_day_and_of_two_on_one_day_the_nearer_counts() -> None:
    """3 July 2026 stands in for the Fourth, a Saturday: what falls on them and the weekend moves together."""
    found = days_of(case(date(2026, 7, 5)), Ladder(before=(3, 1, 0), after=(), holidays="US"))
    assert found[:1] == [("Ana", "-0", date(2026, 7, 2))]


def test_who_is_asked_where_a_role_is_empty() -> None:
    """A member who left: the backup; no backup: the lead; nobody with Slack: the coach."""
    due = date(2026, 6, 10)
    assert {who for who, *_ in days_of(case(due, reporters=()))} == {"Bo", "Cora"}
    assert {who for who, *_ in days_of(case(due, reporters=(), backups=(), leads=(ANA,)))} == {"Ana", "Cora"}
    assert {who for who, *_ in days_of(case(due, reporters=(), backups=()))} == {"Cora"}


def test_a_promise_pauses_until_its_day_and_the_coach_hears_only_after_it() -> None:
    assert days_of(case(date(2026, 6, 10), promise(date(2026, 6, 18)))) == [
        ("Ana", "on 2026-06-18", date(2026, 6, 18)),
        ("Cora", "+5", date(2026, 6, 19)),
    ]
    assert days_of(case(date(2026, 6, 10), promise(None, Said.CANNOT))) == []


@given(LADDERS, DAYS, st.sampled_from(ZONES), st.none() | st.integers(-30, 59))
def test_no_reminder_is_ever_outside_working_hours(
    ladder: Ladder, due_on: date, zone: str, promised: int | None
) -> None:
    """Whatever the ladder, the day, the zone and the promise; no window is longer than one may be late."""
    said = None if promised is None else promise(due_on + timedelta(days=promised))
    local = ZoneInfo(zone)
    ana = Reachable(1, "Ana", "U0ANA", zone)
    found = reminders(case(due_on, said, reporters=(ana,)), ladder)
    for each in found:
        assert timedelta() < each.window.closes - each.window.opens <= LATE
        last = (each.window.closes - timedelta(seconds=1)).astimezone(ZoneInfo(each.person.time_zone))
        first = each.window.opens.astimezone(ZoneInfo(each.person.time_zone))
        assert first.date() == last.date() == each.rung.day
        assert ladder.hours[0] <= first.hour <= last.hour < ladder.hours[1]
        assert first.weekday() < 5
        assert first.date() not in free_days(ladder.holidays)
    assert len({(each.person, each.rung.day) for each in found}) == len(found)
    if said and said.until:
        assert all(
            each.window.opens.astimezone(local).date() >= said.until for each in found if each.person == ana
        )


@given(LADDERS, DAYS, st.integers(0, 59), st.integers(1, 90), st.sampled_from((Said.LATER, Said.HELP)))
def test_whatever_is_promised_the_coach_hears_before_the_month_closes(
    ladder: Ladder, due_on: date, lock_days: int, promised: int, said: Said
) -> None:
    """Once, in the reach of a working day; the team is not asked again before the day it named."""
    until = due_on + timedelta(days=promised)
    locks_on = due_on + timedelta(days=lock_days)
    found = reminders(replace(case(due_on, promise(until, said)), locks_on=locks_on), ladder)
    (heard,) = [each.rung.day for each in found if each.person == CORA]
    assert heard <= locks_on
    assert heard > until or heard >= locks_on - timedelta(days=7), "or on the last working day"
    assert all(until <= each.rung.day <= locks_on for each in found if each.person != CORA)


def test_who_asked_for_help_is_not_told_of_a_day_they_never_named() -> None:
    """After the three days the usual words come again."""
    asked = case(date(2026, 6, 10), promise(date(2026, 6, 18), Said.HELP))
    (again,) = [each.rung for each in reminders(asked, Ladder()) if each.rung.name.startswith("on")]
    assert not again.is_promised


@given(LADDERS, DAYS)
def test_the_ladder_only_climbs(ladder: Ladder, due_on: date) -> None:
    """Steps before the day come by the day, steps after it after; nobody is reached before those nearer."""
    found = rungs(ladder, due_on, free_days(ladder.holidays))
    assert all(one.day <= other.day for one, other in pairwise(each for each in found if each.name[0] == "-"))
    assert all((each.day <= due_on) == (each.name[0] == "-") for each in found)
    assert [each.audience for each in found if each.audience is Audience.COACHES] == [Audience.COACHES]


@pytest.mark.parametrize(
    ("zone", "day", "hour", "expected"),
    [
        ("America/New_York", date(2027, 3, 14), 2, "2027-03-14T07:00+00:00"),  # skipped: 3:00 there
        ("America/New_York", date(2026, 11, 1), 1, "2026-11-01T05:00+00:00"),  # twice: the first
        ("Australia/Lord_Howe", date(2026, 10, 4), 2, "2026-10-03T15:30+00:00"),  # a gap of half an hour
        ("Australia/Lord_Howe", date(2027, 4, 4), 2, "2027-04-03T15:30+00:00"),  # half an hour twice
        ("America/Sao_Paulo", date(2018, 11, 4), 0, "2018-11-04T03:00+00:00"),  # began at 1:00
        ("Africa/Casablanca", date(2026, 2, 15), 2, "2026-02-15T01:00+00:00"),  # twice, for Ramadan
        ("Africa/Casablanca", date(2026, 3, 22), 2, "2026-03-22T02:00+00:00"),  # skipped, after it
        ("Asia/Kathmandu", date(2026, 7, 6), 8, "2026-07-06T02:15+00:00"),  # 5:45 ahead all year
        ("America/Havana", date(2027, 3, 14), 0, "2027-03-14T05:00+00:00"),  # a day without midnight
        ("Pacific/Apia", date(2011, 12, 29), 24, "2011-12-30T10:00+00:00"),  # a day that never was
    ],
)
def test_an_hour_skipped_or_doubled(zone: str, day: date, hour: int, expected: str) -> None:
    """A gap: the first moment after it. An overlap: the first of the two."""
    assert instant(day, hour, zone) == datetime.fromisoformat(expected)


@given(DAYS, st.integers(0, 23), st.sampled_from(ZONES))
def test_moments_keep_the_order_of_hours(day: date, hour: int, zone: str) -> None:
    """An hour later on the wall is never earlier, DST or not."""
    assert instant(day, hour, zone) <= instant(day, hour + 1, zone)


def test_the_next_working_hour() -> None:
    """On a Friday evening it is Monday morning."""
    work = WorkingTime("America/New_York", 8, 18)
    friday = datetime(2026, 6, 12, 23, tzinfo=UTC)
    assert work.next_open(friday) == datetime(2026, 6, 15, 12, tzinfo=UTC)
    assert work.next_open(datetime(2026, 6, 15, 15, tzinfo=UTC)) == datetime(2026, 6, 15, 15, tzinfo=UTC)


def test_holidays_are_known_by_country_and_part() -> None:
    assert date(2026, 11, 26) in free_days("US")
    assert is_place("DE-BY")
    assert not is_place("US-XX")
    assert not is_place("Atlantis")


@given(LADDERS)
def test_a_ladder_comes_back_from_its_row_as_it_was(ladder: Ladder) -> None:
    assert Ladder.from_json(ladder.as_json()) == ladder


def test_what_a_team_said_adds_up() -> None:
    """A question about one measure leaves a promise as it is, and takes back that the team cannot."""
    thursday, sunday = date(2026, 7, 16), date(2026, 7, 19)
    question = replace(promise(sunday, Said.HELP), measure="M1", measure_id=1)
    other = replace(question, measure="M2", measure_id=2, until=date(2026, 7, 20))
    assert standing([promise(thursday), question]).pause([1, 2]) == promise(thursday)
    assert standing([question]).pause([1, 2]) is None
    assert standing([question, other]).pause([1, 2]) == question
    assert standing([promise(thursday), other, question]).pause([1, 2]) == question
    assert standing([promise(None, Said.CANNOT), question]).said is None
    assert standing([question, promise(None, Said.CANNOT)]).pause([1]) == promise(None, Said.CANNOT)
    assert standing([question, other]).paused(sunday) == {2}
    assert standing([question]).pause([]) is None
