"""What the app answers to a command or at a response URL: a message shown, replaced or deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playground import content, posting
from playground.blocks.kinds import Anything, Choice, Flag, Keys, String
from playground.blocks.shapes import Schema
from playground.refusal import Refused

if TYPE_CHECKING:
    from playground.response_urls import ResponseUrl
    from playground.slack import Slack
    from playground.workspace import Channel, Message

_SAID: Keys = {
    **dict.fromkeys(("text", "blocks", "attachments", "metadata"), Anything()),  # content.read looks at these
    **dict.fromkeys(("mrkdwn", "unfurl_links", "unfurl_media"), Flag()),
    "response_type": Choice(("ephemeral", "in_channel")),
    "thread_ts": String(),
}
ACKNOWLEDGEMENT = Schema("acknowledgement of a command", {}, _SAID)
_ANSWER = Schema("answer", {}, {**_SAID, "replace_original": Flag(), "delete_original": Flag()})


def at_response_url(slack: Slack, key: str, body: dict[str, Any]) -> None:
    """Carry out what was posted to a response URL; only what is carried out counts as a use.

    Raises:
        Refused: used_url, expired_url, or what is wrong with the message.
    """
    given = slack.response_urls.look(key)
    content.check(_ANSWER, body, "")
    _carry_out(slack, given, body)
    given.left -= 1


def _carry_out(slack: Slack, given: ResponseUrl, body: dict[str, Any]) -> None:
    channel = slack.workspace.channels[given.channel]
    if body.get("delete_original"):
        if set(body) != {"delete_original"}:
            raise Refused("invalid_arguments", "[ERROR] delete_original stands alone")
        posting.remove(slack, channel, _original(given, channel))
    elif body.get("replace_original") and given.message is not None:
        if "thread_ts" in body:
            raise Refused("invalid_arguments", "[ERROR] thread_ts needs replace_original false")
        read = content.read(slack, body)
        posting.change(slack, channel, _original(given, channel), **read)
    else:
        show(slack, channel, given.person, body)


def _original(given: ResponseUrl, channel: Channel) -> Message:
    """What the person interacted with; an ephemeral message may have vanished, and nobody is told."""
    found = given.message
    if found is None or (found.viewer is None and channel.messages.get(found.ts) is not found):
        raise Refused("message_not_found")
    return found


def show(slack: Slack, channel: Channel, person: str, body: dict[str, Any]) -> None:
    """Post an answer: for this person only, unless it says in_channel.

    Raises:
        Refused: the message is not valid, thread_ts comes without in_channel or names no thread.
    """
    read, thread = content.read(slack, body), content.thread(channel, body.get("thread_ts"))
    if body.get("response_type", "ephemeral") == "in_channel":
        posting.post_as_app(slack, channel, thread_ts=thread, **read)
    elif thread is not None:
        raise Refused("invalid_arguments", "[ERROR] thread_ts needs response_type in_channel")
    else:
        posting.whisper(slack, channel, person, **read)
