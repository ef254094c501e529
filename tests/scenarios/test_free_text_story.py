"""One door: what could tell of a patient is asked for at its field, in each window, and kept nowhere else."""

import ast
import json
from datetime import timedelta
from pathlib import Path

import pytest

from models.tables.base import metadata
from playground.client import Person
from tests.handlers.slack_views import marked_up
from tests.handlers.stage import Stage
from tests.scenarios import windows
from tests.scenarios.digest.monday import MONDAY, tick, until
from tests.scenarios.windows import WAYS, Way

ROOT = Path(__file__).parent.parent.parent
EVIL = "<!channel> <https://evil.example|good>"
HARD, SOFT = "MRN 12345678 Zebra-Canary", f"pt Zebra Canary, 555-234-0199 {EVIL}"
NO_WORD = (
    "This looks like a medical record, member or health number. "
    "Please take it out: Momentum keeps no word about a patient."
)
OR_TICK = "This looks like a name of a patient and a phone number. Please take it out, or tick the box below."
BOX = "This is not about a patient"
EACH_WAY = pytest.mark.parametrize("way", [way for ways in WAYS.values() for way in ways])


def fields(person: Person) -> list[str]:
    """The text fields of the window on top."""
    inputs = person.modal.inputs.items()
    return [label for label, each in inputs if each.element["type"] == "plain_text_input"]


def boxes(person: Person) -> list[str]:
    """The labels of the boxes below them."""
    shown = person.modal.blocks
    return [each["block_id"] for each in shown if str(each["block_id"]).startswith("door:")]


def anywhere(stage: Stage, url: str, canary: str) -> list[str]:
    """Where words stand: a row, a byte of the database's files, what we sent to Slack, a message."""
    places = []
    for table in metadata.sorted_tables:
        rows = stage.db.read(lambda db, table=table: db.execute(table.select()).all())
        places += [table.name for row in rows if canary in str(row)]
    files = Path(url.removeprefix("sqlite:///")).parent.glob("*.db*") if url.startswith("sqlite") else ()
    places += [each.name for each in files if canary.encode() in each.read_bytes()]
    for entry in stage.slack.journal():
        sent = entry.get("arguments") or (entry if entry["kind"] == "ack" else {})
        places += [str(entry)[:200]] if canary in json.dumps(sent) else []
    screens = [stage.slack.screen_of(user) for user in stage.cast.slack.values() if user]
    places += [str(one["person"]) for one in screens if canary in json.dumps([one["messages"], one["home"]])]
    return places


def text_modules() -> set[str]:
    """The modules of views that ask for words."""
    return {
        str(path.relative_to(ROOT))
        for path in (ROOT / "handlers").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".text")
        if any(each.arg == "most" for each in node.keywords)
    }


def test_each_window_that_asks_for_words_is_gone_to_here() -> None:
    assert text_modules() == set(WAYS)


def go_on(stage: Stage) -> None:
    """Let what was sent be told to whom it concerns, and a week's digests after that."""
    stage.deliver()
    until(stage, MONDAY + timedelta(days=7))
    tick(stage)
    hana = stage.person("Hana")
    hana.command(stage.channel, "/momentum digest")
    stage.slack.wait_for(lambda: hana.ephemerals(stage.channel))
    stage.deliver()


def marked_up_texts(stage: Stage) -> list[str]:
    """All we sent in which Slack reads markup: messages, and what says so in blocks."""
    sent = [each["arguments"] for each in stage.slack.journal("api")]
    answers = [
        each["payload"] for each in stage.slack.journal("ack") if isinstance(each.get("payload"), dict)
    ]
    own = [str(each.get("text") or "") for each in (*sent, *answers)]
    return [*own, *marked_up(sent), *marked_up(answers)]


@EACH_WAY
def test_a_record_number_stays_in_its_field(stage: Stage, database_url: str, way: Way) -> None:
    """All fields at once: each names the kind, keeps what was typed, and nothing else does."""
    person = way(stage)
    labels = fields(person)
    for label in labels:
        person.fill(label, HARD)
    person.submit()
    assert person.modal.errors == dict.fromkeys(labels, NO_WORD)
    assert [person.modal.inputs[label].value for label in labels] == [HARD] * len(labels)
    assert boxes(person) == []
    assert anywhere(stage, database_url, "Canary") == []


@EACH_WAY
def test_what_may_be_a_mistake_is_asked_about_once(stage: Stage, database_url: str, way: Way) -> None:
    """A box below each field; left empty, it is an error; ticked, the words are taken, and are no markup."""
    person = way(stage)
    labels = fields(person)
    for label in labels:
        person.fill(label, SOFT)
    person.submit()
    assert person.modal.errors == {}
    assert len(boxes(person)) == len(labels)
    assert [person.modal.inputs[label].value for label in labels] == [SOFT] * len(labels)
    person.submit()
    assert person.modal.errors == dict.fromkeys(labels, OR_TICK)
    assert anywhere(stage, database_url, "Canary") == []
    for box in boxes(person):
        person.choose(box, BOX)
    for _ in range(4):
        if person.modals and person.modal.submit:
            person.submit()
            assert OR_TICK not in person.modal.errors.values() if person.modals else True
    go_on(stage)
    assert anywhere(stage, database_url, "Canary") != [] or way is windows.earlier_months
    assert [text for text in marked_up_texts(stage) if EVIL in text] == []
