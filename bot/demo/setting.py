"""The months of the demo's story, counted back from the one to report now, and its people by name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property

from models.rules.collaborative.people import Role
from models.rules.collaborative.period import PeriodDates, next_month
from models.rules.setup.plan import CollaborativePlan
from models.rules.time.days import day_of
from models.rules.time.working_time import WorkingTime

MONTHS = 15  # the last is the month to report now, as far as `momentum demo` has it
WEEK = WorkingTime("UTC", 0, 24)


@dataclass(frozen=True)
class Setting:
    """When the story takes place, and among whom."""

    plan: CollaborativePlan

    @cached_property
    def periods(self) -> tuple[PeriodDates, ...]:
        return self.plan.calendar.periods()

    def period(self, months_ago: int) -> PeriodDates:
        return self.periods[MONTHS - 1 - months_ago]

    def month(self, months_ago: int) -> date:
        """Its first day."""
        return self.period(months_ago).first_day

    def day(self, months_ago: int, days: int) -> date:
        """The working day so many days from the due day, or beyond it; by then the month is over."""
        period = self.period(months_ago)
        day = max(period.due_on + timedelta(days=days), next_month(period.first_day))
        return WEEK.on_or_after(day) if days > 0 else WEEK.on_or_before(day)

    def moment(self, months_ago: int, days: int, at: time) -> datetime:
        return datetime.combine(self.day(months_ago, days), at, tzinfo=UTC)

    def day_of(self, moment: datetime) -> date:
        return day_of(moment, self.plan.time_zone)

    def words(self, months_ago: int) -> Mapping[str, str]:
        """What a gesture's steps may name: the month, and days after it was due."""
        month = self.month(months_ago)
        days = {f"plus_{days}": self.day(months_ago, days).isoformat() for days in range(1, 8)}
        return {"month": f"{month:%B}", "month_and_year": f"{month:%B %Y}", **days}

    def person(self, slack_user: str) -> str:
        return next(one.name for one in self.plan.people if one.slack_user == slack_user)

    def team(self, key: str) -> str:
        return next(one.name for one in self.plan.teams if one.key == key)

    def first(self, role: Role, team: str) -> str:
        """The Slack id of the first who is in Slack and has this role for the team."""
        return next(one.slack_user for one in self.plan.people_with(role, team) if one.slack_user)
