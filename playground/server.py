"""Puts the routes together and serves a playground from a thread (tests, the demo) or the terminal."""

from __future__ import annotations

import asyncio
import threading
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from playground import api, control, gestures, manifest, people_and_channels
from playground.client import Playground
from playground.clock import Clock
from playground.slack import Slack
from playground.ticking import Ticker
from playground.uvicorn_server import UvicornServer, listen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from starlette.requests import Request
    from starlette.websockets import WebSocket

    from playground.limits import Rates

PAGE = Path(__file__).parent / "page"
ASKED_ANEW = {"Cache-Control": "no-cache"}  # or a browser goes on with the modules of another version
UP_WITHIN = 10.0


class Running:
    """A playground in its event loop: the state, the server, and the clock that is driven."""

    def __init__(self, slack: Slack, port: int) -> None:
        self.slack = slack
        opened = listen(port)
        slack.app.base_url = f"http://127.0.0.1:{opened.getsockname()[1]}"
        app = Starlette(routes=_routes())
        self._ticker, self._uvicorn = Ticker(slack.clock), UvicornServer(app, opened)
        app.state.slack, app.state.ticker, app.state.uvicorn = slack, self._ticker, self._uvicorn

    async def open(self) -> None:
        await self._uvicorn.open()

    async def close(self) -> None:
        """Stop the clock, end all that waits, cut all connections."""
        self._ticker.stop()
        self.slack.version.end()
        for task in list(self.slack.tasks):
            task.cancel()
        await asyncio.gather(*self.slack.tasks, return_exceptions=True)
        await self._uvicorn.close()


def _routes() -> list[Route | Mount | WebSocketRoute]:
    posts = {
        "/control/app": control.set_app,
        "/control/people": people_and_channels.set_person,
        "/control/channels": people_and_channels.set_channel,
        "/control/gestures": gestures.perform,
        "/control/pace": control.set_pace,
        "/control/faults": control.add_fault,
        "/control/sockets": control.sockets,
        "/control/limits": control.set_limits,
    }
    gets = {
        "/control/app": control.app_info,
        "/control/clock": control.get_clock,
        "/control/pace": control.get_pace,
        "/control/faults": control.list_faults,
    }
    return [
        *(Route(path, control.answering(work), methods=["GET"]) for path, work in gets.items()),
        *(Route(path, control.answering(work), methods=["POST"]) for path, work in posts.items()),
        Route("/control/faults", control.answering(control.clear_faults), methods=["DELETE"]),
        Route("/control/clock", control.set_clock, methods=["POST"]),
        Route("/control/screen", control.show),
        Route("/control/stream", control.stream),
        Route("/control/journal", control.journal),
        Route("/control/files/{file}", control.file_bytes),
        Route("/api/{method}", _slacks(api.answer), methods=["GET", "POST"]),
        Route("/upload/{file}", _slacks(api.upload), methods=["POST"]),
        Route("/response/{key}", _slacks(api.respond), methods=["POST"]),
        Route("/files/{file}/{name}", _slacks(_download)),
        WebSocketRoute("/link/", _link),
        Route("/", _index),
        Mount("/page", _Modules(directory=PAGE, check_dir=False)),
    ]


def _slacks(
    work: Callable[[Slack, Request], Awaitable[Response]],
) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint of Slack's own, whose connection a fault may cut."""

    async def endpoint(request: Request) -> Response:
        state = request.app.state
        try:
            return await work(state.slack, request)
        except api.CutConnection:
            if request.client is not None:
                state.uvicorn.cut((request.client.host, request.client.port))
            await _gone(request)
            return Response()

    return endpoint


async def _gone(request: Request) -> None:
    """Wait until the other end is seen to be gone: an answer written before that would still reach it."""
    message = await request.receive()
    while message["type"] != "http.disconnect":
        message = await request.receive()


async def _download(slack: Slack, request: Request) -> Response:
    """A file's bytes for who carries the bot's token, as url_private gives them."""
    if request.headers.get("authorization") != f"Bearer {slack.app.bot_token}":
        return PlainTextResponse("", 403)
    return await control.file_bytes(request)


async def _link(websocket: WebSocket) -> None:
    state, client = websocket.app.state, websocket.client
    transport = None if client is None else state.uvicorn.transports.get((client.host, client.port))
    await state.slack.sockets.serve(websocket, transport)


async def _index(_request: Request) -> Response:
    return FileResponse(PAGE / "index.html", headers=ASKED_ANEW)


class _Modules(StaticFiles):
    """The page's modules and styles."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers.update(ASKED_ANEW)
        return response


class Served:
    """A playground that serves: `url` of the page, `api_url` for slack_sdk, `client` to drive it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.api_url = f"{url}/api/"
        self.client = Playground(url)


@contextmanager
def running(
    manifest_path: Path | str, *, port: int = 0, clock: Clock | None = None, rates: Rates | None = None
) -> Iterator[Served]:
    """Serve a playground from a thread until the block ends.

    Args:
        manifest_path: the app's manifest.yml.
        port: 0 takes a free one.
        clock: one that runs from now unless given.
        rates: rate limits other than the usual.
    """
    thread = _Thread(Path(manifest_path), port, clock or Clock(), rates)
    thread.start()
    try:
        yield Served(thread.wait_until_up())
    finally:
        thread.stop()


class _Thread(threading.Thread):
    """Runs one playground in an event loop of its own."""

    def __init__(self, path: Path, port: int, clock: Clock, rates: Rates | None) -> None:
        super().__init__(name="playground", daemon=True)
        self._slack = partial(Slack, clock, manifest.read(path), "", rates)
        self._port = port
        self._up = threading.Event()
        self._url = ""
        self._failed: Exception | None = None

    def run(self) -> None:
        try:
            asyncio.run(self._serve())
        except Exception as failed:  # noqa: BLE001 - told to who waits, in their thread
            self._failed = failed
            self._up.set()

    def wait_until_up(self) -> str:
        self._up.wait(UP_WITHIN)
        if self._failed is not None:
            raise self._failed
        return self._url

    def stop(self) -> None:
        if self.is_alive():
            self._loop.call_soon_threadsafe(self._ended.set)
        self.join()

    async def _serve(self) -> None:
        self._loop, self._ended = asyncio.get_running_loop(), asyncio.Event()
        here = Running(self._slack(), self._port)
        await here.open()
        self._url = here.slack.app.base_url
        self._up.set()
        await self._ended.wait()
        await here.close()
