"""Those who hold the door open and say nothing, or a byte now and then, keep nobody out who asks."""

import resource
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.client import HTTPResponse
from types import SimpleNamespace
from urllib.parse import urlsplit

import httpx
import pytest
from slack_bolt import App
from waitress import channel

from bot import web
from bot.web import WebServer
from playground.client import Playground
from tests.bot.place import Place

MANY = 300  # of each kind
HALF = b"POST /slack/events HTTP/1.1\r\nHost: momentum\r\nX-Slow: "
WHOLE = b"GET /slack/events HTTP/1.1\r\nHost: momentum\r\n\r\n"

Opens = Callable[[str], socket.socket]


@pytest.fixture
def opens() -> Iterator[Opens]:
    """Open connections to an address, closed at the end."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with ExitStack() as opened:
        opened.callback(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))

        def one(address: str) -> socket.socket:
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))  # of this process alone
            parts = urlsplit(address)
            return opened.enter_context(socket.create_connection((parts.hostname, parts.port), timeout=10))

        yield one


@pytest.fixture
def door() -> Iterator[WebServer]:
    """The door alone; nobody lives behind it."""
    nobody = App(token="xoxb-1", signing_secret="made up", token_verification_enabled=False)
    opened = WebServer(nobody, "127.0.0.1", 0)
    opened.start()
    yield opened
    opened.stop()


def test_three_hundred_idle_and_three_hundred_slow_keep_nobody_waiting(place: Place, opens: Opens) -> None:
    """Each command is acknowledged within Slack's three seconds, and who watches over the bot is answered."""
    with place.up(place.over_http()):
        ana, address = place.slack.person("Ana Lima"), place.slack.app["request_url"]
        idle, slow = ([opens(address) for _ in range(MANY)] for _ in range(2))
        for each in slow:
            each.sendall(HALF)
        for _ in range(10):
            for each in slow:
                each.sendall(b"x")
            assert ana.command("#lc-all", "/momentum help")
            assert httpx.get(address.replace("/slack/events", "/healthz"), timeout=3).json()["well"]
        assert not any(is_shut(each) for each in (*idle, *slow)), "there is room for as many"


def test_where_it_is_full_who_was_silent_longest_goes(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, opens: Opens
) -> None:
    """However many come: the door is never shut, and who spoke last stays."""
    monkeypatch.setattr(web, "CONNECTIONS", 10)
    door: WebServer = request.getfixturevalue("door")
    first = opens(door.address)
    silent = [opens(door.address) for _ in range(200)]
    assert asks(silent[-1]) == 401
    assert asks(opens(door.address)) == 401
    assert first.recv(1) == b""
    assert not is_shut(silent[-1])


def test_a_byte_now_and_then_is_no_sign_of_life(
    monkeypatch: pytest.MonkeyPatch, slack: Playground, door: WebServer, opens: Opens
) -> None:
    """Two minutes after its first byte half a request is given up; who asks again stays."""
    now = [1e12]
    monkeypatch.setattr(channel, "time", SimpleNamespace(time=lambda: now[0]))
    drips, asks_again = opens(door.address), opens(door.address)
    drips.sendall(HALF)
    slack.wait_for(lambda: _read(door) == len(HALF))
    now[0] += 100
    drips.sendall(b"x")
    slack.wait_for(lambda: _read(door) > len(HALF))
    assert asks(asks_again) == 401
    now[0] += 30
    door._in_its_thread(lambda: door._server.maintenance(now[0]))
    assert drips.recv(1) == b""
    assert asks(asks_again) == 401


def asks(one: socket.socket) -> int:
    """The status of the answer, read to its end: it may come in parts."""
    one.sendall(WHOLE)
    with HTTPResponse(one) as answer:
        answer.begin()
        answer.read()
        return answer.status


def is_shut(one: socket.socket) -> bool:
    """Whether the other end is gone."""
    one.settimeout(0)
    try:
        return one.recv(1, socket.MSG_PEEK) == b""
    except BlockingIOError:
        return False
    finally:
        one.settimeout(10)


def _read(door: WebServer) -> int:
    """How many bytes of unfinished requests were read."""
    unfinished = [one.request for one in list(door._server.active_channels.values()) if one.request]
    return sum(len(each.header_plus) for each in unfinished)
