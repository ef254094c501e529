"""A person's way through the form: pages, drafts, doubts and months."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal

from handlers.report.views.pages import FormPlace
from models.rules.collaborative.measure import Value
from models.tables.draft import drafts
from models.tables.outbox import outbox_messages
from models.tables.report import corrections, reports
from playground.client import Person
from tests.cast import DENOMINATOR, HIGH, NUMERATOR, REPEAT, months_before, remember
from tests.handlers.stage import Stage

NUMBERS = ((NUMERATOR, 42), (DENOMINATOR, 60), (REPEAT, 18), (HIGH, 20))


def fill(person: Person, *numbers: tuple[str, int]) -> None:
    for label, number in numbers:
        person.fill(label, number)


def test_all_problems_stand_at_their_fields_at_once_and_nothing_is_lost(stage: Stage) -> None:
    """Errors name the value and the mend; no row is written."""
    bo = stage.person("Bo")
    stage.open_report(bo, "BP control")
    fill(bo, (NUMERATOR, 61), (DENOMINATOR, 60), (REPEAT, -1))
    bo.submit()
    assert bo.modal.errors == {
        NUMERATOR: "61 is more than 60: it can be 60 at most.",
        REPEAT: "-1 is below zero. Please type 0 or more.",
        HIGH: "This number is missing. Please type it, or choose “cannot report”.",
    }
    assert bo.modal.inputs[DENOMINATOR].value == "60"
    assert stage.count(drafts) == stage.count(reports) == 0


def test_a_required_measure_without_a_number_asks_for_one_or_a_reason(stage: Stage) -> None:
    """Requirement R132: one measure never blocks a report, a reason will do."""
    bo = stage.person("Bo")
    stage.open_report(bo, "BP control")
    bo.submit()
    assert set(bo.modal.errors) == {NUMERATOR, REPEAT}
    assert "cannot report" in bo.modal.errors[NUMERATOR]


def test_numbers_come_back_when_a_reason_is_not_needed_after_all(stage: Stage) -> None:
    """What leaves the screen is kept: numbers behind a reason, the reason behind numbers."""
    bo = stage.person("Bo")
    why = "BP control: why not this month?"
    stage.open_report(bo, "BP control")
    fill(bo, (NUMERATOR, 42), (DENOMINATOR, 60))
    bo.choose("BP control", "Cannot report this month")
    stage.slack.wait_for(lambda: why in bo.modal.inputs)
    bo.submit()
    assert bo.modal.errors[why] == "Please say in a few words why it cannot be reported this month."
    bo.fill(why, "export broken")
    bo.choose("BP control", "Counted")
    stage.slack.wait_for(lambda: NUMERATOR in bo.modal.inputs)
    assert (bo.modal.inputs[NUMERATOR].value, bo.modal.inputs[DENOMINATOR].value) == ("42", "60")
    bo.choose("BP control", "Cannot report this month")
    stage.slack.wait_for(lambda: why in bo.modal.inputs)
    assert bo.modal.inputs[why].value == "export broken"


def test_an_odd_number_is_asked_about_once(stage: Stage) -> None:
    """A doubt is a question, not a refusal: the same number sent again is taken."""
    history = {month: Value(Decimal(48 + at), Decimal(100)) for at, month in enumerate(months_before(6))}
    stage.db.write(lambda db: remember(db, stage.cast, "Cedar", "M1", history))
    bo = stage.person("Bo")
    stage.open_report(bo, "May: 53.0% (53/100)")
    fill(bo, (NUMERATOR, 6), (DENOMINATOR, 60), (REPEAT, 18), (HIGH, 20))
    bo.submit()
    asked = stage.modal(bo, "Earlier months were between 48.0% and 53.0%. Is 10.0% (6/60) right?")
    assert asked.inputs[NUMERATOR].value == "6"
    bo.submit()
    stage.modal(bo, "Step 2 of 2")
    bo.submit()
    stage.modal(bo, "Kept.")


def test_a_form_saved_for_later_is_there_again(stage: Stage) -> None:
    """Closing a modal discards what was typed, so there is a button that keeps it."""
    bo = stage.person("Bo")
    stage.open_report(bo, "BP control")
    fill(bo, (NUMERATOR, 42))
    bo.press("Save for later")
    stage.modal(bo, "Saved.")
    bo.close()
    form = stage.open_report(bo, "Your draft from today is here.")
    assert form.inputs[NUMERATOR].value == "42"
    assert form.inputs[DENOMINATOR].value is None
    ana = stage.person("Ana")
    assert stage.open_report(ana, "BP control").inputs[NUMERATOR].value is None


def test_help_with_a_measure_is_one_press_away_in_the_form(stage: Stage) -> None:
    """Requirement R38: it reaches the coach with the measure, and the form waits below as it was."""
    bo = stage.person("Bo")
    stage.open_report(bo, "BP control")
    fill(bo, (NUMERATOR, 42))
    bo.press("I need help")
    stage.modal(bo, "What is it about?")
    bo.choose("What is it about?", "Repeat BP taken")
    bo.fill("What would help?", "Where do I find these?")
    bo.submit()
    stage.modal(bo, "Your coach knows.")
    bo.close()
    assert bo.modal.inputs[NUMERATOR].value == "42"
    stage.deliver()
    assert (
        "Repeat BP taken" in stage.post(stage.person("Cora"), "Where do I find these?", "Momentum").all_text
    )


def test_going_back_keeps_both_pages(stage: Stage) -> None:
    """Each step is saved as it is left, forwards and backwards."""
    bo = stage.person("Bo")
    stage.open_report(bo, "BP control")
    fill(bo, *NUMBERS)
    bo.submit()
    bo.fill("What did you test?", "Cuffs")
    bo.press("Back")
    first = stage.modal(bo, "Step 1 of 2")
    assert first.inputs[NUMERATOR].value == "42"
    bo.submit()
    assert stage.modal(bo, "Step 2 of 2").inputs["What did you test?"].value == "Cuffs"


def test_another_open_month_can_be_chosen(stage: Stage) -> None:
    """What was typed for one month stays with it."""
    bo = stage.person("Bo")
    stage.open_report(bo, "June 2026")
    fill(bo, (NUMERATOR, 42))
    bo.choose("report_month", "July 2026")
    july = stage.modal(bo, "Due Monday 10 August")
    assert july.inputs[NUMERATOR].value is None
    bo.choose("report_month", "June 2026")
    june = stage.modal(bo, "Due Friday 10 July")
    assert june.inputs[NUMERATOR].value == "42"


def test_looking_at_a_report_leaves_no_draft(stage: Stage) -> None:
    """A draft is there only when somebody typed something new."""
    bo = stage.person("Bo")
    stage.open_report(bo, "June 2026")
    bo.choose("report_month", "July 2026")
    stage.modal(bo, "Due Monday 10 August")
    assert stage.count(drafts) == 0


def test_the_oldest_month_that_is_missing_is_asked_for(stage: Stage) -> None:
    """Nobody has to know which month is due."""
    stage.slack.advance((date(2026, 8, 3) - date(2026, 7, 6)).days * 86_400)
    stage.open_report(stage.person("Bo"), "June 2026", "late reports are welcome until Sunday 9 August")


def test_many_clicks_at_once_make_one_report(stage: Stage) -> None:
    """The same submission, eight times at the same moment: one report, and every answer says it is kept."""
    bo = stage.person("Bo")
    stage.open_report(bo, "BP control")
    fill(bo, *NUMBERS)
    bo.submit()
    first_page = stage.last_payload("view_submission")
    last = replace(FormPlace.of_value(first_page["view"]["private_metadata"]), page=1)
    last_page = {**first_page, "view": {**first_page["view"], "private_metadata": last.as_value()}}
    with ThreadPoolExecutor(8) as clicks:
        answers = list(clicks.map(stage.send, [last_page] * 8))
    assert all("is on its way to" in answer.body for answer in answers)
    assert stage.count(reports) == 1
    assert stage.count(corrections) == 0
    assert stage.count(outbox_messages) == 3
