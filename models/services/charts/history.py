"""Keeps values of earlier months that came in a file, leaving alone what a team reported."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Table, bindparam, insert, select, update

from models.rules.collaborative.measure import Unit, UnitKind, Value
from models.rules.report.report import Entry, ReportForm
from models.rules.setup.history import Giver, HistoryChange, HistoryDifference, MonthCell, Stored, compare
from models.services.charts import signal_looks
from models.services.collaborative import calendar_months
from models.tables.base import named
from models.tables.collaborative import reporting_periods
from models.tables.measure import measures
from models.tables.people import teams
from models.tables.report import measure_values, value_changes


def difference(db: Connection, collaborative_id: int, values: Mapping[MonthCell, Value]) -> HistoryDifference:
    """What `write` would do, without doing it."""
    return compare(_stored(db, collaborative_id), values)


def write(
    db: Connection, collaborative_id: int, values: Mapping[MonthCell, Value], by: Giver
) -> HistoryDifference:
    """Add new values and change those an earlier file gave; values of a report stay (`conflicts`).

    Who changed what, when, and what it was is kept. Months outside the collaborative's run become earlier
    periods. The same values again change nothing.
    """
    db.execute(_LOCK, {"scope": collaborative_id})
    differences = difference(db, collaborative_id, values)
    months = {change.cell[2] for change in differences.added}
    if months:
        periods = calendar_months.ids_of(db, collaborative_id, months, by.today)
        _add(db, collaborative_id, differences.added, periods)
    if differences.changed:
        _change(db, collaborative_id, differences.changed, by)
    ids = _ids(db, teams, collaborative_id)
    touched = {ids[change.cell[0]] for change in (*differences.added, *differences.changed)}
    signal_looks.ask(db, collaborative_id, touched, of_earlier=True)
    return differences


def keep_replaced(db: Connection, form: ReportForm, entries: Iterable[Entry], now: datetime) -> None:
    """Keep what a table said of a month whose team's first report says otherwise."""
    entered = {each.measure_id: each for each in entries}
    units = {field.measure.id: field.measure.unit for field in form.fields}
    cell = {
        "collaborative_id": form.acting.collaborative.id,
        "team_id": form.acting.team.id,
        "period_id": form.period.id,
        "member_id": form.acting.member.id,
        "at": now,
    }
    replaced = [
        (was, entered[was.measure_id]) for was in form.loaded if entered.get(was.measure_id, was) != was
    ]
    rows = [cell | _entry_words(was, new, units[was.measure_id]) for was, new in replaced]
    if rows:
        db.execute(insert(value_changes), rows)


def _entry_words(was: Entry, new: Entry, unit: Unit) -> dict[str, Any]:
    return {"measure_id": was.measure_id, "old": was.words(unit), "new": new.words(unit)}


def _stored(db: Connection, scope: int) -> dict[MonthCell, Stored]:
    return {
        (row.team, row.measure, row.first_day): Stored(_value(row), row.report_id is not None)
        for row in _value_rows(db, scope)
    }


def _value_rows(db: Connection, scope: int) -> Iterable[Any]:
    query = (
        select(
            measure_values,
            teams.c.key.label("team"),
            measures.c.key.label("measure"),
            *named(measures, "unit", "per", "noun"),
            reporting_periods.c.first_day,
        )
        .join(teams, teams.c.id == measure_values.c.team_id)
        .join(measures, measures.c.id == measure_values.c.measure_id)
        .join(reporting_periods, reporting_periods.c.id == measure_values.c.period_id)
        .where(measure_values.c.collaborative_id == scope)
    )
    return db.execute(query).all()


def _value(row: Any) -> Value | None:
    if row.numerator is None:
        return None
    return Value(row.numerator, row.denominator, row.is_estimate)


def _add(db: Connection, scope: int, added: Iterable[HistoryChange], periods: Mapping[date, int]) -> None:
    team_ids, measure_ids = _ids(db, teams, scope), _ids(db, measures, scope)
    sizes = {row.key: row.sample_size for row in db.execute(_SIZES, {"scope": scope})}
    rows = [
        {
            "collaborative_id": scope,
            "team_id": team_ids[change.cell[0]],
            "measure_id": measure_ids[change.cell[1]],
            "period_id": periods[change.cell[2]],
            "numerator": change.new.numerator,
            "denominator": change.new.denominator,
            "sample_size": sizes[change.cell[1]],
            "is_estimate": change.new.is_estimate,
            "reason": "",
        }
        for change in added
    ]
    db.execute(insert(measure_values), rows)


def _change(db: Connection, scope: int, changed: Collection[HistoryChange], by: Giver) -> None:
    standing = {(row.team, row.measure, row.first_day): row for row in _value_rows(db, scope)}
    rows = [
        {"row": standing[change.cell].id, "top": change.new.numerator, "bottom": change.new.denominator}
        for change in changed
    ]
    taken = {"numerator": bindparam("top"), "denominator": bindparam("bottom"), "is_estimate": False}
    db.execute(update(measure_values).where(measure_values.c.id == bindparam("row")).values(taken), rows)
    db.execute(insert(value_changes), [_kept(change, standing[change.cell], by) for change in changed])


def _kept(change: HistoryChange, row: Any, by: Giver) -> dict[str, Any]:
    old, new = change.words(Unit(UnitKind(row.unit), row.per, row.noun))
    same = ("collaborative_id", "team_id", "measure_id", "period_id")
    cell = {name: getattr(row, name) for name in same}
    return {**cell, "member_id": by.member_id, "at": by.at, "old": old, "new": new}


def _ids(db: Connection, table: Table, scope: int) -> dict[str, int]:
    query = select(table.c.key, table.c.id).where(table.c.collaborative_id == scope)
    return {row.key: row.id for row in db.execute(query)}


_SIZES = select(measures.c.key, measures.c.sample_size).where(
    measures.c.collaborative_id == bindparam("scope")
)
# Two who change the same months take turns, so that what each of them replaced is what was there. A report
# on its way is waited for, and then keeps its values.
_LOCK = (
    select(measure_values.c.id)
    .where(measure_values.c.collaborative_id == bindparam("scope"), measure_values.c.report_id.is_(None))
    .order_by(measure_values.c.id)
    .with_for_update()
)
