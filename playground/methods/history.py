"""What was said: a channel's history and a thread's replies, page by page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playground.methods.registry import method
from playground.refusal import Refused
from playground.rendering import thread_json

if TYPE_CHECKING:
    from playground.methods.registry import Answer, Call
    from playground.workspace import Channel, Message

HISTORY = {"channel": "channels:history", "private": "groups:history", "im": "im:history"}
ANY_HISTORY = (*HISTORY.values(), "mpim:history")
WINDOW = "cursor include_all_metadata:bool inclusive:bool latest limit:int oldest"
USUAL = 100
EARLIEST, LATEST = "0", "99999999999"
_TS = re.compile(r"[0-9]{1,11}(\.[0-9]{1,6})?")


@method("conversations.history", tier=3, scopes=ANY_HISTORY, needs="channel", takes=WINDOW)
def history(call: Call) -> Answer:
    """Top-level messages, newest first; metadata's payload only when asked for."""
    channel = _readable(call)
    found = [one for one in channel.messages.values() if not one.is_reply or one.broadcast]
    return _answer(call, channel, _inside(call, found)[::-1])


@method("conversations.replies", tier=3, scopes=ANY_HISTORY, needs="channel ts", takes=WINDOW)
def replies(call: Call) -> Answer:
    """A thread, oldest first: the parent on top of every page, then its replies."""
    channel, ts = _readable(call), call.get("ts")
    parent = channel.messages.get(ts)
    root = parent.thread_ts or ts if parent is not None else ts
    top = channel.messages.get(root)
    found = _inside(call, channel.replies(root))
    if top is None and not found:
        raise Refused("thread_not_found")
    return _answer(call, channel, ([top] if top is not None else []) + found)


def _readable(call: Call) -> Channel:
    channel = call.joined()
    call.need_scope(HISTORY[channel.kind])
    return channel


def _inside(call: Call, messages: list[Message]) -> list[Message]:
    oldest, latest = moment(call, "oldest", EARLIEST), moment(call, "latest", LATEST)
    both = call.get("inclusive", False)
    newest = call.slack.clock.epoch() - call.lag
    return [
        one
        for one in sorted(messages, key=lambda message: float(message.ts))
        if (micro(oldest) < micro(one.ts) < micro(latest) or (both and one.ts in (oldest, latest)))
        and (not call.lag or float(one.ts) <= newest)
    ]


def moment(call: Call, name: str, default: str) -> str:
    """An argument that is a message's id or seconds since the epoch.

    Raises:
        Refused: invalid_ts_oldest or invalid_ts_latest.
    """
    value: str = call.get(name) or default
    if not _TS.fullmatch(value):
        raise Refused(f"invalid_ts_{name}")
    return value


def micro(ts: str) -> int:
    """Microseconds since the epoch."""
    seconds, _, rest = ts.partition(".")
    return int(seconds) * 1_000_000 + int(f"{rest:0<6}"[:6])


def _answer(call: Call, channel: Channel, found: list[Message]) -> Answer:
    most = call.slack.limits.rates.history_most
    limit = min(call.get("limit") or min(USUAL, most), most)
    if limit <= 0:
        raise Refused("invalid_limit")
    shown, cursor = _page(call.get("cursor"), found, limit)
    everything = bool(call.get("include_all_metadata"))
    answer: Answer = {
        "messages": [thread_json(call.slack, channel, one, all_metadata=everything) for one in shown],
        "has_more": bool(cursor),
        "pin_count": len(channel.pins),
    }
    return answer | ({"response_metadata": {"next_cursor": cursor}} if cursor else {})


def _page(cursor: str | None, found: list[Message], limit: int) -> tuple[list[Message], str]:
    """A cursor names the message a page begins with, so what is posted between two pages moves nothing."""
    start = 0
    if cursor:
        start = next((at for at, one in enumerate(found) if f"next_ts:{one.ts}" == cursor), -1)
        if start < 0:
            raise Refused("invalid_cursor")
    following = found[start + limit : start + limit + 1]
    return found[start : start + limit], f"next_ts:{following[0].ts}" if following else ""
