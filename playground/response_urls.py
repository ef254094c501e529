"""Response URLs: each is good for five answers in thirty minutes."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playground.refusal import Refused

if TYPE_CHECKING:
    from playground.clock import Clock
    from playground.installed_app import InstalledApp
    from playground.workspace import Message

USES = 5
LIFETIME = 1800.0


@dataclass
class ResponseUrl:
    """An address for one interaction; `message` is what it happened in, None after a command."""

    person: str
    channel: str
    expires: float
    message: Message | None
    left: int = USES


class ResponseUrls:
    """The addresses given out so far."""

    def __init__(self, clock: Clock, app: InstalledApp) -> None:
        self._clock = clock
        self._app = app
        self._count = itertools.count(1)
        self._given: dict[str, ResponseUrl] = {}

    def new(self, person: str, channel: str, message: Message | None = None) -> str:
        """An address for an interaction of this person in this channel."""
        key = f"R{next(self._count):010d}"
        expires = self._clock.epoch() + LIFETIME
        self._given[key] = ResponseUrl(person, channel, expires, message)
        return f"{self._app.base_url}/response/{key}"

    def look(self, key: str) -> ResponseUrl:
        """What an address was given out for, still good; who answers there counts its uses.

        Raises:
            Refused: used_url or expired_url.
        """
        given = self._given.get(key)
        if given is None or given.left <= 0:
            raise Refused("used_url")
        if self._clock.epoch() > given.expires:
            raise Refused("expired_url")
        return given
