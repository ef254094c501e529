"""Adds, changes and removes messages, lets people in and out, and announces each to the app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playground import events
from playground.rendering import message_json
from playground.views import with_ids
from playground.workspace import SLACKBOT, TOMBSTONE, Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playground.slack import Slack
    from playground.workspace import Channel

TOMB_WORDS = "This message was deleted."


def post(slack: Slack, channel: Channel, user: str, **content: Any) -> Message:
    """Add a message by `user`; `content` as the fields of Message. The files it names are shared with it."""
    content["blocks"] = with_ids(content.get("blocks") or [])
    message = Message(slack.workspace.new_ts(), user, **content)
    channel.messages[message.ts] = message
    for named in _slack_files([message.blocks, message.attachments]):
        if file := slack.workspace.named(named):
            file.shares.setdefault(channel.id, message.ts)
    channel.read[user] = message.ts
    slack.changed()
    events.posted(slack, channel, message)
    return message


def _slack_files(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "slack_file" in value:
            yield value["slack_file"]
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _slack_files(one)


def post_as_app(slack: Slack, channel: Channel, **content: Any) -> Message:
    """Add a message by the app."""
    return post(slack, channel, slack.app.bot_user_id, bot_id=slack.app.bot_id, **content)


def whisper(slack: Slack, channel: Channel, viewer: str, **content: Any) -> Message:
    """Show a message to one person only; it is in no history and gone when they reload."""
    content["blocks"] = with_ids(content.get("blocks") or [])
    app = slack.app
    message = Message(slack.workspace.new_ts(), app.bot_user_id, bot_id=app.bot_id, viewer=viewer, **content)
    channel.ephemerals[message.ts] = message
    slack.changed()
    return message


def change(slack: Slack, channel: Channel, message: Message, **content: Any) -> None:
    """Change fields of a message; only text without blocks marks it as edited."""
    before = message_json(slack, message)
    if "blocks" in content:
        content["blocks"] = with_ids(content["blocks"])
    for name, value in content.items():
        setattr(message, name, value)
    if not message.blocks:
        message.edited = {"user": message.user, "ts": slack.workspace.new_ts()}
    slack.changed()
    if message.viewer is None:
        events.changed(slack, channel, message, before)


def remove(slack: Slack, channel: Channel, message: Message) -> None:
    """Remove a message; where it has replies a tombstone stands in for it as long as they are there."""
    if message.viewer is not None:
        channel.ephemerals.pop(message.ts, None)
    elif channel.replies(message.ts):
        stone = Message(message.ts, SLACKBOT, TOMB_WORDS, thread_ts=message.ts, subtype=TOMBSTONE)
        channel.messages[message.ts] = stone
        events.changed(slack, channel, stone, message_json(slack, message))
    else:
        channel.messages.pop(message.ts, None)
        events.deleted(slack, channel, message)
        above = channel.messages.get(message.thread_ts or "")
        if above is not None and above.subtype == TOMBSTONE and not channel.replies(above.ts):
            remove(slack, channel, above)
    slack.changed()


def join(slack: Slack, channel: Channel, person: str) -> None:
    """Let a person (or the app) into a channel."""
    if person not in channel.members:
        channel.members.append(person)
        slack.changed()
        events.member(slack, channel, person, "joined")


def leave(slack: Slack, channel: Channel, person: str) -> None:
    """Take a person (or the app) out of a channel."""
    if person in channel.members:
        events.member(slack, channel, person, "left")
        channel.members.remove(person)
        slack.changed()
