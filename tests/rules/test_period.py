"""The months of a collaborative: none forgotten, due in the month after, asked for in the right order."""

import calendar
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.rules.collaborative.period import (
    ReportingPeriod,
    day_words,
    generate,
    next_month,
    open_periods,
    period_to_ask_for,
)

months = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@given(months, st.integers(1, 36), st.integers(1, 31), st.integers(0, 120))
def test_every_month_is_there_once_and_due_in_the_month_after(
    first: date, count: int, due_day: int, lock_days: int
) -> None:
    """The due day is cut to the length of its month: a 31st becomes the 30th, or the end of February."""
    made = generate(first, count, due_day, lock_days)
    assert len(made) == count
    expected = first.replace(day=1)
    for period in made:
        assert period.first_day == expected
        expected = next_month(expected)
        assert (period.due_on.year, period.due_on.month) == (expected.year, expected.month)
        assert period.due_on.day == min(due_day, calendar.monthrange(expected.year, expected.month)[1])
        assert period.locks_on - period.due_on == timedelta(days=lock_days)


def year() -> tuple[ReportingPeriod, ...]:
    dates = generate(date(2026, 4, 1), 15, 10, 30)
    return tuple(ReportingPeriod(n, p.first_day, p.due_on, p.locks_on) for n, p in enumerate(dates, start=1))


def test_the_due_day_is_in_time_and_the_lock_day_is_still_taken() -> None:
    """Late begins the day after the due day, closed the day after the lock day."""
    june = year()[2]
    assert (june.name, day_words(june.due_on), june.last_day) == (
        "June 2026",
        "10 July 2026",
        date(2026, 6, 30),
    )
    assert [june.is_late(date(2026, 7, day)) for day in (10, 11)] == [False, True]
    assert [june.is_locked(date(2026, 8, day)) for day in (9, 10)] == [False, True]


def test_the_oldest_open_month_without_a_report_is_asked_for() -> None:
    """Then the latest that ended, to be corrected; then the month that runs; never one that is closed."""
    periods = year()
    today = date(2026, 7, 6)  # April closed on 9 June; May is open until 10 July

    def asked(reported: set[int]) -> str | None:
        found = period_to_ask_for(periods, reported, today)
        return found and found.name

    assert asked(set()) == "May 2026"
    assert asked({2}) == "June 2026"
    assert asked({3}) == "May 2026"
    assert asked({2, 3}) == "June 2026"
    assert period_to_ask_for(periods, (), date(2026, 4, 20)) == periods[0]
    assert period_to_ask_for(periods, (), date(2026, 3, 31)) is None
    assert period_to_ask_for(periods, (), date(2028, 1, 1)) is None


@given(st.dates(date(2026, 1, 1), date(2028, 12, 31)), st.sets(st.integers(1, 15)))
def test_only_an_open_month_is_ever_asked_for(today: date, reported: set[int]) -> None:
    """Whatever was reported, the form opens on a month that can be sent, when there is one."""
    choices = open_periods(year(), today)
    assert period_to_ask_for(year(), reported, today) in (choices or (None,))
