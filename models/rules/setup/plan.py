"""What a collaborative's file says, as frozen values, and what a host may want to think over."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from models.rules.charts.run_chart import Rules
from models.rules.collaborative.aim import Aim, lacks
from models.rules.collaborative.measure import Definition, Direction, MeasureKind, Unit
from models.rules.collaborative.people import Role
from models.rules.collaborative.period import PeriodDates, generate
from models.rules.reminders.reminders import Ladder

FEW_TEAMS, MANY_TEAMS = 4, 20
FEW_MEASURES, MANY_MEASURES = 3, 5
LONGEST_KEY = 64
GIVE_SIZE = (
    "Write “sample size: 20”, or “sample size: all” where everybody is counted; until then other teams count "
    "as knowing it."
)


@dataclass(frozen=True)
class Calendar:
    """The months of a run: `due_day` is a day of the month after, `lock_days` count from that day."""

    first_month: date  # its first day
    months: int
    due_day: int
    lock_days: int
    moved: tuple[tuple[date, date], ...] = ()  # months with a due day of their own: (first day, due day)

    def periods(self) -> tuple[PeriodDates, ...]:
        return generate(self.first_month, self.months, self.due_day, self.lock_days, dict(self.moved))


@dataclass(frozen=True)
class PersonPlan:
    key: str
    name: str
    slack_user: str | None = None  # None: takes part without Slack
    time_zone: str | None = None  # None: the team's
    digest: str = ""  # when somebody of the staff reads the digest: "Tuesday 7:00"; "" for the usual time


@dataclass(frozen=True, order=True)
class RolePlan:
    """A person's role in a team, or in the whole collaborative when `team` is ""."""

    person: str
    role: Role
    team: str = ""


@dataclass(frozen=True)
class TeamPlan:
    key: str
    name: str
    channel: str | None = None
    exceptions: frozenset[tuple[str, bool]] = (
        frozenset()
    )  # (measure, required) where it differs from the rest
    time_zone: str | None = None  # None: the collaborative's


@dataclass(frozen=True)
class MeasurePlan:
    key: str
    name: str
    kind: MeasureKind
    unit: Unit
    direction: Direction
    goal: Decimal | None
    required: bool
    definition: Definition
    sampling: str
    sample_size: int | None = None


@dataclass(frozen=True)
class MilestonePlan:
    """A day of the timetable; `person` or `team` (keys) sees to it, or neither: it is everybody's."""

    key: str
    due_on: date
    what: str
    person: str | None = None
    team: str | None = None


@dataclass(frozen=True)
class CollaborativePlan:
    key: str
    name: str
    topic: str
    aim: Aim
    time_zone: str  # IANA name
    channel: str
    calendar: Calendar
    people: tuple[PersonPlan, ...]
    teams: tuple[TeamPlan, ...]
    roles: frozenset[RolePlan]
    measures: tuple[MeasurePlan, ...]  # in the order of the form
    rules: Rules = Rules.ANHOEJ  # of the run charts
    coach_first: bool = False  # hears of a signal for the better a day before the shared channel
    names_missing: bool = False  # the roll call names the teams still to come, else it counts them
    reminders: Ladder = field(default_factory=Ladder)
    milestones: tuple[MilestonePlan, ...] = ()  # by date

    def people_with(self, role: Role, team: str) -> tuple[PersonPlan, ...]:
        keys = {each.person for each in self.roles if each.role is role and each.team == team}
        return tuple(person for person in self.people if person.key in keys)


def key_of(name: str) -> str:
    """The key a name stands for when none is given: "Ana Lima" -> "ana-lima"."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", name).casefold().replace("_", " "))
    return "-".join(words)[:LONGEST_KEY]


def warnings(plan: CollaborativePlan) -> tuple[str, ...]:
    """Say what a host may have forgotten; none of it keeps a file from being loaded (toolkit, phases 1-2)."""
    return (
        *(["No topic yet."] if not plan.topic else []),
        *_aim(plan),
        *_team_count(len(plan.teams)),
        *_measure_count(plan.measures),
        *(words for team in plan.teams for words in _uncovered(plan, team)),
        *(f"{person.name} has no Slack id and takes part without Slack." for person in _offline(plan.people)),
    )


def _aim(plan: CollaborativePlan) -> Iterable[str]:
    if plan.aim == Aim():
        yield "No aim yet."
    else:
        yield from (f"The aim: {words}" for words in lacks(plan.aim, plan.measures))


def _team_count(count: int) -> Iterable[str]:
    if count < FEW_TEAMS:
        yield f"{_counted(count, 'team')}: a collaborative learns best from {FEW_TEAMS} or more."
    if count > MANY_TEAMS:
        yield f"{count} teams: more than {MANY_TEAMS} are hard to support well."


def _measure_count(measures: tuple[MeasurePlan, ...]) -> Iterable[str]:
    if not measures:
        yield "No measures: teams report in words alone."
        return
    if not FEW_MEASURES <= len(measures) <= MANY_MEASURES:
        count = _counted(len(measures), "measure")
        yield f"{count}: {FEW_MEASURES} to {MANY_MEASURES} are usual."
    if all(measure.kind is not MeasureKind.BALANCING for measure in measures):
        yield "No balancing measure yet: one shows whether the change does harm elsewhere."
    for measure in measures:
        missing = [part for part in ("conceptual", "operational") if not getattr(measure.definition, part)]
        if missing:
            yield f"{measure.name} has no {' and no '.join(missing)} definition yet."
    if sizes := [each.name for each in measures if each.sampling and each.sample_size is None]:
        yield f"No sample size yet: {'; '.join(sizes)}. {GIVE_SIZE}"


def _uncovered(plan: CollaborativePlan, team: TeamPlan) -> Iterable[str]:
    for role in (Role.COACH, Role.REPORTER, Role.BACKUP_REPORTER):
        if not plan.people_with(role, team.key):
            yield f"{team.name} has no {role} yet."


def _offline(people: tuple[PersonPlan, ...]) -> Iterable[PersonPlan]:
    return (person for person in people if person.slack_user is None)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count or 'No'} {noun}s"
