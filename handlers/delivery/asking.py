"""Asks Slack about a channel: whether it is private, and who is in it, page by page."""

from collections.abc import Iterator

from slack_sdk import WebClient

from handlers.slack.calls import NotTaken, call
from models.rules.collaborative.audience import Place, is_settled_without_members
from models.rules.delivery.outcomes import Outcome
from models.services.delivery.places import METHOD

PAGE = 200  # members at a time, as Slack advises
MOST_PAGES = 50  # of one go: by then others than a team are among them


def ask(client: WebClient, channel: str, bot_user: str | None) -> Place:
    """What Slack says of a channel, without ourselves. Raises NotTaken when it does not say now."""
    try:
        info = call("conversations.info", client.conversations_info, channel=channel)["channel"]
        is_private = bool(info.get("is_private"))
        is_shared = bool(info.get("is_ext_shared") or info.get("is_pending_ext_shared"))
        settled = is_settled_without_members(is_private=is_private, is_shared=is_shared)
        members = frozenset(() if settled else _members(client, channel))
    except NotTaken as fault:
        if fault.refusal.outcome is not Outcome.PERMANENT:
            raise
        return Place(channel, "", None, is_shared=False, members=frozenset())
    return Place(channel, str(info.get("name") or ""), is_private, is_shared, members - {bot_user})


def _members(client: WebClient, channel: str) -> Iterator[str]:
    cursor: dict[str, str] = {}
    for _ in range(MOST_PAGES):
        answer = call(METHOD, client.conversations_members, channel=channel, limit=PAGE, **cursor)
        yield from answer["members"]
        following = (answer.get("response_metadata") or {}).get("next_cursor")
        if not following:
            return
        cursor = {"cursor": following}
