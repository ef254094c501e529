"""The demo's made-up collaborative: its plan, people and channels, dated so that reports are due soon."""

import calendar
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from handlers.files.plan import collaborative as collaborative_file
from models.rules.collaborative.people import TEAM_ROLES, Role
from models.rules.setup.plan import Calendar, CollaborativePlan
from models.rules.time.days import day_of

FILE = Path(__file__).with_name("collaborative.yaml")
TODAY_IN_FILE = date(2026, 1, 15)  # where its milestones are counted from
DAYS_LEFT = 5  # from today to the due day
MONTHS_BEHIND = 8  # of the run, before the month to report now
SHARED, COACHES = "C0ALL", "C0COACHES"
TIME_ZONES = {"fir": "America/Chicago", "maple": "America/Denver"}  # the other teams are where the host is


@dataclass(frozen=True)
class DemoPerson:
    id: str  # in Slack
    name: str
    real_name: str
    tz: str


@dataclass(frozen=True)
class DemoChannel:
    id: str  # in Slack
    name: str
    topic: str
    members: tuple[str, ...]  # Slack ids
    private: bool = False


OUTSIDER = DemoPerson("U0GIL", "gil", "Gil Stern", "America/New_York")  # works here, but takes no part


def demo_day(now: datetime) -> date:
    """The day it is where the eight clinics are."""
    return day_of(now, _file().time_zone)


def month_to_report(today: date) -> date:
    """The first day of the month reports are due for: the month before."""
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


def demo_plan(today: date, months_behind: int = MONTHS_BEHIND) -> CollaborativePlan:
    """The plan, with last month's reports due in five days, or by the end of this month if that is sooner.

    One milestone is overdue, one a week ahead, and a learning session in three weeks.

    Its first month is `months_behind` months before the one to report now.
    """
    plan = _file()
    month_end = calendar.monthrange(today.year, today.month)[1]
    due_day = min(today.day + DAYS_LEFT, month_end)
    first_month = months_before(month_to_report(today), months_behind)
    dates = Calendar(first_month, plan.calendar.months, due_day, plan.calendar.lock_days)
    milestones = (replace(each, due_on=today + (each.due_on - TODAY_IN_FILE)) for each in plan.milestones)
    return replace(plan, calendar=dates, milestones=tuple(milestones))


def demo_people() -> tuple[DemoPerson, ...]:
    """All who are in the demo's Slack: those who take part there, and an outsider."""
    plan = _file()
    own = {role.person: role.team for role in plan.roles if role.role in TEAM_ROLES}
    taking_part = tuple(
        DemoPerson(
            person.slack_user,
            person.name.split()[0].casefold(),
            person.name,
            TIME_ZONES.get(own.get(person.key, ""), plan.time_zone),
        )
        for person in plan.people
        if person.slack_user
    )
    return (*taking_part, OUTSIDER)


def demo_channels() -> tuple[DemoChannel, ...]:
    """The shared channel, the coaches' own, and a private one for each team with its coach."""
    plan = _file()
    everyone = tuple(person.slack_user for person in plan.people if person.slack_user)
    own_channels = (
        DemoChannel(team.channel, team.key, f"Team {team.name}", _members(plan, team.key), private=True)
        for team in plan.teams
        if team.channel
    )
    staff = _staff(plan)
    return (
        DemoChannel(SHARED, "lc-all", f"{plan.name}: all teams, all reports", everyone),
        DemoChannel(COACHES, "lc-coaches", "Coaches, faculty and staff", staff, private=True),
        *own_channels,
    )


@cache
def _file() -> CollaborativePlan:
    return collaborative_file.read(FILE.read_bytes())


def months_before(month: date, count: int) -> date:
    """The first day of the month `count` months before another."""
    months = month.year * 12 + month.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)


def _members(plan: CollaborativePlan, team: str) -> tuple[str, ...]:
    keys = {role.person for role in plan.roles if role.team == team}
    return tuple(person.slack_user for person in plan.people if person.key in keys and person.slack_user)


def _staff(plan: CollaborativePlan) -> tuple[str, ...]:
    staff = {Role.COACH, Role.FACULTY, Role.COORDINATOR, Role.HOST}
    keys = {role.person for role in plan.roles if role.role in staff}
    return tuple(person.slack_user for person in plan.people if person.key in keys and person.slack_user)
