"""Which teams' channels others can read, for who runs the collaborative: what it means, what mends it."""

from collections.abc import Sequence

from handlers.slack.blocks import Block, context, header, section
from handlers.slack.words import first_ones, short_name
from models.rules.collaborative.audience import Openness, TeamPlace

_WHY = {
    Openness.PUBLIC: "everybody in this workspace can read",
    Openness.SHARED: "another organization shares",
    Openness.OTHERS: "others than the team, its coaches and you are in",
    Openness.UNKNOWN: "I cannot see who is in",
}
MEANS = (
    "Until then what is for a team alone, like its coach's feedback, goes to each of its people by direct "
    "message and not there."
)
MEND = {
    Openness.PUBLIC: "make it private in its settings",
    Openness.SHARED: "use a channel that is not shared",
    Openness.OTHERS: "take the others out, or name another channel in the file",
    Openness.UNKNOWN: "invite me with /invite, or give me the right to look (momentum doctor)",
}


def open_channels(places: Sequence[TeamPlace]) -> list[Block]:
    """A line for each reason; nothing where every team is by itself."""
    why = {each: [place for place in places if place.openness is each] for each in Openness}
    lines = [_line(each, of) for each, of in why.items() if of]
    return [header("Open team channels"), *map(section, lines), context(MEANS)] if lines else []


def _line(why: Openness, places: Sequence[TeamPlace]) -> str:
    named = first_ones([f"<#{each.channel}> ({short_name(each.team.name)})" for each in places])
    return f"{_WHY[why][0].upper()}{_WHY[why][1:]} {named}: {MEND[why]}."
