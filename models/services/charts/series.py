"""A team's values over time, ready to be drawn: every month from the first value on, gaps included."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, select

from models.errors import DomainError
from models.rules.collaborative.period import ReportingPeriod, without_holes
from models.rules.report.report import Point, Series
from models.rules.time.days import day_of
from models.services import columns
from models.services.collaborative import measures, periods
from models.services.collaborative.measures import ReportedValue
from models.tables.collaborative import collaboratives, reporting_periods
from models.tables.people import teams
from models.tables.report import reports

NO_SUCH_SERIES = "I could not find that team and measure."
NO_SUCH_REPORT = "I could not find that report."


def series(
    db: Connection, team_id: int, measure_id: int, until: date | None = None, now: datetime | None = None
) -> Series:
    """One team's values of one measure up to the month `until` lies in, else to the last value there is.

    With `now`, months that are due by then are there too: a team that fell silent does not look current. A
    measure that is no longer asked for ends with its last month.
    """
    row = db.execute(_TEAM, {"team": team_id}).one_or_none()
    known = measures.of_collaborative(db, row.collaborative_id, team_id) if row else ()
    chosen = [measure for measure in known if measure.id == measure_id]
    if row is None or not chosen:
        raise DomainError(NO_SUCH_SERIES)
    months = without_holes(periods.of_collaborative(db, row.collaborative_id))
    values = measures.told(db, team_id, until or date.max)
    points = _points(months, values, measure_id, until)
    measure = chosen[0]
    last = points[-1].period.first_day if points and now else date.max
    silent = (month for month in months if last < month.first_day and measure.is_asked(month.first_day))
    due = (Point(month, None) for month in silent if now and month.is_late(day_of(now, row.time_zone)))
    return Series(columns.team(row), measure, (*points, *due))


def team_series(db: Connection, report_id: int) -> tuple[Series, ...]:
    """The series of each measure the report has a value for, in order, up to the report's month."""
    row = db.execute(_REPORT, {"report": report_id}).one_or_none()
    if row is None:
        raise DomainError(NO_SUCH_REPORT)
    months = without_holes(periods.of_collaborative(db, row.collaborative_id))
    values = measures.told(db, row.team_id, row.first_day)
    given = {one.measure_id for one in values if one.first_day == row.first_day and one.value}
    return tuple(
        Series(columns.team(row), measure, _points(months, values, measure.id, row.first_day))
        for measure in measures.of_collaborative(db, row.collaborative_id, row.team_id)
        if measure.id in given
    )


def _points(
    months: Sequence[ReportingPeriod], reported: Iterable[ReportedValue], measure_id: int, until: date | None
) -> tuple[Point, ...]:
    values = {one.period_id: one.value for one in reported if one.measure_id == measure_id}
    given = [month.first_day for month in months if values.get(month.id)]
    if not given:
        return ()
    end = until or given[-1]
    return tuple(Point(month, values.get(month.id)) for month in months if given[0] <= month.first_day <= end)


_TEAM = (
    select(teams.c.collaborative_id, collaboratives.c.time_zone, *columns.TEAM)
    .join(collaboratives, collaboratives.c.id == teams.c.collaborative_id)
    .where(teams.c.id == bindparam("team"))
)
_REPORT = (
    select(teams.c.collaborative_id, reporting_periods.c.first_day, *columns.TEAM)
    .join(reports, reports.c.team_id == teams.c.id)
    .join(reporting_periods, reporting_periods.c.id == reports.c.period_id)
    .where(reports.c.id == bindparam("report"))
)
