"""Reads what people marked on a team's charts, what was taken back included."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from models.rules.charts.charts import Ended, Mark, MarkKind
from models.services import columns
from models.tables.chart import chart_marks
from models.tables.collaborative import reporting_periods
from models.tables.people import members


class Marked(NamedTuple):
    """A mark with the measure it belongs to; None: all of the team's."""

    measure_id: int | None
    mark: Mark


def of_team(db: Connection, team_id: int) -> tuple[Marked, ...]:
    """All that was ever marked on a team's charts, oldest first."""
    rows = db.execute(_OF_TEAM, {"team": team_id}).all()
    return tuple(Marked(row.measure_id, _mark(row)) for row in rows)


def on_chart(marked: Iterable[Marked], measure_id: int) -> tuple[Mark, ...]:
    """Those that belong on the chart of one measure."""
    return tuple(each.mark for each in marked if each.measure_id in {None, measure_id})


def _mark(row: columns.AnyRow) -> Mark:
    ended = Ended(row.ended_by, row.ended_at, row.ended_why) if row.ended_at else None
    return Mark(row.id, MarkKind(row.kind), row.first_day, row.words, row.by, row.at, ended)


_enders = members.alias("enders")
_OF_TEAM = (
    select(
        chart_marks,
        reporting_periods.c.first_day,
        members.c.name.label("by"),
        _enders.c.name.label("ended_by"),
    )
    .join(reporting_periods, reporting_periods.c.id == chart_marks.c.period_id)
    .join(members, members.c.id == chart_marks.c.member_id)
    .join(_enders, _enders.c.id == chart_marks.c.ended_by_id, isouter=True)
    .where(chart_marks.c.team_id == bindparam("team"))
    .order_by(chart_marks.c.at, chart_marks.c.id)
)
