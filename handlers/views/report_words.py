"""The page for words: six short questions beside the numbers, built and read back."""

from collections.abc import Mapping
from typing import Any

from handlers.views.text import Block, context, plain
from models.rules.report import NARRATIVE_LABELS, Narrative

WORDS_LIMIT = 500  # characters of each answer

_HINTS = {
    "tested": "A change you tried this month, however small.",
    "unintended": "A side effect, good or bad.",
    "help_needed": "Other teams may know a way.",
    "coach_note": "Your coach and the hosts see this. Other teams do not.",
}
_ASKED = "All of this is optional. Please leave out names and anything that could point to a patient."


def words_blocks(words: Narrative, period_id: int) -> list[Block]:
    """Ask for a few words, filled with those already there."""
    questions = [_question(name, getattr(words, name), period_id) for name in NARRATIVE_LABELS]
    return [context(_ASKED), *questions]


def read_words(values: Mapping[str, Mapping[str, Any]]) -> Narrative | None:
    """Read the words from `view["state"]["values"]`; None when they were not asked for on this page."""
    found = {}
    for block_id, elements in values.items():
        name = block_id.partition(":")[0]
        if name in NARRATIVE_LABELS:
            found[name] = next(iter(elements.values())).get("value") or ""
    return Narrative(**found) if found else None


def _question(name: str, words: str, period_id: int) -> Block:
    element: Block = {
        "type": "plain_text_input",
        "action_id": "words",
        "multiline": True,
        "max_length": max(WORDS_LIMIT, len(words)),
    }
    if words:
        element["initial_value"] = words
    block = {
        "type": "input",
        "block_id": f"{name}:{period_id}",
        "label": plain(NARRATIVE_LABELS[name]),
        "element": element,
        "optional": True,
    }
    return block | ({"hint": plain(_HINTS[name])} if name in _HINTS else {})
