"""The roll call: who is in this month, edited in place as reports come; on the Home tab at a glance."""

from datetime import datetime

from handlers.delivery.outgoing import Outgoing, RowArgs
from handlers.feature import Feature
from handlers.roll_call import views
from models.database import Connection
from models.services import roll_call


def compose(db: Connection, args: RowArgs, now: datetime) -> Outgoing:
    """Who is in this month."""
    call = roll_call.find(db, args["period_id"])
    return Outgoing(*views.roll_call_message(call, call.collaborative.day_of(now)))


FEATURE = Feature(
    composers={roll_call.KIND: compose},
    home={"roll_call": lambda _db, reader, _now: views.home_part(reader)},
    due=(roll_call.due_edits,),
)
