"""Composes what shows in a thread the pictures that its message could not."""

from collections.abc import Mapping
from datetime import datetime
from itertools import chain

from handlers.delivery.outgoing import Compose, Outgoing, RowArgs
from handlers.delivery.payload import picture_key
from handlers.slack.blocks import Block, context
from handlers.slack.words import escape
from models.database import Connection
from models.rules.delivery.pictures import Shown
from models.services.delivery import following

CHANGED = "This chart has changed since. The new one is further down."


def composer(composers: Mapping[str, Compose]) -> Compose:
    """What composes such a message from the one above it, whose composers these are."""

    def compose(db: Connection, args: RowArgs, now: datetime) -> Outgoing | None:
        above = following.pictured(db, args["row"])
        outgoing = composers[above.kind](db, above.args, now)
        if outgoing is None:
            return None
        return _overtaken(outgoing) if "post" in args else _missing(outgoing, above.shown)

    return compose


def _missing(outgoing: Outgoing, shown: Shown) -> Outgoing | None:
    """The pictures as they are by now; None when the message or its thread shows them all."""
    known = set(chain.from_iterable(shown.values()))
    pictures = tuple(each for each in outgoing.pictures if picture_key(each) not in known)
    images = _images(outgoing, {each.block_id for each in pictures})
    titles = [block["title"]["text"] for block in images if "title" in block]
    return (
        Outgoing(escape("; ".join(titles)) or "A chart.", images, pictures, is_urgent=False)
        if images
        else None
    )


def _overtaken(outgoing: Outgoing) -> Outgoing:
    """The words in place of pictures that are true no longer; what still is stays."""
    images = _images(outgoing, {each.block_id for each in outgoing.pictures})
    return Outgoing(
        CHANGED, [context(CHANGED), *images], outgoing.pictures, new_ones_follow=False, is_urgent=False
    )


def _images(outgoing: Outgoing, places: set[str]) -> list[Block]:
    return [block for block in outgoing.blocks if block.get("block_id") in places]
