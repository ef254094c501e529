"""When each collaborative's reminders go, and when a clock has to look at them again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Column, Connection, bindparam, select, union_all, update

from models.rules.reminders.due_message import Snapshot
from models.rules.reminders.reminders import Ladder
from models.services import columns
from models.services.columns import AnyRow
from models.services.upsert import Upsert
from models.tables.base import EPOCH
from models.tables.collaborative import collaboratives
from models.tables.reminder import ladders

LONGEST_REST = timedelta(hours=1)  # whatever changed unannounced is seen within it
IN_HAND = timedelta(minutes=1)  # a turn is over in seconds; were its process to die, others take it up
_SPREAD = 997  # seconds from one collaborative's place in the hour to the next one's

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


def snapshot(db: Connection, collaborative_id: int, now: datetime) -> Snapshot:
    """A collaborative as it stands at a moment."""
    row = db.execute(_COLLABORATIVE, {"collaborative": collaborative_id}).one()
    collaborative = columns.collaborative(row)
    return Snapshot(collaborative, find(db, collaborative_id), collaborative.day_of(now), now)


@dataclass(frozen=True)
class Turn:
    """A collaborative whose time it is, in this process's hands until `until`."""

    collaborative_id: int
    looked_at: datetime | None  # when somebody looked last
    until: datetime


def is_any_due(db: Connection, now: datetime) -> bool:
    """Whether there is a collaborative whose time it is."""
    return db.execute(_ANY, _around(now)).first() is not None


def take(db: Connection, now: datetime, most: int) -> tuple[Turn, ...]:
    """Take the collaboratives where something may be due, those that wait longest first.

    Others leave them alone until the turn is over, or were it never ended, for a minute.
    """
    until = now + IN_HAND
    db.execute(_PULL_IN, _around(now))
    rows = put_off(db, ladders.c.look_at, now, most, until)
    return tuple(Turn(row.collaborative_id, row.looked_at, until) for row in rows)


def put_off(
    db: Connection, moment: Column[datetime], now: datetime, most: int, until: datetime
) -> Sequence[AnyRow]:
    """Put one of their moments off where it has come, for the oldest; the rows as they were.

    Those that another process is just taking are passed over.
    """
    oldest = select(ladders).where(moment <= now).order_by(moment, ladders.c.id).limit(most)
    rows = db.execute(oldest.with_for_update(skip_locked=True)).all()
    if rows:
        db.execute(update(ladders).where(ladders.c.id.in_([row.id for row in rows])).values({moment: until}))
    return rows


def rest(db: Connection, looks: Iterable[tuple[Turn, datetime]], now: datetime) -> None:
    """Keep that somebody looked, and when to look again: then, but soon enough.

    One that was woken meanwhile is looked at again at once.
    """
    rows = [
        {
            "collaborative": turn.collaborative_id,
            "until": turn.until,
            "now": now,
            "again": min(again, _in_its_hour(turn.collaborative_id, now)),
        }
        for turn, again in looks
    ]
    if rows:
        db.execute(_REST, rows)


def _around(now: datetime) -> dict[str, datetime]:
    return {"now": now, "rested": now + LONGEST_REST}


def _in_its_hour(collaborative_id: int, now: datetime) -> datetime:
    """When it is looked at next whatever is due: each hour at a second of its own, so never all at once."""
    at = now.replace(minute=0, second=0, microsecond=0) + timedelta(seconds=collaborative_id * _SPREAD % 3600)
    return at if at > now else at + LONGEST_REST


def _row(collaborative_id: int, ladder: Ladder) -> dict[str, object]:
    moments = {"look_at": EPOCH, "let_go_at": EPOCH}
    return {"collaborative_id": collaborative_id, "steps": ladder.as_json(), **moments}


_COLLABORATIVE = select(*columns.COLLABORATIVE).where(collaboratives.c.id == bindparam("collaborative"))
_IS_TIME = ladders.c.look_at <= bindparam("now")
_IS_TOO_FAR = ladders.c.look_at > bindparam("rested")  # longer than any rest: the clock was set back
_ANY = union_all(
    *(select(select(ladders.c.id).where(each).limit(1).subquery().c.id) for each in (_IS_TIME, _IS_TOO_FAR))
)
_PULL_IN = update(ladders).where(_IS_TOO_FAR).values(look_at=EPOCH)
_REST = (
    update(ladders)
    .where(ladders.c.collaborative_id == bindparam("collaborative"), ladders.c.look_at == bindparam("until"))
    .values(looked_at=bindparam("now"), look_at=bindparam("again"))
)
