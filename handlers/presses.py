"""What a pressed button does, in one transaction: it opens a window, or does something and says so."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias, TypeVar

from slack_bolt import Args

from handlers.context import Act, Deps, visitor
from handlers.errors import say
from handlers.slack.blocks import View
from handlers.slack.ids import pressed
from handlers.slack.modals import show
from models.database import Connection
from models.rules.collaborative.people import Visitor

T = TypeVar("T")
Unit: TypeAlias = Callable[[Connection, Visitor, str, datetime], T]
"""(db, who pressed, what the button carries, now) -> what comes of it; DomainError for who may not."""


def opens(build: Unit[View], put: Callable[[Args, View], object] = show) -> Act:
    """Have a button open a window; `put` may lay it elsewhere than above what is open."""

    def act(deps: Deps, args: Args) -> None:
        who, value, now = visitor(args), pressed(args.body), deps.clock.now()
        put(args, deps.db.read(lambda db: build(db, who, value, now)))

    return act


def does(unit: Unit[str]) -> Act:
    """Have a button do something, and tell who pressed in a sentence what came of it."""

    def act(deps: Deps, args: Args) -> None:
        who, value, now = visitor(args), pressed(args.body), deps.clock.now()
        sentence = deps.db.write(lambda db: unit(db, who, value, now))
        if args.context.response_url:
            say(args.context.response_url, sentence)

    return act
