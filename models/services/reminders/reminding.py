"""Looks at a collaborative, puts what is due now into the outbox, and says when to look again."""

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import Connection

from models.rules.reminders.due_message import DueMessage, Snapshot
from models.services import ladders, roll_call
from models.services.delivery import outbox
from models.services.reminders import due_moves, milestones, report_reminders

Source = Callable[[Connection, Snapshot], Iterable[DueMessage]]

SOURCES: tuple[Source, ...] = (
    report_reminders.wanted,
    report_reminders.thanks_wanted,
    milestones.wanted,
    roll_call.wanted,
)


def look(db: Connection, collaborative_id: int, now: datetime) -> None:
    """Do what is due in a collaborative, once whoever asks and however often.

    What a window passed over while nobody looked is kept too: delivery drops it as expired, for the record.
    """
    is_ours, looked_at = ladders.take(db, collaborative_id, now)
    if not is_ours:
        return
    snapshot = ladders.snapshot(db, collaborative_id, now)
    wanted = [each for source in SOURCES for each in source(db, snapshot)]
    due_moves.tell(db, snapshot)
    for each in wanted:
        if each.window.holds(now):
            _keep(db, snapshot, each)
        elif each.was_missed(now, looked_at):
            _enqueue(db, snapshot, each)
    ahead = [each.window.opens for each in wanted if each.window.opens > now]
    ladders.rest(db, collaborative_id, now, min(ahead, default=now + ladders.LONGEST_REST))


def _keep(db: Connection, snapshot: Snapshot, wanted: DueMessage) -> None:
    """Enqueue, or let one go that was dropped before it went: a deadline moved, or the clock was set."""
    if _enqueue(db, snapshot, wanted):
        return
    when = (wanted.window.opens, wanted.window.closes)
    outbox.say_after_all(db, snapshot.collaborative, wanted.kind, wanted.about, *when)


def _enqueue(db: Connection, snapshot: Snapshot, wanted: DueMessage) -> bool:
    return outbox.say(
        db,
        snapshot.collaborative,
        wanted.kind,
        wanted.about,
        wanted.args,
        snapshot.now,
        to=wanted.to,
        post=wanted.post,
        due=wanted.window.opens,
        expires=wanted.window.closes,
    )
