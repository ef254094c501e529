"""Looks whether Slack took a message of which nobody knows: the nonce tells it from all others."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from slack_sdk import WebClient

from handlers.delivery.payload import is_marked
from handlers.delivery.reach import PERSON
from handlers.slack.calls import NotTaken, call
from models.rules.delivery.outcomes import Outcome
from models.rules.delivery.verdicts import Claimed, Refusal
from models.services.delivery.posts import Post

SKEW = timedelta(minutes=2)  # Slack's clock and ours
PAGE = 15  # the most Slack gives an app that is sold outside its Marketplace
MOST_PAGES = 20  # of one go: a lease does not last for more
NO_SUCH_PLACE = "invalid_cursor"


@dataclass(frozen=True)
class Found:
    """A message that Slack shows."""

    nonce: str
    post: Post


@dataclass(frozen=True)
class _Reached:
    """How far a look for a row's message came."""

    began: datetime
    cursor: str


class Search:
    """Looks page by page; told to wait, a look goes on later where it stopped.

    Slack may give one page a minute, to an app sold outside its Marketplace: a look that began anew each time
    would never see the second. What is remembered is this process' own; another begins its look anew.
    """

    def __init__(self, client: WebClient) -> None:
        self._client = client
        self._reached: dict[int, _Reached] = {}

    def find(
        self, row: Claimed, nonces: Collection[str], thread: Post | None, now: datetime
    ) -> Found | datetime:
        """Look for a message of these nonces where the row goes; when Slack shows none, say since when.

        Raises NotTaken when Slack did not let us look to the end yet.
        """
        channel = thread.channel if thread else self._channel(row.channel)
        reached = self._reached.get(row.id)
        began = reached.began if reached else now
        for shown in self._pages(row, channel, thread, began):
            if nonce := next((each for each in nonces if is_marked(shown, each)), None):
                self._reached.pop(row.id, None)
                return Found(nonce, Post(channel, shown["ts"]))
        return began

    def _channel(self, addressed: str) -> str:
        """The channel to look in: a person's is the direct message with them."""
        if not addressed.startswith(PERSON):
            return addressed
        answer = call("conversations.open", self._client.conversations_open, users=addressed)
        channel: str = answer["channel"]["id"]
        return channel

    def _pages(
        self, row: Claimed, channel: str, thread: Post | None, began: datetime
    ) -> Iterator[Mapping[str, Any]]:
        """All messages since the row was first tried that no page before showed."""
        method, look = self._way(thread)
        oldest = row.shown_before or f"{(row.look_from - SKEW).timestamp():.6f}"
        where = {"channel": channel, "oldest": oldest, **({"ts": thread.ts} if thread else {})}
        for _ in range(MOST_PAGES):
            answer = self._page(row, method, look, where)
            yield from answer["messages"]
            cursor = (answer.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                self._reached.pop(row.id, None)
                return
            self._reached[row.id] = _Reached(began, cursor)
        raise NotTaken(Refusal(method, Outcome.NOT_SENT, "too many messages to look through at once"))

    def _page(
        self, row: Claimed, method: str, look: Callable[..., Any], where: Mapping[str, str]
    ) -> Mapping[str, Any]:
        reached = self._reached.get(row.id)
        more = {"cursor": reached.cursor} if reached else {}
        try:
            return call(method, look, limit=PAGE, include_all_metadata=True, **where, **more)
        except NotTaken as fault:
            if fault.refusal.reason != NO_SUCH_PLACE:
                raise
            self._reached.pop(row.id, None)
            raise NotTaken(replace(fault.refusal, outcome=Outcome.NOT_SENT)) from fault

    def _way(self, thread: Post | None) -> tuple[str, Callable[..., Any]]:
        if thread:
            return "conversations.replies", self._client.conversations_replies
        return "conversations.history", self._client.conversations_history
