"""The door stands before every listener there is or will be: a text that stays outside reaches none."""

import ast
import json
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from handlers import registry
from models.tables.draft import drafts
from models.tables.people import members
from models.tables.report import measure_values, reports
from tests.cast import NUMERATOR
from tests.handlers.stage import Stage
from tests.scenarios import windows
from tests.scenarios.charting import open_earlier_months

ROOT = Path(__file__).parent.parent.parent
HANDLERS = sorted((ROOT / "handlers").rglob("*.py"))
RECORD = "MRN 12345678 Zebra-Canary"
LOOKS_LIKE = "This looks like a medical record, member or health number."
BARRIERS, BOX = "What is in the way?", "This is not about a patient"
CLEAR = "There is no patient in the file"
WINDOWS = count(1)
SENDS = sorted({name for each in registry.FEATURES for name in each.sends})
PRESSES = sorted({name for each in registry.FEATURES for name in each.presses})


def window(stage: Stage, element: dict[str, Any], **state: Any) -> dict[str, Any]:
    """A window as Slack tells of it, with one field of a feature that is not there yet."""
    block = {
        "type": "input",
        "block_id": "new",
        "label": {"type": "plain_text", "text": "Something new"},
        "element": {"action_id": "new", **element},
    }
    answers = {"new": {"new": {"type": element["type"], **state}}}
    return {
        "type": "modal",
        "id": f"V{next(WINDOWS)}",
        "hash": "1",
        "title": {"type": "plain_text", "text": "New"},
        "callback_id": "",
        "private_metadata": "",
        "blocks": [block],
        "state": {"values": answers},
    }


def handed(stage: Stage, kind: str, view: dict[str, Any], **more: Any) -> Any:
    """What is answered when Bo does something in it."""
    bo = {"id": stage.cast.slack["Bo"], "team_id": stage.slack.app["team_id"]}
    team = {"id": stage.slack.app["team_id"]}
    answer = stage.send({"type": kind, "user": bo, "team": team, "trigger_id": "1.2.3", "view": view, **more})
    return json.loads(answer.body) if answer.body else {}


@pytest.mark.parametrize("callback_id", [*SENDS, "of_a_feature_to_come"])
def test_no_form_hears_of_a_text_that_stays_outside(stage: Stage, callback_id: str) -> None:
    view = window(stage, {"type": "plain_text_input"}, value=RECORD) | {"callback_id": callback_id}
    answer = handed(stage, "view_submission", view)
    assert answer["response_action"] == "errors"
    assert answer["errors"]["new"].startswith(LOOKS_LIKE)


@pytest.mark.parametrize("action_id", [*PRESSES, "of_a_feature_to_come"])
def test_no_button_hears_of_a_text_that_stays_outside(stage: Stage, action_id: str) -> None:
    """It might keep a draft; so the window is drawn anew with the remark below the field."""
    view = window(stage, {"type": "plain_text_input"}, value=RECORD)
    action = {"type": "button", "action_id": action_id, "block_id": "b", "value": "1:1:1"}
    handed(stage, "block_actions", view, actions=[action])
    call = stage.slack.wait_for(lambda: stage.slack.journal("api", method="views.update"))[-1]
    shown = call["arguments"]["view"]["blocks"]
    assert [block["type"] for block in shown] == ["section", "input", "alert"]
    assert shown[2]["text"]["text"].startswith(LOOKS_LIKE)
    assert [each["method"] for each in stage.slack.journal("api")] == ["views.update"]


RICH = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": []}]}
RICH["elements"][0]["elements"] = [{"type": "text", "text": RECORD}]


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("number_input", {"value": RECORD}),
        ("email_text_input", {"value": RECORD}),
        ("rich_text_input", {"rich_text_value": RICH}),
        ("file_input", {"files": [{"id": "F1", "name": f"{RECORD}.csv"}]}),
    ],
)
def test_each_kind_of_input_passes_the_door(stage: Stage, kind: str, state: dict[str, Any]) -> None:
    """What Slack's own client would not send among them."""
    answer = handed(stage, "view_submission", window(stage, {"type": kind}, **state))
    assert answer["errors"]["new"].startswith(LOOKS_LIKE)


@pytest.mark.parametrize(("most", "letters"), [({"max_length": 500}, 501), ({}, 10_000)])
def test_a_text_that_is_too_long_is_refused_with_its_limit(
    stage: Stage, most: dict[str, int], letters: int
) -> None:
    """Slack's client keeps to the limit; whoever makes a payload up does not."""
    view = window(stage, {"type": "plain_text_input", **most}, value="é" * letters)
    sentence = handed(stage, "view_submission", view)["errors"]["new"]
    limit = most.get("max_length", 3000)
    assert sentence == f"This is {letters:,} letters long, and {limit:,} fit here. Please shorten it."


def test_a_number_is_a_number_however_it_looks(stage: Stage) -> None:
    view = window(stage, {"type": "number_input"}, value="5552340199")
    assert handed(stage, "view_submission", view | {"callback_id": "momentum_nothing"}) == {}


def test_who_closes_a_window_keeps_nothing_of_it(stage: Stage) -> None:
    assert handed(stage, "view_closed", window(stage, {"type": "plain_text_input"}, value=RECORD)) == {}


def test_one_module_reads_what_is_typed() -> None:
    """So that the door, which asks that module, sees all of it."""
    reading = [
        str(path.relative_to(ROOT))
        for path in HANDLERS
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and node.value in {"state", "state_values", "values", "rich_text_value"}
    ]
    assert set(reading) == {"handlers/slack/inputs.py", "handlers/door.py"}


def test_a_draft_is_not_kept_with_it_either(stage: Stage) -> None:
    """“Save for later” asks for it below the field; taken out, the page is saved."""
    bo = windows.words(stage)
    before = stage.db.read(lambda db: db.execute(drafts.select()).mappings().one())["answers"]
    bo.fill(BARRIERS, RECORD)
    bo.press("Save for later")
    shown = stage.modal(bo, LOOKS_LIKE, f"Nothing is sent or saved yet. Please look at “{BARRIERS}”.")
    assert shown.inputs[BARRIERS].value == RECORD
    after = stage.db.read(lambda db: db.execute(drafts.select()).mappings().one())["answers"]
    assert after == before
    bo.fill(BARRIERS, "The export is broken")
    bo.press("Save for later")
    assert LOOKS_LIKE not in stage.modal(bo, "Saved.").all_text


def test_a_box_is_for_one_text_of_one_field(stage: Stage) -> None:
    """Whoever ticks it and then writes something else is asked again; a hard kind has no box."""
    bo = windows.words(stage)
    bo.fill(BARRIERS, "Mrs Zebra has no phone")
    bo.submit()
    bo.choose(BOX, BOX)
    bo.fill(BARRIERS, "Mrs Zebra, 555-234-0199")
    bo.submit()
    assert "a phone number" in bo.modal.all_text
    assert stage.count(reports) == 0
    bo.choose(BOX, BOX)
    bo.fill(BARRIERS, RECORD)
    bo.submit()
    assert bo.modal.errors[BARRIERS].startswith(LOOKS_LIKE)
    bo.fill(BARRIERS, "Mrs Zebra, 555-234-0199")
    bo.submit()
    stage.modal(bo, "Kept.")
    assert stage.count(reports) == 1


def test_who_takes_part_is_no_patient(stage: Stage) -> None:
    """The roster of the collaborative is known: its people and its clinics."""
    named = update(members).where(members.c.name == "Cora").values(name="Cora Oyelaran")
    stage.db.write(lambda db: db.execute(named))
    bo = windows.words(stage)
    bo.fill(BARRIERS, "Mrs Oyelaran asks Mr Cedar")
    bo.submit()
    stage.modal(bo, "Kept.")


def test_names_in_every_script_are_taken_as_they_are(stage: Stage) -> None:
    """They name nobody as a patient, and the card shows them."""
    bo = windows.words(stage)
    every = "Åsa, Иван, 李明, محمد, अनिल, สมชาย, Ngũgĩ, Ó Súilleabháin, יעל, ሰላም counted with us"
    bo.fill(BARRIERS, every)
    bo.submit()
    stage.modal(bo, "Kept.")
    stage.deliver()
    assert every in stage.post(bo, "Cedar reported June 2026").all_text


def test_a_report_of_before_is_asked_about_when_it_is_corrected(stage: Stage) -> None:
    """What stood there before there was a door passes it, too, unchanged as it is."""
    bo = windows.words(stage)
    bo.submit()
    stage.modal(bo, "Kept.")
    bo.close()
    stage.deliver()
    stage.db.write(lambda db: db.execute(update(reports).values(barriers=RECORD)))
    bo.press("Correct")
    stage.modal(bo, "BP control")
    bo.fill(NUMERATOR, 43)
    bo.submit()
    stage.modal(bo, BARRIERS)
    bo.submit()
    assert bo.modal.errors[BARRIERS].startswith(LOOKS_LIKE)


def test_a_file_is_handed_in_with_a_tick_and_a_harmless_name(stage: Stage) -> None:
    bo = stage.person("Bo")
    open_earlier_months(stage, bo)
    bo.fill("Or a file", [("MRN 12345678.csv", b"2026-01,42,60\n")])
    bo.submit()
    assert bo.modal.errors["Or a file"].startswith(LOOKS_LIKE)
    bo.fill("Or a file", [("months.csv", b"2026-01,42,60\n")])
    bo.submit()
    (sentence,) = bo.modal.errors.values()
    assert sentence == "Please make sure that there is no patient in the file, and tick this box."
    bo.choose(CLEAR, CLEAR)
    bo.submit()
    stage.modal(bo, "✔ 1 value added: Jan 2026.")
    assert stage.count(measure_values) == 1


@pytest.mark.parametrize("command", ["/momentum chart", "/momentum", "/report"])
def test_a_command_does_not_say_it_again(stage: Stage, command: str) -> None:
    bo = stage.person("Bo")
    bo.command(stage.channel, f"{command} {RECORD}")
    stage.slack.wait_for(lambda: bo.ephemerals(stage.channel))
    (answer,) = bo.ephemerals(stage.channel)
    assert answer.text.startswith(LOOKS_LIKE)
    assert not bo.modals


@pytest.mark.parametrize("words", ["Mrs Zebra", "555-234-0199"])
def test_what_is_looked_up_is_not_repeated_where_it_may_be_a_patient(stage: Stage, words: str) -> None:
    bo = stage.person("Bo")
    bo.command(stage.channel, f"/momentum chart {words}")
    stage.slack.wait_for(lambda: bo.ephemerals(stage.channel))
    assert bo.ephemerals(stage.channel)[0].text.startswith("I know no team or measure called “…”.")
    bo.command(stage.channel, "/momentum 555-234-0199")
    stage.slack.wait_for(lambda: len(bo.ephemerals(stage.channel)) > 1)
    assert "555" not in bo.ephemerals(stage.channel)[1].all_text
