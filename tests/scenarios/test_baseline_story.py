"""Story W3: earlier months come in by pasting, bad rows are named, nothing doubles."""

import pytest
from sqlalchemy import select

from handlers.charts import filling as showing
from models.rules.collaborative.policy import REFUSALS, Deed
from models.tables.report import measure_values, value_changes
from tests.handlers.stage import Stage
from tests.scenarios.charting import open_chart, open_earlier_months, paste, report

SIX = """\
2025-12, 28, 60
2026-01, 30, 60
2026-02, 61, 60
2026-03, 31, 60
2026-04, 29, 60
2026-05, 30, 60
"""


def replaced(stage: Stage) -> list[tuple[int, str, str]]:
    """Who replaced which value by which."""
    of = select(value_changes.c.member_id, value_changes.c.old, value_changes.c.new)
    return [tuple(row) for row in stage.db.read(lambda db: db.execute(of.order_by(value_changes.c.id)).all())]


def test_a_bad_row_is_named_and_the_good_ones_are_kept(stage: Stage) -> None:
    """61 of 60 is refused by its line; the other five are kept on a word; sending again doubles nothing."""
    bo = stage.person("Bo")
    open_earlier_months(stage, bo)
    found = paste(stage, bo, SIX, "1 row does not fit. Nothing is added yet.")
    assert "Line 3, numerator: 61 is more than its denominator, 60." in found.all_text
    assert stage.count(measure_values) == 0
    bo.press("Keep the 5 good rows")
    stage.modal(bo, "✔ 5 values added: Dec 2025, Jan 2026, Mar 2026, Apr 2026 and May 2026.")
    assert stage.count(measure_values) == 5
    bo.close()
    stage.modal(bo, "Cedar, BP control: Median so far 50%")
    bo.press("Add earlier months")
    stage.modal(bo, "One month a line")
    mended = paste(stage, bo, SIX.replace("61, 60", "33, 60"), "✔ 1 value added: Feb 2026.")
    assert "5 values were there already." in mended.all_text
    assert stage.count(measure_values) == 6


def test_months_nobody_gave_are_gaps_on_the_chart_and_may_be_marked(stage: Stage) -> None:
    """The axis tells the truth about time: three months without a value lie between these two."""
    bo = stage.person("Bo")
    open_earlier_months(stage, bo)
    paste(stage, bo, "2026-01, 28, 60\n2026-05, 30, 60", "2 values added: Jan 2026 and May 2026.")
    bo.close()
    stage.modal(bo, "Jan 2026 to May 2026, 5 months, 3 without a value.")
    bo.press("Add a note")
    stage.modal(bo, "What should people know?")
    bo.choose("Month", "March 2026")
    bo.fill("What should people know?", "The clinic was closed")
    bo.submit()
    stage.modal(bo, "This is how the chart would look.")
    bo.submit()
    stage.modal(bo, "Note 1, Mar 2026: The clinic was closed.")


def test_a_month_without_a_number_is_left_empty_and_counted(stage: Stage) -> None:
    """Nothing vanishes unsaid; a number in quotation marks may have a comma."""
    bo = stage.person("Bo")
    open_earlier_months(stage, bo)
    lines = '2026-01, 28, 60\n2026-02,,\n2026-03, "1,028", "1,060"\n'
    said = paste(stage, bo, lines, "✔ 2 values added: Jan 2026 and Mar 2026.")
    assert "1 month without a number left empty." in said.all_text


def test_what_would_be_replaced_is_shown_old_and_new_before_anything_is(stage: Stage) -> None:
    """Nothing goes without a look; going back leaves all as it is; then who replaced what stays on record."""
    bo, cora = stage.person("Bo"), stage.person("Cora")
    open_earlier_months(stage, bo)
    paste(stage, bo, "2026-01, 28, 60\n2026-02, 30, 60", "✔ 2 values added")
    changed = "2026-01, 33, 60\n2026-02, 30, 60\n2026-03, 31, 60"
    open_earlier_months(stage, cora)
    seen = paste(stage, cora, changed, "1 value differs from before. Nothing is added yet.")
    assert "BP control, Jan 2026: 46.7% (28/60) → 55.0% (33/60)" in seen.all_text
    assert "Feb 2026" not in seen.all_text
    cora.close()
    assert (stage.count(measure_values), stage.count(value_changes)) == (2, 0)
    paste(stage, cora, changed, "1 value differs from before.")
    cora.press("Replace 1 value, add the rest")
    said = stage.modal(cora, "✔ 1 value replaced: Jan 2026.")
    assert "✔ 1 value added: Mar 2026." in said.all_text
    assert replaced(stage) == [(stage.cast.members["Cora"], "46.7% (28/60)", "55.0% (33/60)")]
    stage.send(stage.last_payload("block_actions"))
    stage.slack.wait_for(lambda: "3 values were there already." in cora.modal.all_text)
    assert stage.count(value_changes) == 1


def test_what_somebody_else_replaced_meanwhile_is_shown_before_it_is_replaced_again(stage: Stage) -> None:
    """A person agrees to replace what they saw, nothing else."""
    bo, cora = stage.person("Bo"), stage.person("Cora")
    open_earlier_months(stage, bo)
    paste(stage, bo, "2026-01, 28, 60", "✔ 1 value added")
    bo.close()
    bo.close()
    for person, numerator in ((bo, 30), (cora, 33)):
        open_earlier_months(stage, person)
        paste(stage, person, f"2026-01, {numerator}, 60", "1 value differs from before.")
    bo.press("Replace 1 value")
    stage.modal(bo, "✔ 1 value replaced")
    cora.press("Replace 1 value")
    stage.modal(cora, "Jan 2026: 50.0% (30/60) → 55.0% (33/60)")
    assert stage.count(value_changes) == 1
    cora.press("Replace 1 value")
    stage.modal(cora, "✔ 1 value replaced")
    assert [old for _, old, _ in replaced(stage)] == ["46.7% (28/60)", "50.0% (30/60)"]


def test_keeping_the_good_rows_twice_doubles_nothing(stage: Stage) -> None:
    """A double press, or an envelope that comes again."""
    bo = stage.person("Bo")
    open_earlier_months(stage, bo)
    paste(stage, bo, SIX, "1 row does not fit.")
    bo.press("Keep the 5 good rows")
    stage.modal(bo, "✔ 5 values added")
    stage.send(stage.last_payload("block_actions"))
    stage.slack.wait_for(lambda: "5 values were there already." in bo.modal.all_text)
    assert stage.count(measure_values) == 5


def test_what_a_team_reported_is_never_overwritten(stage: Stage) -> None:
    """A month still open is asked for as a report; a reported one stays as it is, and that is said."""
    report(stage, "Bo", 61)
    bo = stage.person("Bo")
    open_earlier_months(stage, bo)
    found = paste(stage, bo, "2026-06, 10, 60", "1 row does not fit.")
    assert "Line 1, month: June 2026 is still open: please send it as a report." in found.all_text
    bo.close()
    bo.close()
    stage.slack.advance(60 * 86_400)
    open_earlier_months(stage, bo)
    paste(stage, bo, "2026-06, 10, 60", "Left as Cedar reported: Jun 2026.")
    open_chart(stage, bo, "Cedar M1", "Latest, Jun 2026: 61% (61 of 100).")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("2026-01, many, 60", "Line 1, numerator: Found “many”. Expected a number, like 42."),
        ("2026-01, 42", "Line 1, denominator: It is empty: out of how many?"),
        ("2027-01, 42, 60", "Line 1, month: January 2027 has not begun yet."),
        ("2026-01, 4, 60\n2026-01, 5, 60", "Line 2, month: Line 1 has the same team, measure and month"),
        ("2026-01, 42, 0", "Line 1, denominator: It is 0"),
        ("hello, 42, 60", "Line 1, month: Found “hello”, expected a month like 2015-01."),
        ("hello", "Line 1, month: Found “hello”, expected a month like 2015-01."),
        ("2026-01, 17, 17,234", "Line 1: There are more columns than expected; write 17234 without a comma."),
        ("2026-01,,", "1 month without a number left empty."),
    ],
)
def test_a_row_that_does_not_fit_says_why(stage: Stage, lines: str, said: str) -> None:
    """Every refusal names the line, the column and the way out."""
    bo = stage.person("Bo")
    open_earlier_months(stage, bo)
    assert said in paste(stage, bo, lines, "Nothing is added yet.").all_text
    assert stage.count(measure_values) == 0


def test_nothing_or_two_things_at_once_are_said_at_the_field(stage: Stage) -> None:
    bo = stage.person("Bo")
    open_earlier_months(stage, bo)
    bo.submit()
    assert bo.modal.errors == {"Paste lines": "Paste some lines here, or choose a file below."}
    bo.fill("Paste lines", "2026-01, 42, 60")
    bo.fill("Or a file", [("months.csv", b"2026-01,42,60")])
    bo.choose("There is no patient in the file", "There is no patient in the file")
    bo.submit()
    assert bo.modal.errors == {"Paste lines": "Please use one of the two: these lines, or the file."}


def test_a_coach_adds_months_for_her_team_and_another_coach_cannot(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who may report for a team may give it a past; others are not offered it, and a forgery is refused."""
    cora, ben = stage.person("Cora"), stage.person("Ben")
    assert "Add earlier months" not in open_chart(stage, ben, "Cedar").buttons
    open_earlier_months(stage, cora)
    paste(stage, cora, "2026-01, 42, 60", "✔ 1 value added: Jan 2026.")
    sent = stage.last_payload("view_submission")
    sent["view"]["state"]["values"]["lines"]["lines"]["value"] = "2026-02, 42, 60"
    monkeypatch.setattr(showing, "PAUSE_S", 0.0)
    stage.send({**sent, "user": {**sent["user"], "id": ben.id}, "trigger_id": "forged"})
    answers = stage.slack.wait_for(
        lambda: [call for call in stage.slack.journal("api", method="views.update") if "forged" in str(call)]
    )
    assert REFUSALS[Deed.REPORT] in str(answers[0])
    assert stage.count(measure_values) == 1
