"""Looks at collaboratives, puts what features want said now into the outbox, and says when to look again."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import Connection

from models.rules.delivery.verdicts import State
from models.rules.reminders.due_message import DueMessage, Snapshot
from models.services import ladders
from models.services.delivery import outbox
from models.services.delivery.outbox import OutboxMessage
from models.services.ladders import Turn

M = TypeVar("M", bound=DueMessage)
DueSource = Callable[[Connection, Snapshot], Iterable[DueMessage]]
"""(db, a collaborative at a moment) -> all it wants said around then, each with its window. It reads only."""


class Look(NamedTuple):
    """What a look at a collaborative found, and when there may be something to find again."""

    turn: Turn
    snapshot: Snapshot
    unsaid: tuple[OutboxMessage, ...]
    dropped: tuple[DueMessage, ...]  # that may go after all
    look_again: datetime


class StillDue(NamedTuple, Generic[M]):
    """A message that is due, and the collaborative it is due in."""

    snapshot: Snapshot
    message: M


def look(db: Connection, turn: Turn, now: datetime, sources: Iterable[DueSource]) -> Look:
    """Find what is to be said in a collaborative and is not in the outbox; nothing is written.

    What a window passed over while nobody looked is wanted too: delivery drops it as expired, for the record.
    """
    snapshot = ladders.snapshot(db, turn.collaborative_id, now)
    messages = [each for source in sources for each in source(db, snapshot)]
    timely = [each for each in messages if each.is_wanted(now, turn.looked_at)]
    states = outbox.states(db, turn.collaborative_id, [(each.kind, each.about) for each in timely])
    timely.sort(key=lambda each: each.window.opens)  # they are said in the order they are due
    unsaid = [_message(snapshot, each) for each in timely if (each.kind, each.about) not in states]
    dropped = [each for each in timely if states.get((each.kind, each.about)) is State.DROPPED]
    after_all = tuple(each for each in dropped if each.window.holds(now))
    ahead = [each.window.opens for each in messages if each.window.opens > now]
    return Look(turn, snapshot, tuple(unsaid), after_all, min(ahead, default=now + ladders.LONGEST_REST))


def keep(db: Connection, looks: Sequence[Look], now: datetime) -> None:
    """Put what several looks found into the outbox, in one transaction with when to look again.

    What was dropped goes after all: a deadline moved, or the clock was set.
    """
    outbox.say_all(db, [message for look in looks for message in look.unsaid])
    for look in looks:
        for each in look.dropped:
            window = (each.window.opens, each.expires(look.snapshot.now))
            outbox.say_after_all(db, look.snapshot.collaborative, each.kind, each.about, *window)
    ladders.rest(db, [(look.turn, look.look_again) for look in looks], now)


def still(
    db: Connection,
    source: Callable[[Connection, Snapshot], Iterable[M]],
    args: Mapping[str, Any],
    now: datetime,
) -> StillDue[M] | None:
    """The message with these args; None when it is not due at this moment.

    For composers: what a row was kept for a while ago may be so no more.
    """
    snapshot = ladders.snapshot(db, args["collaborative_id"], now)
    messages = (each for each in source(db, snapshot) if each.args == args and each.window.holds(now))
    return next((StillDue(snapshot, each) for each in messages), None)


def _message(snapshot: Snapshot, each: DueMessage) -> OutboxMessage:
    how = outbox.Delivery(
        to=each.to,
        post=each.post,
        due=each.window.opens,
        expires=each.expires(snapshot.now),
        only_for=each.only_for,
    )
    return outbox.message(snapshot.collaborative, each.kind, each.about, each.args, snapshot.now, **how)
