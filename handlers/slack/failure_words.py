"""Why a message did not get through, and what mends it, as people read it."""

import re

INVITE = "Invite me there with /invite"
NAME_ANOTHER = "Name somebody else in the collaborative's file and load it again"
CORRECT = "Correct the person in the collaborative's file and load it again"
WORDS = {
    "channel_not_found": (
        "I cannot see that channel",
        "Invite me there with /invite, or correct the channel in the collaborative's file",
    ),
    "not_in_channel": ("I am not in that channel", INVITE),
    "open_to_others": (
        "others can read that channel, and I can reach nobody of the team by direct message",
        "Make the channel private in its settings",
    ),
    "is_archived": ("that channel is archived", "Unarchive it"),
    "is_inactive": ("that channel is archived", "Unarchive it"),
    "user_disabled": ("that account is deactivated", NAME_ANOTHER),
    "user_not_found": ("Slack knows no such person", CORRECT),
    "cannot_dm_bot": ("that is a bot, not a person", CORRECT),
    "messages_tab_disabled": ("direct messages to me are switched off", "Switch on my Messages tab"),
    "restricted_action": ("this workspace does not let me post there", "Ask an administrator to allow it"),
}
ASK = "Show this to whoever runs me"
UNKNOWN = ("Slack answered “{reason}”", ASK)
OURS = ("the fault is mine: {reason}", ASK)
CODE = re.compile(r"[a-z0-9_]+|HTTP .*")


def addressed(channel: str) -> str:
    """A channel or a person, as Slack shows them."""
    return f"<@{channel}>" if is_person(channel) else f"<#{channel}>"


def why_and_mend(channel: str, reason: str) -> tuple[str, str]:
    """Say why a message for a place failed and what mends it, each without its full stop."""
    is_unknown_person = is_person(channel) and reason == "channel_not_found"
    code = "user_not_found" if is_unknown_person else reason
    why, mend = WORDS.get(code, UNKNOWN if CODE.fullmatch(reason) else OURS)
    return why.format(reason=reason), mend


def is_person(channel: str) -> bool:
    """Whether a row is for one person, by Slack's ids."""
    return channel.startswith(("U", "W"))
