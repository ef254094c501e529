"""A closed loop of clients: each sends its next request when its last is done; every wait is kept."""

import asyncio
import re
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bench.requests import Request

ANSWER = re.compile(rb"HTTP/1\.1 (\d+).*?\r\nContent-Length: (\d+)\r\n.*?\r\n\r\n", re.DOTALL | re.IGNORECASE)
PATIENCE = 60  # seconds for a whole volley

Send = Callable[[Request], None]


@dataclass(frozen=True)
class Waits:
    """What a volley found, in seconds, and how much of a core the driver itself needed."""

    acks: tuple[float, ...]
    forms: tuple[float, ...]  # until views.open arrived at Slack
    took: float
    driver: float

    @property
    def p50(self) -> float:
        return statistics.median(self.acks)

    @property
    def p99(self) -> float:
        return sorted(self.acks)[int(len(self.acks) * 0.99)]

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.acks) / self.took


@dataclass
class _Open:
    send: Send
    began: float
    parts: int  # still to come: the acknowledgement, and the form where one is asked for


@dataclass
class Volley:
    """Takes requests from one list for all its clients."""

    requests: Sequence[Request]
    _open: dict[str, _Open] = field(default_factory=dict)
    _acks: list[float] = field(default_factory=list)
    _forms: list[float] = field(default_factory=list)
    _over: asyncio.Event = field(default_factory=asyncio.Event)

    async def fire(self, clients: Sequence[Send]) -> Waits:
        """Send everything, one request at a time for each client, and wait for the last."""
        self._rest = iter(self.requests)
        began, busy = time.perf_counter(), time.process_time()
        for send in clients:
            self._next(send)
        await asyncio.wait_for(self._over.wait(), PATIENCE)
        took = time.perf_counter() - began
        driver = (time.process_time() - busy) / took
        return Waits(tuple(self._acks), tuple(self._forms), took, driver)

    def acked(self, key: str) -> None:
        """Note that the app answered."""
        self._acks.append(time.perf_counter() - self._open[key].began)
        self._part(key)

    def form_asked_for(self, key: str) -> None:
        """Note that views.open arrived; a late one, of a volley that did not wait for it, is none of ours."""
        if key not in self._open:
            return
        self._forms.append(time.perf_counter() - self._open[key].began)
        self._part(key)

    def _next(self, send: Send) -> None:
        request = next(self._rest, None)
        if request is not None:
            self._open[request.key] = _Open(send, time.perf_counter(), 1 + request.opens_form)
            send(request)

    def _part(self, key: str) -> None:
        one = self._open[key]
        one.parts -= 1
        if not one.parts:
            del self._open[key]
            self._next(one.send)
            if not self._open:
                self._over.set()


class Line(asyncio.Protocol):
    """A keep-alive connection to the app, for one request at a time."""

    def __init__(self) -> None:
        self.acked: Callable[[str], None]
        self._key = ""
        self._data = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def send(self, request: Request) -> None:
        self._key = request.key
        self._transport.write(request.wire)

    def data_received(self, data: bytes) -> None:
        self._data += data
        found = ANSWER.match(self._data)
        if found and len(self._data) >= found.end() + int(found[2]):
            assert found[1] == b"200", self._data
            self._data = b""
            self.acked(self._key)

    def close(self) -> None:
        self._transport.close()
