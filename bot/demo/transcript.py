"""What was said in the demo's story, where and when, as text for people to read: a line per message."""

import html
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from playground.client import Message, Screen

REPLY = "    ↳ "
Remark = tuple[datetime, str]


def transcript(screen: Screen, remarks: Iterable[Remark], time_zone: str) -> str:
    """Everything on a screen and the remarks, in order, replies below what they answer.

    Times are those of `time_zone` (IANA). Messages read as a notification or a screen reader says them, in
    their last wording; in them people and channels have names.
    """
    read = _Reader(screen, ZoneInfo(time_zone))
    said = [(float(message.ts), read.lines(place, message)) for place, message in _all(screen)]
    noted = [(at.timestamp(), [f"{read.when(at.timestamp())}  ({words})"]) for at, words in remarks]
    ordered = sorted([*said, *noted], key=lambda each: each[0])
    return "\n".join(line for _, lines in ordered for line in lines) + "\n"


def _all(screen: Screen) -> Iterator[tuple[dict[str, Any], Message]]:
    for channel in screen.raw["channels"]:
        for message in screen.messages(channel["id"]):
            if message.raw["subtype"] is None:
                yield channel, message


class _Reader:
    def __init__(self, screen: Screen, zone: ZoneInfo) -> None:
        self._people = {one["id"]: one["real_name"] for one in screen.raw["people"]}
        self._channels = {one["id"]: f"#{one['name']}" for one in screen.raw["channels"]}
        self._zone = zone

    def when(self, epoch: float) -> str:
        return f"{datetime.fromtimestamp(epoch, UTC).astimezone(self._zone):%a %Y-%m-%d %H:%M}"

    def lines(self, channel: dict[str, Any], message: Message) -> list[str]:
        """The message, and its replies indented."""
        place = self._place(channel)
        thread = sorted(message.thread, key=lambda reply: float(reply.ts))
        return [self._line(place, message), *(REPLY + self._line("", reply) for reply in thread)]

    def _place(self, channel: dict[str, Any]) -> str:
        if channel["kind"] == "im":
            return f"to {self._people[channel['person']]}"
        return self._channels[channel["id"]]

    def _line(self, place: str, message: Message) -> str:
        who = f"  {place}  " if place else "  "
        return f"{self.when(float(message.ts))}{who}{self._people[message.user]}: {self._plain(message)}"

    def _plain(self, message: Message) -> str:
        """The words without Slack's marks."""
        text = re.sub(r"<@(\w+)>", lambda found: f"@{self._people.get(found[1], 'somebody')}", message.text)
        text = re.sub(r"<#(\w+)(?:\|[^>]*)?>", lambda found: self._channels.get(found[1], "a channel"), text)
        text = re.sub(r"<!date\^[^|>]*\|([^>]*)>", r"\1", text)
        text = re.sub(r"<[^|>]*\|([^>]*)>", r"\1", text)
        return html.unescape(" ".join(text.split()))
