"""Who and what there is: people and channels are added and changed, and the app hears of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from playground import control_schema, events, posting, screen
from playground.refusal import NotPossible
from playground.rendering import channel_json, person_json
from playground.workspace import Channel, Person

if TYPE_CHECKING:
    from playground.slack import Slack

JSON = dict[str, Any]
_NAME = re.compile(r"[\w-]{1,80}")


async def set_person(slack: Slack, wanted: JSON) -> JSON:
    """Add a person, or change one by id."""
    control_schema.check(control_schema.PERSON, wanted)
    known = slack.workspace.people.get(wanted.get("id", ""))
    if known is None:
        control_schema.check(control_schema.NEW, wanted)
        name = wanted["name"]
        made = {"id": slack.workspace.new_id("U"), "real_name": name, **wanted, "name": name.lower()}
        known = slack.workspace.people[made["id"]] = Person(**made)
        if known.team_id == slack.app.team_id:
            events.announce(slack, {"type": "team_join", "user": person_json(slack, known)})
    else:
        if wanted.get("is_ultra_restricted"):
            _keep_to_one_channel(slack.workspace.channels_of(known.id)[1:], known)
        for name, value in wanted.items():
            setattr(known, name, value)
        events.announce(slack, {"type": "user_change", "user": person_json(slack, known)})
    return {"person": screen.brief(known)}


async def set_channel(slack: Slack, wanted: JSON) -> JSON:
    """Add a channel, or change one by id; `bot` says whether the app is a member."""
    control_schema.check(control_schema.CHANNEL, wanted)
    channel = slack.workspace.channels.get(wanted.get("id", ""))
    strangers = set(wanted.get("members", [])) - set(slack.workspace.people)
    if strangers:
        raise NotPossible("no_such_person", f"Nobody here has the id {', '.join(sorted(strangers))}.", 404)
    for person in (slack.workspace.people[one] for one in wanted.get("members", [])):
        if person.is_ultra_restricted:
            others = [one for one in slack.workspace.channels_of(person.id) if one is not channel]
            _keep_to_one_channel(others, person)
    if channel is None:
        channel = _new_channel(slack, wanted)
    else:
        _rename(slack, channel, wanted)
    if "archived" in wanted and wanted["archived"] != channel.archived:
        channel.archived = wanted["archived"]
        kind = "channel_archive" if channel.archived else "channel_unarchive"
        events.announce(slack, {"type": kind, "channel": channel.id, "user": ""}, channel)
    channel.topic = wanted.get("topic", channel.topic)
    _share(slack, channel, wanted.get("shared_with", channel.shared_with))
    _set_members(slack, channel, wanted)
    return {"channel": {**channel_json(slack, channel), "members": channel.members}}


def _keep_to_one_channel(others: list[Channel], guest: Person) -> None:
    if others:
        sentence = f"{guest.real_name} is a single-channel guest, and in #{others[0].name}."
        raise NotPossible("one_channel_only", sentence)


def _new_channel(slack: Slack, wanted: JSON) -> Channel:
    control_schema.check(control_schema.NEW, wanted)
    name, kind = _free_name(slack, wanted), "private" if wanted.get("private") else "channel"
    made = Channel(wanted.get("id") or slack.workspace.new_id("C"), name, kind, slack.workspace.seconds())
    slack.workspace.channels[made.id] = made
    return made


def _free_name(slack: Slack, wanted: JSON) -> str:
    """The channel's name, written as Slack wants it and not taken."""
    name: str = wanted["name"].removeprefix("#")
    if not _NAME.fullmatch(name) or name != name.lower():
        sentence = "A channel's name is 80 lower-case letters, digits, - and _ at most."
        raise NotPossible("invalid_name", sentence)
    if slack.workspace.find(name) is not None:
        raise NotPossible("name_taken", f"There is a channel #{name} already.")
    return name


def _rename(slack: Slack, channel: Channel, wanted: JSON) -> None:
    kind = "private" if wanted.get("private", channel.kind == "private") else "channel"
    if kind != channel.kind:
        channel.kind = kind
        events.converted(slack, channel)
    if wanted.get("name", channel.name).removeprefix("#") != channel.name:
        channel.name = _free_name(slack, wanted)
        told = {"id": channel.id, "name": channel.name, "created": channel.created}
        events.announce(slack, {"type": "channel_rename", "channel": told}, channel)


def _share(slack: Slack, channel: Channel, other: str) -> None:
    before, channel.shared_with = channel.shared_with, other
    if other != before:
        events.shared(slack, channel, other or before, is_so=bool(other))


def _set_members(slack: Slack, channel: Channel, wanted: JSON) -> None:
    bot = slack.app.bot_user_id
    people = wanted.get("members", [one for one in channel.members if one != bot])
    with_bot = wanted.get("bot", bot in channel.members)
    goal = [*(one for one in people if one != bot), *([bot] if with_bot else [])]
    if not channel.members:  # a new channel: its people were always there, nobody joins
        channel.members = goal
    for one in [one for one in channel.members if one not in goal]:
        posting.leave(slack, channel, one)
    for one in sorted(goal, key=lambda each: each != bot):
        posting.join(slack, channel, one)
