"""Slack's way in over Socket Mode: no public address needed."""

import re
import select
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol

from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.adapter.socket_mode.internals import build_headers, send_response
from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.builtin.connection import Connection
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot import reach
from bot.arrivals import read
from bot.metrics import ARRIVED
from bot.watchdog import Watchdog
from handlers.delivery.pump import boot_seconds
from handlers.slack.calls import NotTaken, call

WORKERS = 32
ENVELOPE = re.compile(r'"envelope_id": ?"([^"]+)"')
PING_S = 5.0  # also how often a lost connection is looked for
QUIET_S = 0.25  # so long nothing may come before a stop believes that all was read
ANSWER_S = 5.0  # at most, when stopping: those who go on typing do not hold it up


class SocketLine(SocketModeClient):
    """The SDK's client, whose threads are woken where it would wait for them for seconds.

    `received` is told each frame before a thread can take it up.
    """

    def __init__(self, received: Callable[[str], None], **options: Any) -> None:
        self._received = received
        super().__init__(**options)

    def enqueue_message(self, message: str) -> None:
        """Note it, then let the next free thread have it."""
        self._received(message)
        super().enqueue_message(message)

    def connect(self) -> None:
        """Connect anew; an old reader would hold up the new one, and with it the acknowledgements."""
        hang_up(self.current_session)
        super().connect()

    def close(self) -> None:
        """End everything at once."""
        self.closed = True
        self.auto_reconnect_enabled = False
        self.current_session_state.terminated = True
        hang_up(self.current_session)
        self.message_queue.put(None)
        super().close()

    def _monitor_current_session(self) -> None:
        """Hang up where the other end has: the SDK would go on reading nothing, as fast as it can."""
        if self.current_session is not None and is_over(self.current_session):
            hang_up(self.current_session)
        super()._monitor_current_session()  # type: ignore[no-untyped-call]  # the SDK's, without types


def is_over(connection: Connection) -> bool:
    """Whether the other end has closed the line, all it sent being read."""
    line = connection.sock
    if line is None or not select.select([line], [], [], 0)[0]:
        return False
    with suppress(OSError):  # somebody else read what there was
        return not socket.socket.recv(line, 1, socket.MSG_PEEK)
    return False


def hang_up(connection: Connection | None) -> None:
    """End a connection and the read that waits on it; with TLS nothing can be written after that."""
    if connection is None:
        return
    if connection.sock is not None:
        with suppress(OSError):  # below TLS: the read ends quietly
            socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)
    connection.close()


class Listens(Protocol):
    """A Bolt app, or what stands in for one."""

    def dispatch(self, request: BoltRequest, /) -> BoltResponse: ...


class Socket:
    """One Socket Mode connection that answers what it has received before it closes."""

    def __init__(
        self, app: Listens, app_token: str, api_url: str, steady: Callable[[], float] = boot_seconds
    ) -> None:
        self._app = app
        self._steady = steady
        self._lock = threading.Lock()
        self._frames = 0
        self._in_hand: dict[str, float] = {}  # by envelope: when it came
        self._line = SocketLine(
            self._receive,
            app_token=app_token,
            web_client=WebClient(token=app_token, base_url=api_url, timeout=10),
            concurrency=WORKERS,
            ping_interval=PING_S,
        )
        self._line.socket_mode_request_listeners.append(self._answer)
        again = self._line.connect_to_new_endpoint
        self.watchdog = Watchdog(self._signs_of_life, lambda: again(force=True), steady)

    @property
    def address(self) -> str:
        """How Slack reaches us, in words."""
        return "over Socket Mode"

    def pulse(self) -> tuple[bool, float]:
        """Return whether the connection is up, and the seconds since Slack gave a sign of life."""
        return self._line.is_connected(), self.watchdog.silence()

    def start(self) -> None:
        """Connect.

        Raises NotWelcomeError when the app token is wrong,
        and OutOfReachError when Slack did not answer; start again later.
        """
        line = self._line
        ask = line.web_client.apps_connections_open
        try:
            line.wss_uri = call("apps.connections.open", ask, app_token=line.app_token)["url"]
        except NotTaken as fault:
            raise reach.of(fault, "SLACK_APP_TOKEN") from fault
        line.connect()
        self.watchdog.start()

    def stop(self) -> None:
        """Read what is on its way, answer it, then close: the SDK's `close()` alone drops what is in hand."""
        self.watchdog.stop()
        until, nothing = self._steady() + ANSWER_S, threading.Event()
        seen = -1
        while (self._in_hand or seen != self._frames) and self._steady() < until:
            seen = self._frames
            nothing.wait(QUIET_S)
        self._line.close()

    def _receive(self, frame: str) -> None:
        with self._lock:
            self._frames += 1
            if envelope := ENVELOPE.search(frame):
                self._in_hand[envelope[1]] = self._steady()

    def _answer(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        came = self._in_hand.get(request.envelope_id, self._steady())
        headers = {**(build_headers(request) or {}), ARRIVED: str(came)}
        try:
            answer = self._app.dispatch(read(mode="socket_mode", body=request.payload, headers=headers))
            send_response(client, request, answer, 0.0)  # the time is for the SDK's debug log, which is off
        finally:
            with self._lock:
                self._in_hand.pop(request.envelope_id, None)

    def _signs_of_life(self) -> tuple[Any, ...]:
        session = self._line.current_session
        return (self._frames, session and session.session_id, session and session.last_ping_pong_time)
