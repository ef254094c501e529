"""Rate limits as Slack states them: a window per method and tier, a bucket per channel for posting."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from playground.refusal import RateLimited

if TYPE_CHECKING:
    from playground.clock import Clock

WINDOW = 60.0


@dataclass
class Rates:
    """What Slack publishes, and our choice where it does not (bursts, the workspace's posting cap).

    `tiers`: calls per minute of each tier; 0 stands for "special", hundreds per minute. `posting_burst`
    messages may follow each other in one channel at once, then one per second. `history_per_minute` and
    `history_most` are set (1 and 15) for apps that are sold outside Slack's Marketplace. An upload can be
    used after `file_ready` seconds; with `private_files_show` whoever is shown a block sees its file,
    shared or not.
    """

    tiers: dict[int, int] = field(default_factory=lambda: {0: 600, 1: 1, 2: 20, 3: 50, 4: 100})
    posting_burst: int = 4
    posting_per_minute: int = 600
    history_per_minute: int | None = None
    history_most: int = 999
    file_ready: float = 1.5
    private_files_show: bool = False


class Limits:
    """Counts the calls of one app in one workspace."""

    def __init__(self, clock: Clock, rates: Rates | None = None) -> None:
        self.rates = rates or Rates()
        self._clock = clock
        self._calls: defaultdict[str, deque[float]] = defaultdict(deque)
        self._buckets: dict[str, tuple[float, float]] = {}

    def count(self, method: str, tier: int) -> None:
        """Count one call in its method's window.

        Raises:
            RateLimited: the window is full.
        """
        allowed = self.rates.tiers[tier]
        if method in {"conversations.history", "conversations.replies"}:
            allowed = self.rates.history_per_minute or allowed
        self._window(method, allowed)

    def count_post(self, method: str, channel: str) -> None:
        """Count one message to a channel: one per second after a short burst, and the workspace's cap.

        Raises:
            RateLimited: the channel's bucket is empty or the workspace's window is full.
        """
        now, burst = self._clock.epoch(), self.rates.posting_burst
        left, at = self._buckets.get(channel, (float(burst), now))
        left = min(float(burst), left + now - at) if at <= now else float(burst)  # the clock was set back
        if left < 1 - 1e-9:
            raise RateLimited(max(1, math.ceil(1 - left)))
        self._window(method, self.rates.posting_per_minute)
        self._buckets[channel] = (left - 1, now)

    def _window(self, name: str, allowed: int) -> None:
        now, calls = self._clock.epoch(), self._calls[name]
        while calls and (calls[0] <= now - WINDOW or calls[0] > now):
            calls.popleft()
        if len(calls) >= allowed:
            raise RateLimited(max(1, math.ceil(calls[0] + WINDOW - now)))
        calls.append(now)
