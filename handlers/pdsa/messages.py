"""What is posted of a test: its card, edited at each step, and its decision in the thread."""

from collections.abc import Mapping
from datetime import datetime

from handlers.delivery.outgoing import Compose, Outgoing, RowArgs
from handlers.pdsa.views import card as views
from handlers.pdsa.views import question as asked
from models.database import Connection
from models.services.pdsa import asking, cycles, writing


def card(db: Connection, args: RowArgs, _now: datetime) -> Outgoing:
    """The card as the cycle stands now."""
    return Outgoing(*views.card_message(cycles.ramp(db, cycles.find(db, args["cycle_id"]))))


def decision(db: Connection, args: RowArgs, _now: datetime) -> Outgoing:
    """The decision as it stands now."""
    return Outgoing(*views.decision_message(cycles.find(db, args["cycle_id"])))


def question(db: Connection, args: RowArgs, now: datetime) -> Outgoing | None:
    """How it went, asked of who sees to it; not after somebody said so."""
    cycle = asking.still_waits(db, args, now)
    return Outgoing(*asked.question_message(cycle)) if cycle else None


def answered(db: Connection, args: RowArgs, _now: datetime) -> Outgoing | None:
    """In place of the question, how the test stands by now."""
    cycle = asking.answered(db, args)
    return Outgoing(*asked.answered_message(cycle)) if cycle else None


COMPOSERS: Mapping[str, Compose] = {
    writing.CARD: card,
    writing.DECISION: decision,
    asking.KIND: question,
    asking.ANSWERED: answered,
}
