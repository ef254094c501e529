"""Slack's way in over HTTP: Bolt behind waitress, with what is malformed refused at the door."""

import logging
import re
import threading
from binascii import a2b_qp
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Any

import structlog
from slack_bolt import App, BoltResponse
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.adapter.wsgi.http_request import WsgiHttpRequest
from waitress import wasyncore
from waitress.parser import HTTPRequestParser

from bot.arrivals import read
from bot.listening import Channel, listening, serving
from bot.metrics import ARRIVED
from bot.status import Status
from handlers.delivery.pump import boot_seconds

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

PATH = "/slack/events"
LARGEST_BODY = 256 * 1024  # bytes
THREADS = 32
CONNECTIONS = 700  # a process may open 1,024 files where nobody said otherwise; the database needs some
QUIET_S = 0.25  # so long no request may be in hand before a stop believes that all were taken
READ_ON_S = 2.0  # at most, when stopping
ANSWER_S = 5.0
SIGNATURE = re.compile(r"v0=[0-9a-f]{64}", re.ASCII)
NOT_SIGNED = "This address takes signed requests from Slack."
NOT_TEXT = "A request from Slack is text in UTF-8."
NOT_YET = "Momentum is about to start."
TIMESTAMP = re.compile(r"[0-9]{1,12}", re.ASCII)

log = structlog.get_logger(__name__)


class Parser(HTTPRequestParser):  # type: ignore[misc]  # waitress has no types
    """Notes when a request was there whole: from then on it may wait for a thread."""

    def received(self, data: bytes) -> int:
        taken: int = super().received(data)
        if self.completed:
            self.headers[ARRIVED.upper().replace("-", "_")] = str(boot_seconds())
        return taken


class SlacksChannel(Channel):
    """A connection to us."""

    parser_class = Parser


class Handler(SlackRequestHandler):
    """Bolt's own, but a form's 6 KB are decoded ten times as fast: `urllib` does that in Python."""

    def dispatch(self, request: WsgiHttpRequest) -> BoltResponse:
        signed = request.get_body()
        arrived = read(body=unpacked(signed), query=request.query_string, headers=request.get_headers())
        arrived.raw_body = signed
        return self.app.dispatch(arrived)


def unpacked(body: str) -> str:
    """Return the JSON that a body holds in its one field, `payload`; any other body as it is.

    Percent-encoding is quoted-printable with another sign, and that is decoded in C.
    """
    name, _, packed = body.partition("=")
    if name != "payload" or "&" in packed or "=" in packed:
        return body
    return a2b_qp(packed.replace("+", " ").replace("%", "=").encode()).decode(errors="replace")


class Door:
    """A WSGI application that lets only well-formed requests through to Bolt, once it is open.

    Bolt's own check compares the signature, but breaks on a timestamp or bytes it cannot read.
    """

    def __init__(self, app: App, status: Status | None = None) -> None:
        self._bolt = Handler(app, path=PATH)
        self._status = status
        self.is_open = False

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if self._status and self._status.is_asked(environ):
            return self._status(environ, start_response)
        if not _is_signed(environ):
            return _refused(start_response, "401 Unauthorized", NOT_SIGNED)
        if not _is_text(environ):
            log.warning("a request that is none of Slack's")
            return _refused(start_response, "400 Bad Request", NOT_TEXT)
        if not self.is_open:
            return _refused(start_response, "503 Service Unavailable", NOT_YET)
        return self._bolt(environ, start_response)


def _refused(start_response: "StartResponse", status: str, words: str) -> Iterable[bytes]:
    start_response(status, [("Content-Type", "text/plain")])
    return [words.encode()]


def _is_signed(environ: "WSGIEnvironment") -> bool:
    return bool(
        SIGNATURE.fullmatch(environ.get("HTTP_X_SLACK_SIGNATURE", ""))
        and TIMESTAMP.fullmatch(environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", ""))
    )


def _is_text(environ: "WSGIEnvironment") -> bool:
    body = environ["wsgi.input"].read()
    environ["wsgi.input"] = BytesIO(body)
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


class WebServer:
    """Serves Bolt on `host:port` from a thread of its own; port 0 takes a free one."""

    def __init__(
        self,
        app: App,
        host: str,
        port: int,
        status: Status | None = None,
        steady: Callable[[], float] = boot_seconds,
    ) -> None:
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # one line per queued request
        self._steady = steady
        self._sockets: dict[int, Any] = {}
        self._door = Door(app, status)
        self._server = serving(
            self._door,
            listening(host, port, "HOST, PORT"),
            CONNECTIONS,
            SlacksChannel,
            map=self._sockets,
            threads=THREADS,
            max_request_body_size=LARGEST_BODY,
        )
        self._thread = threading.Thread(target=self._server.run, name="web", daemon=True)

    @property
    def address(self) -> str:
        """Where it listens, as a URL."""
        return f"http://{self._server.effective_host}:{self._server.effective_port}{PATH}"

    def pulse(self) -> tuple[bool, float]:
        """Return whether Slack could call us; it only does when somebody acts, so silence means nothing."""
        return self._thread.is_alive() and self._door.is_open, 0.0

    def open(self) -> None:
        """Answer those who watch over the bot; Slack is told to come again."""
        self._thread.start()

    def start(self) -> None:
        """Let Slack in."""
        if not self._thread.is_alive():
            self.open()
        self._door.is_open = True

    def stop(self) -> None:
        """Take what is at the door, answer all that is in hand, close."""
        self._wait_until_quiet(QUIET_S, READ_ON_S)
        self._in_its_thread(lambda: wasyncore.dispatcher.close(self._server))  # the address, no connection
        self._wait_until_quiet(0.02, ANSWER_S)
        self._in_its_thread(lambda: wasyncore.close_all(self._sockets))
        self._thread.join(timeout=1)
        self._server.task_dispatcher.shutdown(timeout=1)

    def _in_its_thread(self, act: Callable[[], object]) -> None:
        """Have the serving thread do it: it is reading from these sockets."""
        self._server.trigger.pull_trigger(act)

    def _wait_until_quiet(self, quiet: float, most: float) -> None:
        until, nothing = self._steady() + most, threading.Event()
        last_busy = self._steady()
        while (now := self._steady()) < until and now - last_busy < quiet:
            if self._is_busy():
                last_busy = now
            nothing.wait(0.01)

    def _is_busy(self) -> bool:
        return any(
            one.request or one.requests or one.total_outbufs_len
            for one in list(self._server.active_channels.values())
        )
