"""Small real Bolt apps for the tests, on Socket Mode or behind HTTP; they remember what they were told."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from slack_bolt import App, BoltRequest
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from playground.server import Served

Register = Callable[[App], object]


class Seen:
    """The bodies that reached the app, in order."""

    def __init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.headers: list[dict[str, Any]] = []

    def events(self, kind: str) -> list[dict[str, Any]]:
        return [body["event"] for body in self.bodies if body.get("event", {}).get("type") == kind]

    def kind(self, kind: str) -> list[dict[str, Any]]:
        return [body for body in self.bodies if body.get("type") == kind]


def bolt(served: Served, seen: Seen, register: Register | None) -> App:
    """A Bolt app that acknowledges every event and does what `register` adds."""
    facts = served.client.app
    client = WebClient(token=facts["bot_token"], base_url=served.api_url, retry_handlers=[], timeout=5)
    app = App(
        client=client,
        signing_secret=facts["signing_secret"],
        process_before_response=True,
        ignoring_self_events_enabled=False,
        raise_error_for_unhandled_request=False,
    )

    @app.middleware
    def remember(body: dict[str, Any], req: BoltRequest, next_: Callable[[], None]) -> None:
        seen.bodies.append(body)
        seen.headers.append({key: value[0] for key, value in req.headers.items()})
        next_()

    if register is not None:
        register(app)
    for event in ("message", "app_mention", "app_home_opened", "file_shared", "reaction_added"):
        app.event(event)(lambda ack: ack())
    for event in ("member_joined_channel", "member_left_channel", "message_metadata_posted"):
        app.event(event)(lambda ack: ack())
    return app


@contextmanager
def socket_app(served: Served, register: Register | None) -> Iterator[Seen]:
    """An app connected by Socket Mode until the block ends."""
    seen, before = Seen(), served.client.app["sockets"]
    web = WebClient(token=served.client.app["app_token"], base_url=served.api_url)
    handler = SocketModeHandler(bolt(served, seen, register), served.client.app["app_token"], web_client=web)
    handler.connect()
    served.client.wait_for(lambda: served.client.app["sockets"] > before)
    try:
        yield seen
    finally:
        handler.client.auto_reconnect_enabled = False
        handler.client.closed = True
        handler.client.message_queue.put(None)  # or its reader waits a second for the next message
        served.client.sockets("abort")  # or its receiver waits three seconds
        handler.close()


@contextmanager
def http_app(served: Served, register: Register | None) -> Iterator[tuple[Seen, str]]:
    """An app behind a Request URL until the block ends."""
    seen = Seen()
    app = bolt(served, seen, register)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(app))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield seen, f"http://127.0.0.1:{server.server_port}/slack/events"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(app: App) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            headers: dict[str, Any] = dict(self.headers.items())
            answer = app.dispatch(BoltRequest(body=body, headers=headers))
            self.send_response(answer.status)
            for name, value in answer.first_headers_without_set_cookie().items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing in the tests' output."""

    return Handler
