"""The months of a collaborative: when each is due, late and locked, and which one to ask for."""

import calendar
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

NO_DAYS: Mapping[date, date] = MappingProxyType({})
STAFF_REACH = 3  # closed months in the list of those who act for a team; "Correct" reaches any


@dataclass(frozen=True)
class PeriodDates:
    """The days of one reporting period, before it is a row."""

    first_day: date  # of the month the values belong to
    due_on: date
    locks_on: date  # the last day the team itself may report late or correct


@dataclass(frozen=True)
class PeriodMove:
    """A month whose days change."""

    was: PeriodDates
    becomes: PeriodDates
    stays: bool  # wanted, but one of the two due days has passed


@dataclass(frozen=True)
class ReportingPeriod:
    id: int
    first_day: date
    due_on: date
    locks_on: date

    @property
    def name(self) -> str:
        """The month in words: "June 2026"."""
        return f"{self.first_day:%B %Y}"

    @property
    def last_day(self) -> date:
        return next_month(self.first_day) - timedelta(days=1)

    def is_late(self, today: date) -> bool:
        """Whether a first report made today comes after the due day."""
        return today > self.due_on

    def is_locked(self, today: date) -> bool:
        return today > self.locks_on


def day_words(day: date) -> str:
    """Say a day: "9 August 2026"."""
    return f"{day.day} {day:%B %Y}"


def next_month(day: date) -> date:
    """The first day of the month after `day`."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def without_holes(periods: Sequence[ReportingPeriod]) -> tuple[ReportingPeriod, ...]:
    """All months from the first to the last; one that has no row has the id 0, and was due as it ended."""
    there: list[ReportingPeriod] = []
    for period in periods:
        while there and next_month(there[-1].first_day) < period.first_day:
            month = next_month(there[-1].first_day)
            ends = next_month(month) - timedelta(days=1)
            there.append(ReportingPeriod(0, month, ends, ends))
        there.append(period)
    return tuple(there)


def months_before(day: date, count: int) -> tuple[date, ...]:
    """The first days of the months before the one of `day`, oldest first."""
    months = [day.replace(day=1)]
    for _ in range(count):
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return tuple(reversed(months[1:]))


def generate(
    first_month: date, months: int, due_day: int, lock_days: int, own: Mapping[date, date] = NO_DAYS
) -> tuple[PeriodDates, ...]:
    """The periods of a whole run; `due_day` is a day of the month after, cut to that month's length.

    `own` are the due days of months that have their own, by the first day of the month.
    """
    periods = []
    month = first_month.replace(day=1)
    for _ in range(months):
        following = next_month(month)
        length = calendar.monthrange(following.year, following.month)[1]
        due = own.get(month) or following.replace(day=min(due_day, length))
        periods.append(PeriodDates(month, due, due + timedelta(days=lock_days)))
        month = following
    return tuple(periods)


def moves(
    stored: Iterable[PeriodDates], planned: Iterable[PeriodDates], today: date
) -> tuple[PeriodMove, ...]:
    """The months whose days are to change; a day that has passed stays, and none moves to one."""
    dates = {period.first_day: period for period in planned}
    pairs = [(each, dates.get(each.first_day, each)) for each in stored]
    return tuple(
        PeriodMove(was, becomes, stays=min(was.due_on, becomes.due_on) < today)
        for was, becomes in pairs
        if was != becomes
    )


def open_periods(periods: Sequence[ReportingPeriod], today: date) -> tuple[ReportingPeriod, ...]:
    """Those begun and not locked, oldest first."""
    return tuple(p for p in periods if p.first_day <= today and not p.is_locked(today))


def periods_to_choose(
    periods: Sequence[ReportingPeriod], today: date, *, is_on_behalf: bool
) -> tuple[ReportingPeriod, ...]:
    """The months to report or correct, oldest first: the open ones, and for staff those that just closed."""
    closed = tuple(p for p in periods if p.is_locked(today))[-STAFF_REACH:] if is_on_behalf else ()
    return closed + open_periods(periods, today)


def period_to_ask_for(
    periods: Sequence[ReportingPeriod], reported: Collection[int], today: date
) -> ReportingPeriod | None:
    """The oldest open month that ended without a report; else the latest that ended; else this one."""
    still_open = open_periods(periods, today)
    ended = [p for p in still_open if p.last_day < today]
    missing = [p for p in ended if p.id not in reported]
    for choice in (missing[:1], ended[-1:], still_open[:1]):
        if choice:
            return choice[0]
    return None
