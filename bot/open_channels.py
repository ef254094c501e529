"""Says of a team's channel who else can read it, what that means, and what to do: for load and doctor."""

from collections.abc import Iterator

from slack_sdk import WebClient

from handlers.delivery.asking import ask
from handlers.slack.calls import NotTaken
from models.rules.collaborative.audience import READ_BY, Openness, Place, Readers, openness
from models.rules.collaborative.people import TEAM_ROLES, Role
from models.rules.setup.plan import CollaborativePlan

WHY = {
    Openness.PUBLIC: "is public: everybody in the workspace can read it",
    Openness.SHARED: "is shared with another organization",
    Openness.OTHERS: "has others in it than the team, its coaches and the hosts",
    Openness.UNKNOWN: "does not let Momentum see who is in it",
}
MEND = {
    Openness.PUBLIC: "Make it private in its settings.",
    Openness.SHARED: "Name a channel in the file that is not shared.",
    Openness.OTHERS: "Take them out of it.",
    Openness.UNKNOWN: "Write in that channel: /invite @Momentum",
}
MEANS = "Until then what is for {team} alone goes to its people by direct message."


def words(name: str, why: Openness, team: str) -> tuple[str, str]:
    """What is found of a channel, and what mends it."""
    return f"{name} {WHY[why]}", f"{MEND[why]} {MEANS.format(team=team)}"


def look(slack: WebClient, channel: str, bot_user: str | None) -> Place:
    """What Slack says of a channel now; nothing where it does not say."""
    try:
        return ask(slack, channel, bot_user)
    except NotTaken:
        return Place(channel, "", None, is_shared=False, members=frozenset())


def open_in(plan: CollaborativePlan, slack: WebClient, bot_user: str) -> Iterator[str]:
    """A line for each team of a file whose channel is open to others."""
    for team in plan.teams:
        if team.channel is None:
            continue
        place = look(slack, team.channel, bot_user)
        name = f"#{place.name}" if place.name else team.channel
        if why := openness(place, _may_read(plan, team.key)):
            state, mend = words(name, why, team.name)
            yield f"{team.name}: {state}. {mend}"


def _may_read(plan: CollaborativePlan, team: str) -> frozenset[str]:
    of = READ_BY[Readers.TEAM]
    own, rest = of & (TEAM_ROLES | {Role.COACH}), of - TEAM_ROLES - {Role.COACH}
    keys = {each.person for each in plan.roles if each.role in (own if each.team == team else rest)}
    return frozenset(each.slack_user for each in plan.people if each.key in keys and each.slack_user)
