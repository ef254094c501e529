"""Which teams' charts changed and are to be looked at for signals: kept with the change, gone when seen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from models.services.columns import AnyRow
from models.tables.base import EPOCH
from models.tables.chart import signal_looks
from models.tables.people import teams

IN_HAND = timedelta(minutes=1)  # a turn is over in seconds; were its process to die, others take it up


@dataclass(frozen=True)
class TeamLook:
    """A team in this process's hands, and what was asked for it until now: more may come meanwhile."""

    team_id: int
    requests: tuple[int, ...]  # ids
    of_earlier: bool  # only earlier months came in


def ask(db: Connection, collaborative_id: int, team_ids: Iterable[int], *, of_earlier: bool = False) -> None:
    """Have the charts of these teams looked at once this transaction is kept.

    `of_earlier` months came in, by a file or pasted: what they show of times long past is not told.
    """
    parameters = {"collaborative_id": collaborative_id, "of_earlier": of_earlier, "look_at": EPOCH}
    rows = [{**parameters, "team_id": team} for team in sorted(set(team_ids))]
    if rows:
        db.execute(_ASK, rows)


def is_any(db: Connection, now: datetime) -> bool:
    """Whether there is a team to look at."""
    return db.execute(_ANY, {"now": now}).first() is not None


def take(db: Connection, now: datetime, most: int) -> tuple[TeamLook, ...]:
    """Take the teams to look at, those who wait longest first; others leave them alone for a minute."""
    taken = list(db.scalars(_NEXT, {"now": now, "most": most}))
    rows = db.execute(_TAKE, {"now": now, "until": now + IN_HAND, "teams": taken}).all() if taken else ()
    of_team = groupby(sorted(rows, key=lambda row: row.team_id), key=lambda row: row.team_id)
    return tuple(_look(team, list(mine)) for team, mine in of_team)


def settle(db: Connection, look: TeamLook) -> None:
    """Take what was asked for a team off the list."""
    db.execute(_SETTLE, {"requests": look.requests})


def give_back(db: Connection, look: TeamLook) -> None:
    """Have a team looked at again at once."""
    db.execute(_GIVE_BACK, {"requests": look.requests})


def _look(team_id: int, rows: Sequence[AnyRow]) -> TeamLook:
    return TeamLook(team_id, tuple(row.id for row in rows), all(row.of_earlier for row in rows))


_looks = signal_looks.c
_IS_TIME = _looks.look_at <= bindparam("now")
_ASK = insert(signal_looks)
_ANY = select(_looks.id).where(_IS_TIME).limit(1)
_waiting = (
    select(_looks.team_id, func.min(_looks.id).label("first"))
    .where(_IS_TIME)
    .group_by(_looks.team_id)
    .subquery("waiting")
)
_NEXT = (
    select(teams.c.id)
    .join(_waiting, _waiting.c.team_id == teams.c.id)
    .order_by(_waiting.c.first)
    .limit(bindparam("most"))
    .with_for_update(of=teams, skip_locked=True)
)
_IN_REQUESTS = _looks.id.in_(bindparam("requests", expanding=True))
_TAKE = (
    update(signal_looks)
    .where(_looks.team_id.in_(bindparam("teams", expanding=True)), _IS_TIME)
    .values(look_at=bindparam("until"))
    .returning(_looks.id, _looks.team_id, _looks.of_earlier)
)
_SETTLE = delete(signal_looks).where(_IN_REQUESTS)
_GIVE_BACK = update(signal_looks).where(_IN_REQUESTS).values(look_at=EPOCH)
