"""Tells the host that messages did not get through, why, and what mends it; tries one again when asked."""

from collections.abc import Mapping
from datetime import datetime

from handlers.delivery import views
from handlers.delivery.outgoing import Compose, Outgoing, RowArgs
from handlers.presses import does
from handlers.slack.action_ids import TRY_AGAIN
from handlers.slack.failure_words import addressed
from handlers.slack.ids import unpacked
from models.database import Connection
from models.rules.collaborative.people import Visitor
from models.services.delivery import notices

AGAIN = "I try it again now."
NOT_NEEDED = "That is not needed any more: it was tried again already."


def try_again(db: Connection, who: Visitor, value: str, now: datetime) -> str:
    """Let a failed message go again, for who runs its collaborative."""
    return AGAIN if notices.try_again(db, who, unpacked(value, int), now) else NOT_NEEDED


def failed(db: Connection, args: RowArgs, _now: datetime) -> Outgoing | None:
    """Compose the notice of a message that failed; None when it has gone out since."""
    if "by" in args:
        return Outgoing(*views.tried_message(notices.channel_of(db, args["row"]), args["by"]))
    failure = notices.failure(db, args["row"])
    return Outgoing(*views.failed_message(args["row"], *failure)) if failure else None


def without_picture(db: Connection, args: RowArgs, _now: datetime) -> Outgoing:
    """Compose the notice of a message that went without its picture."""
    channel = addressed(notices.channel_of(db, args["row"]))
    return Outgoing(
        *views.plain_message(
            f"A message for {channel} went without its chart: I could not draw or upload it. "
            "The numbers in the message are complete. The log of the server says more."
        )
    )


def was_held(_db: Connection, args: RowArgs, _now: datetime) -> Outgoing:
    """Compose the notice that a time without messages is over."""
    return Outgoing(
        *views.plain_message(
            f"For a while Slack took no message of mine (it answered “{args['reason']}”). It does again: "
            "what waited is on its way now, where it is still true."
        )
    )


PRESSES = {TRY_AGAIN: does(try_again)}
COMPOSERS: Mapping[str, Compose] = {
    notices.DELIVERY_FAILED: failed,
    notices.PICTURE_MISSING: without_picture,
    notices.WAS_HELD: was_held,
}
