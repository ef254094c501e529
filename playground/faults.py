"""Faults to inject: refusals, HTTP errors, broken bodies, cut connections, delays, hangs, lagging history."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import asdict, dataclass
from typing import Any


@dataclass
class Fault:
    """One fault; `method` "*" hits every call, `channel` only those to that channel, `times` None has no end.

    Of a call with an answer of its own (error, status, retry_after, body) nothing is carried out, unless
    `accept`. `drop` cuts the connection "before" or "after" the call is carried out; `hang` never answers;
    `delay` (seconds on the clock) comes first; `lag` hides messages younger than that (seconds) from history.
    """

    method: str
    error: str | None = None
    status: int | None = None
    retry_after: int | str | None = None
    body: str | None = None
    drop: str | None = None
    delay: float | None = None
    hang: bool = False
    lag: float | None = None
    accept: bool = False
    channel: str | None = None
    times: int | None = None
    id: str = ""

    @property
    def answers(self) -> bool:
        return any(one is not None for one in (self.error, self.status, self.retry_after, self.body))

    @property
    def carries_out(self) -> bool:
        """Has the call its effect in spite of the fault?"""
        if self.accept or self.drop == "after":
            return True
        return not (self.answers or self.hang or self.drop)


class Faults:
    """The faults in force, oldest first."""

    def __init__(self) -> None:
        self._count = itertools.count(1)
        self._faults: list[Fault] = []
        self.cleared = asyncio.Event()

    def add(self, wanted: dict[str, Any]) -> Fault:
        """Put a fault in force; `wanted` are fields of Fault."""
        fault = Fault(**wanted, id=f"F{next(self._count)}")
        self._faults.append(fault)
        return fault

    def clear(self) -> None:
        """End all faults; calls that hang are cut off."""
        self._faults.clear()
        self.cleared.set()
        self.cleared = asyncio.Event()

    def listed(self) -> list[dict[str, Any]]:
        return [asdict(one) for one in self._faults]

    def take(self, method: str, channel: str | None) -> Fault | None:
        """The first fault that hits this call, counted down."""
        for fault in self._faults:
            if fault.method in (method, "*") and fault.channel in (None, channel):
                self._count_down(fault)
                return fault
        return None

    def _count_down(self, fault: Fault) -> None:
        if fault.times is not None:
            fault.times -= 1
            if fault.times <= 0:
                self._faults.remove(fault)
