"""Fifteen months of the demo's eight clinics as a list of acts: who does what, and when."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from pathlib import Path

from bot.demo.acts import ADVICE, CORRECTIONS, GESTURES, RESTART, Advice
from bot.demo.collaborative import demo_plan
from bot.demo.deeds import Act, Advise, ByHand, Judge, Report, Restart
from bot.demo.history import demo_history
from bot.demo.reports import DemoReport, demo_reports
from models.rules.people import Role
from models.rules.period import PeriodDates, next_month
from models.rules.plan import CollaborativePlan
from models.rules.report import NARRATIVE_LABELS, Narrative
from models.rules.working_time import WorkingTime

FILE = Path(__file__).with_name("story.csv")
MONTHS = 15  # the last is the month to report now, as far as `momentum demo` has it
FIRST_REPORT = time(14, 5)  # UTC: a morning, from New York to Denver
APART = timedelta(minutes=23)  # from one team's usual hour to the next one's
TO_CORRECT = timedelta(hours=3)
LAST_REPORTS = time(15, 30)  # UTC, of the month to report now
ADVISED, ANSWERED = time(16, 45), time(15, 15)  # UTC
BEFORE_THE_FIRST = timedelta(days=20)  # from where the story begins to its first due day
A_DAY = timedelta(days=1)
WEEK = WorkingTime("UTC", 0, 24)


@dataclass(frozen=True)
class Story:
    plan: CollaborativePlan
    begins: datetime
    acts: tuple[Act, ...]  # in their order


def story(today: date) -> Story:
    """All that happens until `today`; the plan's months and due days follow from it."""
    plan = demo_plan(today, months_behind=MONTHS - 1)
    told = _Calendar(plan.calendar.periods())
    reports = {(sent.team, ago): (at, sent) for ago, at, sent in _reports(told, today)}
    acts = chain(
        _as_acts(told, reports),
        _last_month(told, today),
        _gestures(told),
        *(_advice(told, each, *reports[each.team, each.months_ago]) for each in ADVICE),
        [Act(reports[RESTART][0], Restart())],
    )
    begins = datetime.combine(told.periods[0].due_on - BEFORE_THE_FIRST, time(12), tzinfo=UTC)
    return Story(plan, begins, tuple(sorted(acts, key=lambda act: act.at)))


@dataclass(frozen=True)
class _Calendar:
    """The story's months, counted back from the one to report now."""

    periods: tuple[PeriodDates, ...]

    def period(self, months_ago: int) -> PeriodDates:
        return self.periods[MONTHS - 1 - months_ago]

    def day(self, months_ago: int, days: int) -> date:
        """The working day so many days from the due day, or beyond it; by then the month is over."""
        period = self.period(months_ago)
        day = max(period.due_on + timedelta(days=days), next_month(period.first_day))
        return WEEK.on_or_after(day) if days > 0 else WEEK.on_or_before(day)

    def moment(self, months_ago: int, days: int, at: time) -> datetime:
        return datetime.combine(self.day(months_ago, days), at, tzinfo=UTC)

    def words(self, months_ago: int) -> Mapping[str, str]:
        days = {f"plus_{days}": self.day(months_ago, days).isoformat() for days in range(1, 8)}
        return {"month": f"{self.period(months_ago).first_day:%B}", **days}


Reports = Mapping[tuple[str, int], tuple[datetime, DemoReport]]


def _reports(told: _Calendar, today: date) -> Iterable[tuple[int, datetime, DemoReport]]:
    """The fourteen months of the demo's history, each report sent when and by whom the table says."""
    plan, values = demo_plan(today), demo_history(today)
    later = {team.key: at * APART for at, team in enumerate(plan.teams)}
    with FILE.open(newline="") as opened:
        for row in csv.DictReader(opened):
            team, ago = row["team"], int(row["months_ago"])
            month = told.period(ago).first_day
            said = {key: value for (who, key, when), value in values.items() if (who, when) == (team, month)}
            words = Narrative(**{name: row.get(name, "") for name in NARRATIVE_LABELS})
            at = told.moment(ago, int(row["days"]), FIRST_REPORT) + later[team]
            yield ago, at, DemoReport(team, row["by"] or _reporter(plan, team), at.date(), said, words)


def _reporter(plan: CollaborativePlan, team: str) -> str:
    return next(one.slack_user for one in plan.people_with(Role.REPORTER, team) if one.slack_user)


def _as_acts(told: _Calendar, reports: Reports) -> Iterable[Act]:
    for (team, ago), (at, sent) in reports.items():
        month = told.period(ago).first_day
        yield Act(at, Report(sent, month))
        if (team, ago) in CORRECTIONS:
            measure, value = CORRECTIONS[team, ago]
            corrected = replace(sent, values={**sent.values, measure: value})
            yield Act(at + TO_CORRECT, Report(corrected, month))


def _last_month(told: _Calendar, today: date) -> Iterable[Act]:
    for sent in demo_reports(today):
        at = datetime.combine(sent.on, LAST_REPORTS, tzinfo=UTC)
        yield Act(at, Report(sent, told.period(0).first_day))


def _gestures(told: _Calendar) -> Iterable[Act]:
    for each in GESTURES:
        at = told.moment(each.months_ago, each.days, each.at)
        yield Act(at, ByHand(each.slack_user, each.remark, each.steps, told.words(each.months_ago)))


def _advice(told: _Calendar, advice: Advice, reported_at: datetime, sent: DemoReport) -> Iterable[Act]:
    month = told.period(advice.months_ago).first_day
    on = WEEK.on_or_after(reported_at.date() + timedelta(days=advice.days_after))
    advised = datetime.combine(on, ADVISED, tzinfo=UTC)
    yield Act(advised, Advise(sent.team, month, advice.coach, advice.words))
    if advice.answer:
        answered = datetime.combine(WEEK.on_or_after(on + A_DAY), ANSWERED, tzinfo=UTC)
        yield Act(answered, Judge(sent.team, month, advice.answered_by, advice.answer))
