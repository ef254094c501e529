"""Every fault, seen by a client from outside, and what the journal says of its effect."""

import threading
from collections.abc import Callable
from http.client import HTTPException
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry import ConnectionErrorRetryHandler

from playground.client import Person, Playground, Refusal

Post = Callable[[], Any]


@pytest.fixture
def post(web: WebClient, channel: str) -> Post:
    return lambda: web.chat_postMessage(channel=channel, text="hello")


@pytest.mark.parametrize(
    ("fault", "status", "error"),
    [
        ({"error": "fatal_error"}, 200, "fatal_error"),
        ({"status": 503}, 503, "internal_error"),
        ({"retry_after": 30}, 429, "ratelimited"),
        ({"retry_after": "soon"}, 429, "ratelimited"),
    ],
)
def test_a_faked_refusal_has_no_effect(
    fault: dict[str, Any], status: int, error: str, post: Post, slack: Playground
) -> None:
    """It is over after as many times as were asked for."""
    slack.fault("chat.postMessage", times=1, **fault)
    with pytest.raises(SlackApiError) as caught:
        post()
    answer = caught.value.response
    assert (answer.status_code, answer["error"]) == (status, error)
    if "retry_after" in fault:
        assert answer.headers["Retry-After"] == str(fault["retry_after"])
    post()
    assert sum(map(len, slack.screen_of(slack.app["bot_user_id"])["messages"].values())) == 1
    assert [one["accepted"] for one in slack.journal("api", method="chat.postMessage")] == [False, True]


@pytest.mark.parametrize("body", ["<html>Bad gateway</html>", '{"ok": tr'])
def test_a_broken_body_is_sent_as_it_is(body: str, post: Post, slack: Playground, ana: Person) -> None:
    """With `accept` the call has its effect all the same."""
    slack.fault("*", body=body, status=502, accept=True, times=1)
    with pytest.raises(SlackApiError):
        post()
    assert [one.text for one in ana.messages("#team")] == ["hello"]
    assert slack.journal("api", method="chat.postMessage")[0]["accepted"]


@pytest.mark.parametrize(("drop", "arrived"), [("before", 0), ("after", 1)])
def test_a_cut_connection_leaves_the_client_in_doubt(
    drop: str, arrived: int, post: Post, slack: Playground, ana: Person
) -> None:
    """The journal alone knows whether the message was accepted."""
    slack.fault("chat.postMessage", drop=drop, times=1)
    with pytest.raises((OSError, HTTPException)):
        post()
    assert len(ana.messages("#team")) == arrived
    (entry,) = slack.journal("api", method="chat.postMessage")
    assert (entry["accepted"], entry["status"]) == (bool(arrived), None)


def test_the_default_client_posts_twice_after_a_cut(
    web: WebClient, slack: Playground, ana: Person, channel: str
) -> None:
    """The trap that delivery must avoid, shown to be visible here: a negative control."""
    careless = WebClient(
        token=web.token, base_url=web.base_url, retry_handlers=[ConnectionErrorRetryHandler()]
    )
    slack.fault("chat.postMessage", drop="after", times=1)
    assert careless.chat_postMessage(channel=channel, text="twice")["ok"]
    assert [one.text for one in ana.messages("#team")] == ["twice", "twice"]


def test_a_delay_passes_on_the_clock(post: Post, slack: Playground, ana: Person) -> None:
    slack.fault("chat.postMessage", delay=30)
    thread = threading.Thread(target=post)
    thread.start()
    slack.wait_for(lambda: slack.journal("fault", method="chat.postMessage"))
    assert ana.messages("#team") == []
    slack.advance(30)
    thread.join()
    assert len(ana.messages("#team")) == 1


def test_a_hanging_call_is_let_go_when_faults_are_cleared(post: Post, slack: Playground, ana: Person) -> None:
    slack.fault("chat.postMessage", hang=True, accept=True)
    outcome: list[BaseException] = []

    def try_it() -> None:
        try:
            post()
        except (OSError, HTTPException) as failed:
            outcome.append(failed)

    thread = threading.Thread(target=try_it)
    thread.start()
    slack.wait_for(lambda: ana.messages("#team"))
    assert outcome == []
    slack.clear_faults()
    thread.join()
    assert len(outcome) == 1


def test_a_fault_can_keep_to_one_channel(
    web: WebClient, slack: Playground, ana: Person, channel: str, post: Post
) -> None:
    other = slack.add_channel("other", [ana.id])
    slack.fault("chat.postMessage", error="restricted_action", channel=other)
    post()
    with pytest.raises(SlackApiError, match="restricted_action"):
        web.chat_postMessage(channel="#other", text="x")


def test_history_can_lag(web: WebClient, slack: Playground, channel: str, post: Post) -> None:
    """A message accepted shows in history only `lag` seconds later."""
    slack.fault("conversations.history", lag=5)
    post()
    assert web.conversations_history(channel=channel)["messages"] == []
    slack.advance(5)
    assert len(web.conversations_history(channel=channel)["messages"]) == 1


def test_an_unknown_fault_is_refused(slack: Playground) -> None:
    with pytest.raises(Refusal, match="invalid: explode"):
        slack.fault("chat.postMessage", explode=True)
