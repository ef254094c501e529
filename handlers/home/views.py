"""The Home tab as a whole: a welcome for who is in no team, the parts of the features, and help."""

from collections.abc import Iterable

from handlers.slack.action_ids import MOMENTUM_HELP
from handlers.slack.blocks import SECTION_LIMIT, Block, View, actions, button, header, section
from handlers.slack.words import escape_to_fit

MOST_BLOCKS = 100  # of a Home tab (Slack: Home tabs)


def welcome(sentence: str) -> list[Block]:
    """Greet who is in no team, with whom to ask."""
    return [header("Welcome"), section(escape_to_fit(sentence, SECTION_LIMIT))]


def home_view(parts: Iterable[list[Block]], *, has_help: bool = True) -> View:
    """Lay the parts below one another, as many blocks as Slack takes; help comes last."""
    ask = [actions(button("What can I do here?", MOMENTUM_HELP))] if has_help else []
    blocks = [block for part in parts for block in part]
    return {"type": "home", "blocks": [*blocks[: MOST_BLOCKS - len(ask)], *ask]}
