"""The aim as people read it, and the host's form with its four parts, built and read back."""

from collections.abc import Mapping, Sequence
from typing import Any

from handlers.slack import action_ids
from handlers.slack.blocks import Block, View, actions, button, context, header, modal, option, plain, section
from handlers.slack.words import escape, escape_to_fit
from models.rules.collaborative.aim import LABELS, Aim, StatedAim, lacks, told

TITLE = "Our aim"
LONGEST = 300  # characters of one part
MOST_MEASURES = 100  # options of a list (Slack)
NOT_YET = "_not said yet_"
IN_THE_FILE = (
    "Kept. Write it into the collaborative's file too: where the two differ, the next load of the file shows "
    "both and asks before it changes anything."
)
HINTS = {
    "population": "For example “adults with high blood pressure in our four clinics”.",
    "time_frame": "For example “June 2027”.",
    "goal": "For example “80% have a last reading below 140/90”.",
    "measure": "Its goal is the line on its run chart.",
}


def aims_view(stated: Sequence[StatedAim]) -> View:
    """Show the aim of each collaborative; the host sees what is missing, and a button to change it."""
    return modal(TITLE, [block for each in stated for block in _stated(each)], close="Close")


def kept_view(stated: StatedAim) -> View:
    """Show the aim as it stands now, and where else to write it."""
    return modal(TITLE, [*_stated(stated), context(IN_THE_FILE)], close="Close")


def aim_form(stated: StatedAim) -> View:
    """Ask for the four parts, each filled with what is there; none of them is a must."""
    texts = [_text(name, getattr(stated.aim, name)) for name in LABELS if name != "measure"]
    return modal(
        TITLE,
        [*texts, *_measure(stated)],
        callback_id=action_ids.AIM_FORM,
        private_metadata=str(stated.collaborative.id),
        submit="Keep",
        close="Close",
    )


def read_form(view: Mapping[str, Any]) -> tuple[int, Aim]:
    """Read the form back: the collaborative's id, a hint, and the aim."""
    values = view["state"]["values"]
    texts = {name: _typed(values, name) for name in LABELS if name != "measure"}
    chosen = values.get("measure", {}).get("measure", {}).get("selected_option") or {}
    return int(view["private_metadata"]), Aim(**texts, measure=chosen.get("value", ""))


def pressed(value: str) -> int:
    """Read the button: the collaborative's id, a hint."""
    return int(value)


def _stated(stated: StatedAim) -> list[Block]:
    said = told(stated.aim, stated.measures)
    if not stated.measures:
        del said[LABELS["measure"]]
    lines = [f"*{label}*: {escape_to_fit(words, LONGEST * 2) or NOT_YET}" for label, words in said.items()]
    blocks = [header(stated.collaborative.name), section("\n".join(lines))]
    if not stated.may_change:
        return blocks
    missing = lacks(stated.aim, stated.measures)
    return [
        *blocks,
        *([context(escape(" ".join(missing)))] if missing else []),
        actions(button("Change the aim", action_ids.AIM_CHANGE, str(stated.collaborative.id))),
    ]


def _text(name: str, words: str) -> Block:
    element: Block = {"type": "plain_text_input", "action_id": name, "max_length": max(LONGEST, len(words))}
    return _input(name, element | ({"initial_value": words} if words else {}))


def _measure(stated: StatedAim) -> list[Block]:
    """A list of the measures, where there are any."""
    options = [option(each.name, each.key) for each in stated.measures[:MOST_MEASURES]]
    if not options:
        return []
    chosen = [each for each in options if each["value"] == stated.aim.measure]
    select: Block = {"type": "static_select", "action_id": "measure", "options": options}
    return [_input("measure", select | ({"initial_option": chosen[0]} if chosen else {}))]


def _typed(values: Mapping[str, Any], name: str) -> str:
    return " ".join(str(values[name][name].get("value") or "").split())


def _input(name: str, element: Block) -> Block:
    return {
        "type": "input",
        "block_id": name,
        "label": plain(LABELS[name]),
        "element": element,
        "hint": plain(HINTS[name]),
        "optional": True,
    }
