"""Two of a team at one report: nobody undoes unawares what the other sent, nor does an envelope."""

from typing import Any

from models.tables.draft import drafts
from models.tables.outbox import outbox_messages
from models.tables.report import corrections, reports
from tests.cast import DENOMINATOR, HIGH, NUMERATOR, REPEAT
from tests.handlers.report.test_wizard import NUMBERS, fill
from tests.handlers.stage import Stage


def send_words(stage: Stage, name: str, tested: str, *numbers: tuple[str, int]) -> dict[str, Any]:
    """Report or correct, with words on the last page; what Slack sent of it."""
    person = stage.person(name)
    stage.open_report(person, "BP control")
    fill(person, *numbers)
    person.submit()
    person.fill("What did you test?", tested)
    person.submit()
    stage.modal(person, "Kept.")
    person.close()
    return stage.last_payload("view_submission")


def test_who_was_overtaken_sees_the_report_before_changing_it(stage: Stage) -> None:
    """Two people of a team fill in the same month: the second never overwrites the first unawares."""
    ana, bo = stage.person("Ana"), stage.person("Bo")
    stage.open_report(ana, "BP control")
    stage.open_report(bo, "BP control")
    fill(bo, (NUMERATOR, 50), (DENOMINATOR, 60), (REPEAT, 18), (HIGH, 20))
    fill(ana, *NUMBERS)
    ana.submit()
    ana.submit()
    stage.modal(ana, "Kept.")
    bo.submit()
    again = stage.modal(bo, "This report came in while you were typing.", "It says: BP control 70.0% (42/60)")
    assert again.inputs[NUMERATOR].value == "50"
    bo.submit()
    stage.modal(bo, "Step 2 of 2")
    bo.submit()
    stage.modal(bo, "stands as you have it now")
    assert stage.count(reports) == 1


def test_a_correction_never_undoes_another_unawares(stage: Stage) -> None:
    """Two correct the same report: the second sees what the first made of it, and may keep that."""
    send_words(stage, "Bo", "Cuffs", *NUMBERS)
    bo = stage.person("Bo")
    stage.open_report(bo, "Change what you need.")
    send_words(stage, "Ana", "Large cuffs", (NUMERATOR, 44))
    fill(bo, (REPEAT, 19))
    bo.submit()
    stage.modal(
        bo,
        "This report was changed while you were typing.",
        "It says: BP control 73.3% (44/60)",
        "It says: Repeat BP taken 90.0% (18/20)",
    )
    fill(bo, (NUMERATOR, 44))
    bo.submit()
    assert stage.modal(bo, "Step 2 of 2").inputs["What did you test?"].value == "Large cuffs"
    bo.submit()
    stage.modal(bo, "stands as you have it now")
    stage.deliver()
    card = stage.post(bo, "Cedar reported June 2026").all_text
    assert "73.3% (44/60)" in card
    assert "95.0% (19/20)" in card


def test_what_was_typed_on_an_earlier_page_is_laid_over_too(stage: Stage) -> None:
    """What Next kept is there, whoever of the team sends the report then."""
    bo = stage.person("Bo")
    stage.open_report(bo, "BP control")
    fill(bo, (NUMERATOR, 50), *NUMBERS[1:])
    bo.submit()
    bo.fill("What did you test?", "Large cuffs")
    send_words(stage, "Ana", "Cuffs", *NUMBERS)
    bo.submit()
    again = stage.modal(bo, "It says: BP control 70.0% (42/60)", "It says: What did you test? Cuffs")
    assert again.inputs[NUMERATOR].value == "50"
    bo.close()
    assert stage.open_report(bo, "Your draft from today").inputs[NUMERATOR].value == "50"


def test_whoever_keeps_a_page_hears_of_a_change_too(stage: Stage) -> None:
    """The page on screen goes on as it is; what it would undo is named."""
    send_words(stage, "Bo", "Cuffs", *NUMBERS)
    bo = stage.person("Bo")
    stage.open_report(bo, "Change what you need.")
    bo.submit()
    bo.fill("What did you test?", "Cuffs in all rooms")
    send_words(stage, "Ana", "No cuffs")
    bo.press("Save for later")
    stage.modal(bo, "Saved.", "was changed while you were typing", "It says: What did you test? No cuffs")


def test_a_correction_that_comes_again_does_not_undo_a_later_one(stage: Stage) -> None:
    """An envelope has its effect once, whoever corrected the report since; its sender hears the same."""
    send_words(stage, "Bo", "Cuffs", *NUMBERS)
    corrected = send_words(stage, "Bo", "Large cuffs")
    send_words(stage, "Ana", "No cuffs")
    before = stage.count(corrections), stage.count(outbox_messages)
    assert "stands as you have it now" in str(stage.send(corrected).body)
    assert (stage.count(corrections), stage.count(outbox_messages), stage.count(drafts)) == (*before, 0)
    stage.deliver()
    assert "No cuffs" in stage.post(stage.person("Ana"), "Cedar reported June 2026").all_text
