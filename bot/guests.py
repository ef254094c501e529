"""Finds who cannot be where the file wants them: in Slack a single-channel guest is in one channel."""

from slack_sdk import WebClient

from handlers.slack.calls import NotTaken, call
from handlers.slack.words import listed
from models.errors import DomainError
from models.rules.setup.plan import CollaborativePlan


def refuse_second_channels(plan: CollaborativePlan, slack: WebClient) -> None:
    """Raise DomainError, naming them, for single-channel guests in a team with a channel of its own."""
    with_channel = {team.key for team in plan.teams if team.channel not in {None, plan.channel}}
    in_two = {role.person for role in plan.roles if role.team in with_channel}
    people = [each for each in plan.people if each.key in in_two and each.slack_user]
    guests = [each.name for each in people if _is_single_channel_guest(each.slack_user, slack)]
    if guests:
        raise DomainError(
            f"{listed(guests)}: as a single-channel guest of Slack one is in one channel, and their team "
            "has its own beside the shared one. Make them multi-channel guests, or leave out that channel."
        )


def _is_single_channel_guest(slack_user: str | None, slack: WebClient) -> bool:
    """Whether Slack says so; where it says nothing, nobody is refused."""
    try:
        answer = call("users.info", slack.users_info, user=slack_user)
    except NotTaken:
        return False
    return bool(answer["user"].get("is_ultra_restricted"))
