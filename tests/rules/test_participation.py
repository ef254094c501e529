"""How a team takes part: which months count, and under what each stands."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from models.rules.coaching.feedback import Feedback, FeedbackWords, TeamAnswer
from models.rules.coaching.participation import MONTHS, Participation, participation
from models.rules.collaborative.measure import Value
from models.rules.collaborative.people import Collaborative, Member, Team
from models.rules.collaborative.period import ReportingPeriod, generate
from models.rules.report.report import Entry, Narrative
from models.rules.report.team_record import Month, SentReport, TeamRecord

CEDAR = Team(1, "cedar", "Cedar", None)
BP = Collaborative(1, 1, "bp", "Blood Pressure 2026", "America/New_York", "C0LCALL")
CORA = Member(4, "Cora", "U0CORA")
PERIODS = [
    ReportingPeriod(number, each.first_day, each.due_on, each.locks_on)
    for number, each in enumerate(generate(date(2026, 1, 1), 8, 10, 30))
]
AT = datetime(2026, 9, 1, tzinfo=UTC)
VALUES = {7: Entry(7, Value(Decimal(42), Decimal(60)))}


def sent(number: int, *, days_late: int = 0, words: str = "", is_on_behalf: bool = False) -> Month:
    """A month with a report."""
    period = PERIODS[number]
    on = period.due_on + timedelta(days=days_late)
    return Month(period, SentReport(days_late > 0, on, Narrative(coach_note=words), is_on_behalf), VALUES)


def said(number: int, answer: TeamAnswer | None) -> Feedback:
    """A feedback on a month's report."""
    return Feedback(number, BP, CEDAR, PERIODS[number], number, CORA, AT, FeedbackWords("Well done"), answer)


def found(months: tuple[Month, ...], *feedback: Feedback, today: date | None = None) -> Participation:
    """How Cedar takes part on the day after the last month's due day."""
    after = months[-1].period.due_on + timedelta(days=1)
    return participation(TeamRecord(CEDAR, (), months), feedback, today or after)


def test_each_month_stands_under_what_the_team_did() -> None:
    """A table's values were not waited for; a reason why not is no silence."""
    months = (
        sent(0, words="For you alone"),
        sent(1, days_late=4, words=" "),
        sent(2, is_on_behalf=True),
        Month(PERIODS[3], None),
        Month(PERIODS[4], None, is_excused=True),
        Month(PERIODS[5], None, VALUES),
    )
    cedar = found(months)
    assert cedar.due == months[:5]
    assert cedar.reported == months[:3]
    assert cedar.late == (months[1],)
    assert cedar.wordless == months[1:3]
    assert cedar.on_behalf == (months[2],)
    assert cedar.missing == (months[3],)
    assert cedar.cannot == (months[4],)
    assert cedar.tabled == (months[5],)


def test_only_the_last_six_months_whose_due_day_has_passed_count() -> None:
    """A due day lasts until its end; what was before the team came, or long ago, says little of today."""
    months = tuple(sent(number) for number in range(8))
    assert found((*months[:7], replace(months[7], is_its_own=False))).months == months[1:7]
    assert found(months).months == months[-MONTHS:]
    assert found(months, today=PERIODS[7].due_on).months == months[1:7]
    assert found(months, today=PERIODS[0].due_on).months == ()


def test_feedback_counts_with_the_month_it_is_on_by_what_the_team_said() -> None:
    """That it has not helped yet is an answer like any other."""
    helped, not_yet, silent = said(5, TeamAnswer.HELPED), said(6, TeamAnswer.NOT_YET), said(7, None)
    cedar = found(tuple(sent(number) for number in range(8)), said(0, None), helped, not_yet, silent)
    assert cedar.feedback == (helped, not_yet, silent)
    assert cedar.answered(TeamAnswer.HELPED) == (helped,)
    assert cedar.answered(TeamAnswer.NOT_YET) == (not_yet,)
    assert cedar.answered(None) == (silent,)
