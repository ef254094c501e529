"""The measures a team is asked for, and what it told of them so far."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, and_, bindparam, func, or_, select

from models.rules.collaborative.measure import Measure, Value
from models.rules.report.report import Entry
from models.services import columns, current
from models.tables.base import named
from models.tables.collaborative import reporting_periods
from models.tables.measure import measures, team_measures
from models.tables.report import measure_values


class ReportedValue(NamedTuple):
    """What a team said of one measure in one month."""

    period_id: int
    first_day: date
    measure_id: int
    value: Value | None
    reason: str

    @property
    def entry(self) -> Entry:
        """The same as a report has it."""
        return Entry(self.measure_id, self.value, self.reason)


def asked(db: Connection, collaborative_id: int, team_id: int, month: date) -> tuple[Measure, ...]:
    """The measures a team is asked for in the month that begins on `month`, in order."""
    known = {"collaborative": collaborative_id, "team": team_id, "month": month}
    return tuple(map(columns.measure, db.execute(_ASKED, known).all()))


def needed(db: Connection, collaborative_id: int, team_id: int, month: date) -> tuple[Measure, ...]:
    """Those of them a report should not leave out; all, where none is required."""
    all_asked = asked(db, collaborative_id, team_id, month)
    return tuple(measure for measure in all_asked if measure.required) or all_asked


def of_collaborative(db: Connection, collaborative_id: int, team_id: int) -> tuple[Measure, ...]:
    """All measures there ever were, as the team knows them, in order."""
    known = {"collaborative": collaborative_id, "team": team_id}
    return tuple(map(columns.measure, db.execute(_ALL, known).all()))


def told(db: Connection, team_id: int, until: date) -> tuple[ReportedValue, ...]:
    """All a team said up to the month that begins on `until`, oldest month first."""
    rows = db.execute(_TOLD, {"team": team_id, "until": until}).all()
    return tuple(
        ReportedValue(
            period, first_day, measure, None if above is None else Value(above, below, estimate), reason
        )
        for period, first_day, measure, above, below, estimate, reason in rows
    )


def values_before(values: Iterable[ReportedValue], month: date) -> dict[int, dict[date, Value]]:
    """The values of each measure before a month, by the first day of theirs, oldest first."""
    by_measure: dict[int, dict[date, Value]] = {}
    for one in values:
        if one.first_day < month and one.value is not None:
            by_measure.setdefault(one.measure_id, {})[one.first_day] = one.value
    return by_measure


_OWN = and_(team_measures.c.measure_id == measures.c.id, team_measures.c.team_id == bindparam("team"))
_ALL = (
    select(
        *columns.MEASURE,
        func.coalesce(team_measures.c.required, measures.c.required).label("is_required"),
    )
    .join(team_measures, _OWN, isouter=True)
    .where(measures.c.collaborative_id == bindparam("collaborative"))
    .order_by(measures.c.position, measures.c.id)
)
_ASKED = _ALL.where(or_(current.IS_ASKED, measures.c.retired_on > bindparam("month")))
_TOLD = (
    select(
        measure_values.c.period_id,
        reporting_periods.c.first_day,
        *named(measure_values, "measure_id", "numerator", "denominator", "is_estimate", "reason"),
    )
    .join(reporting_periods, reporting_periods.c.id == measure_values.c.period_id)
    .where(measure_values.c.team_id == bindparam("team"), reporting_periods.c.first_day <= bindparam("until"))
    .order_by(reporting_periods.c.first_day, measure_values.c.id)
)
