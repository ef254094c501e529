"""What is posted of a test: its card, edited at each step, and its decision in the thread."""

from collections.abc import Mapping
from datetime import datetime

from handlers.delivery.outgoing import Compose, Outgoing, RowArgs
from handlers.pdsa.views import card as views
from models.database import Connection
from models.services.pdsa import cycles, writing


def card(db: Connection, args: RowArgs, _now: datetime) -> Outgoing:
    """The card as the cycle stands now."""
    return Outgoing(*views.card_message(cycles.ramp(db, cycles.find(db, args["cycle_id"]))))


def decision(db: Connection, args: RowArgs, _now: datetime) -> Outgoing:
    """The decision as it stands now."""
    return Outgoing(*views.decision_message(cycles.find(db, args["cycle_id"])))


COMPOSERS: Mapping[str, Compose] = {writing.CARD: card, writing.DECISION: decision}
