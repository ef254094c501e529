"""What was for a channel that is open to others by now goes to each of the team, and is edited there."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, union

from models.rules.delivery.verdicts import OPEN_TO_OTHERS, Claimed, State
from models.services.delivery import outbox
from models.services.delivery.outbox import IN_PERSON, SAID, UNTRIED
from models.tables.outbox import outbox_messages, posts

table = outbox_messages.c


def readdressed(to: Sequence[str], now: datetime) -> dict[str, object]:
    """What becomes of the row itself: it is for the first of them, as if nobody had tried it yet."""
    fresh = {name: value for name, value in UNTRIED.items() if name != "files"}  # its pictures stay uploaded
    return {
        **fresh,
        "channel": to[0],
        "next_try_at": now,
        "last_error": OPEN_TO_OTHERS,
        "state": State.PENDING,
    }


def say(db: Connection, row: Claimed, to: Sequence[str], now: datetime) -> None:
    """Have the words of a row said to more people, each once, however often it is asked."""
    made = db.execute(select(*SAID, table.due_at, table.expires_at).where(table.id == row.id)).one()
    outbox.say_all(
        db,
        [
            {**made._asdict(), "channel": each, "next_try_at": now, "created_at": now}
            | outbox.named(row.collaborative_id, f"{made.dedupe_key}{IN_PERSON}{each}")
            for each in to
        ],
    )


def places(db: Connection, collaborative_id: int, post: str) -> tuple[str, ...]:
    """The channels and people where a post stands, or is on its way to."""
    return tuple(db.execute(_PLACES, {"collaborative": collaborative_id, "post": post}).scalars())


_PLACES = union(
    select(posts.c.channel).where(
        posts.c.collaborative_id == bindparam("collaborative"), posts.c.subject == bindparam("post")
    ),
    select(table.channel).where(
        table.collaborative_id == bindparam("collaborative"),
        table.subject == bindparam("post"),
        table.state.in_((State.PENDING, State.SENDING, State.HELD)),
    ),
)
