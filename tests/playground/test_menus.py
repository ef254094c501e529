"""Menus whose options the app gives while somebody types (rules 1 and 3)."""

from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from playground.client import Person, Playground, Refusal
from playground.interaction import TROUBLE
from tests.playground.asking import Ask
from tests.playground.conftest import Connect
from tests.playground.forms import entry, modal, option, plain


def test_a_menu_asks_the_app_for_its_options(
    web: WebClient, ana: Person, channel: str, connect: Connect
) -> None:
    """block_suggestion from the third letter on; only what was suggested can be chosen."""

    def register(app: App) -> None:
        app.command("/ask")(lambda ack: ack())
        app.options("it")(lambda ack, payload: ack(options=[option(f"{payload['value']} one")]))

    seen = connect(register)
    ana.command("#team", "/ask")
    element = {"type": "external_select", "action_id": "it", "placeholder": plain("Which?")}
    web.views_open(trigger_id=seen.bodies[-1]["trigger_id"], view=modal("Form", entry("Which", element)))
    with pytest.raises(Refusal, match="not_offered"):
        ana.choose("Which", "Ce")
    ana._do("suggest", view=ana.modal.id, action_id="it", value="cedar")
    ana._do("fill", view=ana.modal.id, block_id="Which", value="cedar one")
    assert ana.modal.inputs["Which"].value == "cedar one"


BAD_OFFERS: dict[str, Any] = {
    "too many": {"options": [option(str(number)) for number in range(101)]},
    "too long": {"options": [option("x" * 76, "x")]},
    "without a value": {"options": [{"text": plain("One")}]},
    "both ways": {"options": [], "option_groups": []},
    "in other words": {"choices": []},
    "nothing": {},
}


@pytest.mark.parametrize("name", BAD_OFFERS)
def test_options_slack_would_not_show_are_trouble(
    name: str, web: WebClient, ana: Person, channel: str, connect: Connect
) -> None:
    """They are held to the tables of Block Kit, and none of them can be chosen."""

    def register(app: App) -> None:
        app.command("/ask")(lambda ack: ack())
        app.options("it")(lambda ack: ack(BAD_OFFERS[name]))

    seen = connect(register)
    ana.command("#team", "/ask")
    element = {"type": "external_select", "action_id": "it", "min_query_length": 0}
    web.views_open(trigger_id=seen.bodies[-1]["trigger_id"], view=modal("Form", entry("Which", element)))
    offer = ana._do("suggest", view=ana.modal.id, action_id="it", value="")
    assert (offer, ana.modal.trouble) == ({"options": [], "option_groups": []}, TROUBLE)


def test_a_menu_whose_app_does_not_answer_says_so(
    web: WebClient, slack: Playground, ana: Person, ask: Ask
) -> None:
    element = {"type": "external_select", "action_id": "it", "min_query_length": 0}
    web.views_open(trigger_id=ask(), view=modal("Form", entry("Which", element)))
    slack.sockets("abort")
    slack.wait_for(lambda: slack.app["sockets"] == 0)
    ana._do("suggest", view=ana.modal.id, action_id="it", value="")
    assert ana.modal.trouble == TROUBLE
