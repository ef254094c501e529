"""Fifteen months of the demo's eight clinics as a list of acts: who does what, and when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain

from bot.demo.advice import Advice, advice
from bot.demo.collaborative import demo_plan
from bot.demo.deeds import Advise, Annotate, ByHand, DatedDeed, Judge, Report, Restart
from bot.demo.gestures import GESTURES
from bot.demo.marks import MARKS, DemoMark
from bot.demo.reported import DemoSent, reported
from bot.demo.reports import DemoReport, demo_reports
from bot.demo.setting import MONTHS, WEEK, Setting
from models.rules.charts.charts import MarkKind
from models.rules.coaching.feedback import TeamAnswer
from models.rules.collaborative.people import Role
from models.rules.setup.plan import CollaborativePlan

BEFORE_THE_FIRST = timedelta(days=20)  # from where the story begins to its first due day
TO_CORRECT = timedelta(hours=3)
LAST_REPORTS = time(15, 30)  # UTC, of the month to report now
ADVISED, ANSWERED, MARKED = time(16, 45), time(15, 15), time(18, 30)  # UTC
A_DAY = timedelta(days=1)
TO_BE_SURE = 2  # months, until a coach says which ones came before the change
RESTART = ("maple", 6)  # when this team's report of so many months ago has come in, and before it goes out

MARKING = {
    MarkKind.BASELINE: "freezes the median of {team}'s chart on the months to {month:%B %Y}: {words}",
    MarkKind.CYCLE: "adds a PDSA cycle to {team}'s chart, from {month:%B %Y}: {words}",
    MarkKind.NOTE: "adds a note to {team}'s chart, on {month:%B %Y}: {words}",
}
SAYS = {TeamAnswer.HELPED: "that it helped", TeamAnswer.NOT_YET: "that it has not helped yet"}

Reports = Mapping[tuple[str, int], DemoSent]


@dataclass(frozen=True)
class Story:
    plan: CollaborativePlan
    begins: datetime
    acts: tuple[DatedDeed, ...]  # in their order


def story(today: date) -> Story:
    """All that happens until `today`; the plan's months and due days follow from it."""
    setting = Setting(demo_plan(today, months_behind=MONTHS - 1))
    reports = reported(setting, today)
    acts = chain(
        *(_reports(setting, sent, setting.month(ago)) for (_, ago), sent in reports.items()),
        _last_month(setting, today),
        _gestures(setting),
        *(_advice(setting, each, reports) for each in advice()),
        (_mark(setting, each, reports) for each in MARKS),
        [
            DatedDeed(
                reports[RESTART].at, Restart(), "Momentum is stopped while messages wait, and started again."
            )
        ],
    )
    begins = datetime.combine(setting.periods[0].due_on - BEFORE_THE_FIRST, time(12), tzinfo=UTC)
    return Story(setting.plan, begins, tuple(sorted(acts, key=lambda act: act.at)))


def _reports(setting: Setting, sent: DemoSent, month: date) -> Iterable[DatedDeed]:
    yield _report(setting, sent.at, sent.report, month)
    if sent.correction:
        by, team = setting.person(sent.report.slack_user), setting.team(sent.report.team)
        remark = f"{by} corrects {team}'s {month:%B} report."
        yield DatedDeed(sent.at + TO_CORRECT, Report(sent.correction, month), remark)


def _report(setting: Setting, at: datetime, sent: DemoReport, month: date) -> DatedDeed:
    by, team = setting.person(sent.slack_user), setting.team(sent.team)
    return DatedDeed(at, Report(sent, month), f"{by} sends {team}'s {month:%B} report.")


def _last_month(setting: Setting, today: date) -> Iterable[DatedDeed]:
    for sent in demo_reports(today):
        yield _report(setting, _at(sent.on, LAST_REPORTS), sent, setting.month(0))


def _gestures(setting: Setting) -> Iterable[DatedDeed]:
    for each in GESTURES:
        at = setting.moment(each.months_ago, each.days, each.at)
        yield DatedDeed(at, ByHand(each.slack_user, each.steps, setting.words(each.months_ago)), each.remark)


def _advice(setting: Setting, given: Advice, reports: Reports) -> Iterable[DatedDeed]:
    sent, month = reports[given.team, given.months_ago], setting.month(given.months_ago)
    coach, team = setting.first(Role.COACH, given.team), setting.team(given.team)
    on = WEEK.on_or_after(setting.day_of(sent.at) + timedelta(days=given.days_after))
    remark = f"{setting.person(coach)} gives {team} feedback on its {month:%B} report."
    yield DatedDeed(_at(on, ADVISED), Advise(given.team, month, coach, given.words), remark)
    if given.answer:
        says = f"{setting.person(given.answered_by)} says of {team}'s feedback {SAYS[given.answer]}."
        judge = Judge(given.team, month, given.answered_by, given.answer)
        yield DatedDeed(_at(WEEK.on_or_after(on + A_DAY), ANSWERED), judge, says)


def _mark(setting: Setting, mark: DemoMark, reports: Reports) -> DatedDeed:
    month, later = setting.month(mark.months_ago), TO_BE_SURE if mark.kind.moves_median else 0
    on = WEEK.on_or_after(setting.day_of(reports[mark.team, mark.months_ago - later].at) + A_DAY)
    marks = MARKING[mark.kind].format(team=setting.team(mark.team), month=month, words=mark.words)
    return DatedDeed(_at(on, MARKED), Annotate(mark, month), f"{setting.person(mark.slack_user)} {marks}.")


def _at(day: date, clock_time: time) -> datetime:
    return datetime.combine(day, clock_time, tzinfo=UTC)
