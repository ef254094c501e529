"""The small modal that says one thing, and the words for who is in no team."""

from collections.abc import Iterable, Sequence

from handlers.slack.blocks import MOST_IN_MODAL, View, modal, section
from handlers.slack.words import escape_to_fit
from models.rules.collaborative.people import Role

_SENTENCE = "momentum_sentence"  # the block with what was said on top of a window
_KEPT = (
    *("type", "title", "submit", "close", "callback_id", "private_metadata", "external_id"),
    *("clear_on_close", "notify_on_close"),
)


def not_found(helpers: Sequence[tuple[str, Role]]) -> str:
    """Tell who is in no team whom to ask, by name: those who can add people, all in one role."""
    ask = "your coordinator"
    if helpers:
        named = " or ".join(name for name, _ in helpers)
        ask = f"{named}, your {helpers[0][1].value}," if len(helpers) == 1 else named
    return f"I could not find you in a team here. Ask {ask} to add you."


def looks_on(roles: Iterable[Role]) -> str:
    """Tell who has a role but no team that there is no report for them to fill in."""
    named = " and ".join(sorted(role.value for role in roles))
    return f"You take part as {named}, without a team of your own, so there is no report for you to fill in."


def notice(sentence: str) -> View:
    """Say one sentence to one person; what they typed stays below it."""
    return modal("Momentum", [section(escape_to_fit(sentence, 2900))], close="Close")


def noticed(shown: View, sentence: str) -> View:
    """The window as it came from Slack, with one sentence on top, in place of one said there before."""
    words = section(escape_to_fit(sentence, 2900), block_id=_SENTENCE)
    below = [block for block in shown["blocks"] if block.get("block_id") != _SENTENCE]
    kept = {name: shown[name] for name in _KEPT if shown.get(name)}
    return {**kept, "blocks": [words, *below[: MOST_IN_MODAL - 1]]}
