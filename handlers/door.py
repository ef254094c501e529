"""The one door for free text: whatever is typed is read here before any feature hears of it.

A text too long, or with something that could tell of a patient, is kept nowhere: the window says what it
looks like, at the field, and what was typed stays in the field alone. A feature does nothing for it.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from slack_bolt import App, Args, BoltContext, BoltRequest

from handlers.context import Deps, accept, promptly, refuse
from handlers.errors import lazily
from handlers.slack.inputs import TypedText, typed_texts, unticked_files
from handlers.slack.modals import is_in_modal, redraw
from handlers.slack.remarks import fields, is_laid, passes, remarked
from models.errors import DomainError
from models.rules.collaborative.people import Visitor
from models.rules.privacy.door import NO_WORD, OR_TICK, Remark, remark_on
from models.services.collaborative.known_names import known_names

_REMARKS = "remarks"  # in Bolt's context of a request
_ANY = re.compile("")
TICK_FIRST = "Please make sure that there is no patient in the file, and tick this box."

Remarks = dict[TypedText, Remark]


def register(app: App, deps: Deps) -> None:
    """Look at each payload before any listener is chosen; what has to stay outside comes to these."""

    def look(req: BoltRequest, context: BoltContext, next_: Callable[[], object]) -> None:
        if req.body.get("type") == "view_closed":
            _without_words(req.body)
        elif remarks := dict(_remarks(deps, req.body, context)):
            context[_REMARKS] = remarks
        next_()

    app.use(look)
    app.view(_ANY, matchers=[_stays_outside])(promptly(deps, answer_submission))
    app.action(_ANY, matchers=[_stays_outside])(ack=accept, lazy=[lazily(deps, answer_press)])
    app.command(_ANY, matchers=[_stays_outside])(promptly(deps, answer_in_words))


def answer_submission(_deps: Deps, args: Args) -> None:
    """Say what is wrong at the fields; where all of it may be a mistake, offer a box below each first."""
    view, remarks = args.body["view"], _at_fields(args)
    if all(remark.may_pass and not is_laid(view, text) for text, remark in remarks.items()):
        args.ack(response_action="update", view=remarked(view, remarks))
    else:
        refuse(args, {text.block_id: remark.sentence for text, remark in remarks.items()})


def answer_press(_deps: Deps, args: Args) -> None:
    """Say it below the fields: Slack takes no errors for a press, which might have kept a draft."""
    remarks = _at_fields(args)
    if not is_in_modal(args):
        raise DomainError(_sentence(remarks))
    redraw(args, remarked(args.body["view"], remarks))


def answer_in_words(_deps: Deps, args: Args) -> None:
    """Say it in a sentence, where there is no field."""
    raise DomainError(_sentence(_of(args)))


def _remarks(deps: Deps, body: Mapping[str, Any], context: BoltContext) -> Iterator[tuple[TypedText, Remark]]:
    """What is to be said of each text that is typed, handed in or sent with a command."""

    def names() -> Collection[str]:
        visitor = Visitor(str(context.team_id), str(context.user_id))
        return deps.db.read(lambda db: known_names(db, visitor))

    for text in typed_texts(body):
        remark = remark_on(text.text, text.most, names)
        if remark and not passes(body.get("view") or {}, text, remark):
            yield text, remark
    if body.get("type") == "view_submission":
        unticked = (TypedText(block_id, "", 0) for block_id in unticked_files(body["view"]))
        yield from ((text, Remark(TICK_FIRST)) for text in unticked)
    words = str(body.get("text") or "") if "command" in body else ""
    if (remark := remark_on(words, len(words), frozenset)) and not remark.may_pass:
        yield TypedText("", words, len(words)), remark  # else it is looked up, and echoed by nobody


def _stays_outside(context: BoltContext) -> bool:
    return bool(context.get(_REMARKS))


def _of(args: Args) -> Remarks:
    remarks: Remarks = args.context[_REMARKS]
    return remarks


def _at_fields(args: Args) -> Remarks:
    """The remarks that have a field on screen. Raises DomainError where none has."""
    remarks, shown = _of(args), fields(args.body.get("view") or {})
    if at_fields := {text: remark for text, remark in remarks.items() if text.block_id in shown}:
        return at_fields
    raise DomainError(_sentence(remarks))


def _sentence(remarks: Remarks) -> str:
    """The first remark in words alone; there is no box to tick."""
    return next(iter(remarks.values())).sentence.replace(OR_TICK, NO_WORD)


def _without_words(body: dict[str, Any]) -> None:
    """Who closes a window keeps nothing of it."""
    body["view"] = {**body["view"], "state": {"values": {}}}
