"""Messages of the app: post, change, delete, whisper to one person, link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playground import content, posting
from playground.methods.registry import POSTING, method
from playground.refusal import Refused
from playground.rendering import message_json

if TYPE_CHECKING:
    from playground.methods.registry import Answer, Call
    from playground.slack import Slack
    from playground.workspace import Channel, Message

WRITE = ("chat:write",)
TEXT = "text markdown_text blocks:json attachments:json metadata:json mrkdwn:bool parse link_names:bool"
LOOKS = "unfurl_links:bool unfurl_media:bool username icon_emoji icon_url as_user:bool"
PREVIEWS = (
    "no link is unfurled; parse, link_names and icons are taken and not drawn; "
    "blocks in attachments are drawn, not acted on"
)


def target(call: Call) -> Channel:
    """Where to post: a channel by id or name, or the direct message with a person.

    Raises:
        Refused: channel_not_found, not_in_channel, is_archived or messages_tab_disabled.
    """
    slack, named = call.slack, call.get("channel")
    person = slack.workspace.people.get(named)
    found = _direct(slack, person.id) if person is not None else call.channel(by_name=True)
    if found.archived:
        raise Refused("is_archived")
    if found.kind == "im":  # who is deactivated keeps theirs: what comes is taken, and read by nobody
        if not slack.manifest.messages_tab:
            raise Refused("messages_tab_disabled")
    elif slack.app.bot_user_id not in found.members and "chat:write.public" not in call.scopes:
        raise Refused("not_in_channel")
    return found


def _direct(slack: Slack, person: str) -> Channel:
    if person == slack.app.bot_user_id or slack.workspace.is_stranger(slack.workspace.people[person]):
        raise Refused("channel_not_found")
    return slack.workspace.open_im(slack.app.bot_user_id, person)


def own(call: Call, denied: str, archived: str) -> tuple[Channel, Message]:
    """A message of the app's own, named by channel and ts.

    Raises:
        Refused: message_not_found, `denied` when somebody else wrote it, `archived` where nobody writes now.
    """
    channel = call.channel()
    message = channel.messages.get(call.get("ts"))
    if message is None:
        raise Refused("message_not_found")
    if message.user != call.slack.app.bot_user_id:
        raise Refused(denied)
    if channel.archived:
        raise Refused(archived)
    return channel, message


def _looks(call: Call) -> dict[str, Any]:
    if call.get("username") or call.get("icon_emoji") or call.get("icon_url"):
        call.need_scope("chat:write.customize")
    return {"username": call.get("username")}


@method(
    "chat.postMessage",
    tier=POSTING,
    scopes=WRITE,
    needs="channel",
    takes=f"{TEXT} {LOOKS} thread_ts reply_broadcast:bool",
    missing=PREVIEWS,
)
def post_message(call: Call) -> Answer:
    """Post a message to a channel or a person."""
    channel, read = target(call), content.read(call.slack, call.arguments)
    parent = content.thread(channel, call.get("thread_ts"))
    broadcast = bool(parent and call.get("reply_broadcast"))
    where = {
        "thread_ts": parent,
        "broadcast": broadcast,
        "subtype": "thread_broadcast" if broadcast else None,
    }
    sent = posting.post_as_app(call.slack, channel, **where, **_looks(call), **read)
    answer = {"channel": channel.id, "ts": sent.ts, "message": message_json(call.slack, sent)}
    cut = len(call.get("text") or "") > content.LONGEST_TEXT
    return answer | ({"response_metadata": {"warnings": ["message_truncated"]}} if cut else {})


@method(
    "chat.update",
    tier=3,
    scopes=WRITE,
    needs="channel ts",
    takes=f"{TEXT} as_user:bool reply_broadcast:bool file_ids:json",
    missing="file_ids and reply_broadcast are taken and change nothing; no edit window closes",
)
def update(call: Call) -> Answer:
    """Change one of the app's own messages; text without blocks removes the blocks."""
    if len(call.get("text") or "") > content.LONGEST_UPDATE:
        raise Refused("msg_too_long")
    channel, message = own(call, "cant_update_message", "is_inactive")
    read = content.read(call.slack, call.arguments)
    if "metadata" not in call.arguments:
        del read["metadata"]
    if "attachments" not in call.arguments:
        del read["attachments"]
    if "text" not in call.arguments and "markdown_text" not in call.arguments:
        read["text"] = message.text
    posting.change(call.slack, channel, message, **read)
    written = message_json(call.slack, message)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": written}


@method("chat.delete", tier=3, scopes=WRITE, needs="channel ts", takes="as_user:bool")
def delete(call: Call) -> Answer:
    """Delete one of the app's own messages; a tombstone stands in for one with replies."""
    channel, message = own(call, "cant_delete_message", "cant_delete_message")
    posting.remove(call.slack, channel, message)
    return {"channel": channel.id, "ts": message.ts}


@method(
    "chat.postEphemeral",
    tier=4,
    scopes=WRITE,
    needs="channel user",
    takes=f"{TEXT} {LOOKS} thread_ts",
    missing=PREVIEWS,
)
def post_ephemeral(call: Call) -> Answer:
    """Show a message to one person in a channel; the app and the person must be in it."""
    channel = call.joined(by_name=True)
    if channel.archived:
        raise Refused("is_archived")
    person = call.person(call.get("user"))
    if person.id not in channel.members or person.deleted:
        raise Refused("user_not_in_channel")
    read, parent = content.read(call.slack, call.arguments), content.thread(channel, call.get("thread_ts"))
    if not person.active:  # Slack promises no delivery: who is away never sees it, and the app is not told
        return {"message_ts": call.slack.workspace.new_ts()}
    sent = posting.whisper(call.slack, channel, person.id, thread_ts=parent, **_looks(call), **read)
    return {"message_ts": sent.ts}


@method("chat.getPermalink", tier=0, needs="channel message_ts")
def get_permalink(call: Call) -> Answer:
    """A link to a message, for people."""
    channel, ts = call.channel(), call.get("message_ts")
    if ts not in channel.messages:
        raise Refused("message_not_found")
    link = f"{call.slack.app.base_url}/archives/{channel.id}/p{ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": link}
