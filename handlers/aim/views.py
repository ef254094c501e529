"""The aim as people read it, and the host's form with its four parts, built and read back."""

from collections.abc import Sequence

from handlers.slack import action_ids
from handlers.slack.blocks import Block, View, actions, button, context, header, modal, option, section
from handlers.slack.ids import unpacked
from handlers.slack.inputs import Question, chosen, typed
from handlers.slack.words import escape, escape_to_fit
from models.rules.collaborative.aim import LABELS, Aim, StatedAim, lacks, told

TITLE = "Our aim"
LONGEST = 300  # characters of one part
MOST_MEASURES = 100  # options of a list (Slack)
NOT_YET = "_not said yet_"
TEXTS = tuple(name for name in LABELS if name != "measure")
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
    texts = [_asks(name).text(getattr(stated.aim, name), most=LONGEST, is_long=False) for name in TEXTS]
    return modal(
        TITLE,
        [*texts, *_measure(stated)],
        callback_id=action_ids.AIM_FORM,
        private_metadata=str(stated.collaborative.id),
        submit="Keep",
        close="Close",
    )


def read_form(view: View) -> tuple[int, Aim]:
    """Read the form back: the collaborative's id, a hint, and the aim."""
    texts = {name: " ".join(typed(view, name).split()) for name in TEXTS}
    return unpacked(view["private_metadata"], int), Aim(**texts, measure=chosen(view, "measure"))


def _stated(stated: StatedAim) -> list[Block]:
    parts = told(stated.aim, stated.measures)
    if not stated.measures:
        del parts[LABELS["measure"]]
    lines = [f"*{label}*: {escape_to_fit(words, LONGEST * 2) or NOT_YET}" for label, words in parts.items()]
    blocks = [header(stated.collaborative.name), section("\n".join(lines))]
    if not stated.may_change:
        return blocks
    missing = lacks(stated.aim, stated.measures)
    return [
        *blocks,
        *([context(escape(" ".join(missing)))] if missing else []),
        actions(button("Change the aim", action_ids.AIM_CHANGE, str(stated.collaborative.id))),
    ]


def _measure(stated: StatedAim) -> list[Block]:
    """A list of the measures, where there are any."""
    options = [option(each.name, each.key) for each in stated.measures[:MOST_MEASURES]]
    return [_asks("measure").select(options, stated.aim.measure)] if options else []


def _asks(name: str) -> Question:
    return Question(name, LABELS[name], HINTS[name], optional=True)
