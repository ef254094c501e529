"""When a message may reach people: the working hours of a place, without weekends and holidays."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.rules.time.days import day_of
from models.rules.time.holidays import NONE

SATURDAY = 5
LONGEST_BREAK = 60  # days; a calendar without a working day for so long is taken for a mistake
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Window:
    """From `opens` until before `closes`, both in UTC."""

    opens: datetime
    closes: datetime

    def holds(self, now: datetime) -> bool:
        return self.opens <= now < self.closes

    def is_over(self, now: datetime) -> bool:
        return self.closes <= now


@dataclass(frozen=True)
class WorkingTime:
    """The hours and days of a place: from `first_hour` until `last_hour` (0 to 24) in its own time zone."""

    time_zone: str  # IANA name
    first_hour: int
    last_hour: int
    free: Container[date] = NONE

    def is_working(self, day: date) -> bool:
        return day.weekday() < SATURDAY and day not in self.free

    def on_or_before(self, day: date) -> date:
        """The working day nearest before, or the day itself."""
        return self._nearest(day, -_DAY)

    def on_or_after(self, day: date) -> date:
        """The working day nearest after, or the day itself."""
        return self._nearest(day, _DAY)

    def window(self, day: date, longest: timedelta) -> Window:
        """The working hours of a day, `longest` of them at most."""
        opens = instant(day, self.first_hour, self.time_zone)
        return Window(opens, min(opens + longest, instant(day, self.last_hour, self.time_zone)))

    def next_open(self, now: datetime) -> datetime:
        """Now, when it is a working hour; else when the next one begins."""
        day = day_of(now, self.time_zone)
        first = self.window(self.on_or_after(day), _DAY)
        if not first.is_over(now):
            return max(now, first.opens)
        return self.window(self.on_or_after(day + _DAY), _DAY).opens

    def _nearest(self, day: date, step: timedelta) -> date:
        tried = (day + step * count for count in range(LONGEST_BREAK))
        return next((each for each in tried if self.is_working(each)), day)


def instant(day: date, hour: int, time_zone: str) -> datetime:
    """The moment a clock on the wall shows a full hour (24 is the next day's 0), in UTC.

    An hour skipped in spring becomes the first moment after the gap; of one that comes twice in autumn it is
    the first.
    """
    day, hour = (day + _DAY, 0) if hour == 24 else (day, hour)  # noqa: PLR2004 - the hours of a day
    zone = ZoneInfo(time_zone)
    local = datetime.combine(day, time(hour))
    moment = local.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == local:
        return moment
    return _after_gap(local, zone)


def _after_gap(local: datetime, zone: ZoneInfo) -> datetime:
    """Where the offset changes: between the moments the two offsets around a gap make of `wanted`."""
    before = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
    after = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    old = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)
