"""The workspace as plain values in memory: people, channels, messages and files."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playground.clock import Clock

TEAM_ID = "T0PLAYGROUND"
TEAM_NAME = "Practice Workspace"
SLACKBOT = "USLACKBOT"  # Slack itself, who is nobody's colleague
TOMBSTONE = "tombstone"  # the subtype of what stands in for a deleted message with replies


@dataclass
class Person:
    id: str
    name: str
    real_name: str
    tz: str = "UTC"
    email: str = ""
    deleted: bool = False
    active: bool = True
    is_bot: bool = False
    team_id: str = TEAM_ID  # another one: they are here through Slack Connect, or of the same organization
    enterprise_id: str = ""
    is_restricted: bool = False  # a guest
    is_ultra_restricted: bool = False  # a guest of one channel

    @property
    def is_guest(self) -> bool:
        return self.is_restricted or self.is_ultra_restricted

    @property
    def is_full_member(self) -> bool:
        """Of this workspace and no guest: who is has its public channels, commands and shortcuts."""
        return self.team_id == TEAM_ID and not self.is_guest


@dataclass
class Message:
    """A message as kept; `viewer` is set on an ephemeral one and names the only person who sees it."""

    ts: str
    user: str
    text: str = ""
    blocks: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[dict[str, Any]] = field(default_factory=list)
    thread_ts: str | None = None
    bot_id: str | None = None
    username: str | None = None
    subtype: str | None = None
    metadata: dict[str, Any] | None = None
    edited: dict[str, Any] | None = None
    files: list[str] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    broadcast: bool = False
    viewer: str | None = None

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass
class Channel:
    """A conversation; `kind` is "channel", "private" or "im"."""

    id: str
    name: str
    kind: str
    created: int
    members: list[str] = field(default_factory=list)
    archived: bool = False
    shared_with: str = ""  # another organization, whose people may come in
    topic: str = ""
    messages: dict[str, Message] = field(default_factory=dict)
    ephemerals: dict[str, Message] = field(default_factory=dict)
    read: dict[str, str] = field(default_factory=dict)
    pins: list[str] = field(default_factory=list)

    def replies(self, ts: str) -> list[Message]:
        """The replies in the thread of message `ts`, oldest first."""
        return [one for one in self.messages.values() if one.thread_ts == ts and one.ts != ts]

    def other(self, person: str) -> str:
        """Who else is in a direct message with this person (oneself, when alone)."""
        return next((one for one in self.members if one != person), person)


@dataclass
class File:
    """An upload; nothing may name it before it is `ready_at`, and none but `user` sees it before a share.

    `shares` are the channels where an upload or a posted message first brought it; an edit shares nothing.
    """

    id: str
    name: str
    length: int
    user: str
    created: int
    title: str = ""
    alt_text: str = ""
    content: bytes | None = None
    mimetype: str = "application/octet-stream"
    ready_at: float | None = None  # set once it is complete
    deleted: bool = False
    shares: dict[str, str] = field(default_factory=dict)


class Workspace:
    """All there is in one workspace, by id."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._count = itertools.count(1)
        self._last_micro = 0
        self.people: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
        self.files: dict[str, File] = {}
        self._ims: dict[frozenset[str], Channel] = {}

    def new_id(self, letter: str) -> str:
        """An id that was not given before, like C0000000012."""
        made = f"{letter}{next(self._count):010d}"
        taken = made in self.people or made in self.channels
        return self.new_id(letter) if taken else made

    def new_ts(self) -> str:
        """A message's id: the clock in seconds with six decimals, later than any given before."""
        self._last_micro = max(int(self._clock.epoch() * 1_000_000), self._last_micro + 1)
        return f"{self._last_micro // 1_000_000}.{self._last_micro % 1_000_000:06d}"

    def seconds(self) -> int:
        return int(self._clock.epoch())

    def find(self, reference: str) -> Channel | None:
        """A channel by its id, or by the name of a public one with or without #."""
        name = reference.removeprefix("#")
        named = (one for one in self.channels.values() if one.kind == "channel" and one.name == name)
        return self.channels.get(reference) or next(named, None)

    def im(self, one: str, other: str) -> Channel | None:
        """The direct message of these two, if they ever opened it."""
        return self._ims.get(frozenset((one, other)))

    def open_im(self, one: str, other: str) -> Channel:
        """The direct message of these two, opened if need be."""
        found = self.im(one, other)
        if found is None:
            found = Channel(self.new_id("D"), "", "im", self.seconds(), [one, other])
            self.channels[found.id] = self._ims[frozenset((one, other))] = found
        return found

    def visible(self, person: str) -> Iterator[Channel]:
        """The conversations this person can open: those they are in, and public ones for a full member."""
        roams = self.people[person].is_full_member
        channels = self.channels.values()
        return (one for one in channels if (roams and one.kind == "channel") or person in one.members)

    def channels_of(self, person: str) -> list[Channel]:
        """The channels this person is in, direct messages aside."""
        return [one for one in self.channels.values() if one.kind != "im" and person in one.members]

    def is_shared(self, channel: Channel) -> bool:
        """Whether it is another organization's, too, or people of another workspace are in it."""
        has_others = any(self.people[one].team_id != TEAM_ID for one in channel.members)
        return bool(channel.shared_with) or has_others

    def is_stranger(self, person: Person) -> bool:
        """Whether somebody of another workspace shares no channel with a bot of ours."""
        met = (self.people[one].is_bot for channel in self.channels_of(person.id) for one in channel.members)
        return person.team_id != TEAM_ID and not any(met)

    def named(self, slack_file: dict[str, Any]) -> File | None:
        """The file a block names by its id or its address."""
        by_url = (one for one in self.files.values() if f"/files/{one.id}/" in slack_file.get("url", ""))
        return self.files.get(slack_file.get("id", "")) or next(by_url, None)

    def is_ready(self, file: File) -> bool:
        """Whether a message or a view may name it by now."""
        return file.ready_at is not None and not file.deleted and self._clock.epoch() >= file.ready_at

    def shows(self, file: File, person: str) -> bool:
        """Whether this person may see it: who uploaded it, and all who can open where it was shared."""
        return file.user == person or any(one.id in file.shares for one in self.visible(person))
