"""Socket Mode: one-time addresses, up to ten sockets, each envelope to one, acks matched by envelope id."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.websockets import WebSocketDisconnect, WebSocketState

from playground.journal import name_of
from playground.reply import Reply
from playground.ticking import finish

if TYPE_CHECKING:
    from starlette.websockets import WebSocket

    from playground.state import State

MOST = 10
WARNING_AHEAD = 10.0
LAST_WORDS = 0.3  # real seconds in which acks on their way still arrive


@dataclass(eq=False)
class Socket:
    """One open connection; `transport` is the wire below it, for cutting it rudely."""

    number: int
    websocket: WebSocket
    transport: asyncio.Transport | None
    warned: bool = False
    silent: bool = False


class Sockets:
    """The open connections of the app."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._tickets: set[str] = set()
        self._waiting: dict[str, asyncio.Future[Reply]] = {}
        self._names: dict[str, str] = {}
        self._turn = 0
        self._opened = 0
        self.open: list[Socket] = []

    def address(self) -> str:
        """A one-time address for a new connection, as apps.connections.open hands it out."""
        ticket = self._state.unique("ticket-")
        self._tickets.add(ticket)
        base = self._state.app.base_url.replace("http://", "ws://", 1)
        return f"{base}/link/?ticket={ticket}&app_id={self._state.app.app_id}"

    async def serve(self, websocket: WebSocket, transport: asyncio.Transport | None) -> None:
        """Hold one connection until it ends."""
        ticket = websocket.query_params.get("ticket", "")
        if ticket not in self._tickets:
            await websocket.close()
            return
        self._tickets.discard(ticket)
        await websocket.accept()
        if len(self.open) >= MOST:
            await self._say_goodbye(websocket, "too_many_websockets")
            return
        self._opened += 1
        socket = Socket(self._opened, websocket, transport)
        self.open.append(socket)
        self._state.journal.add("socket", did="connected", number=socket.number, open=len(self.open))
        try:
            await websocket.send_json(self._hello())
            await self._read(socket)
        finally:
            self._gone(socket)

    async def send(self, envelope: dict[str, Any], answer: asyncio.Future[Reply]) -> bool:
        """Hand an envelope to one socket; its ack becomes the answer. False when no socket took it."""
        ready = [one for one in self.open if not one.warned] or self.open
        if not ready:
            return False
        self._turn += 1
        socket = ready[self._turn % len(ready)]
        self._waiting[envelope["envelope_id"]] = answer
        self._names[envelope["envelope_id"]] = name_of(envelope["payload"])
        answer.add_done_callback(lambda _: self._waiting.pop(envelope["envelope_id"], None))
        return socket.silent or await self._write(socket, envelope)

    def control(self, do: str) -> None:
        """Play a fault of Socket Mode on every open socket: disconnect, warn, abort or silence."""
        actions = {
            "disconnect": self._refresh,
            "warn": self._warn,
            "abort": self._abort,
            "silence": self._silence,
        }
        for socket in list(self.open):
            self._state.journal.add("socket", did=do, number=socket.number)
            actions[do](socket)

    def _hello(self) -> dict[str, Any]:
        return {
            "type": "hello",
            "num_connections": len(self.open),
            "debug_info": {"host": "playground", "build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": self._state.app.app_id},
        }

    async def _read(self, socket: Socket) -> None:
        try:
            while socket.websocket.application_state is WebSocketState.CONNECTED:
                self._received(socket, json.loads(await socket.websocket.receive_text()))
        except WebSocketDisconnect:
            pass

    def _received(self, socket: Socket, frame: dict[str, Any]) -> None:
        envelope_id, payload = frame.get("envelope_id", ""), frame.get("payload")
        answer = self._waiting.get(envelope_id)
        late = answer is None or answer.done()
        told = {"envelope_id": envelope_id, "socket": socket.number, "payload": payload, "late": late}
        self._state.journal.add("ack", of=self._names.get(envelope_id, "nothing sent"), **told)
        if answer is not None:
            finish(answer, Reply(body=payload or None))

    def _gone(self, socket: Socket) -> None:
        if socket in self.open:
            self.open.remove(socket)
            self._state.journal.add("socket", did="closed", number=socket.number, open=len(self.open))

    async def _write(self, socket: Socket, frame: dict[str, Any]) -> bool:
        try:
            await socket.websocket.send_json(frame)
        except (WebSocketDisconnect, RuntimeError):
            self._gone(socket)
            return False
        return True

    async def _say_goodbye(self, websocket: WebSocket, reason: str) -> None:
        with suppress(WebSocketDisconnect, RuntimeError):  # the other end may hang up first
            await websocket.send_json(_disconnect(reason))
            await asyncio.sleep(LAST_WORDS)
            await websocket.close()

    def _refresh(self, socket: Socket) -> None:
        if socket in self.open:
            self.open.remove(socket)
            self._state.start(self._say_goodbye(socket.websocket, "refresh_requested"))

    def _warn(self, socket: Socket) -> None:
        socket.warned = True
        self._state.start(self._write(socket, _disconnect("warning")))
        self._state.clock.call_later(WARNING_AHEAD, lambda: self._refresh(socket))

    def _abort(self, socket: Socket) -> None:
        self.open.remove(socket)
        if socket.transport is not None:
            socket.transport.abort()

    def _silence(self, socket: Socket) -> None:
        socket.silent = True
        if socket.transport is not None:
            socket.transport.pause_reading()


def _disconnect(reason: str) -> dict[str, Any]:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "playground"}}
