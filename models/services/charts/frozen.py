"""Frozen medians that other values would move: shown to those who may move them, refused to others."""

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, bindparam, select

from models.errors import DomainError
from models.rules.charts.charts import MarkKind
from models.rules.charts.frozen import MedianMove, median_move
from models.rules.collaborative.measure import Value
from models.rules.collaborative.people import Acting, Member
from models.rules.collaborative.policy import Deed, may
from models.rules.quoting import shortened
from models.rules.setup.history import MonthCell
from models.services.charts import charts
from models.services.collaborative import people
from models.tables.chart import chart_marks
from models.tables.collaborative import reporting_periods
from models.tables.measure import measures
from models.tables.people import teams

Cells = Mapping[MonthCell, Value | None]  # as they are about to be; None: no value any more


def moves(db: Connection, scope: int, cells: Cells) -> tuple[MedianMove, ...]:
    """The frozen medians of a collaborative that these values would move, in place of those there are."""
    return tuple(
        move for team in sorted({team for team, _, _ in cells}) for move in _of_team(db, scope, team, cells)
    )


def may_move(db: Connection, acting: Acting) -> bool:
    """Whether somebody may move a median; others ask them. A reporter may be the team's coach as well."""
    return may(acting, Deed.MOVE_MEDIAN) or acting.member in _to_ask(db, acting)


def insist(db: Connection, acting: Acting, cells: Cells) -> None:
    """Raise DomainError where these values would move a frozen median, and the person may not move it."""
    if may(acting, Deed.MOVE_MEDIAN):
        return
    for move in moves(db, acting.collaborative.id, cells):
        if not may_move(db, acting):
            raise DomainError(refusal(db, acting, move))


def refusal(db: Connection, acting: Acting, move: MedianMove) -> str:
    """Say what a value would move, and whom to ask."""
    return f"{move.sentence('would move')} Please ask {_whom(db, acting)} to do it."


def _whom(db: Connection, acting: Acting) -> str:
    """The team's coach by name, else those who run the collaborative."""
    known = _to_ask(db, acting)
    if not known:
        return "a coach or host"
    role = "your coach" if people.coaches(db, acting.team.id) else "who runs the collaborative"
    return f"{shortened(known[0].name)}, {role},"


def _to_ask(db: Connection, acting: Acting) -> tuple[Member, ...]:
    return (*people.coaches(db, acting.team.id), *people.staff(db, acting.collaborative.id))


def _of_team(db: Connection, scope: int, team: str, cells: Cells) -> Iterator[MedianMove]:
    for row in db.execute(_BASELINES, {"scope": scope, "team": team}).all():
        others = {month: value for (*of, month), value in cells.items() if of == [team, row.measure]}
        if any(row.first <= month <= row.last for month in others):
            move = median_move(charts.chart(db, row.team_id, row.measure_id), others)
            yield from [move] if move else []


_FIRSTS = reporting_periods.alias("firsts")
_BASELINES = (
    select(
        chart_marks.c.team_id,
        chart_marks.c.measure_id,
        measures.c.key.label("measure"),
        _FIRSTS.c.first_day.label("first"),
        reporting_periods.c.first_day.label("last"),
    )
    .join(teams, teams.c.id == chart_marks.c.team_id)
    .join(measures, measures.c.id == chart_marks.c.measure_id)
    .join(reporting_periods, reporting_periods.c.id == chart_marks.c.period_id)
    .join(_FIRSTS, _FIRSTS.c.id == chart_marks.c.first_period_id)
    .where(
        teams.c.collaborative_id == bindparam("scope"),
        teams.c.key == bindparam("team"),
        chart_marks.c.kind == MarkKind.BASELINE,
        chart_marks.c.ended_at.is_(None),
    )
    .order_by(measures.c.position, measures.c.id)
)
