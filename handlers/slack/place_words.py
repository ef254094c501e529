"""Where words go that are not for all, and who reads them there, said before they are asked for."""

from handlers.slack.blocks import Block, alert
from handlers.slack.words import clip
from models.rules.collaborative.audience import Openness, TeamPlace

_NAME = 40  # characters of a channel's: Slack allows 80, an alert 200 in all
_WHY = {
    Openness.PUBLIC: "{place} is open to all here.",
    Openness.SHARED: "{place} is shared with another organization.",
    Openness.OTHERS: "others can read {place}, too.",
    Openness.UNKNOWN: "I cannot tell now who can read {place}.",
}


def who_reads(readers: str) -> Block:
    """The remark in a window that says so: readers end with a full stop."""
    return alert(f"Who will read this: {readers}", "info")


def hash_name(place: TeamPlace) -> str:
    """A channel's name as people write it, in plain text; in words where Slack does not say it."""
    return f"#{clip(place.name, _NAME)}" if place.name else "their channel"


def why_in_person(place: TeamPlace) -> str:
    """Why what is for the team alone is not said in its channel; "" where it is."""
    return _WHY[place.openness].format(place=hash_name(place)) if place.openness else ""
