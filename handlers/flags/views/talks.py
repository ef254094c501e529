"""A talk with a team: the button, the short form, and the talk said in a line."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from handlers.slack.action_ids import TALK_FORM
from handlers.slack.blocks import Block, View, context, modal, option, plain, section
from handlers.slack.talk_words import OUTCOMES
from handlers.slack.words import escape_to_fit
from models.rules.coaching.talks import LONGEST, Note, TalkOutcome, is_about_month
from models.rules.collaborative.people import Team

ONLY = "For you, the team's other coaches and the host; the team does not see it. No patient data, please."
_NAME = 150


def talk_form(team: Team, about: str, words: str) -> View:
    """Ask what came of it and what was agreed; of a missing report also when it is expected."""
    choice: Block = {
        "type": "radio_buttons",
        "action_id": "choice",
        "options": [option(words, outcome.value) for outcome, words in OUTCOMES.items()],
    }
    text: Block = {
        "type": "plain_text_input",
        "action_id": "words",
        "multiline": True,
        "max_length": LONGEST,
    }
    return modal(
        "I talked to them",
        [
            section(f"*{escape_to_fit(team.name, _NAME)}*\n{escape_to_fit(words, 1500)}"),
            _input("outcome", "What came of it?", choice, optional=False),
            *([_day()] if is_about_month(about) else []),
            _input("agreed", "What did you agree on?", text),
            context(ONLY),
        ],
        callback_id=TALK_FORM,
        private_metadata=json.dumps({"team_id": team.id, "about": about}),
        submit="Keep",
        close="Cancel",
    )


def read_talk(view: Mapping[str, Any]) -> tuple[int, Note]:
    """Read the form: the team's id and what was written; the id and what it was about are hints."""
    kept, values = json.loads(view["private_metadata"]), view["state"]["values"]
    outcome = TalkOutcome(values["outcome"]["choice"]["selected_option"]["value"])
    until = values.get("until", {}).get("day", {}).get("selected_date")
    agreed = values["agreed"]["words"].get("value") or ""
    note = Note(str(kept["about"]), outcome, agreed, date.fromisoformat(until) if until else None)
    return int(kept["team_id"]), note


def _day() -> Block:
    asked = _input("until", "When do they expect to send it?", {"type": "datepicker", "action_id": "day"})
    return asked | {"hint": plain("I do not remind them before that day.")}


def _input(block_id: str, label: str, element: Block, *, optional: bool = True) -> Block:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "optional": optional,
        "element": element,
    }
