"""Guests, and people of another workspace: what they have, where they are, and how Slack names them."""

from typing import Any

import pytest
from slack_bolt import Ack, App
from slack_sdk import WebClient

from playground.client import Person, Playground, Refusal
from tests.playground.conftest import Connect
from tests.playground.forms import actions, button, modal, section
from tests.playground.refusals import refused

ELSEWHERE = "T0CLINIC"
WITHOUT_COMMANDS: dict[str, dict[str, Any]] = {
    "of another workspace": {"team_id": ELSEWHERE},
    "guest": {"is_restricted": True},
    "single-channel guest": {"is_restricted": True, "is_ultra_restricted": True},
}


@pytest.fixture
def dana(slack: Playground, channel: str, ana: Person) -> Person:
    """Dana, in #team through Slack Connect."""
    came = slack.add_person("Dana", team_id=ELSEWHERE)
    slack.change_channel(channel, members=[ana.id, came.id])
    return came


@pytest.mark.parametrize("kind", WITHOUT_COMMANDS)
def test_only_full_members_have_commands_shortcuts_and_public_channels(
    kind: str, web: WebClient, slack: Playground, channel: str, connect: Connect
) -> None:
    """The others press what stands in a message, and see where they were let in."""

    def register(app: App) -> None:
        app.command("/ask")(lambda ack: ack())
        app.action("vote")(lambda ack: ack())

    connect(register)
    ana = slack.person("Ana")
    slack.add_channel("open", [ana.id])
    person = slack.add_person("Dana", **WITHOUT_COMMANDS[kind])
    slack.change_channel(channel, members=[ana.id, person.id])
    web.chat_postMessage(channel=channel, text="x", blocks=[section("Vote"), actions(button("Yes", "vote"))])
    screen = slack.screen_of(person.id)
    assert [one["name"] for one in screen["channels"]] == ["team"]
    assert (screen["commands"], screen["shortcuts"]) == ([], [])
    for gesture in (
        {"do": "command", "channel": "#team", "text": "/ask"},
        {"do": "shortcut", "callback_id": "start"},
        {"do": "join", "channel": "#open"},
    ):
        with pytest.raises(Refusal, match="nothing_there"):
            slack.gesture(person.id, **gesture)
    assert person.press("Yes")
    assert ana.command("#team", "/ask")


def test_a_single_channel_guest_is_in_one_channel(slack: Playground, ana: Person, channel: str) -> None:
    """Neither put into a second one, nor made one while in two."""
    guest = slack.add_person("Gil", is_restricted=True, is_ultra_restricted=True)
    slack.change_channel(channel, members=[ana.id, guest.id])
    with pytest.raises(Refusal, match="Gil is a single-channel guest, and in #team"):
        slack.add_channel("second", [guest.id])
    assert slack.add_channel("second", [ana.id])
    with pytest.raises(Refusal, match="one_channel_only"):
        slack.change_person(ana.id, is_ultra_restricted=True)


def test_lists_hold_this_workspace_alone_and_one_person_can_be_asked_for(
    web: WebClient, slack: Playground, dana: Person, channel: str
) -> None:
    """`is_stranger` is false for who shares a channel: only ids say who is from elsewhere."""
    assert dana.id not in {one["id"] for one in web.users_list()["members"]}
    assert dana.id in web.conversations_members(channel=channel)["members"]
    told = web.users_info(user=dana.id)["user"]
    assert (told["team_id"], told["is_stranger"]) == (ELSEWHERE, False)
    assert web.conversations_info(channel=channel)["channel"]["is_ext_shared"]
    slack.change_person(dana.id, enterprise_id="E0CLINICS")
    assert web.users_info(user=dana.id)["user"]["enterprise_user"]["enterprise_id"] == "E0CLINICS"


def test_the_app_writes_to_people_elsewhere_while_they_share_a_channel(
    web: WebClient, slack: Playground, dana: Person, channel: str
) -> None:
    """Afterwards they are strangers, whom Slack still tells of."""
    web.chat_postMessage(channel=dana.id, text="hello")
    slack.change_channel(channel, members=[])
    assert web.users_info(user=dana.id)["user"]["is_stranger"]
    assert refused(lambda: web.conversations_open(users=[dana.id])) == "user_not_visible"
    assert refused(lambda: web.chat_postMessage(channel=dana.id, text="again")) == "channel_not_found"


def test_payloads_name_both_workspaces(
    web: WebClient, slack: Playground, dana: Person, channel: str, connect: Connect
) -> None:
    """A press names ours as the team, a window that is sent theirs; where the app is stands in its view."""

    def register(app: App) -> None:
        @app.action("open")
        def show(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
            ack()
            client.views_open(trigger_id=body["trigger_id"], view=modal("Form", callback_id="form"))

        app.view("form")(lambda ack: ack())

    seen, ours = connect(register), slack.app["team_id"]
    slack.set_app(enterprise_id="E0OURS")
    web.chat_postMessage(channel=channel, text="x", blocks=[actions(button("Open", "open"))])
    dana.press("Open")
    slack.wait_for(lambda: dana.modal)
    dana.submit()
    (pressed,), (sent,) = seen.kind("block_actions"), seen.kind("view_submission")
    assert (pressed["team"]["id"], pressed["user"]["team_id"]) == (ours, ELSEWHERE)
    assert pressed["enterprise"]["id"] == web.auth_test()["enterprise_id"] == "E0OURS"
    assert (sent["team"]["id"], sent["user"]["team_id"]) == (ELSEWHERE, ELSEWHERE)
    assert sent["view"]["app_installed_team_id"] == ours
    assert sent["enterprise"] is None


def test_events_of_a_shared_channel_say_so(
    slack: Playground, ana: Person, dana: Person, channel: str, connect: Connect
) -> None:
    seen = connect()
    slack.add_channel("own", [ana.id])
    for where in ("#own", "#team"):
        ana.say(where, "hello")
    dana.say("#team", "hello back")
    slack.wait_for(lambda: len(seen.events("message")) == 3)
    said = [body for body in seen.bodies if body.get("event", {}).get("type") == "message"]
    assert [body["is_ext_shared_channel"] for body in said] == [False, True, True]
    assert said[-1]["event"]["team"] == ELSEWHERE
