"""Which events the app hears of: those its manifest subscribes, its scopes allow and its memberships show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playground.rendering import message_json

if TYPE_CHECKING:
    from playground.slack import Slack
    from playground.workspace import Channel, Message

PREFIX = {"channel": "channels", "private": "groups", "im": "im"}
KIND = {"channel": "channel", "private": "group", "im": "im"}
SCOPES = {
    "app_mention": {"app_mentions:read"},
    "member_joined_channel": {"channels:read", "groups:read"},
    "member_left_channel": {"channels:read", "groups:read"},
    "channel_shared": {"channels:read", "groups:read"},
    "channel_unshared": {"channels:read", "groups:read"},
    "file_shared": {"files:read"},
    "reaction_added": {"reactions:read"},
    "reaction_removed": {"reactions:read"},
    "channel_archive": {"channels:read"},
    "channel_unarchive": {"channels:read"},
    "channel_rename": {"channels:read"},
    "user_change": {"users:read"},
    "team_join": {"users:read"},
    "message_metadata_posted": {"metadata.message:read"},
}

# Of a private channel these need another scope than of a public one.
BY_KIND = {"member_joined_channel", "member_left_channel", "channel_shared", "channel_unshared"}


def announce(slack: Slack, event: dict[str, Any], channel: Channel | None = None, name: str = "") -> None:
    """Send an event to the app if it may hear of it.

    Args:
        slack: the playground.
        event: the inner event, without event_ts.
        channel: where it happened; the app must be a member there.
        name: what the manifest subscribes, when it differs from the event's type (message.im).
    """
    subscription = name or event["type"]
    needed = SCOPES.get(subscription, set())
    if subscription not in slack.manifest.events or (needed and not needed & set(slack.app.scopes)):
        return
    if channel is not None and not _may_hear(slack, channel, subscription):
        return
    if not slack.app.token_revoked:
        is_shared = channel is not None and slack.workspace.is_shared(channel)
        stamped = {"event_ts": event.get("ts") or slack.workspace.new_ts(), **event}
        slack.delivery.event(stamped, is_shared=is_shared)


def _may_hear(slack: Slack, channel: Channel, subscription: str) -> bool:
    may_read = f"{PREFIX[channel.kind]}:read" in slack.app.scopes or subscription not in BY_KIND
    return may_read and slack.app.bot_user_id in channel.members


def message(slack: Slack, channel: Channel, event: dict[str, Any]) -> None:
    """Announce a message event of any subtype."""
    prefix = PREFIX[channel.kind]
    if f"{prefix}:history" in slack.app.scopes:
        where = {"channel": channel.id, "channel_type": KIND[channel.kind]}
        announce(slack, {"type": "message", **event, **where}, channel, f"message.{prefix}")


def posted(slack: Slack, channel: Channel, sent: Message) -> None:
    """Announce a new message, and the mention of the app or the metadata in it."""
    body = message_json(slack, sent)
    message(slack, channel, body)
    metadata_posted(slack, channel, sent)
    bot = slack.app.bot_user_id
    if sent.user != bot and f"<@{bot}>" in sent.text and channel.kind != "im":
        announce(slack, {**body, "type": "app_mention", "channel": channel.id}, channel)


def metadata_posted(slack: Slack, channel: Channel, sent: Message) -> None:
    """Announce the metadata of a message to an app that subscribes its event_type."""
    if sent.metadata is not None and sent.metadata["event_type"] in slack.manifest.metadata_events:
        event = {
            "type": "message_metadata_posted",
            "app_id": slack.app.app_id,
            "bot_id": sent.bot_id,
            "user_id": sent.user,
            "team_id": slack.app.team_id,
            "channel_id": channel.id,
            "metadata": sent.metadata,
            "message_ts": sent.ts,
        }
        announce(slack, event, channel)


def changed(slack: Slack, channel: Channel, now: Message, before: dict[str, Any]) -> None:
    """Announce that a message reads differently now; `before` is how it read."""
    event = {
        "subtype": "message_changed",
        "hidden": True,
        "message": message_json(slack, now),
        "previous_message": before,
        "ts": slack.workspace.new_ts(),
    }
    message(slack, channel, event)


def deleted(slack: Slack, channel: Channel, gone: Message) -> None:
    """Announce that a message is gone."""
    event = {
        "subtype": "message_deleted",
        "hidden": True,
        "deleted_ts": gone.ts,
        "previous_message": message_json(slack, gone),
        "ts": slack.workspace.new_ts(),
    }
    message(slack, channel, event)


def member(slack: Slack, channel: Channel, person: str, verb: str) -> None:
    """Announce that a person "joined" or "left" a channel."""
    letter = {"channel": "C", "private": "G", "im": "D"}[channel.kind]
    event = {"type": f"member_{verb}_channel", "user": person, "channel": channel.id, "channel_type": letter}
    announce(slack, event | {"team": slack.app.team_id}, channel)


def shared(slack: Slack, channel: Channel, other: str, *, is_so: bool) -> None:
    """Announce that a channel is another organization's, too, or no more."""
    event = {"type": "channel_shared", "connected_team_id": other, "channel": channel.id}
    if not is_so:
        event = {"type": "channel_unshared", "previously_connected_team_id": other, "channel": channel.id}
    announce(slack, event if is_so else {**event, "is_ext_shared": False}, channel)


def converted(slack: Slack, channel: Channel) -> None:
    """Announce that a channel was made public or private: a message says so, and no event of its own."""
    kind = "public" if channel.kind == "channel" else "private"
    words = f"made this channel *{kind}*."
    told = {"subtype": f"channel_convert_to_{kind}", "user": "", "text": words}
    message(slack, channel, {**told, "ts": slack.workspace.new_ts()})


def home_opened(slack: Slack, person: str, tab: str, channel: str, view: dict[str, Any] | None) -> None:
    """Announce that a person looks at the app's "home" or "messages" tab."""
    event = {"type": "app_home_opened", "user": person, "channel": channel, "tab": tab}
    announce(slack, event if view is None else event | {"view": view})


def file_shared(slack: Slack, channel: Channel, file_id: str, user: str) -> None:
    """Announce that a file is to be seen in a channel now."""
    event = {"type": "file_shared", "file_id": file_id, "user_id": user, "file": {"id": file_id}}
    announce(slack, event | {"channel_id": channel.id}, channel)


def reaction(slack: Slack, place: tuple[Channel, Message], name: str, person: str, verb: str) -> None:
    """Announce that a reaction was "added" or "removed"."""
    channel, sent = place
    item = {"type": "message", "channel": channel.id, "ts": sent.ts}
    event = {
        "type": f"reaction_{verb}",
        "user": person,
        "reaction": name,
        "item_user": sent.user,
        "item": item,
    }
    announce(slack, event, channel)
