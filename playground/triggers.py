"""Trigger ids: three seconds, one use, and the view an interaction came from."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playground.refusal import Refused

if TYPE_CHECKING:
    from playground.clock import Clock

LIFETIME = 3.0


@dataclass
class Trigger:
    person: str
    expires: float
    view_id: str | None
    used: bool = False


class Triggers:
    """The trigger ids given out so far."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._count = itertools.count(1)
        self._given: dict[str, Trigger] = {}

    def new(self, person: str, view_id: str | None = None) -> str:
        """A trigger for an interaction of this person, inside `view_id` if it came from a modal."""
        made = f"{next(self._count)}.{int(self._clock.epoch())}.playground"
        self._given[made] = Trigger(person, self._clock.epoch() + LIFETIME, view_id)
        return made

    def look(self, trigger_id: str) -> Trigger:
        """The trigger, still good.

        Raises:
            Refused: invalid_trigger_id, exchanged_trigger_id or expired_trigger_id.
        """
        trigger = self._given.get(trigger_id)
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.used:
            raise Refused("exchanged_trigger_id")
        if self._clock.epoch() > trigger.expires:
            raise Refused("expired_trigger_id")
        return trigger
