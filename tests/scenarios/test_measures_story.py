"""What is asked of a team, on the screen and on paper, and an empty table that comes back filled in."""

import io
from urllib.request import urlopen

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from handlers.files import history
from handlers.slack import action_ids
from playground.client import Person
from tests.handlers.stage import Stage
from tests.scenarios.charting import open_chart


def handed(stage: Stage, person: Person) -> bytes:
    """The last file a person was sent."""
    stage.slack.wait_for(lambda: person.messages("Momentum")[-1].files)
    (file,) = person.messages("Momentum")[-1].files
    with urlopen(file["url"]) as answer:  # noqa: S310 - the playground's own address
        content: bytes = answer.read()
    return content


def first_sheet(content: bytes) -> Worksheet:
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book.worksheets[0]
    assert isinstance(page, Worksheet)
    return page


def test_what_is_asked_stands_in_one_place_and_prints(stage: Stage) -> None:
    """Requirement R127: required or optional, definitions, sampling, the days; a form for a pen."""
    ana = stage.person("Ana")
    ana.open_home()
    stage.slack.wait_for(lambda: ana.home)
    ana.press("What is asked")
    stage.modal(
        ana,
        "*BP control* (outcome measure: the numbers, or the reason why not)",
        "Denominator: Patients with hypertension seen this month",
        "Sample: 20 charts, or all when fewer",
        "*Visit length complaints* (balancing measure: if you have it)",
        "August 2026: due Thursday 10 September",
    )
    ana.press("Send me a form to print")
    stage.modal(ana, "It is in our direct messages.")
    page = first_sheet(handed(stage, ana))
    lines = [[cell or "" for cell in row] for row in page.values]
    assert lines[0] == ["Cedar, June 2026", "Due 10 July 2026", "Write here"]
    assert lines[1][0] == "Patients whose last reading is below 140/90 (numerator)"
    assert "What did you test?" in [line[0] for line in lines]


def test_the_form_to_print_has_a_word_too(stage: Stage) -> None:
    """Every button has a word beside it, and the other way round."""
    bo = stage.person("Bo")
    bo.command(stage.channel, "/momentum form")
    stage.slack.wait_for(lambda: bo.ephemerals(stage.channel))
    assert first_sheet(handed(stage, bo))["A1"].value == "Cedar, June 2026"


def test_an_empty_table_is_filled_in_and_handed_back(stage: Stage) -> None:
    """Requirement R40: what we hand out is what we read; months left empty are no mistake."""
    bo = stage.person("Bo")
    open_chart(stage, bo, "Cedar M1", "Add earlier months")
    bo.press("Add earlier months")
    stage.modal(bo, "Paste lines")
    bo.press("Send me an empty table")
    stage.modal(bo, "It is in our direct messages.")
    page = first_sheet(handed(stage, bo))
    assert [cell.value for cell in page[2]] == ["Cedar", "BP control", "2025-07", None, None]
    page["D2"], page["E2"] = 40, 60
    filled = io.BytesIO()
    assert page.parent is not None
    page.parent.save(filled)
    found = history.read(filled.getvalue(), {"team": "cedar", "measure": "M1"})
    assert found.problems == ()
    assert [(row.team, row.measure, f"{row.first_day:%Y-%m}") for row in found.rows] == [
        ("Cedar", "BP control", "2025-07")
    ]


@pytest.mark.who_may("measures")
@pytest.mark.parametrize("action_id", [action_ids.ASKED_OPEN, action_ids.ASKED_PAPER, action_ids.ASKED_TABLE])
def test_what_another_team_is_asked_for_is_not_handed_out(stage: Stage, action_id: str) -> None:
    """A button's ids are hints: whoever presses hears the words, and gets no file."""
    chidi = stage.person("Chidi")
    chidi.command(stage.channel, "/momentum")
    chidi.press("Report")
    stage.modal(chidi, "BP control")
    chidi.close()
    pressed = stage.last_payload("block_actions")
    there = f"{stage.cast.teams['Cedar']}:{stage.cast.periods['June 2026']}"
    heard = len(chidi.ephemerals(stage.channel))
    stage.send({**pressed, "actions": [{**pressed["actions"][0], "action_id": action_id, "value": there}]})
    stage.slack.wait_for(lambda: len(chidi.ephemerals(stage.channel)) > heard)
    assert "I could not find that team among yours." in chidi.ephemerals(stage.channel)[-1].text
    assert chidi.modals == []
    assert stage.slack.journal("api", method="files.completeUploadExternal") == []
