"""The `/momentum` command: its first word says what is wanted, all else is help."""

import html
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import App, Args

from handlers.context import Deps, accept, promptly
from handlers.errors import lazily
from handlers.feature import Feature, Word
from handlers.help.views import help_message, help_view
from handlers.slack.action_ids import MOMENTUM_HELP
from models.rules.privacy.door import kinds_in


def feature(words: Mapping[str, Word]) -> Feature:
    """The command with the words the features bring; whatever else is typed is answered with help."""

    def answer(deps: Deps, args: Args) -> None:
        word = _first_word(args.body)
        is_unknown = word != "help" and not kinds_in(word, frozenset)
        text, blocks = help_message(_sentences(deps, words), word if is_unknown else "")
        args.ack(text=text, blocks=blocks, response_type="ephemeral")

    def show_help(deps: Deps, args: Args) -> None:
        view = help_view(_sentences(deps, words))
        args.client.views_open(trigger_id=args.body["trigger_id"], view=view)

    def register(app: App, deps: Deps) -> None:
        for word, each in words.items():
            typed = app.command(deps.commands.momentum, matchers=[_begins_with(word)])
            typed(ack=accept, lazy=[lazily(deps, each.act)])
        app.command(deps.commands.momentum)(promptly(deps, answer))

    return Feature(register=register, presses={MOMENTUM_HELP: show_help})


def _begins_with(word: str) -> Callable[..., bool]:
    def is_so(body: dict[str, Any]) -> bool:
        return _first_word(body) == word

    return is_so


def _first_word(body: Mapping[str, Any]) -> str:
    typed = html.unescape(str(body.get("text") or "")).split()  # Slack sends & as an entity
    return typed[0].lower() if typed else ""


def _sentences(deps: Deps, words: Mapping[str, Word]) -> dict[str, str]:
    """What can be typed, with what it does, under the names the commands have in this workspace."""
    command = deps.commands.momentum
    does = {f"{command} {word}": each.does for word, each in words.items()}
    return {
        deps.commands.report: "opens your team's monthly report.",
        **does,
        f"{command} help": "shows this list.",
    }
