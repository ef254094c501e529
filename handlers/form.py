"""A window that is filled in and sent: refused at its fields, or kept once, however often it comes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from slack_bolt import Args

from handlers.context import Deps, refuse, visitor
from handlers.slack.blocks import View
from models.database import Connection
from models.rules.collaborative.people import Collaborative, Visitor
from models.services.delivery import inbox

T = TypeVar("T")


class InCollaborative(Protocol):
    @property
    def collaborative(self) -> Collaborative: ...


A = TypeVar("A", bound=InCollaborative)


@dataclass(frozen=True)
class Press(Generic[T]):
    """Somebody sends a form; what its window carried, ids among it, are hints."""

    who: Visitor
    answers: T
    now: datetime
    envelope: str  # names the press: the window, and the state it was sent from
    trigger: str  # Slack's, of this press alone


def all_fits(_answers: object) -> dict[str, str]:
    """No field is refused."""
    return {}


@dataclass(frozen=True, kw_only=True)
class Form(Generic[T, A]):
    """What becomes of a window that is sent: asked in this order, the last three in one transaction.

    `check` answers with what is wrong, by the block it stands at. `may` raises DomainError for who may not.
    `keep` is asked at the first press alone. `say` is the window's next state; None closes it.
    """

    callback_id: str
    read: Callable[[View], T]
    check: Callable[[T], dict[str, str]] = all_fits
    may: Callable[[Connection, Press[T]], A]
    keep: Callable[[Connection, A, Press[T]], object]
    say: Callable[[Connection, A, Press[T]], View | None]

    def take(self, deps: Deps, args: Args) -> None:
        """Take a press; acknowledged only after the commit."""
        view, now = args.body["view"], deps.clock.now()
        envelope = f"view:{view['id']}:{view['hash']}"  # one window may be sent anew, in another state
        press = Press(visitor(args), self.read(view), now, envelope, args.body["trigger_id"])
        if refused := self.check(press.answers):
            refuse(args, refused)
        elif shown := deps.db.write(lambda db: self._kept(db, press)):
            args.ack(response_action="update", view=shown)
        else:
            args.ack()

    def _kept(self, db: Connection, press: Press[T]) -> View | None:
        acting = self.may(db, press)
        if inbox.is_first(db, acting.collaborative.workspace_id, press.envelope, press.now):
            self.keep(db, acting, press)
        return self.say(db, acting, press)
