"""Tells the host that messages did not get through, why, and what mends it."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from handlers.messages import Compose, Outgoing
from models.rules.delivery import MAY_BE_SHOWN
from models.services import notices

INVITE = "Invite me there with /invite"
WORDS = {
    "channel_not_found": ("I cannot see that channel", INVITE),
    "not_in_channel": ("I am not in that channel", INVITE),
    "is_archived": ("that channel is archived", "Unarchive it, or name another channel for the team"),
    "is_inactive": ("that channel is archived", "Unarchive it, or name another channel for the team"),
    "user_disabled": ("that account is deactivated", "Name somebody else in the team list"),
    "user_not_found": ("Slack knows no such person", "Correct the person in the team list"),
    "cannot_dm_bot": ("that is a bot, not a person", "Correct the person in the team list"),
    "messages_tab_disabled": ("direct messages to me are switched off", "Switch on my Messages tab"),
    "restricted_action": ("this workspace does not let me post there", "Ask an administrator to allow it"),
}
ASK = "Show this to whoever runs me"
UNKNOWN = ("Slack answered “{reason}”", ASK)
OURS = ("the fault is mine: {reason}", ASK)
NOT_FOUND_OUT = (
    "I cannot tell whether a message for {place} got through: Slack does not let me look there ({reason}). "
    "Please look yourself; if it is missing, `momentum outbox --retry {row}` sends it again."
)
CODE = re.compile(r"[a-z0-9_]+|HTTP .*")


def failed(db: Session, args: Mapping[str, Any], _now: datetime) -> Outgoing | None:
    """Compose the notice of a message that failed; None when it has gone out since."""
    failure = notices.failure(db, args["row"])
    if failure is None:
        return None
    channel, reason = failure
    if reason.endswith(MAY_BE_SHOWN):
        code = reason.removesuffix(MAY_BE_SHOWN)
        return _plain(NOT_FOUND_OUT.format(place=_addressed(channel), reason=code, row=args["row"]))
    why, mend = WORDS.get(reason, UNKNOWN if CODE.fullmatch(reason) else OURS)
    text = (
        f"A message for {_addressed(channel)} did not get through: {why.format(reason=reason)}. "
        f"{mend}; then `momentum outbox --retry {args['row']}` sends it again. "
        "I will not write again about that place while nothing changes."
    )
    return _plain(text)


def without_picture(db: Session, args: Mapping[str, Any], _now: datetime) -> Outgoing:
    """Compose the notice of a message that went without its picture."""
    channel = _addressed(notices.channel_of(db, args["row"]))
    return _plain(
        f"A message for {channel} went without its chart: I could not draw or upload it. "
        "The numbers in the message are complete. The log of the server says more."
    )


def was_held(_db: Session, args: Mapping[str, Any], _now: datetime) -> Outgoing:
    """Compose the notice that a time without messages is over."""
    return _plain(
        f"For a while Slack took no message of mine (it answered “{args['reason']}”). It does again: "
        "what waited is on its way now, where it is still true."
    )


def _addressed(channel: str) -> str:
    return f"<@{channel}>" if channel.startswith(("U", "W")) else f"<#{channel}>"


def _plain(text: str) -> Outgoing:
    return Outgoing(text, [{"type": "section", "text": {"type": "mrkdwn", "text": text}}])


COMPOSERS: Mapping[str, Compose] = {
    notices.DELIVERY_FAILED: failed,
    notices.PICTURE_MISSING: without_picture,
    notices.WAS_HELD: was_held,
}
