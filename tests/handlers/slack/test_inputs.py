"""Slack takes every question, and what was answered is read back by its block."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.slack.blocks import modal, option
from handlers.slack.inputs import Question, chosen, handed_in, picked_day, ticked, typed, unticked_files
from playground.views import carried_over, prepared
from tests.handlers.samples import QUICK, words
from tests.handlers.slack_views import assert_view

OPTIONS = [option(f"Team {number}", str(number)) for number in range(150)]


@given(words(3000).filter(str.strip), words(3000), words(900), st.booleans())
@settings(max_examples=60, deadline=None, phases=QUICK)
def test_what_stands_in_a_question_is_what_comes_back(
    label: str,
    hint: str,
    text: str,
    optional: bool,  # noqa: FBT001 - drawn
) -> None:
    """Slack takes it however long the words are, and sends what stood there."""

    def asks(block_id: str) -> Question:
        return Question(block_id, label, hint, optional)

    view = modal(
        "Questions",
        [
            asks("text").text(text, most=500, example="For example"),
            asks("number").number("42"),
            asks("choice").choice(OPTIONS[:3], "1"),
            asks("few").select(OPTIONS[:3], "2"),
            asks("many").select(OPTIONS, "149"),
            asks("none").select(OPTIONS[:3], "of old"),
            asks("day").day(),
            *asks("file").file("csv", readers="you"),
            asks("box").tick("Yes"),
        ],
        submit="Send",
    )
    assert_view("modal", view)
    sent = {"state": {"values": carried_over(prepared(view)["blocks"], {})}}
    assert [typed(sent, each) for each in ("text", "number")] == [text, "42"]
    assert [chosen(sent, each) for each in ("choice", "few", "many", "none")] == ["1", "2", "149", ""]
    assert (picked_day(sent, "day"), handed_in(sent, "file"), ticked(sent, "box")) == (None, "", set())
    assert list(unticked_files(sent)) == []


def test_days_and_files_are_read_and_what_was_not_asked_is_nothing() -> None:
    """As Slack sends them."""
    days, files = {"selected_date": "2026-07-10"}, {"files": [{"id": "F1"}]}
    sent = {"state": {"values": {"day": {"day": days}, "file": {"file": files}}}}
    assert picked_day(sent, "day") == date(2026, 7, 10)
    assert handed_in(sent, "file") == "F1"
    assert (typed(sent, "text"), chosen(sent, "choice"), picked_day(sent, "text")) == ("", "", None)
