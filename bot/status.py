"""`/healthz` for everybody, `/readyz` and `/metrics` for those who keep the bot running."""

import json
import threading
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from waitress import wasyncore

from bot.health import Findings, Health
from bot.listening import listening, serving
from bot.metrics import Metrics

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"
THREADS = 4  # a database that hangs may keep some of them
CONNECTIONS = 32

Answer = tuple[HTTPStatus, str, bytes]


class Status:
    """A WSGI application that says how the bot is: an answer for each address."""

    def __init__(self, answers: Mapping[str, Callable[[], Answer]]) -> None:
        self._answers = answers

    def is_asked(self, environ: "WSGIEnvironment") -> bool:
        """Whether this is a request for one of them."""
        return environ["REQUEST_METHOD"] in ("GET", "HEAD") and environ["PATH_INFO"] in self._answers

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if self.is_asked(environ):
            status, kind, body = self._answers[environ["PATH_INFO"]]()
        else:
            status, kind, body = HTTPStatus.NOT_FOUND, "text/plain", b"Try /healthz, /readyz or /metrics."
        start_response(
            f"{status.value} {status.phrase}", [("Content-Type", kind), ("Cache-Control", "no-store")]
        )
        return [body]


def public(health: Health) -> Status:
    """What all the world may ask: whether the process lives. It touches no database and waits for nothing."""
    return Status({"/healthz": lambda: _told(health.stuck(), {})})


def inside(health: Health, metrics: Metrics) -> Status:
    """What those who run the bot ask besides."""
    return Status(
        {
            "/healthz": lambda: _told(health.stuck(), {}),
            "/readyz": lambda: _ready(health.look()),
            "/metrics": lambda: (HTTPStatus.OK, PROMETHEUS, metrics.text()),
        }
    )


def _ready(findings: Findings) -> Answer:
    return _told(findings.obstacles(), findings.told())


def _told(trouble: list[str], more: Mapping[str, Any]) -> Answer:
    status = HTTPStatus.SERVICE_UNAVAILABLE if trouble else HTTPStatus.OK
    body = {"well": not trouble, "trouble": trouble, **more}
    return status, "application/json", f"{json.dumps(body)}\n".encode()


class StatusServer:
    """Serves the three on a port of their own; 0 takes a free one."""

    def __init__(self, status: Status, host: str, port: int) -> None:
        self._sockets: dict[int, Any] = {}
        opened = listening(host, port, "HEALTH_HOST, HEALTH_PORT")
        self._server = serving(status, opened, CONNECTIONS, map=self._sockets, threads=THREADS)
        self._thread = threading.Thread(target=self._server.run, name="status", daemon=True)

    @property
    def address(self) -> str:
        """Where it listens, as a URL."""
        return f"http://{self._server.effective_host}:{self._server.effective_port}"

    def open(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Answer no more."""
        self._server.trigger.pull_trigger(lambda: wasyncore.close_all(self._sockets))
        self._thread.join(timeout=1)
        self._server.task_dispatcher.shutdown(timeout=1)
