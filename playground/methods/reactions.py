"""Reactions to messages, and pins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playground import events
from playground.methods.registry import method
from playground.refusal import Refused
from playground.rendering import message_json

if TYPE_CHECKING:
    from playground.methods.registry import Answer, Call
    from playground.workspace import Channel, Message

WRITE = ("reactions:write",)
MOST_EMOJI = 23
_NAME = re.compile(r"[a-z0-9_+\-']+")


def _message(call: Call) -> tuple[Channel, Message]:
    channel = call.joined()
    message = channel.messages.get(call.get("timestamp") or "")
    if message is None:
        raise Refused("message_not_found")
    return channel, message


def _name(call: Call) -> str:
    name = str(call.get("name")).strip(":")
    if not _NAME.fullmatch(name):
        raise Refused("invalid_name")
    return name


@method(
    "reactions.add", tier=3, scopes=WRITE, needs="channel timestamp name", missing="any emoji name is known"
)
def add(call: Call) -> Answer:
    """React to a message as the app."""
    (channel, message), name, bot = _message(call), _name(call), call.slack.app.bot_user_id
    if bot in message.reactions.get(name, []):
        raise Refused("already_reacted")
    if name not in message.reactions and len(message.reactions) >= MOST_EMOJI:
        raise Refused("too_many_emoji")
    message.reactions.setdefault(name, []).append(bot)
    call.slack.changed()
    events.reaction(call.slack, (channel, message), name, bot, "added")
    return {}


@method(
    "reactions.remove",
    tier=2,
    scopes=WRITE,
    needs="channel timestamp name",
    missing="messages only, no files",
)
def remove(call: Call) -> Answer:
    """Take back a reaction of the app."""
    (channel, message), name, bot = _message(call), _name(call), call.slack.app.bot_user_id
    people = message.reactions.get(name, [])
    if bot not in people:
        raise Refused("no_reaction")
    people.remove(bot)
    if not people:
        del message.reactions[name]
    call.slack.changed()
    events.reaction(call.slack, (channel, message), name, bot, "removed")
    return {}


@method(
    "reactions.get",
    tier=3,
    scopes=("reactions:read",),
    needs="channel timestamp",
    takes="full:bool",
    missing="messages only, no files",
)
def get(call: Call) -> Answer:
    """A message with its reactions."""
    channel, message = _message(call)
    return {"type": "message", "channel": channel.id, "message": message_json(call.slack, message)}


@method("pins.add", tier=2, scopes=("pins:write",), needs="channel timestamp", missing="no pin_added event")
def pin(call: Call) -> Answer:
    """Pin a message to its channel."""
    channel, message = _message(call)
    if message.ts in channel.pins:
        raise Refused("already_pinned")
    channel.pins.append(message.ts)
    call.slack.changed()
    return {}
