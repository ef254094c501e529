"""Messages the app scheduled: at most 120 days ahead, 30 in five minutes, posted when the clock is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from playground import posting
from playground.refusal import Refused

if TYPE_CHECKING:
    from playground.clock import Timer
    from playground.slack import Slack
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

    def __init__(self, slack: Slack) -> None:
        self._slack = slack
        self.pending: dict[str, Pending] = {}

    def add(self, channel: Channel, post_at: int, content: dict[str, Any]) -> Pending:
        """Schedule a message.

        Raises:
            Refused: time_in_past, time_too_far or restricted_too_many.
        """
        now = self._slack.workspace.seconds()
        if post_at <= now:
            raise Refused("time_in_past")
        if post_at > now + FURTHEST:
            raise Refused("time_too_far")
        spans = [one.post_at // SPAN for one in self.pending.values() if one.channel == channel.id]
        if spans.count(post_at // SPAN) >= MOST_IN_SPAN:
            raise Refused("restricted_too_many")
        made = self._slack.unique("Q")
        timer = self._slack.clock.call_at(post_at, lambda: self._post(made))
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

    def _post(self, scheduled_id: str) -> None:
        """Slack's page warns that a message with metadata is never posted; so it is here."""
        due = self.pending.pop(scheduled_id)
        channel = self._slack.workspace.channels[due.channel]
        public = channel.kind == "channel" and "chat:write.public" in self._slack.app.scopes
        able = (public or self._slack.app.bot_user_id in channel.members) and not channel.archived
        if due.content.get("metadata") is None and able and not self._slack.app.token_revoked:
            posting.post_as_app(self._slack, channel, **due.content)
