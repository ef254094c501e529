"""The listening socket and uvicorn's protocols below the app, with a handle on each connection."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING, Any, cast

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

if TYPE_CHECKING:
    from starlette.applications import Starlette

Address = tuple[str, int]
Transports = dict[Address, asyncio.Transport]
GRACE = 0.2


def listen(port: int) -> socket.socket:
    """A socket of this machine only; port 0 takes a free one."""
    opened = socket.create_server(("127.0.0.1", port), backlog=2048)
    opened.setblocking(False)  # noqa: FBT003 - the standard library's signature
    return opened


class UvicornServer:
    """Serves `app` on a socket and stops at once (uvicorn's own Server looks every 0.1 s whether to stop)."""

    def __init__(self, app: Starlette, opened: socket.socket) -> None:
        self.transports: Transports = {}
        self._state = ServerState()
        self._socket = opened
        self._config = uvicorn.Config(
            app,
            lifespan="off",
            log_config=None,
            access_log=False,
            ws="websockets-sansio",
            ws_ping_interval=None,
            proxy_headers=False,
            timeout_keep_alive=3600,
        )
        self._config.load()

    async def open(self) -> None:
        """Start to take connections."""
        kind = _protocol(self.transports)
        state: dict[str, Any] = {}
        self._server = await asyncio.get_running_loop().create_server(
            lambda: kind(self._config, self._state, state), sock=self._socket
        )

    async def close(self) -> None:
        """Cut all connections and end what still runs on them."""
        self._server.close()
        for connection in list(self._state.connections):
            connection.shutdown()
        if self._state.tasks:
            _, late = await asyncio.wait(self._state.tasks, timeout=GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        for transport in list(self.transports.values()):
            transport.abort()
        await asyncio.sleep(0)

    def cut(self, client: Address) -> None:
        """End a connection without a word."""
        transport = self.transports.get(client)
        if transport is not None:
            transport.abort()


def _protocol(transports: Transports) -> type[H11Protocol]:
    class Tracked(H11Protocol):
        """Remembers the transport of each connection by the address of its other end."""

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as in uvicorn
            transports[cast("Address", transport.get_extra_info("peername"))] = transport
            super().connection_made(transport)

    return Tracked
