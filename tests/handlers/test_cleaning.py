"""What people type is cleaned before any listener sees it, the same on both databases."""

import itertools
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.files import history
from handlers.slack.cleaning import without_unseen
from models.rules.typed_text import cleaned
from models.tables.collaborative import collaboratives
from tests.handlers.stage import Stage
from tests.rules.test_typed_text import SIGNS, UNSEEN

PRESSES = itertools.count()
TYPED = st.text(SIGNS, max_size=40)
ANY_PAYLOAD = st.recursive(
    st.none() | st.booleans() | st.integers() | TYPED,
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(ANY_PAYLOAD)
def test_no_text_of_a_payload_is_missed(payload: Any) -> None:
    """However deep it stands: written out, nothing of it changes when cleaned again."""
    left = without_unseen(payload)
    assert without_unseen(left) == left
    assert json.dumps(left, ensure_ascii=False).encode("utf-8")
    assert type(left) is type(payload)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=TYPED)
def test_both_databases_keep_the_same_of_whatever_is_typed(stage: Stage, words: str) -> None:
    """A form takes any text; what is kept is what people saw as they typed."""
    payload = window(stage)
    answer = next(iter(payload["view"]["state"]["values"]["goal"].values()))
    answer["value"] = f"A{words}b"
    payload["view"]["hash"] = str(next(PRESSES))
    stage.slack.advance(10)
    assert stage.send(payload).status == 200
    aim = stage.db.read(lambda db: db.execute(collaboratives.select()).mappings().one())["aim"]
    assert aim["goal"] == " ".join(cleaned(f"A{words}b").split())


def window(stage: Stage) -> dict[str, Any]:
    """A sent form with the four parts of the aim, as Slack hands it on."""
    if not [
        each for each in stage.slack.journal("payload") if each["payload"].get("type") == "view_submission"
    ]:
        hana = stage.person("Hana")
        assert hana.command(stage.channel, "/momentum aim")
        stage.modal(hana, "Our aim")
        hana.press("Change the aim")
        stage.modal(hana, "Its goal is the line")
        hana.fill("By when", "June 2027")
        hana.submit()
        stage.modal(hana, "June 2027")
    payload: dict[str, Any] = json.loads(json.dumps(stage.last_payload("view_submission")))
    return payload


def test_a_command_means_what_its_words_look_like(stage: Stage) -> None:
    """A name copied from elsewhere often carries a sign nobody sees; both halves of a listener hear none."""
    bo = stage.person("Bo")
    assert bo.command(stage.channel, "/momentum \u202acha\u200brt Ze\u2060bra\u202c")
    stage.slack.wait_for(lambda: bo.ephemerals(stage.channel))
    assert "“Zebra”" in bo.ephemerals(stage.channel)[0].text


@pytest.mark.parametrize(
    "sign", [each for each in UNSEEN if each.isprintable() or ord(each) > 0x9F], ids=ascii
)
def test_a_table_that_is_handed_in_is_cleaned_too(sign: str) -> None:
    """So a team is found by the name it looks like."""
    lines = f"team,measure,month,numerator\nCe{sign}dar,m1,2026-01,{sign}42\n"
    (row,) = history.read(lines).rows
    assert (row.team, str(row.value.numerator)) == ("Cedar", "42")
