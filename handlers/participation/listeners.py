"""How teams take part: a window for a team's coach and the host, opened from their digest."""

from datetime import datetime

from handlers.feature import Feature
from handlers.participation.views import participation_view
from handlers.presses import opens
from handlers.slack.action_ids import PARTICIPATION_OPEN
from handlers.slack.blocks import View
from handlers.slack.ids import unpacked
from models.database import Connection
from models.rules.collaborative.people import Visitor
from models.services.coaching.participation import seen_by


def teams(db: Connection, who: Visitor, value: str, now: datetime) -> View:
    """Show each of the reader's teams in a line, with the months behind it."""
    return participation_view(seen_by(db, who, unpacked(value, int), now))


FEATURE = Feature(presses={PARTICIPATION_OPEN: opens(teams)})
