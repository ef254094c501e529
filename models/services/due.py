"""Looks at a collaborative, puts what features want said now into the outbox, and says when to look again."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import Connection

from models.rules.reminders.due_message import DueMessage, Snapshot
from models.services import ladders
from models.services.delivery import outbox

M = TypeVar("M", bound=DueMessage)
DueSource = Callable[[Connection, Snapshot], Iterable[DueMessage]]
"""(db, a collaborative at a moment) -> all it wants said around that moment, each with its window.

One that has to say a thing the moment it sees it says it, and wants nothing.
"""


class StillDue(NamedTuple, Generic[M]):
    """A message that is due, and the collaborative it is due in."""

    snapshot: Snapshot
    message: M


def look(db: Connection, collaborative_id: int, now: datetime, sources: Iterable[DueSource]) -> None:
    """Do what is due in a collaborative, once whoever asks and however often.

    What a window passed over while nobody looked is kept too: delivery drops it as expired, for the record.
    """
    is_ours, looked_at = ladders.take(db, collaborative_id, now)
    if not is_ours:
        return
    snapshot = ladders.snapshot(db, collaborative_id, now)
    messages = [each for source in sources for each in source(db, snapshot)]
    for each in messages:
        if each.window.holds(now):
            _keep(db, snapshot, each)
        elif each.was_missed(now, looked_at):
            _say(db, snapshot, each)
    ahead = [each.window.opens for each in messages if each.window.opens > now]
    ladders.rest(db, collaborative_id, now, min(ahead, default=now + ladders.LONGEST_REST))


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


def _keep(db: Connection, snapshot: Snapshot, each: DueMessage) -> None:
    """Say it, or let it go after all where it was dropped: a deadline moved, or the clock was set."""
    if not _say(db, snapshot, each):
        window = (each.window.opens, each.window.closes)
        outbox.say_after_all(db, snapshot.collaborative, each.kind, each.about, *window)


def _say(db: Connection, snapshot: Snapshot, each: DueMessage) -> bool:
    return outbox.say(
        db,
        snapshot.collaborative,
        each.kind,
        each.about,
        each.args,
        snapshot.now,
        to=each.to,
        post=each.post,
        due=each.window.opens,
        expires=each.window.closes,
    )
