"""Slack's way in over Socket Mode: no public address needed."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.builtin.connection import Connection
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot import reach
from bot.watchdog import Watchdog
from handlers.delivery import boot_seconds
from handlers.slack_outcome import NotTaken, call

WORKERS = 32
PING_S = 5.0  # also how often a lost connection is looked for
QUIET_S = 0.25  # so long nothing may come before a stop believes that all was read
READ_ON_S = 2.0  # at most, when stopping: those who go on typing do not hold it up
TAKE_S = 5.0


class Line(SocketModeClient):  # type: ignore[misc]  # the SDK says nothing of its attributes' types
    """The SDK's client, whose readers are woken where it would let them wait for three seconds."""

    def connect(self) -> None:
        """Connect anew; the old reader held up the new one and with it every acknowledgement."""
        if self.current_session is not None:
            hang_up(self.current_session)
        super().connect()

    def read_no_more(self) -> None:
        """End the reader, keeping the connection for what is still to be answered."""
        self.auto_reconnect_enabled = False
        self.current_session_state.terminated = True
        if self.current_session is not None:
            wake(self.current_session, socket.SHUT_RD)
        self.current_session_runner.shutdown()

    def take_no_more(self) -> None:
        """End the thread that hands frames to the workers, without its wait of a second."""
        self.closed = True
        self.message_queue.put(None)
        self.message_processor.shutdown()


def wake(connection: Connection, how: int) -> None:
    """Shut the socket below TLS, so that a read of it ends and what is written stays encrypted."""
    if connection.sock is not None:
        with suppress(OSError):
            socket.socket.shutdown(connection.sock, how)


def hang_up(connection: Connection) -> None:
    """End a connection at once."""
    wake(connection, socket.SHUT_RDWR)
    connection.close()


class Socket:
    """One Socket Mode connection that answers what it has received before it closes."""

    def __init__(
        self, app: App, app_token: str, api_url: str, steady: Callable[[], float] = boot_seconds
    ) -> None:
        self._app = app
        self._steady = steady
        self._frames = 0
        self._line = Line(
            app_token=app_token,
            web_client=WebClient(token=app_token, base_url=api_url, timeout=10),
            concurrency=WORKERS,
            ping_interval=PING_S,
            on_message_listeners=[self._count],
        )
        self._line.socket_mode_request_listeners.append(self._answer)
        self._nothing = threading.Event()
        again = self._line.connect_to_new_endpoint
        self.watchdog = Watchdog(self._signs_of_life, lambda: again(force=True), steady)

    @property
    def address(self) -> str:
        """How Slack reaches us, in words."""
        return "over Socket Mode"

    def start(self) -> None:
        """Connect.

        Raises:
            NotWelcomeError: the app token is wrong.
            OutOfReachError: Slack did not answer; start again later.
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
        """Read what is on its way, answer it, then close: the SDK's `close()` drops what is in hand."""
        self.watchdog.stop()
        self._read_until_quiet()
        self._line.read_no_more()
        self._wait(self._line.message_queue.empty, TAKE_S)
        self._line.take_no_more()
        self._line.message_workers.shutdown(wait=True)
        if self._line.current_session is not None:
            hang_up(self._line.current_session)
        self._line.close()

    def _answer(self, client: BaseSocketModeClient, request: SocketModeRequest) -> None:
        answer = run_bolt_app(self._app, request)
        send_response(client, request, answer, 0.0)  # its start is for the SDK's debug log alone, which is off

    def _count(self, _frame: str) -> None:
        self._frames += 1

    def _signs_of_life(self) -> tuple[Any, ...]:
        session = self._line.current_session
        return (self._frames, session and session.session_id, session and session.last_ping_pong_time)

    def _read_until_quiet(self) -> None:
        until, seen = self._steady() + READ_ON_S, -1
        while seen != self._frames and self._steady() < until:
            seen = self._frames
            self._nothing.wait(QUIET_S)

    def _wait(self, done: Callable[[], bool], seconds: float) -> None:
        until = self._steady() + seconds
        while not done() and self._steady() < until:
            self._nothing.wait(0.01)
