"""The driver: on the second core, with the made-up Slack, sending to one app after another."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from bench import process, requests
from bench.process import App, Running
from bench.requests import Asked, Request
from bench.slack import Slack, ignore
from bench.volley import Line, Send, Volley, Waits

MOST_CLIENTS = 64
CONNECTS_WITHIN = 10  # seconds


@dataclass(frozen=True)
class Session:
    """An app that is up and all the ways to send to it."""

    app: Running
    slack: Slack
    lines: Sequence[Line]  # none over Socket Mode

    async def fire(self, asked: Iterable[Asked], clients: int, *, opens_form: bool = False) -> Waits:
        """Send all that is asked, `clients` at a time; with `opens_form` a command is done with its form."""
        if self.lines:
            signed = requests.over_http(asked, time.time(), opens_form=opens_form)  # noqa: TID251 - Slack signs by it
            return await self._fire(
                signed, [line.send for line in self.lines[:clients]], opens_form=opens_form
            )
        wanted = requests.over_socket(asked, opens_form=opens_form)
        return await self._fire(wanted, [self._feed] * clients, opens_form=opens_form)

    async def _fire(self, wanted: list[Request], clients: Sequence[Send], *, opens_form: bool) -> Waits:
        volley = Volley(wanted)
        self.slack.acked = volley.acked
        self.slack.form_asked_for = volley.form_asked_for if opens_form else ignore
        for line in self.lines:
            line.acked = volley.acked
        return await volley.fire(clients)

    def _feed(self, request: Request) -> None:
        self.slack.feed(request.wire)


@asynccontextmanager
async def made_up_slack() -> AsyncIterator[Slack]:
    """Serve the made-up Slack from this process, kept to the second core."""
    process.keep_to(1)
    slack = Slack()
    server = await slack.open()
    try:
        yield slack
    finally:
        server.close()


@asynccontextmanager
async def session(slack: Slack, app: App) -> AsyncIterator[Session]:
    """Start an app and connect to it, or have it connect to us."""
    async with process.running(app) as up:
        if up.address.startswith("http"):
            lines = [await _line(up.address) for _ in range(MOST_CLIENTS)]
            try:
                yield Session(up, slack, lines)
            finally:
                for line in lines:
                    line.close()
        else:
            await asyncio.wait_for(slack.link.wait(), CONNECTS_WITHIN)
            yield Session(up, slack, ())


async def _line(address: str) -> Line:
    there = urlsplit(address)
    assert there.hostname
    assert there.port
    _, line = await asyncio.get_running_loop().create_connection(Line, there.hostname, there.port)
    return line
