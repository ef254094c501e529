"""Flags: what makes one, what does not, and the facts each shows."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.coaching.flags import Flag, FlagKind, flags
from models.rules.collaborative.measure import (
    Definition,
    Direction,
    Measure,
    MeasureKind,
    Unit,
    UnitKind,
    Value,
)
from models.rules.collaborative.people import Team
from models.rules.collaborative.period import ReportingPeriod, generate
from models.rules.report.report import Entry, Narrative
from models.rules.report.team_record import Month, SentReport, TeamRecord
from models.rules.report.usual_counts import is_jump, jumps_begin

TEAM = Team(1, "dogwood", "Dogwood", None)
CONTROL = Measure(
    7,
    "M1",
    "BP control",
    MeasureKind.OUTCOME,
    Unit(UnitKind.PERCENT),
    Direction.HIGHER,
    None,
    required=True,
    definition=Definition("", "", "", ""),
    sampling="",
)
WAITS = replace(CONTROL, unit=Unit(UnitKind.VALUE, 1, "minutes"), direction=Direction.LOWER, name="Wait")
PERIODS = [
    ReportingPeriod(number, each.first_day, each.due_on, each.locks_on)
    for number, each in enumerate(generate(date(2026, 1, 1), 8, 10, 30))
]
LONG_AGO = "We wait for the large cuff several times a day."


def month(
    number: int,
    count: int | None = 30,
    of: int | None = 60,
    *,
    days_late: int = 0,
    reason: str = "",
    **words: str,
) -> Month:
    """A month with a report."""
    period = PERIODS[number]
    value = None if count is None else Value(Decimal(count), None if of is None else Decimal(of))
    sent = SentReport(days_late > 0, period.due_on + timedelta(days=days_late), Narrative(**words))
    return Month(period, sent, {7: Entry(7, value, reason)})


def found(months: Sequence[Month], measure: Measure = CONTROL, today: date | None = None) -> list[Flag]:
    """The flags on the day after the last month's due day."""
    at = today or months[-1].period.due_on + timedelta(days=1)
    return list(flags(TeamRecord(TEAM, (measure,), tuple(months)), at))


def kinds(months: Sequence[Month], measure: Measure = CONTROL) -> list[FlagKind]:
    return [flag.kind for flag in found(months, measure)]


def test_three_months_down_without_a_test_of_change() -> None:
    """The facts name every value, and what the reports do not name."""
    [flag] = found([month(0, 54), month(1, 51), month(2, 47), month(3, 42)])
    assert flag.facts == (
        "BP control went down 3 months in a row: 90.0% in January, 85.0% in February, 78.3% in March, "
        "70.0% in April. The 3 reports since January name no test of change."
    )
    assert flag.episode == "falling:M1:2026-01"


@pytest.mark.parametrize(
    ("months", "why"),
    [
        ([month(0, 54), month(1, 51), month(2, 47)], "two months are chance"),
        ([month(0, 54), month(1, 51), month(2, 51), month(3, 42)], "the same is not down"),
        ([month(0, 54), month(1, 51), month(2, 47, tested="Cuffs in every room"), month(3, 42)], "a test"),
        ([month(0, 54), month(1, 51), month(3, 47), month(4, 42)], "a month without a value"),
        (
            [replace(month(n, 54 - n), report=None) for n in range(4)],
            "values from a file say nothing of tests",
        ),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_is_not_falling(months: Sequence[Month], why: str) -> None:
    assert FlagKind.FALLING not in kinds(months)


@pytest.mark.parametrize("answer", ["", "none", "None.", " N/A ", "nothing", "-"])
def test_an_answer_that_names_nothing_is_no_test(answer: str) -> None:
    """Such a word in the field is no test of change."""
    assert kinds([month(0, 54), *(month(n, 54 - n, tested=answer) for n in (1, 2, 3))]) == [FlagKind.FALLING]


def test_lower_is_better_falls_upward() -> None:
    """The worse direction depends on the measure."""
    [flag] = found([month(n, 10 + n, None) for n in range(4)], WAITS)
    assert flag.facts.startswith("Wait went up 3 months in a row: 10 minutes in January")
    assert kinds([month(n, 40 - n, None) for n in range(4)], WAITS) == []


def test_the_episode_stays_while_the_fall_lasts() -> None:
    """One put aside stays aside; a new fall after a better month is another."""
    falling = [month(0, 54), month(1, 51), month(2, 47), month(3, 42)]
    again = [month(4, 50), month(5, 48), month(6, 47), month(7, 40)]
    assert found([*falling, month(4, 41)])[0].episode == found(falling)[0].episode
    assert found([*falling, *again])[0].episode == "falling:M1:2026-05"


def test_the_same_words_as_last_month() -> None:
    """Case, blanks and signs do not count; short answers are the same by chance."""
    [flag] = found(
        [month(0, barriers=LONG_AGO), month(1, barriers=LONG_AGO.upper()), month(2, barriers=f" {LONG_AGO}")]
    )
    assert flag.facts == "“What is in the way?” has had the same words in every report since January."
    assert kinds([month(0, barriers="No time"), month(1, barriers="No time")]) == []
    assert kinds([month(0, barriers=LONG_AGO), month(1, barriers=""), month(2, barriers=LONG_AGO)]) == []


def test_a_jump_in_who_is_counted() -> None:
    """Twice or half the usual denominator; it needs three months to know what is usual."""
    usual = [month(n, 30, 60 + n) for n in range(4)]
    [flag] = found([*usual, month(4, 10, 20)])
    assert flag.facts == "BP control counts 20 in May; usual before May was about 62."
    assert found([*usual, month(4, 10, 20), month(5, 10, 22)])[0].episode == flag.episode
    assert FlagKind.DENOMINATOR not in kinds([*usual, month(4, 50, 100)])
    assert FlagKind.DENOMINATOR not in kinds([month(0, 30, 60), month(1, 30, 60), month(2, 5, 10)])
    small = [month(n, 3, 6) for n in range(4)]
    assert FlagKind.DENOMINATOR not in kinds([*small, month(4, 6, 12)])


@given(st.lists(st.integers(1, 60), min_size=1, max_size=8))
def test_looking_back_from_the_last_month_finds_the_same_jumps_as_all_months(counts: list[int]) -> None:
    months = [month(number, 1, of) for number, of in enumerate(counts)]
    jumped = [is_jump(months[:at], one, CONTROL) for at, one in enumerate(months)]
    reaching = [at for at in range(len(months)) if all(jumped[at:])]
    assert jumps_begin(months, CONTROL) == (reaching[0] if reaching else None)


def test_late_twice_in_a_row() -> None:
    """One late report is a holiday; two are a question."""
    [flag] = found([month(0), month(1, days_late=1), month(2, days_late=5)])
    assert flag.facts == "February came 1 day after its due day and March came 5 days after its due day."
    assert kinds([month(0, days_late=2), month(1), month(2, days_late=2)]) == []


def test_silence_counts_only_months_that_were_due() -> None:
    """Two months due without a word; the month we are in is not due yet."""
    quiet = [month(0), Month(PERIODS[1], None), Month(PERIODS[2], None)]
    [flag] = found(quiet)
    assert flag.facts == "No report for February and March. The last was for January 2026."
    assert found(quiet, today=PERIODS[2].due_on) == []
    assert kinds([*quiet, month(3)]) == []


def test_a_team_that_said_why_is_not_silent() -> None:
    """Its coach has the reason already; two months without a word after it are a question again."""
    excused = [month(0), Month(PERIODS[1], None), Month(PERIODS[2], None, is_excused=True)]
    assert kinds(excused) == []
    assert kinds([*excused, Month(PERIODS[3], None), Month(PERIODS[4], None)]) == [FlagKind.SILENT]


def test_cannot_report_twice_for_the_same_measure() -> None:
    """With the reasons as they were given."""
    [flag] = found(
        [month(0), month(1, None, reason="export broken"), month(2, None, reason="export <broken>")]
    )
    assert flag.facts == (
        "BP control could not be reported 2 times in a row. "
        "February: “export broken”; March: “export <broken>”."
    )
    assert flag.measure_id == CONTROL.id


@given(
    st.lists(
        st.builds(
            month,
            st.just(0),
            st.one_of(st.none(), st.integers(0, 90)),
            st.integers(1, 200),
            days_late=st.integers(0, 9),
            reason=st.sampled_from(["", "export broken"]),
            tested=st.sampled_from(["", "none", LONG_AGO]),
        ),
        max_size=8,
    )
)
def test_every_flag_says_its_facts_and_no_two_share_an_episode(reports: list[Month]) -> None:
    """Whatever was reported: no black box, and putting one aside never hides another."""
    months = [replace(each, period=PERIODS[number]) for number, each in enumerate(reports)]
    raised = found(months, today=date(2026, 10, 1)) if months else []
    assert all(flag.facts.endswith(".") for flag in raised)
    assert len({flag.episode for flag in raised}) == len(raised)
