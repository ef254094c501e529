"""Rate limits: one message a second and channel after a short burst, a window per method (rule 6)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from playground.client import Person, Playground
from playground.clock import Clock
from playground.limits import WINDOW, Limits, Rates
from playground.refusal import RateLimited


def test_a_burst_in_one_channel_meets_429_and_other_channels_go_on(
    web: WebClient, slack: Playground, ana: Person, channel: str
) -> None:
    """Retry-After is honest: a second later the next message goes through."""
    other = slack.add_channel("other", [ana.id])
    for number in range(4):
        web.chat_postMessage(channel=channel, text=str(number))
    with pytest.raises(SlackApiError) as caught:
        web.chat_postMessage(channel=channel, text="too fast")
    answer = caught.value.response
    assert (answer.status_code, answer.headers["Retry-After"], answer["error"]) == (429, "1", "ratelimited")
    web.chat_postMessage(channel=other, text="elsewhere")
    web.conversations_list()
    slack.advance(1)
    web.chat_postMessage(channel=channel, text="patient")


def test_a_clock_set_back_leaves_no_channel_waiting(web: WebClient, slack: Playground, channel: str) -> None:
    for number in range(4):
        web.chat_postMessage(channel=channel, text=str(number))
    slack.advance(-3600)
    web.chat_postMessage(channel=channel, text="an hour ago")


def test_a_person_and_their_direct_message_are_one_channel(web: WebClient, ana: Person) -> None:
    direct = web.conversations_open(users=[ana.id])["channel"]["id"]
    for target in (ana.id, direct, ana.id, direct):
        web.chat_postMessage(channel=target, text="x")
    with pytest.raises(SlackApiError):
        web.chat_postMessage(channel=ana.id, text="x")


def test_a_full_window_stops_one_method_only(web: WebClient, slack: Playground) -> None:
    """conversations.list is of tier 2: twenty a minute."""
    for _ in range(20):
        web.conversations_list()
    with pytest.raises(SlackApiError) as caught:
        web.conversations_list()
    assert caught.value.response.headers["Retry-After"] == "60"
    web.users_list()
    slack.advance(60)
    web.conversations_list()


@settings(max_examples=100)
@given(st.lists(st.floats(0, 20), max_size=120))
def test_no_window_of_a_minute_ever_holds_more_than_the_tier(pauses: list[float]) -> None:
    """And waiting for Retry-After is always enough."""
    clock = Clock(1_000_000, running=False)
    limits, allowed = Limits(clock, Rates(tiers={2: 20})), []
    for pause in pauses:
        clock.advance(pause)
        try:
            limits.count("conversations.list", 2)
        except RateLimited as limited:
            clock.advance(limited.retry_after)
            limits.count("conversations.list", 2)
        allowed.append(clock.epoch())
    assert all(later - earlier >= WINDOW for earlier, later in zip(allowed, allowed[20:], strict=False))
