"""Drives a clock from an event loop: timers fire on time when it runs, and in order when it is moved."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playground.clock import Clock

LONGEST_NAP = 3600.0


class Ticker:
    """Fires the timers of `clock` in the running event loop, until `stop`."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._loop = asyncio.get_running_loop()
        self._handle: asyncio.TimerHandle | None = None
        self._moving = asyncio.Lock()
        clock.on_change = self._changed

    def stop(self) -> None:
        self._clock.on_change = None
        if self._handle is not None:
            self._handle.cancel()

    async def move(self, to: float, settle: Callable[[], Awaitable[None]]) -> None:
        """Bring the clock to `to`; before, and after each timer, `settle` lets things come to rest."""
        async with self._moving:
            await settle()
            while timer := self._clock.take_due(to):
                self._clock.jump(max(timer.when, self._clock.epoch()))
                timer.action()
                await settle()
            self._clock.jump(to)
            self._arm()

    def _changed(self) -> None:
        self._loop.call_soon_threadsafe(self._arm)

    def _arm(self) -> None:
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None
        due = self._clock.next_due()
        wait = None if due is None else due - self._clock.epoch()
        if wait is not None and (self._clock.running or wait <= 0):
            self._handle = self._loop.call_later(min(max(wait, 0.0), LONGEST_NAP), self._fire)

    def _fire(self) -> None:
        self._handle = None
        if not self._moving.locked():
            while timer := self._clock.take_due(self._clock.epoch()):
                timer.action()
            self._arm()


def sleep(clock: Clock, seconds: float) -> asyncio.Future[None]:
    """A future that is done once `seconds` have passed on the clock."""
    done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    timer = clock.call_later(seconds, lambda: finish(done, None))
    done.add_done_callback(lambda _: timer.cancel())
    return done


def finish(future: asyncio.Future[Any], value: Any) -> None:
    """Give a future its result unless it has one."""
    if not future.done():
        future.set_result(value)
