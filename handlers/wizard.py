"""A form of several pages: each is checked and kept as a draft, and the last one sends it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, Self, TypeVar

from slack_bolt import Args

from handlers.context import Deps, refuse, visitor
from handlers.slack.blocks import View
from handlers.slack.modals import redraw
from models.database import Connection
from models.rules.collaborative.people import Visitor
from models.services.delivery import inbox

SAVED = "Saved. You can close this now; your draft waits here."


class Step(Protocol):
    """Where one person stands in the form: what they typed, laid over what is there."""

    @property
    def page(self) -> int: ...

    @property
    def workspace_id(self) -> int: ...

    def to_page(self, number: int) -> Self: ...

    def is_new(self, before: Self) -> bool:
        """Whether it says what is not kept yet; `before` is the same without what is on screen."""
        ...

    def overtaken(self, before: Self) -> Self | None:
        """The step with what others changed meanwhile, in words; None when nobody did, or to the same."""
        ...

    def view(self, news: str = "") -> View: ...

    def errors(self, shown: View) -> dict[str, str] | None:
        """What is wrong, by the block it stands at; None where not all of it is on screen."""
        ...

    def sent(self, deps: Deps) -> View | None:
        """What the window says once the form is sent; None as long as it is not."""
        ...


S = TypeVar("S", bound=Step)


def _as_it_is(_db: Connection, step: S) -> S:
    return step


@dataclass(frozen=True, kw_only=True)
class Wizard(Generic[S]):
    """What a form of several pages does with the database, each press in one transaction.

    `over` finds where a window's person stands, without and with what is on their screen; it raises
    DomainError for who may not. `take` holds a step for what is wrong or worth a question, and sends it from
    the last page; None: on to the next. `ready` adds what only its page needs.
    """

    over: Callable[[Connection, Visitor, View, datetime], tuple[S, S]]
    take: Callable[[Connection, S, str, datetime], S | None]
    save: Callable[[Connection, S, datetime], object]
    ready: Callable[[Connection, S], S] = _as_it_is

    def submit(self, deps: Deps, args: Args) -> None:
        """Take a page; acknowledged only after the commit."""
        who, now, shown = visitor(args), deps.clock.now(), args.body["view"]
        step = deps.db.write(lambda db: self.advance(db, who, shown, now))
        if errors := step.errors(shown):
            refuse(args, errors)
        else:
            args.ack(response_action="update", view=step.sent(deps) or step.view())

    def again(self, deps: Deps, args: Args) -> None:
        """Keep the page and draw it anew, as what was pressed on it asks."""
        redraw(args, self._kept(deps, args).view())

    def back(self, deps: Deps, args: Args) -> None:
        """Keep the page and show the one before."""
        step = self._kept(deps, args)
        redraw(args, step.to_page(step.page - 1).view())

    def later(self, deps: Deps, args: Args) -> None:
        """Keep the page and say so."""
        redraw(args, self._kept(deps, args).view(SAVED))

    def keep(self, db: Connection, who: Visitor, shown: View, now: datetime) -> S:
        """Keep what is new on a person's screen as their draft; a look leaves none behind."""
        before, step = self.over(db, who, shown, now)
        if step.is_new(before):
            self.save(db, step, now)
            step = step.overtaken(before) or step
        return self.ready(db, step)

    def advance(self, db: Connection, who: Visitor, shown: View, now: datetime) -> S:
        """Take a page: who was overtaken looks first; one sent before is answered as it was then."""
        before, step = self.over(db, who, shown, now)
        envelope = f"view:{shown['id']}"
        if (warned := step.overtaken(before)) and not inbox.knows(db, step.workspace_id, envelope):
            self.save(db, warned, now)
            return warned.to_page(0)
        if stays := self.take(db, step, envelope, now):
            return stays
        self.save(db, step, now)
        return self.ready(db, step.to_page(step.page + 1))

    def _kept(self, deps: Deps, args: Args) -> S:
        who, now, shown = visitor(args), deps.clock.now(), args.body["view"]
        return deps.db.write(lambda db: self.keep(db, who, shown, now))
