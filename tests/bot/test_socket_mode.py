"""Socket Mode stays alive: silence is noticed, a new connection is read at once, an answer finds its way."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from bot.socket_mode import Socket
from bot.watchdog import SILENT_S
from playground.client import Person
from playground.server import Served


class Seconds:
    """A steady clock that moves when told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@contextmanager
def connected(served: Served, steady: Seconds) -> Iterator[Socket]:
    """A bot of one command, on one connection."""
    facts = served.client.app
    client = WebClient(facts["bot_token"], served.api_url, retry_handlers=[])
    bolt = App(client=client, signing_secret="unused", process_before_response=True)
    bolt.command("/report")(lambda ack: ack("here"))
    way_in = Socket(bolt, facts["app_token"], served.api_url, steady)
    way_in.start()
    served.client.wait_for(lambda: served.client.app["sockets"] == 1)
    try:
        yield way_in
    finally:
        steady.now += 1e6  # nothing is in hand: no reason to wait for it
        way_in.stop()


@pytest.fixture
def ana(served: Served) -> Person:
    ana = served.client.add_person("Ana")
    served.client.add_channel("lc-all", [ana.id])
    return ana


def test_a_connection_that_went_silent_is_made_anew(served: Served, ana: Person) -> None:
    """A half-open socket says nothing for ever; Slack answers pings, so thirty seconds are enough."""
    steady = Seconds()
    with connected(served, steady) as way_in:
        way_in.watchdog.look()
        served.client.sockets("silence")
        way_in.watchdog.look()
        steady.now += SILENT_S - 1
        way_in.watchdog.look()
        assert connections(served) == 1
        steady.now += 2
        way_in.watchdog.look()
        assert connections(served) == 2
        served.client.wait_for(lambda: ana.command("#lc-all", "/report"))


def test_signs_of_life_keep_a_connection(served: Served, ana: Person) -> None:
    """A frame now and then is enough, however much time passes."""
    steady = Seconds()
    with connected(served, steady) as way_in:
        for _ in range(3):
            steady.now += SILENT_S + 5
            ana.command("#lc-all", "/report")
            way_in.watchdog.look()
        assert connections(served) == 1


def test_a_watchdog_that_finds_slack_away_tries_again(served: Served, ana: Person) -> None:
    """What fails once is tried at the next silence."""
    steady = Seconds()
    with connected(served, steady) as way_in:
        way_in.watchdog.look()
        served.client.sockets("silence")
        served.client.fault("apps.connections.open", status=503, times=1)
        for _ in range(2):
            way_in.watchdog.look()
            steady.now += SILENT_S
            way_in.watchdog.look()
        assert connections(served) == 2
        served.client.wait_for(lambda: ana.command("#lc-all", "/report"))


@pytest.mark.parametrize("how", ["disconnect", "warn", "abort"])
def test_a_connection_slack_ends_is_followed_by_one_that_is_read_at_once(
    served: Served, ana: Person, how: str
) -> None:
    """Slack refreshes connections every few hours: nobody's command waits for an old reader."""
    with connected(served, Seconds()):
        served.client.sockets(how)
        served.client.wait_for(lambda: connections(served) == 2, timeout=10)
        served.client.wait_for(lambda: served.client.app["sockets"] >= 1)
        assert ana.command("#lc-all", "/report")
        acks = served.client.journal("ack")
        assert [ack["late"] for ack in acks] == [False]


def test_a_day_of_hourly_refreshes_loses_no_command_and_leaves_nothing_behind(
    served: Served, ana: Person
) -> None:
    """Row 8: each command is answered in time; in the end there is one connection, and no thread more."""
    steady, threads = Seconds(), []
    with connected(served, steady) as way_in:
        for hour in range(1, 25):
            steady.now += 3600
            served.client.sockets("warn")
            served.client.wait_for(lambda hour=hour: connections(served) == hour + 1, timeout=10)
            way_in.watchdog.look()
            assert ana.command("#lc-all", "/report")
            served.client.wait_for(lambda: served.client.app["sockets"] == 1, timeout=10)
            threads.append(threading.active_count())
        assert [ack["late"] for ack in served.client.journal("ack")] == [False] * 24
        assert threads[-1] <= threads[0] + 1


def connections(served: Served) -> int:
    """How many were opened so far."""
    return len([one for one in served.client.journal("socket") if one["did"] == "connected"])
