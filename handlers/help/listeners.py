"""The `/momentum` command: its first word says what is wanted, all else is help."""

import html
from collections.abc import Mapping

from slack_bolt import App, Args

from handlers.context import Deps, accept
from handlers.errors import lazily
from handlers.feature import Feature, Word
from handlers.help.views import help_message, help_view
from handlers.slack.action_ids import MOMENTUM_HELP


def feature(words: Mapping[str, Word]) -> Feature:
    """The command with the words the features bring."""
    return Feature(register=lambda app, deps: _register(app, deps, words))


def _register(app: App, deps: Deps, words: Mapping[str, Word]) -> None:
    known = _sentences(deps, words)

    def answer(args: Args) -> None:
        word = _first_word(args)
        if word in words:
            args.ack()
            return
        text, blocks = help_message(known, "" if word == "help" else word)
        args.ack(text=text, blocks=blocks, response_type="ephemeral")

    def run(deps: Deps, args: Args) -> None:
        if word := words.get(_first_word(args)):
            word.act(deps, args)

    def show_help(_deps: Deps, args: Args) -> None:
        args.client.views_open(trigger_id=args.body["trigger_id"], view=help_view(known))

    app.command(deps.commands.momentum)(ack=answer, lazy=[lazily(deps, run)])
    app.action(MOMENTUM_HELP)(ack=accept, lazy=[lazily(deps, show_help)])


def _first_word(args: Args) -> str:
    typed = html.unescape(str(args.body.get("text") or "")).split()  # Slack sends & as an entity
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
