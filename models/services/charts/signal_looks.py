"""Which teams' charts changed and are to be looked at for signals: kept with the change, gone when seen."""

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from models.tables.chart import signal_looks

AT_ONCE = 50  # teams of one round; the next comes in seconds


def ask(db: Connection, collaborative_id: int, team_ids: Iterable[int], *, of_earlier: bool = False) -> None:
    """Have the charts of these teams looked at once this transaction is kept.

    `of_earlier` months came in, by a file or pasted: what they show of times long past is not told.
    """
    parameters = {"collaborative_id": collaborative_id, "of_earlier": of_earlier}
    rows = [{**parameters, "team_id": team} for team in sorted(set(team_ids))]
    if rows:
        db.execute(_ASK, rows)


def waiting(db: Connection) -> tuple[int, ...]:
    """The teams to look at, by id, those who wait longest first."""
    return tuple(db.scalars(_WAITING).all())


def take(db: Connection, team_id: int) -> tuple[bool, ...]:
    """Take what was asked for a team off the list: of each, whether earlier months came in.

    What is asked meanwhile stays.
    """
    return tuple(db.scalars(_TAKE, {"team": team_id}).all())


_looks = signal_looks.c
_ASK = insert(signal_looks)
_WAITING = select(_looks.team_id).group_by(_looks.team_id).order_by(func.min(_looks.id)).limit(AT_ONCE)
_TAKE = delete(signal_looks).where(_looks.team_id == bindparam("team")).returning(_looks.of_earlier)
