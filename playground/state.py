"""All that one playground holds, as plain parts: the app, the workspace, and what is going on."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from playground.faults import Faults
from playground.installed_app import InstalledApp
from playground.journal import Journal
from playground.limits import Limits
from playground.response_urls import ResponseUrls
from playground.scheduled import Scheduled
from playground.triggers import Triggers
from playground.views import Views
from playground.workspace import Person, Workspace

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from playground.clock import Clock
    from playground.limits import Rates
    from playground.manifest import Manifest


@dataclass
class Notice:
    """What Slack itself tells one person, like a command that timed out."""

    id: str
    person: str
    text: str


@dataclass
class Pace:
    """A show that moves the clock, when one is on: how fast it may and does go, and what happens in it."""

    choices: list[str] = field(default_factory=list)
    chosen: str | None = None
    saying: str = ""


@dataclass
class Version:
    """A number that grows at each change until all is `over`, and those who wait for the next."""

    number: int = 0
    grown: asyncio.Event = field(default_factory=asyncio.Event)
    over: bool = False

    def grow(self) -> None:
        self.number += 1
        self.grown.set()
        self.grown = asyncio.Event()

    def end(self) -> None:
        """Let those who wait see that no change comes any more."""
        self.over = True
        self.grow()


class State:
    """What one playground holds; all of it lives in one event loop, so nothing needs a lock."""

    def __init__(self, clock: Clock, manifest: Manifest, base_url: str, rates: Rates | None = None) -> None:
        self.clock = clock
        self.manifest = manifest
        self.version = Version()
        self.app = InstalledApp(list(manifest.scopes), base_url)
        self.workspace = Workspace(clock)
        self.journal = Journal(clock, self.version.grow)
        self.views = Views(clock)
        self.triggers = Triggers(clock)
        self.response_urls = ResponseUrls(clock, self.app)
        self.scheduled = Scheduled(clock)
        self.limits = Limits(clock, rates)
        self.faults = Faults()
        self.notices: list[Notice] = []
        self.pace = Pace()
        self.message_states: dict[tuple[str, str], dict[str, dict[str, dict[str, Any]]]] = {}
        self.suggested: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
        self.tasks: set[asyncio.Task[Any]] = set()
        self._count = itertools.count(1)
        bot = Person(self.app.bot_user_id, manifest.bot_name.lower(), manifest.bot_name, is_bot=True)
        self.workspace.people[bot.id] = bot

    def changed(self) -> None:
        """Tell everybody who watches that something is different now."""
        self.version.grow()

    def start(self, work: Coroutine[Any, Any, Any]) -> None:
        """Let `work` go on beside what happens now."""
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def notify(self, person: str, text: str) -> None:
        """Show a person a notice of Slack's own."""
        self.notices.append(Notice(f"N{next(self._count)}", person, text))
        self.changed()

    def unique(self, prefix: str) -> str:
        """An id for an event, an envelope or an address that nothing else has."""
        return f"{prefix}{next(self._count):010d}"
