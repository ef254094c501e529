"""Keeps reporting periods in step with their collaborative's calendar, and makes room for earlier months."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, union, update

from models.rules.collaborative.period import PeriodDates, generate, moves
from models.rules.report.report import FORM, filled_in_for
from models.rules.setup.plan import Calendar
from models.services import drafts
from models.tables.chart import chart_marks
from models.tables.collaborative import collaboratives, reporting_periods
from models.tables.report import measure_values, reports


def keep(db: Connection, scope: int, calendar: Calendar, on: date) -> None:
    """Add missing periods, move those not yet due, and remove those the calendar drops that nothing hangs on.

    Whether a report that is in was late stays with it, so a month moves for those still to come.
    """
    dates = {period.first_day: period for period in calendar.periods()}
    stored = {row.first_day: row for row in _periods(db, scope)}
    _insert(db, scope, [period for day, period in dates.items() if day not in stored])
    stands = [PeriodDates(row.first_day, row.due_on, row.locks_on) for row in stored.values()]
    days = [move.becomes for move in moves(stands, dates.values(), on) if not move.stays]
    _move(db, [{"row": stored[p.first_day].id, "due": p.due_on, "locks": p.locks_on} for p in days])
    _remove(db, scope, {row.id for day, row in stored.items() if day not in dates})


def ids_of(db: Connection, scope: int, months: Collection[date], before: date) -> dict[date, int]:
    """The periods of these months by first day. Months the collaborative has none for become earlier periods.

    Such a period asks nobody for a report: it was due and locked before that day.
    """
    known = {row.first_day: row.id for row in _periods(db, scope)}
    missing = sorted(set(months) - known.keys())
    if missing:
        _insert(db, scope, _closed(db, scope, missing, before - timedelta(days=1)))
        known = {row.first_day: row.id for row in _periods(db, scope)}
    return {month: known[month] for month in months}


def _closed(db: Connection, scope: int, months: Iterable[date], latest: date) -> list[PeriodDates]:
    columns = collaboratives.c.due_day, collaboratives.c.lock_days
    due_day, lock_days = db.execute(select(*columns).where(collaboratives.c.id == scope)).one()
    usual = [generate(month, 1, due_day, lock_days)[0] for month in months]
    return [PeriodDates(p.first_day, min(p.due_on, latest), min(p.locks_on, latest)) for p in usual]


def _periods(db: Connection, scope: int) -> Iterable[Row[Any]]:
    return db.execute(select(reporting_periods).where(reporting_periods.c.collaborative_id == scope)).all()


def _insert(db: Connection, scope: int, dates: Iterable[PeriodDates]) -> None:
    rows = [
        {"collaborative_id": scope, "first_day": p.first_day, "due_on": p.due_on, "locks_on": p.locks_on}
        for p in dates
    ]
    if rows:
        db.execute(insert(reporting_periods), rows)


def _move(db: Connection, rows: list[dict[str, Any]]) -> None:
    if rows:
        moved: dict[str, Any] = {"due_on": bindparam("due"), "locks_on": bindparam("locks")}
        chosen = reporting_periods.c.id == bindparam("row")
        db.execute(update(reporting_periods).where(chosen).values(moved), rows)


def _remove(db: Connection, scope: int, dropped: set[int]) -> None:
    in_use = (
        *(table.c.period_id for table in (reports, measure_values, chart_marks)),
        chart_marks.c.first_period_id,
    )
    used = union(*(select(column).where(column.table.c.collaborative_id == scope) for column in in_use))
    empty = dropped - set(db.scalars(used)) if dropped else dropped
    if empty:
        for period_id in empty:
            drafts.drop_all(db, scope, FORM, filled_in_for("%", period_id))
        db.execute(delete(reporting_periods).where(reporting_periods.c.id.in_(empty)))
