"""Two senders and one row: whatever is frozen, paused or late, people are left with one message."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.http_retry import default_retry_handlers

from tests.office import Office, patient_client


class FrozenClient(WebClient):
    """Stands still between the last look at the lease and the call, while `meanwhile` goes on."""

    meanwhile: Callable[[], None]

    def chat_postMessage(self, **arguments: Any) -> Any:  # noqa: N802 - Slack's name
        self.meanwhile()
        return super().chat_postMessage(**arguments)


def test_a_second_message_of_a_sender_that_stood_still_is_taken_away(office: Office) -> None:
    """The one window left: it wakes after another has sent the row, and takes its own message away."""
    office.say("once", post="report:1")
    frozen = patient_client(office, FrozenClient)
    frozen.meanwhile = lambda: office.deliver(office.pump(), seconds=200)
    office.pump(frozen).turn()

    assert office.taken() == ["once", "once"], "Slack took both"
    assert office.seen() == ["once"]
    assert office.messages()[0]["ts"] == office.rows()["once"].slack_ts

    office.say("once, edited", post="report:1")
    office.deliver(office.pump())
    assert office.seen() == ["once, edited"]


def test_a_sender_that_paused_for_most_of_its_lease_gives_the_row_back(office: Office) -> None:
    """The lease is measured from before the claim, on a clock nobody sets."""
    office.say("once")
    paused: Iterator[float] = iter([0.0, 46.0])
    office.pump(steady=lambda: next(paused)).turn()
    row = office.rows()["once"]
    assert (row.state, row.attempts, row.unsure_at, office.calls()) == ("pending", 0, None, [])
    office.deliver(office.pump())
    assert office.taken() == ["once"]


def test_a_pump_told_to_stop_gives_back_what_it_has_not_sent(office: Office) -> None:
    office.say("once", args={"picture": "fine"})
    pump = office.pump()
    pump.begin()
    pump.stop(patience_s=20)
    assert len(office.taken()) + list(office.states().values()).count("pending") == 1
    office.deliver(office.pump())
    assert office.taken() == ["once"]


def test_a_client_that_repeats_by_itself_is_refused_for_it_doubles_messages(office: Office) -> None:
    """The control: with the SDK's own retry one broken connection shows two messages, and all seems well."""
    eager = WebClient(office.token, office.api_url, timeout=10)
    with pytest.raises(ValueError, match="retry_handlers"):
        office.pump(eager)

    client = patient_client(office, WebClient)
    pump = office.pump(client)
    client.retry_handlers = default_retry_handlers()
    office.slack.fault("chat.postMessage", drop="after", times=1)
    office.say("twice")
    office.deliver(pump)
    assert office.taken() == ["twice", "twice"]


def test_without_a_stable_key_the_same_news_is_seen_twice(office: Office) -> None:
    """The control of the unique key: told twice under one key it is one message, under two keys it is two."""
    for key in ("report:1:1", "report:1:1", "anew"):
        office.say("Cedar reported.", about=key)
    office.deliver(office.pump())
    assert office.taken() == ["Cedar reported.", "Cedar reported."]
