"""The control API as the page uses it: the screen, gestures that are refused, the stream, the page itself."""

import json
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from slack_sdk import WebClient

from playground.client import NotThere, Person, Playground, Refusal, WaitedInVain
from playground.server import Served
from tests.playground.forms import actions, button, section


def test_the_screen_shows_what_this_person_may_see(
    web: WebClient, slack: Playground, ana: Person, bo: Person, channel: str
) -> None:
    slack.add_channel("secret", [bo.id], private=True)
    slack.add_channel("open", [bo.id], topic="For all")
    web.chat_postMessage(channel=channel, text="one")
    web.chat_postMessage(channel=bo.id, text="for Bo")
    screen = slack.screen_of(ana.id)
    assert [(one["name"], one["is_member"], one["unread"]) for one in screen["channels"]] == [
        ("open", False, 0),
        ("team", True, 1),
    ]
    assert [one["command"] for one in screen["commands"]] == ["/ask"]
    assert [one["callback_id"] for one in screen["shortcuts"]] == ["start", "keep"]
    assert {one["kind"] for one in slack.screen_of(bo.id)["channels"]} == {"channel", "private", "im"}
    ana.read("#team")
    assert slack.screen_of(ana.id)["channels"][1]["unread"] == 0


def test_a_screen_of_nobody_in_particular_is_that_of_the_first_who_can_act(
    slack: Playground, ana: Person, bo: Person
) -> None:
    assert slack.call("GET", "/control/screen")["person"]["id"] == ana.id
    slack.change_person(ana.id, deleted=True)
    assert slack.call("GET", "/control/screen")["person"]["id"] == bo.id


@pytest.mark.parametrize(
    ("gesture", "error"),
    [
        ({"do": "fly"}, "unknown_gesture"),
        ({"do": "press"}, "incomplete"),
        ({"do": "press", "channel": "C1", "ts": "1.0", "action_id": "x"}, "nothing_there"),
        ({"do": "press", "view": "V1", "action_id": "x"}, "nothing_there"),
        ({"do": "press", "home": True, "action_id": "x"}, "nothing_there"),
        ({"do": "shortcut", "callback_id": "other"}, "nothing_there"),
        ({"do": "command", "channel": "#team", "text": "/unheard"}, "nothing_there"),
        ({"do": "message", "channel": "#secret", "text": "x"}, "nothing_there"),
    ],
)
def test_what_is_not_on_the_screen_cannot_be_done(
    gesture: dict[str, str], error: str, slack: Playground, ana: Person, bo: Person
) -> None:
    slack.add_channel("secret", [bo.id], private=True)
    with pytest.raises(Refusal) as caught:
        slack.gesture(ana.id, **gesture)
    assert caught.value.error == error


def test_nobody_acts_as_the_app_or_as_who_has_left(slack: Playground, ana: Person, channel: str) -> None:
    slack.change_person(ana.id, deleted=True)
    for who in (ana.id, slack.app["bot_user_id"], "U0"):
        with pytest.raises(Refusal, match="no_such_person"):
            slack.gesture(who, "open_home")


def test_a_button_pressed_while_no_app_is_there_leaves_a_notice(
    web: WebClient, slack: Playground, ana: Person, channel: str
) -> None:
    web.chat_postMessage(channel=channel, text="x", blocks=[section("Vote"), actions(button("Yes", "vote"))])
    assert not ana.press("Yes")
    (notice,) = slack.screen_of(ana.id)["notices"]
    slack.gesture(ana.id, "dismiss", notice=notice["id"])
    assert ana.notices == []


def test_the_stream_tells_of_each_change(slack: Playground, channel: str, ana: Person) -> None:
    connection = HTTPConnection(urlsplit(slack.url).netloc, timeout=5)
    connection.request("GET", "/control/stream")
    stream = connection.getresponse()
    versions = [json.loads(stream.readline().removeprefix(b"data: "))["version"]]
    stream.readline()
    ana.say("#team", "hello")
    versions.append(json.loads(stream.readline().removeprefix(b"data: "))["version"])
    connection.close()
    assert versions[1] > versions[0]


def test_waiting_in_vain_shows_every_screen(slack: Playground, ana: Person, channel: str) -> None:
    ana.say("#team", "the only thing here")
    with pytest.raises(WaitedInVain, match="the only thing here"):
        slack.wait_for(lambda: ana.modal, timeout=0.1)
    with pytest.raises(NotThere, match="the only thing here"):
        ana.press("Nowhere")


@pytest.mark.parametrize(("path", "begins"), [("/", b"<!doctype html>"), ("/page/app.js", b"// Starts")])
def test_the_page_is_served_and_asked_for_anew(served: Served, path: str, begins: bytes) -> None:
    connection = HTTPConnection(urlsplit(served.url).netloc, timeout=5)
    connection.request("GET", path)
    answer = connection.getresponse()
    assert answer.read().startswith(begins)
    assert answer.getheader("Cache-Control") == "no-cache"
    connection.close()


def test_it_listens_on_this_machine_only(served: Served) -> None:
    assert urlsplit(served.url).hostname == "127.0.0.1"
