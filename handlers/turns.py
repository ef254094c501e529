"""A clock job's turn: take a few of those whose time it is, look at each, and keep what was found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

import structlog

from handlers.context import Deps
from models.database import Connection

T = TypeVar("T")
F = TypeVar("F")

MOST = 15  # of one turn, which takes well below a second
AT_ONCE = 2  # are kept in one transaction: whoever else writes waits for a few milliseconds

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Turns(Generic[T, F]):
    """What is looked at by whom: several processes take different ones, and who waits longest comes first.

    `take` and `keep` write and are short; `look`, which may take long, only reads, and lets people go first.
    """

    is_any: Callable[[Connection, datetime], bool]
    take: Callable[[Connection, datetime, int], Sequence[T]]
    look: Callable[[Connection, T, datetime], F]
    keep: Callable[[Connection, Sequence[F], datetime], None]

    def turn(self, deps: Deps) -> bool:
        """Look at some, and keep what was found; whether there may be more.

        One that cannot be read, or kept, keeps no other from it: it is in hand for a while, and comes again.
        """
        if not deps.db.read(lambda db: self.is_any(db, deps.clock.now())):
            return False
        deps.people_first.give_way()
        taken = deps.db.write(lambda db: self.take(db, deps.clock.now(), MOST))
        looks = [look for each in taken for look in self._looked(deps, each)]
        for first in range(0, len(looks), AT_ONCE):
            self._keep(deps, looks[first : first + AT_ONCE])
        return len(taken) == MOST

    def _looked(self, deps: Deps, each: T) -> list[F]:
        try:
            give_way = deps.people_first.give_way
            return [deps.db.read(lambda db: self.look(db, each, deps.clock.now()), before_each=give_way)]
        except Exception:
            log.exception("could not be looked at as the clock ticks", what=str(each))
            return []

    def _keep(self, deps: Deps, looks: Sequence[F]) -> None:
        """Keep some in one transaction; where that fails, each in its own."""
        deps.people_first.give_way()
        try:
            deps.db.write(lambda db: self.keep(db, looks, deps.clock.now()))
        except Exception:
            if len(looks) == 1:
                log.exception("what was found as the clock ticks could not be kept", what=str(looks[0]))
            for each in looks if len(looks) > 1 else ():
                self._keep(deps, [each])
