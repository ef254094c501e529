"""Looks whether Slack took a message of which nobody knows: the nonce tells it from all others."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from slack_sdk import WebClient

from handlers.delivery.payload import is_marked
from handlers.slack.calls import NotTaken, call
from models.rules.delivery.outcomes import Outcome
from models.rules.delivery.verdicts import Claimed, Refusal, Sent
from models.services.delivery.posts import Post

SKEW = timedelta(minutes=2)  # Slack's clock and ours
PAGE = 15  # the most Slack gives an app that is sold outside its Marketplace
MOST_PAGES = 20
PERSON = ("U", "W")


def find(client: WebClient, row: Claimed, thread: Post | None) -> Sent | None:
    """Look for the row's message where it was sent to; None when Slack does not show it.

    Raises NotTaken when Slack did not let us look, or there is too much to look through.
    """
    channel = thread.channel if thread else _channel(client, row.channel)
    for shown in _since(client, row, channel, thread):
        if is_marked(shown, row.nonce):
            return Sent(channel, shown["ts"])
    return None


def _channel(client: WebClient, addressed: str) -> str:
    """The channel to look in: a person's is the direct message with them."""
    if not addressed.startswith(PERSON):
        return addressed
    answer = call("conversations.open", client.conversations_open, users=addressed)
    channel: str = answer["channel"]["id"]
    return channel


def _since(client: WebClient, row: Claimed, channel: str, thread: Post | None) -> Iterator[Mapping[str, Any]]:
    method, look = _way(client, thread)
    oldest = row.shown_before or f"{(row.look_from - SKEW).timestamp():.6f}"
    more = {"ts": thread.ts} if thread else {}
    for _ in range(MOST_PAGES):
        answer = call(
            method, look, channel=channel, oldest=oldest, limit=PAGE, include_all_metadata=True, **more
        )
        yield from answer["messages"]
        cursor = (answer.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return
        more["cursor"] = cursor
    raise NotTaken(Refusal(method, Outcome.NOT_SENT, "too many messages to look through"))


def _way(client: WebClient, thread: Post | None) -> tuple[str, Callable[..., Any]]:
    if thread:
        return "conversations.replies", client.conversations_replies
    return "conversations.history", client.conversations_history
