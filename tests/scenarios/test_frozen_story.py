"""A frozen median stays: months before it leave it alone, and who may move it sees so before they do."""

from datetime import date

from sqlalchemy import insert

from models.tables.chart import chart_marks
from models.tables.people import roles
from models.tables.report import corrections, measure_values
from playground.client import Person
from tests.cast import FIRST_MONTH, NUMERATOR, remember
from tests.handlers.stage import Stage
from tests.scenarios.charting import (
    BASELINE,
    add_cycle,
    freeze,
    lay_months,
    open_chart,
    open_earlier_months,
    paste,
    percents,
    report,
)

MOVES = "This moves the frozen median of BP control from 49.5% to 50.5%."
ASK_CORA = "This would move the frozen median of BP control from 49.5% to 50.5%. Please ask Cora, your coach,"


def frozen_months(stage: Stage) -> None:
    """Cedar's months, the first six of them frozen: July to December 2025, median 49.5%."""
    lay_months(stage)
    cora = stage.person("Cora")
    freeze(stage, cora, "December 2025", "Before the first test")
    cora.close()


def test_earlier_months_leave_a_frozen_median_alone(stage: Stage) -> None:
    """Half a year from before the baseline is on the chart, and not in its median."""
    frozen_months(stage)
    bo = stage.person("Bo")
    open_earlier_months(stage, bo)
    earlier = "\n".join(f"2025-0{month}, {20 + month}, 60" for month in range(1, 7))
    added = paste(stage, bo, earlier, "6 values added: Jan 2025, Feb 2025")
    assert "median" not in added.all_text
    bo.close()
    chart = stage.modal(bo, "Jan 2025 to May 2026, 17 months.")
    assert "Baseline median 49.5%" in chart.all_text
    assert "The median is that of the baseline, Jul 2025 to Dec 2025, extended." in chart.all_text


def test_who_may_not_move_a_frozen_median_is_told_whom_to_ask(stage: Stage) -> None:
    """The row is named and not added; the others are kept, and the coach adds it after a look."""
    frozen_months(stage)
    bo, cora = stage.person("Bo"), stage.person("Cora")
    lines = "2025-06, 28, 60\n2025-11, 53, 100\n"
    open_earlier_months(stage, bo)
    refused = paste(stage, bo, lines, "1 row does not fit. Nothing is added yet.")
    assert f"Line 2, month: {ASK_CORA} to do it." in refused.all_text
    bo.press("Keep the good row")
    stage.modal(bo, "✔ 1 value added: Jun 2025.")
    open_earlier_months(stage, cora)
    seen = paste(stage, cora, lines, "1 value differs from before. Nothing is added yet.")
    assert MOVES in seen.all_text
    assert stage.count(measure_values) == 12
    cora.press("Replace 1 value")
    stage.modal(cora, "This moved the frozen median of BP control from 49.5% to 50.5%.")
    cora.close()
    stage.modal(cora, "Cedar, BP control: Baseline median 50.5%")


def test_a_value_for_a_gap_in_the_baseline_is_shown_before_it_is_added(stage: Stage) -> None:
    """What was agreed to travels with the window: a press again adds it once."""
    months = percents((*BASELINE, 55, 58))
    del months[date(2026, 2, 1)]
    stage.db.write(lambda db: remember(db, stage.cast, "Cedar", "M1", months))
    cora = stage.person("Cora")
    freeze(stage, cora, "May 2026", "Before the first test")
    cora.close()
    open_earlier_months(stage, cora)
    seen = paste(stage, cora, "2026-02, 90, 100", "Nothing is added yet.")
    assert "This moves the frozen median of BP control from 51.0% to 51.5%." in seen.all_text
    cora.press("Add 1 value")
    stage.modal(cora, "✔ 1 value added: Feb 2026.")
    assert stage.count(measure_values) == 8


def reported_and_frozen(stage: Stage) -> None:
    """June, reported 50 of 100, ends a frozen baseline of January to June."""
    lay_months(stage, BASELINE[:5])
    report(stage, "Bo", BASELINE[5])
    cora = stage.person("Cora")
    freeze(stage, cora, "June 2026", "Before the first test")
    cora.close()


def correct(stage: Stage, person: Person, number: str) -> None:
    """Open the correction of June and hand its first page in with another number."""
    stage.open_report(person, "Change what you need.")
    person.fill(NUMERATOR, number)
    person.submit()


def test_a_reporter_who_corrects_a_frozen_month_is_told_whom_to_ask(stage: Stage) -> None:
    """At the field, and what was typed stays; what leaves the median where it is goes through."""
    reported_and_frozen(stage)
    bo = stage.person("Bo")
    correct(stage, bo, "54")
    refused = "This would move the frozen median of BP control from 49.5% to 50.0%."
    assert bo.modal.errors == {NUMERATOR: f"{refused} Please ask Cora, your coach, to do it."}
    assert bo.modal.inputs[NUMERATOR].value == "54"
    assert stage.count(corrections) == 0


def test_a_reporter_who_coaches_the_team_too_may_move_its_median(stage: Stage) -> None:
    """Nobody is told to ask themselves."""
    reported_and_frozen(stage)
    bo = {"member_id": stage.cast.members["Bo"], "team_id": stage.cast.teams["Cedar"]}
    row = {**bo, "collaborative_id": stage.cast.collaborative.id, "role": "coach", "joined_on": FIRST_MONTH}
    stage.db.write(lambda db: db.execute(insert(roles).values(row)))
    correct(stage, stage.person("Bo"), "54")
    stage.modal(stage.person("Bo"), "This moves the frozen median of BP control from 49.5% to 50.0%.")


def test_a_coordinator_sees_what_a_correction_moves_before_it_is_sent(stage: Stage) -> None:
    """Asked once, beside the measure; sending it again is the answer."""
    reported_and_frozen(stage)
    ravi = stage.person("Ravi")
    stage.post(ravi, "Cedar reported June 2026")
    ravi.press("Correct", in_=stage.post(ravi, "Cedar reported June 2026"))
    stage.modal(ravi, "Change what you need.")
    ravi.fill(NUMERATOR, "54")
    ravi.submit()
    seen = stage.modal(ravi, "This moves the frozen median of BP control from 49.5% to 50.0%.")
    assert "Please look again at BP control." in seen.all_text
    ravi.submit()
    stage.modal(ravi, "Step 2 of 2")
    ravi.submit()
    stage.modal(ravi, "stands as you have it now")
    assert stage.count(corrections) == 1


def test_a_baseline_is_offered_up_to_the_first_test_and_shaded_up_to_a_later_one(stage: Stage) -> None:
    """A cycle bounds a baseline to come; one added later moves no median, and words say what is shaded."""
    lay_months(stage)
    cora = stage.person("Cora")
    add_cycle(stage, cora, "February 2026", "Second reading in two rooms")
    open_chart(stage, cora, "Cedar M1")
    cora.press("Freeze the median on a baseline")
    form = stage.modal(cora, "Why these months?")
    hint = "A test began in February 2026: end the baseline before it, or there is nothing to compare."
    assert hint in form.all_text
    options = form.inputs["Last month of the baseline"].element["options"]
    assert [each["text"]["text"] for each in options] == ["January 2026", "December 2025"]
    assert form.inputs["First month of the baseline"].value == "July 2025"
    cora.close()
    freeze(stage, cora, "January 2026", "Before the first test")
    cora.close()
    add_cycle(stage, cora, "October 2025", "Second reading in one room")
    words = open_chart(stage, cora, "Cedar M1", "Baseline median 50%").all_text
    assert "Jul 2025 to Jan 2026, extended. A test began in Oct 2025: shaded is what was before." in words
    assert stage.count(chart_marks, chart_marks.c.ended_at.is_not(None)) == 0
