"""Three seconds to acknowledge; events again with the same id; one socket per envelope (rules 1, 8, 16)."""

import threading
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest
from slack_bolt import App
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect as open_socket

from playground.client import Person, Playground
from playground.server import Served
from tests.playground.conftest import Connect
from tests.playground.raw_socket import address, raw_socket


def in_background(work: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=work)
    thread.start()
    return thread


def test_a_command_not_acknowledged_in_three_seconds_times_out(
    slack: Playground, ana: Person, channel: str, connect: Connect
) -> None:
    """The person reads operation_timeout, and no sooner than the clock says."""
    slow = threading.Event()

    def register(app: App) -> None:
        @app.command("/ask")
        def ask(ack: Any) -> None:
            slow.wait(10)
            ack("too late")

    connect(register)
    answers: list[bool] = []
    thread = in_background(lambda: answers.append(ana.command("#team", "/ask now")))
    slack.wait_for(lambda: slack.journal("payload"))
    slack.advance(2.9)
    assert ana.notices == []
    slack.advance(0.2)
    thread.join()
    slow.set()
    slack.wait_for(lambda: slack.journal("ack", late=True))
    assert answers == [False]
    assert ana.notices == ['/ask failed with the error "operation_timeout"']
    assert ana.ephemerals("#team") == []


def test_a_command_with_no_socket_open_fails_at_once(slack: Playground, ana: Person, channel: str) -> None:
    assert not ana.command("#team", "/ask")
    assert ana.notices == ['/ask failed with the error "dispatch_failed"']


def test_an_event_comes_again_at_once_after_a_minute_and_after_five(
    slack: Playground, ana: Person, channel: str, served: Served
) -> None:
    """Four deliveries in all, one event_id, retry_attempt 0 to 3 with the reason; then Slack gives up."""
    envelopes: list[dict[str, Any]] = []
    with raw_socket(served, envelopes):
        ana.say("#team", "hello")
        slack.wait_for(lambda: len(envelopes) == 1)
        slack.advance(3)
        slack.wait_for(lambda: len(envelopes) == 2)
        slack.advance(3 + 59)
        assert len(envelopes) == 2
        slack.advance(1)
        slack.wait_for(lambda: len(envelopes) == 3)
        slack.advance(3 + 300)
        slack.wait_for(lambda: len(envelopes) == 4)
        slack.advance(3600)
    assert len(envelopes) == 4
    assert len({one["payload"]["event_id"] for one in envelopes}) == 1
    assert [one["retry_attempt"] for one in envelopes] == [0, 1, 2, 3]
    assert [one["retry_reason"] for one in envelopes] == ["", "timeout", "timeout", "timeout"]


def test_an_acknowledged_event_does_not_come_again(
    slack: Playground, ana: Person, channel: str, connect: Connect
) -> None:
    seen = connect()
    ana.say("#team", "hello")
    slack.wait_for(lambda: seen.events("message"))
    slack.advance(3600)
    assert len(seen.events("message")) == 1


def test_events_of_a_disconnected_app_arrive_with_the_next_retry(
    slack: Playground, ana: Person, channel: str, connect: Connect
) -> None:
    """Nothing is delivered while no socket is open."""
    ana.say("#team", "is anybody there?")
    slack.advance(30)
    seen = connect()
    assert seen.bodies == []
    slack.advance(31)
    slack.wait_for(lambda: seen.events("message"))
    assert seen.headers[0]["x-slack-retry-num"] == "2"


def test_each_envelope_goes_to_one_socket(
    slack: Playground, ana: Person, channel: str, connect: Connect
) -> None:
    first, second = connect(), connect()
    for number in range(6):
        ana.say("#team", f"number {number}")
    slack.wait_for(lambda: len(first.bodies) + len(second.bodies) == 6)
    texts = [event["text"] for seen in (first, second) for event in seen.events("message")]
    assert sorted(texts) == [f"number {number}" for number in range(6)]
    assert first.bodies
    assert second.bodies


@pytest.mark.parametrize("fault", ["disconnect", "warn"])
def test_slack_sdk_comes_back_after(
    fault: str, slack: Playground, ana: Person, channel: str, connect: Connect
) -> None:
    """refresh_requested and a warning both end in a new connection that takes the next event."""
    seen = connect()
    slack.sockets(fault)
    slack.wait_for(lambda: slack.journal("socket", did="connected", number=2), timeout=20)
    ana.say("#team", "still there?")
    slack.wait_for(lambda: seen.events("message"))


def test_an_aborted_line_ends_without_a_close_frame(slack: Playground, served: Served) -> None:
    frames: list[dict[str, Any]] = []
    with raw_socket(served, frames) as socket:
        slack.sockets("abort")
        slack.wait_for(lambda: socket.close_code)
        assert socket.close_code == 1006
    assert slack.app["sockets"] == 0


def test_an_eleventh_socket_is_sent_away(slack: Playground, served: Served) -> None:
    told: list[dict[str, Any]] = []
    with ExitStack() as sockets:
        for _ in range(11):
            sockets.enter_context(raw_socket(served, told))
        slack.wait_for(lambda: told)
        assert slack.app["sockets"] == 10
    assert [one["reason"] for one in told] == ["too_many_websockets"]


def test_an_address_works_once(served: Served) -> None:
    """The ticket of apps.connections.open is spent by the first connection."""
    url = address(served)
    with open_socket(url) as first:
        assert '"type":"hello"' in str(first.recv(timeout=5))
        with pytest.raises((InvalidStatus, ConnectionClosed)), open_socket(url) as second:
            second.recv(timeout=5)


def test_a_silent_socket_takes_payloads_and_never_answers(
    slack: Playground, ana: Person, channel: str, connect: Connect
) -> None:
    """Half open: no frame, no pong; what is sent there times out."""
    seen = connect()
    slack.sockets("silence")
    ana.say("#team", "hello")
    slack.wait_for(lambda: slack.journal("event", attempt=0))
    assert slack.app["sockets"] == 1
    slack.advance(3)
    slack.wait_for(lambda: slack.journal("event", attempt=1))
    assert seen.bodies == []
