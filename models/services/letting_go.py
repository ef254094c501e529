"""What nobody needs any more is let go: messages long out, their posts, drafts of months long closed."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, Table, bindparam, delete, exists, or_, select, update

from models.rules.collaborative.period import periods_to_choose
from models.rules.time.working_time import instant
from models.services import columns
from models.services import ladders as ladders_of
from models.services.collaborative import periods
from models.tables.collaborative import collaboratives
from models.tables.draft import drafts
from models.tables.outbox import outbox_messages, posts
from models.tables.reminder import ladders

A_WEEK = timedelta(days=7)
AT_ONCE = 200  # rows of a table of one collaborative: what goes in one transaction is little
STAYS_EDITED = ("report:", "charts:", "coach_note:", "feedback:", "feedback_answer:")  # however old

outbox = outbox_messages.c


class Leavings(NamedTuple):
    """What a collaborative can do without: ids by table."""

    collaborative_id: int
    ids: Mapping[Table, Sequence[int]]

    @property
    def is_all(self) -> bool:
        return all(len(rows) < AT_ONCE for rows in self.ids.values())


def is_any(db: Connection, now: datetime) -> bool:
    """Whether a collaborative was not asked for a week."""
    return db.execute(_ANY, {"now": now}).first() is not None


def take(db: Connection, now: datetime, most: int) -> tuple[int, ...]:
    """Take collaboratives to ask, by id, those that wait longest; others leave them alone for a minute."""
    rows = ladders_of.put_off(db, ladders.c.let_go_at, now, most, now + ladders_of.IN_HAND)
    return tuple(row.collaborative_id for row in rows)


def look(db: Connection, collaborative_id: int, now: datetime) -> Leavings:
    """Find what is older than the oldest month that anybody may still report; nothing is written.

    In a collaborative that is over, the last months that closed stay.
    """
    known = {"collaborative": collaborative_id}
    there = columns.collaborative(db.execute(_COLLABORATIVE, known).one())
    months = periods.of_collaborative(db, collaborative_id)
    needed = periods_to_choose(months, there.day_of(now), is_on_behalf=True)
    if not needed:
        return Leavings(collaborative_id, {})
    before = instant(needed[0].first_day, 0, there.time_zone)
    older = {**known, "before": before, "before_ts": f"{before.timestamp():.6f}"}
    return Leavings(
        collaborative_id, {table: db.scalars(query, older).all() for table, query in _OLD.items()}
    )


def keep(db: Connection, looks: Sequence[Leavings], now: datetime) -> None:
    """Let it go, and look again in a week, or at once where there is more."""
    for each in looks:
        for table, ids in each.ids.items():
            if ids:
                db.execute(delete(table).where(table.c.id.in_(ids)))
        again = now + A_WEEK if each.is_all else now
        db.execute(_REST, {"collaborative": each.collaborative_id, "again": again})


_IS_TIME = ladders.c.let_go_at <= bindparam("now")
_ANY = select(ladders.c.id).where(_IS_TIME).limit(1)
_REST = (
    update(ladders)
    .where(ladders.c.collaborative_id == bindparam("collaborative"))
    .values(let_go_at=bindparam("again"))
)
_COLLABORATIVE = select(*columns.COLLABORATIVE).where(collaboratives.c.id == bindparam("collaborative"))


def _of(table: Table) -> Select[Any]:
    return select(table.c.id).where(table.c.collaborative_id == bindparam("collaborative")).limit(AT_ONCE)


_IS_SETTLED = outbox.state.in_(("sent", "dropped", "failed"))
_SAID_SINCE = exists().where(
    outbox.collaborative_id == posts.c.collaborative_id, outbox.subject == posts.c.subject
)
_OLD: Mapping[Table, Select[Any]] = {
    outbox_messages: _of(outbox_messages).where(
        _IS_SETTLED, outbox.created_at < bindparam("before"), outbox.due_at < bindparam("before")
    ),
    posts: _of(posts).where(
        posts.c.ts < bindparam("before_ts"),
        ~_SAID_SINCE,
        ~or_(*(posts.c.subject.startswith(beginning) for beginning in STAYS_EDITED)),
    ),
    drafts: _of(drafts).where(drafts.c.saved_at < bindparam("before")),
}
