"""What an app answers later: response URLs, five times in thirty minutes (rule 13); shortcuts, buttons."""

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.webhook import WebhookClient

from playground.client import Person, Playground
from tests.playground.conftest import Connect
from tests.playground.forms import actions, button, plain, section
from tests.playground.small_app import Seen


@pytest.fixture
def seen(connect: Connect) -> Seen:
    def register(app: Any) -> None:
        app.command("/ask")(lambda ack: ack())
        app.action("vote")(lambda ack: ack())
        app.shortcut("start")(lambda ack: ack())
        app.shortcut("keep")(lambda ack: ack())

    return connect(register)


def after_command(ana: Person, seen: Seen) -> WebhookClient:
    ana.command("#team", "/ask")
    return WebhookClient(seen.bodies[-1]["response_url"])


def test_a_response_url_takes_five_answers(ana: Person, bo: Person, channel: str, seen: Seen) -> None:
    hook = after_command(ana, seen)
    assert [hook.send(text=str(n)).status_code for n in range(6)] == [200, 200, 200, 200, 200, 404]
    assert [one.text for one in ana.ephemerals("#team")] == ["0", "1", "2", "3", "4"]
    assert bo.messages("#team") == []


def test_a_response_url_ends_after_thirty_minutes(
    slack: Playground, ana: Person, channel: str, seen: Seen
) -> None:
    hook = after_command(ana, seen)
    slack.advance(1799)
    assert hook.send(text="in time").status_code == 200
    slack.advance(2)
    late = hook.send(text="late")
    assert (late.status_code, "expired_url" in late.body) == (404, True)


def test_an_answer_can_be_for_all_and_in_a_thread_only_then(
    web: WebClient, ana: Person, bo: Person, channel: str, seen: Seen
) -> None:
    parent = web.chat_postMessage(channel=channel, text="parent")["ts"]
    hook = after_command(ana, seen)
    assert hook.send_dict({"text": "x", "thread_ts": parent}).status_code == 400
    hook.send_dict({"text": "for all", "response_type": "in_channel", "thread_ts": parent})
    assert [one.text for one in bo.messages("#team")[0].thread] == ["for all"]


def test_a_response_url_refuses_blocks_that_say_too_much(ana: Person, channel: str, seen: Seen) -> None:
    hook = after_command(ana, seen)
    refused = hook.send(text="x", blocks=[section("x" * 2500)] * 5)
    assert (refused.status_code, "msg_blocks_too_long" in refused.body) == (400, True)
    assert ana.ephemerals("#team") == []


def test_the_message_of_a_button_can_be_replaced_and_deleted(
    web: WebClient, ana: Person, bo: Person, channel: str, seen: Seen
) -> None:
    web.chat_postMessage(
        channel=channel, text="poll", blocks=[section("Vote!"), actions(button("Yes", "vote", "1"))]
    )
    ana.press("Yes")
    pressed = seen.kind("block_actions")[-1]
    assert (pressed["actions"][0]["value"], pressed["container"]["type"]) == ("1", "message")
    hook = WebhookClient(pressed["response_url"])
    hook.send(text="thanks", replace_original=True)
    assert [one.all_text for one in bo.messages("#team")] == ["thanks"]
    assert hook.send_dict({"delete_original": True, "text": "x"}).status_code == 400
    in_a_thread = {"replace_original": True, "response_type": "in_channel", "thread_ts": "1.0", "text": "x"}
    assert hook.send_dict(in_a_thread).status_code == 400
    hook.send(delete_original=True)
    assert bo.messages("#team") == []
    assert "message_not_found" in hook.send(text="back again", replace_original=True).body


NESTED: dict[str, dict[str, Any]] = {
    "container": {"type": "container", "title": plain("Vote"), "child_blocks": []},
    "carousel": {"type": "carousel", "elements": [{"type": "card", "title": plain("Vote")}]},
}
NESTED["container"]["child_blocks"].append({"type": "actions", "elements": [button("Yes", "vote")]})
NESTED["carousel"]["elements"][0]["actions"] = [button("Yes", "vote")]


@pytest.mark.parametrize("kind", NESTED)
def test_a_button_deep_inside_can_be_pressed(
    kind: str, web: WebClient, ana: Person, channel: str, seen: Seen
) -> None:
    """Slack gives the blocks inside containers and carousels their ids, too."""
    web.chat_postMessage(channel=channel, text="poll", blocks=[NESTED[kind]])
    ana.press("Yes")
    (action,) = seen.kind("block_actions")[-1]["actions"]
    assert action["action_id"] == "vote"
    assert action["block_id"]


def test_an_ephemeral_button_carries_no_message(
    web: WebClient, ana: Person, channel: str, seen: Seen
) -> None:
    """What was whispered can still be replaced by its response_url."""
    blocks = [actions(button("Yes", "vote"))]
    web.chat_postEphemeral(channel=channel, user=ana.id, text="psst", blocks=blocks)
    ana.press("Yes")
    pressed = seen.kind("block_actions")[-1]
    assert pressed["container"]["is_ephemeral"]
    assert "message" not in pressed
    WebhookClient(pressed["response_url"]).send(text="done", replace_original=True)
    assert [one.text for one in ana.ephemerals("#team")] == ["done"]


def test_in_channel_answers_show_what_was_typed(
    slack: Playground, ana: Person, bo: Person, channel: str, connect: Connect
) -> None:
    connect(lambda app: app.command("/ask")(lambda ack: ack(text="42", response_type="in_channel")))
    ana.command("#team", "/ask what is it")
    assert [one.text for one in bo.messages("#team")] == ["/ask what is it", "42"]


@pytest.mark.parametrize(
    "body",
    [
        {"text": "x", "channel": "C1"},
        {"text": "x", "response_type": "everybody"},
        {"text": "x", "thread_ts": 1.0, "response_type": "in_channel"},
        {"text": 5},
        {"blocks": [{"type": "hologram"}]},
    ],
)
def test_an_acknowledgement_slack_would_not_take_fails_the_command(
    body: dict[str, Any], slack: Playground, ana: Person, channel: str, connect: Connect
) -> None:
    connect(lambda app: app.command("/ask")(lambda ack: ack(body)))
    ana.command("#team", "/ask")
    assert ana.notices == ['/ask failed with the error "dispatch_failed"']
    (refusal,) = [one for one in slack.journal("ack") if "refused" in one]
    assert refusal["of"] == "/ask"


def test_shortcuts_come_from_the_composer_and_from_a_message(
    slack: Playground, ana: Person, channel: str, seen: Seen
) -> None:
    """A global one has neither channel nor response_url."""
    ana.say("#team", "remember this")
    assert ana.shortcut("Start")
    assert ana.shortcut("Keep", ana.messages("#team")[0])
    (from_composer,), (from_message,) = seen.kind("shortcut"), seen.kind("message_action")
    assert not {"channel", "response_url"} & set(from_composer)
    assert from_message["message"]["text"] == "remember this"
    assert from_message["channel"]["id"] == channel
