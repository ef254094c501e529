"""A made-up Slack that answers at once, tells when a form was asked for, and feeds Socket Mode."""

import asyncio
import base64
import hashlib
import json
import re
from collections.abc import Callable
from enum import StrEnum
from http import HTTPStatus
from itertools import count

SECRET = "made-up-signing-secret"
SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, 1.3
TRIGGER = re.compile(rb'trigger_id[=":\s]+([\w.]+)')  # in a form or in JSON
CHANNEL = re.compile(rb'channel[=":\s]+(\w+)')
LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
KEY = re.compile(r"sec-websocket-key: *(\S+)", re.IGNORECASE)
ENVELOPE = re.compile(rb'"envelope_id": ?"([\w.]+)"')
SHORT, MIDDLE = 126, 127  # lengths that say "two bytes follow", "eight bytes follow"
REFUSED = b'{"ok": false, "error": "ratelimited"}'
TEXT, PING, PONG = 0x81, 0x89, 0x8A

Tell = Callable[[str], None]


def ignore(_key: str) -> None:
    """Nobody waits for this."""


class Mood(StrEnum):
    """How it takes calls of the Web API; envelopes come as ever."""

    WELL = "well"
    SILENT = "silent"  # takes them and never answers
    STERN = "stern"  # refuses them all for half a minute


class Slack:
    """`form_asked_for` is told the trigger of each views.open, `acked` the id of each envelope."""

    def __init__(self) -> None:
        self.form_asked_for: Tell = ignore
        self.acked: Tell = ignore
        self.mood = Mood.WELL
        self.posts = 0
        self.link = asyncio.Event()  # an app is connected over Socket Mode
        self.feed: Callable[[bytes], None]
        self.url = ""
        self._numbers = count(1)

    async def open(self) -> asyncio.Server:
        """Listen on a free port of this machine."""
        server = await asyncio.get_running_loop().create_server(lambda: Call(self), "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        return server

    def answer(self, head: bytes, body: bytes) -> bytes:
        """Return one answer that suits all the methods the bot calls."""
        number = next(self._numbers)
        if head.startswith(b"POST /api/views.open"):
            found = TRIGGER.search(body)
            self.form_asked_for(found[1].decode() if found else "")
        self.posts += head.startswith(b"POST /api/chat.postMessage")
        channel = CHANNEL.search(body)
        told = {
            "ok": True,
            "team_id": "T0BENCH",
            "user_id": "U0BOT",
            "bot_id": "B0BOT",
            "channel": channel[1].decode() if channel else "C0",
            "ts": f"1700000000.{number:06}",
            "view": {"id": f"V{number}", "hash": str(number)},
            "upload_url": f"{self.url}/upload/{number}",
            "file_id": f"F{number}",
            "files": [{"id": f"F{number}"}],
            "file": {"mimetype": "image/png"},
            "url": f"{self.url.replace('http', 'ws')}/link",
        }
        return json.dumps(told).encode()


class Call(asyncio.Protocol):
    """One connection of an app: a call of the Web API, or the beginning of a Socket Mode link."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack
        self._data = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._data += data
        head, end, body = self._data.partition(b"\r\n\r\n")
        if not end:
            return
        if key := KEY.search(head.decode("latin-1")):
            self._link(key[1])
            return
        length = LENGTH.search(head)
        if len(body) >= (int(length[1]) if length else 0):
            self._take(head, body)

    def _take(self, head: bytes, body: bytes) -> None:
        mood = self._slack.mood
        if mood is Mood.WELL:
            self._answer(HTTPStatus.OK, self._slack.answer(head, body))
        elif mood is Mood.STERN:
            self._answer(HTTPStatus.TOO_MANY_REQUESTS, REFUSED, "Retry-After: 30\r\n")

    def _answer(self, status: HTTPStatus, told: bytes, more: str = "") -> None:
        line = f"HTTP/1.1 {status.value} {status.phrase}\r\nContent-Type: application/json\r\n{more}"
        self._transport.write(
            f"{line}Content-Length: {len(told)}\r\nConnection: close\r\n\r\n".encode() + told
        )
        self._transport.close()

    def _link(self, key: str) -> None:
        accept = base64.b64encode(hashlib.sha1((key + SALT).encode()).digest()).decode()  # noqa: S324 - as RFC 6455 says
        self._transport.write(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Accept: {accept}\r\n\r\n".encode()
        )
        link = Link(self._slack, self._transport)
        self._transport.set_protocol(link)
        self._slack.feed = self._transport.write
        self._slack.link.set()


class Link(asyncio.Protocol):
    """A Socket Mode link: reads acknowledgements, answers pings."""

    def __init__(self, slack: Slack, transport: asyncio.Transport) -> None:
        self._slack = slack
        self._transport = transport
        self._data = b""

    def data_received(self, data: bytes) -> None:
        self._data += data
        while (found := taken(self._data)) is not None:
            kind, text, self._data = found
            if kind == TEXT and (envelope := ENVELOPE.search(text)):
                self._slack.acked(envelope[1].decode())
            elif kind == PING:
                self._transport.write(frame(text, PONG))

    def connection_lost(self, _fault: Exception | None) -> None:
        self._slack.link.clear()


def frame(text: bytes, kind: int = TEXT) -> bytes:
    """Frame a message as a server sends it: whole and unmasked (RFC 6455, 5.2)."""
    if len(text) < SHORT:
        return bytes((kind, len(text))) + text
    if len(text) < 1 << 16:
        return bytes((kind, SHORT)) + len(text).to_bytes(2, "big") + text
    return bytes((kind, MIDDLE)) + len(text).to_bytes(8, "big") + text


def taken(data: bytes) -> tuple[int, bytes, bytes] | None:
    """Take the first whole frame of a client off the data: its kind, its text, and the rest."""
    if len(data) < 2:
        return None
    length, start = data[1] & 127, 2
    if length >= SHORT:
        start = 4 if length == SHORT else 10
        length = int.from_bytes(data[2:start], "big")
    end = start + 4 + length
    if len(data) < end:
        return None
    mask = data[start : start + 4]
    masked = data[start + 4 : end]
    return data[0], unmasked(masked, mask), data[end:]


def unmasked(masked: bytes, mask: bytes) -> bytes:
    """Undo a client's mask, all bytes at once."""
    over = (mask * (len(masked) // 4 + 1))[: len(masked)]
    return (int.from_bytes(masked, "big") ^ int.from_bytes(over, "big")).to_bytes(len(masked), "big")
