"""A Socket Mode connection that reads and never acknowledges."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from slack_sdk import WebClient
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from playground.server import Served


def address(served: Served) -> str:
    """A fresh one-time address."""
    token = served.client.app["app_token"]
    web = WebClient(token=token, base_url=served.api_url, retry_handlers=[])
    return str(web.apps_connections_open(app_token=token)["url"])


@contextmanager
def raw_socket(served: Served, frames: list[dict[str, Any]]) -> Iterator[ClientConnection]:
    """Keep every frame but hello in `frames` until the block ends."""
    with connect(address(served)) as socket:
        thread = threading.Thread(target=_read, args=(socket, frames))
        thread.start()
        served.client.wait_for(lambda: served.client.app["sockets"])
        yield socket
        socket.close()
        thread.join()


def _read(socket: ClientConnection, frames: list[dict[str, Any]]) -> None:
    try:
        while True:
            frame = json.loads(socket.recv())
            if frame["type"] != "hello":
                frames.append(frame)
    except ConnectionClosed:
        pass
