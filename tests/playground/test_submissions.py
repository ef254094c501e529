"""Submitting a form: Slack's checks, the state that is sent, what the answer does (rules 4 and 5)."""

from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from playground.client import Person, Playground, Refusal
from playground.interaction import TROUBLE
from tests.playground.asking import Ask
from tests.playground.conftest import Connect
from tests.playground.forms import (
    entry,
    modal,
    number_input,
    option,
    text_input,
)

FORM, TOO_SHORT = ["Form"], {"Name": "Too short."}
ANSWERS: dict[str, tuple[dict[str, Any], list[str], str | None]] = {
    "errors": ({"response_action": "errors", "errors": TOO_SHORT}, FORM, None),
    "update": ({"response_action": "update", "view": modal("Saving")}, ["Saving"], None),
    "push": ({"response_action": "push", "view": modal("Next")}, ["Form", "Next"], None),
    "clear": ({"response_action": "clear"}, [], None),
    "errors elsewhere": ({"response_action": "errors", "errors": {"nowhere": "?"}}, FORM, TROUBLE),
    "errors that are no words": ({"response_action": "errors", "errors": {"Name": 5}}, FORM, TROUBLE),
    "no errors": ({"response_action": "errors"}, FORM, TROUBLE),
    "no view": ({"response_action": "update"}, FORM, TROUBLE),
    "a bad view": ({"response_action": "update", "view": modal("x" * 25)}, FORM, TROUBLE),
    "one key too many": ({"response_action": "clear", "text": "x"}, FORM, TROUBLE),
    "an unknown action": ({"response_action": "close"}, FORM, TROUBLE),
    "words": ({"text": "Thanks"}, FORM, TROUBLE),
}


@pytest.mark.usefixtures("channel")
@pytest.mark.parametrize("name", ANSWERS)
def test_the_answer_to_a_submission_moves_the_stack(name: str, ana: Person, connect: Connect) -> None:
    """errors, update, push and clear as documented; what Slack would not take shows as trouble."""
    body, titles, trouble = ANSWERS[name]

    def register(app: App) -> None:
        @app.command("/ask")
        def open_form(ack: Any, client: WebClient, body: dict[str, Any]) -> None:
            ack()
            client.views_open(
                trigger_id=body["trigger_id"],
                view=modal("Form", entry("Name", text_input()), callback_id="form"),
            )

        app.view("form")(lambda ack: ack(body))

    connect(register)
    ana.command("#team", "/ask")
    ana.fill("Name", "x")
    ana.submit()
    assert [one.title for one in ana.modals] == titles
    assert (ana.modals[-1].trouble if titles else None) == trouble
    if name == "errors":
        assert ana.modal.errors == {"Name": "Too short."}
        assert ana.modal.inputs["Name"].value == "x"


def test_a_submission_without_answer_shows_trouble_and_keeps_the_form(
    web: WebClient, slack: Playground, ana: Person, ask: Ask
) -> None:
    web.views_open(trigger_id=ask(), view=modal("Form", entry("Name", text_input()), callback_id="form"))
    ana.fill("Name", "kept")
    slack.sockets("abort")
    slack.wait_for(lambda: slack.app["sockets"] == 0)
    assert ana.submit() == {"acknowledged": False, "closed": False, "errors": {}}
    assert ana.modal.trouble == TROUBLE
    assert ana.modal.inputs["Name"].value == "kept"


WRONG = [
    (text_input(), None, "Please complete this required field."),
    (text_input(min_length=3), "ab", "Please write at least 3 characters."),
    (text_input(max_length=3), "abcd", "Please write no more than 3 characters."),
    (number_input(), "seven", "Please enter a valid number."),
    (number_input(), "NaN", "Please enter a valid number."),
    (number_input(), "1_000", "Please enter a valid number."),
    (number_input(), "1.5", "Please enter a whole number."),
    (number_input(min_value="2"), "1", "Please enter a number no smaller than 2."),
    (number_input(max_value="5"), "5.5", "Please enter a whole number."),
    (number_input(max_value="5"), "6", "Please enter a number no greater than 5."),
    ({"type": "email_text_input", "action_id": "it"}, "ana at clinic", "Please enter a valid email address."),
    ({"type": "url_text_input", "action_id": "it"}, "clinic.org", "Please enter a valid URL."),
]


@pytest.mark.parametrize("case", WRONG, ids=[sentence for _, _, sentence in WRONG])
def test_slacks_own_checks_come_before_the_app_hears_of_it(
    case: tuple[dict[str, Any], str | None, str], web: WebClient, ana: Person, ask: Ask
) -> None:
    element, value, sentence = case
    web.views_open(trigger_id=ask(), view=modal("Form", entry("Field", element), callback_id="form"))
    if value is not None:
        ana.fill("Field", value)
    assert ana.submit()["acknowledged"] is False
    assert ana.modal.errors == {"Field": sentence}
    assert ask.seen.kind("view_submission") == []


def test_the_state_holds_initial_values_and_numbers_as_text(web: WebClient, ana: Person, ask: Ask) -> None:
    many = [option("Red"), option("Green"), option("Blue")]
    form = modal(
        "Form",
        entry("Name", text_input(initial_value="Cedar")),
        entry("Count", number_input(initial_value="3")),
        entry("Note", text_input(), optional=True),
        entry(
            "Colour", {"type": "static_select", "action_id": "it", "options": many, "initial_option": many[0]}
        ),
        entry("More", {"type": "checkboxes", "action_id": "it", "options": many}),
        entry("Day", {"type": "datepicker", "action_id": "it"}),
        entry("Who", {"type": "users_select", "action_id": "it"}),
        callback_id="form",
    )
    web.views_open(trigger_id=ask(), view=form)
    ana.fill("Count", " 7 ")
    ana.choose("Colour", "Green")
    ana.choose("More", "Red", "Blue")
    ana.fill("Day", "2026-03-31")
    ana.choose("Who", "Ana")
    ana.submit()
    values = ask.seen.kind("view_submission")[-1]["view"]["state"]["values"]
    held = {name: {k: v for k, v in state["it"].items() if k != "type"} for name, state in values.items()}
    assert held == {
        "Name": {"value": "Cedar"},
        "Count": {"value": "7"},
        "Note": {"value": None},
        "Colour": {"selected_option": many[1]},
        "More": {"selected_options": [many[0], many[2]]},
        "Day": {"selected_date": "2026-03-31"},
        "Who": {"selected_user": ana.id},
    }


def test_what_is_not_offered_cannot_be_chosen(web: WebClient, ana: Person, ask: Ask) -> None:
    element = {"type": "static_select", "action_id": "it", "options": [option("Red")]}
    web.views_open(trigger_id=ask(), view=modal("Form", entry("Colour", element)))
    with pytest.raises(Refusal, match="not_offered"):
        ana.choose("Colour", "Mauve")
