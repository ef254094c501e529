"""History and threads: pages, windows, metadata on request, and the slow lane of sold apps (rule 15)."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk import WebClient

from playground.client import Person, Playground
from playground.clock import Clock
from playground.limits import Rates
from playground.server import running
from tests.playground.conftest import MANIFEST, T0
from tests.playground.refusals import refused

TOTAL = 12


def test_metadata_is_read_only_on_request(web: WebClient, channel: str) -> None:
    metadata = {"event_type": "nonce", "event_payload": {"id": "7"}}
    web.chat_postMessage(channel=channel, text="x", metadata=metadata)
    short = web.conversations_history(channel=channel)["messages"][0]["metadata"]
    full = web.conversations_history(channel=channel, include_all_metadata=True)["messages"][0]["metadata"]
    assert short == {"event_type": "nonce"}
    assert full == metadata


def test_a_thread_keeps_its_parent_on_top_and_out_of_history(
    web: WebClient, ana: Person, channel: str
) -> None:
    parent = ana.say("#team", "question")
    answer = web.chat_postMessage(channel=channel, text="answer", thread_ts=parent)["ts"]
    ana.say("#team", "thanks", thread_ts=parent)
    assert [one["text"] for one in web.conversations_history(channel=channel)["messages"]] == ["question"]
    thread = web.conversations_replies(channel=channel, ts=parent)["messages"]
    assert [one["text"] for one in thread] == ["question", "answer", "thanks"]
    assert (thread[0]["reply_count"], thread[0]["thread_ts"]) == (2, parent)
    assert thread[1]["ts"] == answer
    assert [one.text for one in ana.messages("#team")[0].thread] == ["answer", "thanks"]


def test_history_needs_membership_and_the_scope_of_its_kind(
    web: WebClient, slack: Playground, ana: Person, channel: str
) -> None:
    direct = web.conversations_open(users=[ana.id])["channel"]["id"]
    slack.set_app(scopes=["im:history", "chat:write"])
    web.conversations_history(channel=direct)
    assert refused(lambda: web.conversations_history(channel=channel)) == "missing_scope"
    slack.change_channel(channel, bot=False)
    assert refused(lambda: web.conversations_history(channel=channel)) == "not_in_channel"


def test_apps_sold_outside_the_marketplace_read_fifteen_a_minute(
    web: WebClient, slack: Playground, ana: Person, channel: str
) -> None:
    """The optional slow lane: one call a minute, fifteen messages."""
    for number in range(16):
        ana.say("#team", str(number))
    slack.set_limits(history_per_minute=1, history_most=15)
    assert len(web.conversations_history(channel=channel, limit=100)["messages"]) == 15
    assert refused(lambda: web.conversations_history(channel=channel)) == "ratelimited"
    slack.advance(60)
    web.conversations_history(channel=channel)


@pytest.fixture(scope="module")
def said() -> Iterator[tuple[WebClient, str, list[str]]]:
    """A channel with twelve messages, and no limit on reading them."""
    rates = Rates(tiers=dict.fromkeys(range(5), 10**6))
    with running(MANIFEST, clock=Clock(T0, running=False), rates=rates) as served:
        ana = served.client.add_person("Ana")
        channel = served.client.add_channel("team", [ana.id])
        said = [ana.say("#team", str(number)) for number in range(TOTAL)]
        yield WebClient(token=served.client.app["bot_token"], base_url=served.api_url), channel, said


@settings(max_examples=40)
@given(
    limit=st.integers(1, TOTAL + 1),
    ends=st.tuples(st.integers(0, TOTAL - 1), st.integers(0, TOTAL - 1)).map(sorted),
    inclusive=st.booleans(),
)
def test_pages_together_are_the_window_newest_first(
    *, said: tuple[WebClient, str, list[str]], limit: int, ends: list[int], inclusive: bool
) -> None:
    """Whatever the page size: no message twice, none missing, bounds only when inclusive."""
    web, channel, sent = said
    first, last = ends
    expected = sent[first : last + 1] if inclusive else sent[first + 1 : last]
    pages = web.conversations_history(
        channel=channel, limit=limit, oldest=sent[first], latest=sent[last], inclusive=inclusive
    )
    read = [[one["ts"] for one in page["messages"]] for page in pages]
    assert [ts for page in read for ts in page] == expected[::-1]
    assert all(len(page) == limit for page in read[:-1])
