"""Keeps all traffic in order: calls, payloads, acknowledgements, events, gestures, faults and sockets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.clock import Clock


class Journal:
    """Entries `{"n", "at", "kind", ...}`, numbered from 1 in the order things happened."""

    def __init__(self, clock: Clock, changed: Callable[[], None]) -> None:
        self._clock = clock
        self._changed = changed
        self._entries: list[dict[str, Any]] = []

    def add(self, kind: str, **what: Any) -> dict[str, Any]:
        """Write an entry down and return it; the caller may complete it later."""
        entry = {"n": len(self._entries) + 1, "at": self._clock.epoch(), "kind": kind, **what}
        self._entries.append(entry)
        self._changed()
        return entry

    def since(self, number: int) -> list[dict[str, Any]]:
        """The entries after entry `number`."""
        return self._entries[number:]


def name_of(payload: dict[str, Any]) -> str:
    """What a payload to the app is called here: the command, the event's type, or its own type."""
    return str(payload.get("command") or payload.get("event", payload)["type"])
