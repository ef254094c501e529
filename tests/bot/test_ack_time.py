"""The time to an answer begins when the request came: one that waits for a thread of ours waited for us."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from slack_bolt import Ack
from slack_sdk import WebClient

from bot import metrics, socket_mode, web
from bot.metrics import Metrics, TimedApp
from bot.socket_mode import Socket
from bot.web import WebServer
from handlers.people_first import PeopleFirst
from playground.server import Served

WAITED = 2.0  # seconds of a clock that is set by hand


class Seconds:
    """A steady clock that moves when told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def over_socket(bolt: TimedApp, served: Served, steady: Seconds) -> Socket:
    return Socket(bolt, served.client.app["app_token"], served.api_url, steady)


def over_http(bolt: TimedApp, _served: Served, _steady: Seconds) -> WebServer:
    return WebServer(bolt, "127.0.0.1", 0)


def in_hand(way_in: Socket | WebServer) -> int:
    """How many requests it has, one held and the others in line: what was sent may still be on its way."""
    if isinstance(way_in, Socket):
        return len(way_in._in_hand)
    return 1 + len(way_in._server.task_dispatcher.queue)


@pytest.mark.parametrize("way", [over_socket, over_http])
def test_the_wait_for_a_thread_counts(
    served: Served, monkeypatch: pytest.MonkeyPatch, way: Callable[..., Socket | WebServer]
) -> None:
    """One thread, held by Ana's command for two seconds; Bo's, behind it, took two seconds as well."""
    steady, held, free = Seconds(), threading.Event(), threading.Event()
    for module, name, value in (
        (socket_mode, "WORKERS", 1),
        (web, "THREADS", 1),
        (web, "boot_seconds", steady),
        (metrics, "boot_seconds", steady),
    ):
        monkeypatch.setattr(module, name, value)

    def hold(ack: Ack) -> None:
        held.set()
        assert free.wait(10)
        ack()

    slack, counted = served.client, Metrics()
    app = slack.app
    client = WebClient(app["bot_token"], served.api_url, retry_handlers=[])
    bolt = TimedApp(
        counted,
        PeopleFirst(),
        client=client,
        signing_secret=app["signing_secret"],
        process_before_response=True,
    )
    bolt.command("/report")(hold)
    people = [slack.add_person(name) for name in ("Ana", "Bo")]
    slack.add_channel("lc-all", [one.id for one in people])
    way_in = way(bolt, served, steady)
    way_in.start()
    if isinstance(way_in, WebServer):
        slack.set_app(request_url=way_in.address)
    with ThreadPoolExecutor(2) as hands:
        first, second = (hands.submit(one.command, "#lc-all", "/report") for one in people)
        assert held.wait(10)
        slack.wait_for(lambda: in_hand(way_in) == 2)
        steady.now += WAITED
        free.set()
        assert (first.result(), second.result()) == (True, True)
    assert b'momentum_ack_seconds_sum{asked="command"} 4.0' in counted.text()
    steady.now += 1e6  # nothing is in hand: no reason to wait for it
    way_in.stop()
