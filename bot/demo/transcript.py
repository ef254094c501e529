"""What was said in the demo's story, where and when, in order, as text for people to read."""

import html
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from playground.client import Screen
from playground.screen_reading import words

INSIDE = "      "
Json = dict[str, Any]
Remark = tuple[datetime, str]


def transcript(journal: Iterable[Json], screen: Screen, remarks: Iterable[Remark], time_zone: str) -> str:
    """What the app said and the remarks, as it came: messages as first said, edits at their own time.

    Times are those of `time_zone` (IANA). `screen` knows the names of people and channels. A message begins
    with what a notification or a screen reader says of it; its other words stand below, indented.
    """
    read = _TranscriptReader(screen, ZoneInfo(time_zone))
    entries = [(round(entry["at"], 3), 1, read.lines(entry)) for entry in journal if _is_said(entry)]
    noted = [(round(at.timestamp(), 3), 0, [read.remark(at, about)]) for at, about in remarks]
    ordered = sorted([*entries, *noted], key=lambda each: each[:2])  # a remark stands before what came of it
    return "\n".join(line for *_, lines in ordered for line in lines) + "\n"


def _is_said(entry: Json) -> bool:
    return entry.get("method") in ("chat.postMessage", "chat.update") and entry["accepted"]


class _TranscriptReader:
    """Reads messages in their order: an edit says only what was not there before."""

    def __init__(self, screen: Screen, zone: ZoneInfo) -> None:
        self._people = {one["id"]: one["real_name"] for one in screen.raw["people"]}
        self._app = next(one["real_name"] for one in screen.raw["people"] if one["is_bot"])
        self._channels = {one["id"]: self._place(one) for one in screen.raw["channels"]}
        self._zone = zone
        self._last: dict[tuple[str, str], list[str]] = {}

    def remark(self, at: datetime, about: str) -> str:
        return f"{self._when(at.timestamp())}  ({about})"

    def lines(self, entry: Json) -> list[str]:
        """What a call said; nothing when an edit changed no word."""
        message, answer = entry["arguments"], entry["response"]
        key = answer["channel"], answer["ts"]
        lines, before = list(self._told(message)), self._last.get(key, [])
        self._last[key] = lines
        if lines == before:
            return []
        place = self._channels[answer["channel"]] + (" ↳" if message.get("thread_ts") else "")
        says = f"{self._app} now says:" if before else f"{self._app}:"
        head = f"{self._when(entry['at'])}  {place}  {says} {lines[0]}"
        return [head, *(INSIDE + line for line in lines[1:] if line not in before)]

    def _when(self, epoch: float) -> str:
        return f"{self._local(epoch):%a %Y-%m-%d %H:%M}"

    def _local(self, epoch: float) -> datetime:
        return datetime.fromtimestamp(epoch, UTC).astimezone(self._zone)

    def _date(self, match: re.Match[str]) -> str:
        """A moment as Slack would show it, by the same clock as the heads of the lines."""
        at = self._local(int(match[1]))
        shown = {"{date_short_pretty}": f"{at.day} {at:%b %Y}", "{time}": f"{at:%H:%M}"}
        return re.sub(r"\{\w+\}", lambda token: shown[token[0]], match[2])

    def _place(self, channel: Json) -> str:
        return f"to {self._people[channel['person']]}" if channel["kind"] == "im" else f"#{channel['name']}"

    def _told(self, message: Json) -> Iterator[str]:
        """What it says in short, then what of its blocks that leaves out; buttons say nothing."""
        yield (short := self._plain(message["text"]))
        for block in message.get("blocks") or ():
            if block["type"] != "actions":
                shown = {key: value for key, value in block.items() if key != "accessory"}
                lines = [line for part in words(shown) for line in part.splitlines()]
                yield from (plain for line in lines if (plain := self._plain(line)) and plain not in short)

    def _plain(self, text: str) -> str:
        """The words without Slack's marks."""
        text = re.sub(r"<@(\w+)>", lambda match: f"@{self._people.get(match[1], 'somebody')}", text)
        text = re.sub(r"<#(\w+)(?:\|[^>]*)?>", lambda match: self._channels.get(match[1], "a channel"), text)
        text = re.sub(r"<!date\^(\d+)\^([^|>]*)\|[^>]*>", self._date, text)
        text = re.sub(r"<[^|>]*\|([^>]*)>", r"\1", text)
        text = re.sub(r"(?<!\w)\*([^*]+)\*(?!\w)", r"\1", text)
        return html.unescape(" ".join(text.split()))
