"""What Momentum can do, said in a few lines to one person."""

from collections.abc import Mapping

from handlers.slack.action_ids import REPORT_OPEN
from handlers.slack.blocks import TextAndBlocks, View, actions, button, modal, section
from handlers.slack.words import clip, escape

_QUOTED = 40  # characters of what was typed


def help_text(words: Mapping[str, str], unknown: str = "") -> str:
    """List what can be typed, each with what it does; `words` maps "/momentum report" to its sentence."""
    first = f"I do not know “{escape(clip(unknown, _QUOTED))}” yet. " if unknown else ""
    lines = [f"*{escape(typed)}* {escape(does)}" for typed, does in words.items()]
    return "\n".join([f"{first}Here is what I can do:", *lines])


def help_message(words: Mapping[str, str], unknown: str = "") -> TextAndBlocks:
    """Answer the command, with the first button to press."""
    text = help_text(words, unknown)
    return text, [section(text), actions(button("Report", REPORT_OPEN, primary=True))]


def help_view(words: Mapping[str, str]) -> View:
    """Answer the button of the Home tab, where nothing can be said but in a modal."""
    return modal("Momentum", [section(help_text(words))], close="Close")
