"""Puts what features want said by now into the outbox, as the clock ticks."""

from collections.abc import Iterable
from functools import partial

import structlog

from handlers.context import Deps
from models.services import due, ladders
from models.services.due import DueSource

log = structlog.get_logger(__name__)


def say_what_is_due(deps: Deps, sources: Iterable[DueSource]) -> None:
    """Look at each collaborative whose time it is; one that cannot be read keeps no other from it."""
    now = deps.clock.now()
    for collaborative_id in deps.db.read(lambda db: ladders.to_look_at(db, now)):
        look = partial(due.look, collaborative_id=collaborative_id, now=now, sources=sources)
        try:
            deps.db.write(look)
        except Exception:
            log.exception("what is due could not be looked at", collaborative=collaborative_id)
