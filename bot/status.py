"""`/healthz`, `/readyz` and `/metrics`: for those who keep the bot running, and for Prometheus."""

import json
import threading
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from waitress import wasyncore
from waitress.server import create_server

from bot.health import Findings, Health
from bot.listening import listening
from bot.metrics import Metrics

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"
THREADS = 4  # a database that hangs may keep some of them


class Status:
    """A WSGI application for the three addresses."""

    def __init__(self, health: Health, metrics: Metrics) -> None:
        self._answers: dict[str, Callable[[], tuple[HTTPStatus, str, bytes]]] = {
            "/healthz": lambda: _told(health.stuck(), {}),
            "/readyz": lambda: _ready(health.look()),
            "/metrics": lambda: (HTTPStatus.OK, PROMETHEUS, metrics.text()),
        }

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


def _ready(findings: Findings) -> tuple[HTTPStatus, str, bytes]:
    return _told(findings.obstacles(), findings.told())


def _told(trouble: list[str], more: Mapping[str, Any]) -> tuple[HTTPStatus, str, bytes]:
    status = HTTPStatus.SERVICE_UNAVAILABLE if trouble else HTTPStatus.OK
    body = {"well": not trouble, "trouble": trouble, **more}
    return status, "application/json", f"{json.dumps(body)}\n".encode()


class StatusServer:
    """Serves the three on a port of their own; 0 takes a free one."""

    def __init__(self, status: Status, host: str, port: int) -> None:
        sockets: dict[int, Any] = {}
        self._server = create_server(
            status,
            map=sockets,
            sockets=[listening(host, port, "HEALTH_HOST, HEALTH_PORT")],
            threads=THREADS,
            ident="momentum",
        )
        self._sockets = sockets
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
