"""Messages the app scheduled: at most 120 days ahead, 30 in five minutes, due when the clock is there."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from playground.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from playground.clock import Clock, Timer
    from playground.workspace import Channel

FURTHEST = 120 * 24 * 3600
SPAN = 300
MOST_IN_SPAN = 30


@dataclass
class Pending:
    id: str
    channel: str
    post_at: int
    created: int
    content: dict[str, Any]
    timer: Timer


class Scheduled:
    """What waits to be posted."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._count = itertools.count(1)
        self.pending: dict[str, Pending] = {}

    def add(
        self, channel: Channel, post_at: int, content: dict[str, Any], post: Callable[[Pending], None]
    ) -> Pending:
        """Schedule a message; `post` is called with it when it is due.

        Raises:
            Refused: time_in_past, time_too_far or restricted_too_many.
        """
        now = int(self._clock.epoch())
        if post_at <= now:
            raise Refused("time_in_past")
        if post_at > now + FURTHEST:
            raise Refused("time_too_far")
        spans = [one.post_at // SPAN for one in self.pending.values() if one.channel == channel.id]
        if spans.count(post_at // SPAN) >= MOST_IN_SPAN:
            raise Refused("restricted_too_many")
        made = f"Q{next(self._count):010d}"
        timer = self._clock.call_at(post_at, lambda: post(self.pending.pop(made)))
        self.pending[made] = Pending(made, channel.id, post_at, now, content, timer)
        return self.pending[made]

    def remove(self, scheduled_id: str, channel: Channel) -> None:
        """Forget a message that was not posted yet.

        Raises:
            Refused: invalid_scheduled_message_id.
        """
        found = self.pending.get(scheduled_id)
        if found is None or found.channel != channel.id:
            raise Refused("invalid_scheduled_message_id")
        found.timer.cancel()
        del self.pending[scheduled_id]
