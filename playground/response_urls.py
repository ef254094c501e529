"""Response URLs: five uses in thirty minutes, to answer, replace or delete what a person interacted with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from playground import content, posting
from playground.blocks.kinds import Anything, Choice, Flag, Keys, String
from playground.blocks.shapes import Table
from playground.refusal import Refused

if TYPE_CHECKING:
    from playground.slack import Slack
    from playground.workspace import Channel, Message

USES = 5
LIFETIME = 1800.0
_SAID: Keys = {
    **dict.fromkeys(("text", "blocks", "attachments", "metadata"), Anything()),  # content.read looks at these
    **dict.fromkeys(("mrkdwn", "unfurl_links", "unfurl_media"), Flag()),
    "response_type": Choice(("ephemeral", "in_channel")),
    "thread_ts": String(),
}
ACKNOWLEDGEMENT = Table("acknowledgement of a command", {}, _SAID)
_ANSWER = Table("answer", {}, {**_SAID, "replace_original": Flag(), "delete_original": Flag()})


@dataclass
class ResponseUrl:
    """An address for one interaction; `message` is what it happened in, None after a command."""

    person: str
    channel: str
    expires: float
    message: Message | None
    left: int = USES


class ResponseUrls:
    """The addresses given out so far."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack
        self._given: dict[str, ResponseUrl] = {}

    def new(self, person: str, channel: str, message: Message | None = None) -> str:
        """An address for an interaction of this person in this channel."""
        key = self._slack.unique("R")
        expires = self._slack.clock.epoch() + LIFETIME
        self._given[key] = ResponseUrl(person, channel, expires, message)
        return f"{self._slack.app.base_url}/response/{key}"

    def use(self, key: str, body: dict[str, Any]) -> None:
        """Carry out what was posted to an address.

        Raises:
            Refused: used_url, expired_url, or what is wrong with the message.
        """
        given = self._given.get(key)
        if given is None or given.left <= 0:
            raise Refused("used_url")
        if self._slack.clock.epoch() > given.expires:
            raise Refused("expired_url")
        content.check(_ANSWER, body, "")
        self._answer(given, body)
        given.left -= 1

    def _answer(self, given: ResponseUrl, body: dict[str, Any]) -> None:
        channel = self._slack.workspace.channels[given.channel]
        if body.get("delete_original"):
            if set(body) != {"delete_original"}:
                raise Refused("invalid_arguments", "[ERROR] delete_original stands alone")
            posting.remove(self._slack, channel, _original(given, channel))
        elif body.get("replace_original") and given.message is not None:
            if "thread_ts" in body:
                raise Refused("invalid_arguments", "[ERROR] thread_ts needs replace_original false")
            read = content.read(self._slack, body)
            posting.change(self._slack, channel, _original(given, channel), **read)
        else:
            respond(self._slack, channel, given.person, body)


def _original(given: ResponseUrl, channel: Channel) -> Message:
    """What the person interacted with; an ephemeral message may have vanished, and nobody is told."""
    found = given.message
    if found is None or (found.viewer is None and found.ts not in channel.messages):
        raise Refused("message_not_found")
    return found


def respond(slack: Slack, channel: Channel, person: str, body: dict[str, Any]) -> None:
    """Post the body of an acknowledgement or a response URL: for this person only, unless it says in_channel.

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
