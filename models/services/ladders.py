"""When each collaborative's reminders go, and when a clock has to look at them again."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, or_, select, update

from models.rules.reminders.due_message import Snapshot
from models.rules.reminders.reminders import Ladder
from models.services import columns
from models.services.upsert import Upsert
from models.tables.base import EPOCH
from models.tables.collaborative import collaboratives
from models.tables.reminder import ladders

LONGEST_REST = timedelta(hours=1)  # whatever changed unannounced is seen within it

_ADD = Upsert(ladders, keys=("collaborative_id",))
_KEEP = Upsert(ladders, keys=("collaborative_id",), replace=("steps", "look_at"))


def keep(db: Connection, collaborative_id: int, ladder: Ladder) -> None:
    """Set when reminders go, and have the clock look at once."""
    db.execute(_KEEP.on(db), _row(collaborative_id, ladder))


def find(db: Connection, collaborative_id: int) -> Ladder:
    """When reminders go; as usual where nobody said."""
    kept = db.execute(select(ladders.c.steps).where(ladders.c.collaborative_id == collaborative_id)).scalar()
    return Ladder.from_json(kept) if kept else Ladder()


def wake(db: Connection, collaborative_id: int) -> None:
    """Have the clock look at once: something changed that may bring a reminder nearer."""
    db.execute(update(ladders).where(ladders.c.collaborative_id == collaborative_id).values(look_at=EPOCH))


def to_look_at(db: Connection, now: datetime) -> tuple[int, ...]:
    """The collaboratives where something may be due. A rest longer than any means the clock was set back."""
    return tuple(db.execute(_TO_LOOK_AT, {"now": now, "rested": now + LONGEST_REST}).scalars())


def snapshot(db: Connection, collaborative_id: int, now: datetime) -> Snapshot:
    """A collaborative as it stands at a moment."""
    row = db.execute(_COLLABORATIVE, {"collaborative": collaborative_id}).one()
    collaborative = columns.collaborative(row)
    return Snapshot(collaborative, find(db, collaborative_id), collaborative.day_of(now), now)


def take(db: Connection, collaborative_id: int, now: datetime) -> tuple[bool, datetime | None]:
    """Whether it is for this process to look, and when somebody looked last; others wait until the commit."""
    db.execute(_ADD.on(db), _row(collaborative_id, Ladder()))
    row = db.execute(_LOCK, {"collaborative": collaborative_id}).one()
    return not now < row.look_at <= now + LONGEST_REST, row.looked_at


def rest(db: Connection, collaborative_id: int, now: datetime, until: datetime) -> None:
    """Keep that somebody looked, and when to look again: `until`, but soon enough."""
    changed = {"looked_at": now, "look_at": min(until, now + LONGEST_REST)}
    db.execute(update(ladders).where(ladders.c.collaborative_id == collaborative_id).values(changed))


def _row(collaborative_id: int, ladder: Ladder) -> dict[str, object]:
    return {"collaborative_id": collaborative_id, "steps": ladder.as_json(), "look_at": EPOCH}


_TO_LOOK_AT = (
    select(collaboratives.c.id)
    .join(ladders, ladders.c.collaborative_id == collaboratives.c.id, isouter=True)
    .where(
        or_(
            ladders.c.id.is_(None),
            ladders.c.look_at <= bindparam("now"),
            ladders.c.look_at > bindparam("rested"),
        )
    )
    .order_by(collaboratives.c.id)
)
_COLLABORATIVE = select(*columns.COLLABORATIVE).where(collaboratives.c.id == bindparam("collaborative"))
_LOCK = (
    select(ladders.c.look_at, ladders.c.looked_at)
    .where(ladders.c.collaborative_id == bindparam("collaborative"))
    .with_for_update()
)
