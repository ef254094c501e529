"""Conversations: list, look, members, open a direct message, join."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground import posting
from playground.methods.registry import method, page
from playground.refusal import Refused
from playground.rendering import channel_json

if TYPE_CHECKING:
    from playground.methods.registry import Answer, Call
    from playground.workspace import Channel

TYPES = {"public_channel": "channel", "private_channel": "private", "im": "im", "mpim": "mpim"}
READS = {"channel": "channels:read", "private": "groups:read", "im": "im:read", "mpim": "mpim:read"}
ANY_READ = tuple(READS.values())


def kinds(call: Call) -> set[str]:
    """The kinds of conversation asked for; each needs its own scope."""
    asked = call.get("types") or ["public_channel"]
    if set(asked) - set(TYPES):
        raise Refused("invalid_types")
    wanted = {TYPES[one] for one in asked}
    for kind in sorted(wanted):
        call.need_scope(READS[kind])
    return wanted


def listed(call: Call, found: list[Channel]) -> Answer:
    """One page of conversations."""
    if call.get("exclude_archived"):
        found = [one for one in found if not one.archived]
    shown, cursor = page(call, found)
    written = [channel_json(call.slack, one) for one in shown]
    return {"channels": written, "response_metadata": {"next_cursor": cursor}}


def readable(call: Call) -> Channel:
    """The conversation asked for, when the scope for its kind is granted."""
    channel = call.channel()
    call.need_scope(READS[channel.kind])
    return channel


@method(
    "conversations.list",
    tier=2,
    scopes=ANY_READ,
    takes="cursor exclude_archived:bool limit:int types:list",
)
def list_(call: Call) -> Answer:
    """The conversations the app can see."""
    wanted, bot = kinds(call), call.slack.app.bot_user_id
    return listed(call, [one for one in call.slack.workspace.visible(bot) if one.kind in wanted])


@method(
    "conversations.info",
    tier=3,
    scopes=ANY_READ,
    needs="channel",
    takes="include_locale:bool include_num_members:bool",
    missing="no locale",
)
def info(call: Call) -> Answer:
    """One conversation."""
    return {"channel": channel_json(call.slack, readable(call))}


@method("conversations.members", tier=4, scopes=ANY_READ, needs="channel", takes="cursor limit:int")
def members(call: Call) -> Answer:
    """Who is in a conversation."""
    shown, cursor = page(call, readable(call).members)
    return {"members": shown, "response_metadata": {"next_cursor": cursor}}


@method(
    "conversations.open",
    tier=3,
    scopes=("im:write", "mpim:write"),
    takes="channel users:list return_im:bool prevent_creation:bool",
    missing="direct messages of two only, no group ones",
)
def open_(call: Call) -> Answer:
    """The direct message with one person."""
    if call.get("channel"):
        return {"channel": channel_json(call.slack, call.channel())}
    asked = call.get("users") or []
    if len(asked) != 1:
        raise Refused("users_list_not_supplied" if not asked else "method_not_supported_for_channel_type")
    person = call.person(asked[0])
    if person.deleted:
        raise Refused("user_disabled")
    if call.slack.workspace.is_stranger(person):
        raise Refused("user_not_visible")
    if person.id == call.slack.app.bot_user_id:
        raise Refused("invalid_user_combination")
    known = call.slack.workspace.im(call.slack.app.bot_user_id, person.id) is not None
    channel = call.slack.workspace.open_im(call.slack.app.bot_user_id, person.id)
    call.slack.changed()
    written = channel_json(call.slack, channel) if call.get("return_im") else {"id": channel.id}
    return {"channel": written, **({"no_op": True, "already_open": True} if known else {})}


@method("conversations.join", tier=3, scopes=("channels:join",), needs="channel")
def join(call: Call) -> Answer:
    """Let the app into a public channel."""
    channel = call.channel()
    if channel.kind != "channel":
        raise Refused("method_not_supported_for_channel_type")
    if channel.archived:
        raise Refused("is_archived")
    posting.join(call.slack, channel, call.slack.app.bot_user_id)
    return {"channel": channel_json(call.slack, channel)}
