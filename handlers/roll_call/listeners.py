"""The roll call: who is in this month, edited in place as reports come; on the Home tab at a glance."""

from datetime import datetime

from handlers.delivery.outgoing import Outgoing, RowArgs
from handlers.feature import Feature
from handlers.roll_call import views
from handlers.slack.blocks import Block
from models.database import Connection
from models.rules.home import HomeReader
from models.services import roll_call


def compose(db: Connection, args: RowArgs, now: datetime) -> Outgoing:
    """Who is in this month."""
    call = roll_call.find(db, args["period_id"])
    return Outgoing(*views.roll_call_message(call, call.collaborative.day_of(now)))


def at_home(_db: Connection, reader: HomeReader, _now: datetime) -> list[Block]:
    """How many are in, for each collaborative of the reader."""
    return views.home_part(reader)


FEATURE = Feature(
    composers={roll_call.KIND: compose}, home={"roll_call": at_home}, due=(roll_call.due_edits,)
)
