"""Puts what features want said by now into the outbox, as the clock ticks."""

from collections.abc import Sequence
from functools import partial

from handlers.context import ClockJob
from handlers.turns import Turns
from models.services import due, ladders
from models.services.due import DueSource


def due_job(sources: Sequence[DueSource]) -> ClockJob:
    """Looks at some collaboratives whose time it is, and keeps what they want said."""
    return Turns(ladders.is_any_due, ladders.take, partial(due.look, sources=sources), due.keep).turn
