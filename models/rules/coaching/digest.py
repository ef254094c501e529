"""When a digest is due, once a week on the reader's own weekday and hour, and who is in for which month."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.rules.collaborative.people import Collaborative, Member, Team
from models.rules.collaborative.period import ReportingPeriod
from models.rules.collaborative.policy import SEES, Kind, Relation, Sight
from models.rules.report.team_record import Month, TeamRecord
from models.rules.time.days import day_of
from models.rules.time.working_time import instant

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LATEST = timedelta(hours=36)  # one not begun by then tells nothing new: the next one is better
NEAR = timedelta(days=7)  # so soon before its due day a missing report is worth a word
WEEK = timedelta(days=7)
_END_OF_DAY = 24
_WRITTEN = re.compile(r"([A-Za-z]{3,9})\s+(1?[0-9]|2[0-3])(?::00)?")


@dataclass(frozen=True)
class DigestTime:
    """A weekday (Monday is 0) and an hour where the reader is."""

    weekday: int = 0
    hour: int = 8

    def words(self) -> str:
        """As the file says it: "Monday 8:00"."""
        return f"{WEEKDAYS[self.weekday]} {self.hour}:00"


def read_time(words: str) -> DigestTime | None:
    """Read "Monday 8:00" or "tue 14"; None when it is neither."""
    match = _WRITTEN.fullmatch(" ".join(words.split()))
    if match is None:
        return None
    days = [day for day in WEEKDAYS if day.casefold().startswith(match[1].casefold())]
    return DigestTime(WEEKDAYS.index(days[0]), int(match[2])) if days else None


@dataclass(frozen=True)
class Reader:
    """Who a digest is for: a coach with their teams, the host, the coordinator, in one collaborative."""

    member: Member
    collaborative: Collaborative
    teams: tuple[Team, ...]  # those coached, by name
    staff: frozenset[Relation]  # what they are to all the other teams
    time: DigestTime
    zone: str  # IANA name: their own, else the collaborative's
    since: date  # the first day in any of these roles

    def sees_all(self, kind: Kind) -> bool:
        """Whether they see a kind of object of every team, not of those they coach alone."""
        return any(SEES[kind][each] is Sight.ALL for each in self.staff)


@dataclass(frozen=True)
class Occurrence:
    """One weekly digest: the moment it is due, and the ISO week it belongs to."""

    at: datetime  # UTC
    on: date  # where the reader is
    week: str  # "2026-W28"


def latest(reader: Reader, now: datetime) -> Occurrence:
    """The digest that was due last, this very moment included."""
    today = day_of(now, reader.zone)
    on = today - timedelta(days=(today.weekday() - reader.time.weekday) % 7)
    this_week = _occurrence(reader, on)
    return this_week if this_week.at <= now else _occurrence(reader, on - WEEK)


def following(reader: Reader, occurrence: Occurrence) -> Occurrence:
    """The digest of the week after."""
    return _occurrence(reader, occurrence.on + WEEK)


def on_day(reader: Reader, day: date) -> Occurrence | None:
    """The digest that is due on a day where the reader is; None when there is none."""
    moment = latest(reader, instant(day, _END_OF_DAY, reader.zone))
    return moment if moment.on == day else None


def _occurrence(reader: Reader, on: date) -> Occurrence:
    week = on.isocalendar()
    return Occurrence(instant(on, reader.time.hour, reader.zone), on, f"{week.year}-W{week.week:02}")


@dataclass(frozen=True)
class MonthStanding:
    """Who is in for a month that ended and is still open."""

    period: ReportingPeriod
    on_time: tuple[Team, ...]
    late: tuple[Team, ...]  # in, after the due day
    missing: tuple[Team, ...]

    def needs_a_hand(self, today: date) -> bool:
        """Whether teams are missing and the due day is near, or past."""
        return bool(self.missing) and self.period.due_on - today <= NEAR

    @property
    def teams_in(self) -> int:
        return len(self.on_time) + len(self.late)


def month_standings(records: Iterable[TeamRecord], today: date) -> tuple[MonthStanding, ...]:
    """The months that ended and are open, oldest first; of the earlier ones those with a team missing."""
    ended: dict[ReportingPeriod, list[tuple[Team, Month]]] = {}
    for record in records:
        for month in record.months:
            if month.period.last_day < today and not month.period.is_locked(today):
                ended.setdefault(month.period, []).append((record.team, month))
    latest_first = sorted(ended, key=lambda period: period.first_day, reverse=True)
    standings = [_standing(period, ended[period]) for period in reversed(latest_first)]
    return tuple(each for each in standings if each.missing or each.period == latest_first[0])


def _standing(period: ReportingPeriod, records: Sequence[tuple[Team, Month]]) -> MonthStanding:
    reported = [(team, month) for team, month in records if month.is_told]
    late = tuple(team for team, month in reported if month.report and month.report.is_late)
    on_time = tuple(team for team, _ in reported if team not in late)
    missing = tuple(team for team, month in records if not month.is_told)
    return MonthStanding(period, on_time, late, missing)
