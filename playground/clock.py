"""One clock for everything timed: it runs or stands still, and timers fire in order when it passes them."""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def machine_time() -> float:
    """Seconds since the epoch by this machine: where a clock starts, and what signatures are stamped with."""
    return time.time()  # noqa: TID251 - this is the clock that all others ask


@dataclass(order=True)
class Timer:
    """An action to run when the clock reaches `when` (seconds since the epoch)."""

    when: float
    order: int
    action: Callable[[], None] = field(compare=False)
    cancelled: bool = field(default=False, compare=False)

    def cancel(self) -> None:
        self.cancelled = True


class Clock:
    """A clock that a server and the app under test can share: `now()` is safe from any thread.

    Whoever drives it (the playground's event loop) sets `on_change` and runs the timers; a clock nobody
    drives runs its own in `advance`.
    """

    def __init__(self, start: datetime | float | None = None, *, running: bool = True) -> None:
        begin = start.timestamp() if isinstance(start, datetime) else start
        self._lock = threading.RLock()
        self._base = machine_time() if begin is None else float(begin)
        self._since = time.monotonic()
        self._running = running
        self._timers: list[Timer] = []
        self._count = itertools.count()
        self.on_change: Callable[[], None] | None = None

    @property
    def running(self) -> bool:
        return self._running

    def epoch(self) -> float:
        """Now, in seconds since the epoch."""
        with self._lock:
            return self._base + (time.monotonic() - self._since if self._running else 0.0)

    def now(self) -> datetime:
        """Now, as an aware time in UTC."""
        return datetime.fromtimestamp(self.epoch(), UTC)

    def run(self, *, running: bool) -> None:
        """Let the clock run at the machine's pace, or freeze it."""
        with self._lock:
            self.jump(self.epoch())
            self._running = running
        self._changed()

    def jump(self, epoch: float) -> None:
        """Set the time without firing anything; who drives the clock fires the timers."""
        with self._lock:
            self._base, self._since = epoch, time.monotonic()

    def call_at(self, when: float, action: Callable[[], None]) -> Timer:
        """Run `action` when the clock reaches `when`; timers of one moment run in the order they were set."""
        timer = Timer(when, next(self._count), action)
        with self._lock:
            heapq.heappush(self._timers, timer)
        self._changed()
        return timer

    def call_later(self, seconds: float, action: Callable[[], None]) -> Timer:
        """Run `action` once `seconds` have passed on this clock."""
        return self.call_at(self.epoch() + seconds, action)

    def next_due(self) -> float | None:
        """When the next timer fires, or None."""
        with self._lock:
            while self._timers and self._timers[0].cancelled:
                heapq.heappop(self._timers)
            return self._timers[0].when if self._timers else None

    def take_due(self, until: float) -> Timer | None:
        """Take the next timer that is due at `until` or before, or None."""
        with self._lock:
            due = self.next_due()
            return None if due is None or due > until else heapq.heappop(self._timers)

    def advance(self, seconds: float) -> None:
        """Move a clock nobody drives, firing its timers in order."""
        goal = self.epoch() + seconds
        while timer := self.take_due(goal):
            self.jump(max(timer.when, self.epoch()))
            timer.action()
        self.jump(goal)

    def _changed(self) -> None:
        if self.on_change is not None:
            self.on_change()
