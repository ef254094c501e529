"""What reminders say, composed at the last moment: what is no longer true is not sent."""

from collections.abc import Mapping
from datetime import datetime

from handlers.delivery.outgoing import Compose, Outgoing, RowArgs
from handlers.reminders.views import messages as views
from models.database import Connection
from models.services.reminders import answers, due_moves, expectations, report_reminders


def reminder(db: Connection, args: RowArgs, now: datetime) -> Outgoing | None:
    """Ask one person for a report; not after it came, a promise was made, or the window closed."""
    contents = report_reminders.still_asked(db, args, now)
    return Outgoing(*views.reminder_message(contents)) if contents else None


def answered(db: Connection, args: RowArgs, now: datetime) -> Outgoing | None:
    """Say in a reminder that stands what was answered to it."""
    contents = report_reminders.answered(db, args, now)
    return Outgoing(*views.answered_message(contents)) if contents else None


def thanks(db: Connection, args: RowArgs, now: datetime) -> Outgoing | None:
    """Thank those on time; not when nobody was, or the due day moved."""
    contents = report_reminders.still_thanked(db, args, now)
    return Outgoing(*views.thanks_message(*contents)) if contents else None


def due_moved(db: Connection, args: RowArgs, now: datetime) -> Outgoing | None:
    """Tell a team of its new due day; not when it moved again."""
    move = due_moves.still_moved(db, args, now)
    return Outgoing(*views.move_message(move)) if move else None


def team_said(db: Connection, args: RowArgs, _now: datetime) -> Outgoing:
    """Tell a coach what a team said of its report."""
    return Outgoing(*views.told_message(expectations.told(db, args["expectation_id"])))


COMPOSERS: Mapping[str, Compose] = {
    "reminder": reminder,
    answers.KIND: answered,
    "thanks": thanks,
    "due_moved": due_moved,
    "team_said": team_said,
}
