"""The day after a test: how did it go? Asked of who sees to it, and answered in place."""

from handlers.pdsa.views.card import name_of
from handlers.pdsa.views.words import stands
from handlers.slack.action_ids import PDSA_CHANGE, PDSA_OPEN, PDSA_STOP
from handlers.slack.blocks import TextAndBlocks, actions, button, section
from handlers.slack.ids import packed
from handlers.slack.words import day, escape_to_fit, safe_name
from models.rules.pdsa.cycle import PdsaCycle, Step
from models.rules.pdsa.pages import Page

_PREDICTED = 300


def question_message(cycle: PdsaCycle) -> TextAndBlocks:
    """Ask, beside what was predicted; the day may be moved, and the test stopped."""
    text = f"How did it go? {_named(cycle)}"
    prediction = escape_to_fit(cycle.answers.prediction_1, _PREDICTED)
    lines = [f"*How did it go?*\n{_named(cycle)}", *([f"You predicted: {prediction}"] if prediction else [])]
    buttons = (
        button("Tell how it went", PDSA_OPEN, packed(cycle.id, int(Page.DO)), primary=True),
        button("Move the day", PDSA_CHANGE, packed(cycle.id, int(Page.DAYS))),
        button("Stop the test", PDSA_STOP, packed(cycle.id, int(Page.ACT))),
    )
    return text, [section("\n".join(lines)), actions(*buttons)]


def answered_message(cycle: PdsaCycle) -> TextAndBlocks:
    """Say how it stands since, with the button that leads on."""
    last = cycle.answers.last_day
    waits = f"runs until {day(last)}" if cycle.step is Step.DO and last else stands(cycle)
    text = f"✔ {_named(cycle)}: {waits}. Thank you."
    words = "Look" if cycle.step is Step.DECIDED else "Go on"
    return text, [section(text, button(words, PDSA_OPEN, str(cycle.id)))]


def _named(cycle: PdsaCycle) -> str:
    return f"{safe_name(cycle.team.name)}, {escape_to_fit(name_of(cycle), 300)}"
