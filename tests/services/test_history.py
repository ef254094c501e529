"""Values of earlier months come in once, change when their file changes, and never replace a report."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from models.database import Database
from models.rules.collaborative.measure import Value
from models.rules.collaborative.policy import Deed
from models.rules.report.report import Entry, Narrative
from models.rules.setup.history import (
    Giver,
    HistoryChange,
    HistoryDifference,
    HistoryRow,
    change_words,
    check,
)
from models.services import home
from models.services.charts import history, series
from models.services.collaborative import visitors
from models.services.report import submit as report_submit
from models.services.report.form import form_for
from models.tables.collaborative import reporting_periods
from models.tables.report import measure_values, value_changes
from tests.cast import Cast
from tests.clock import T0
from tests.plans import plan

TODAY = date(2026, 7, 6)
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


def of(numerator: int, denominator: int | None = None) -> Value:
    return Value(Decimal(numerator), None if denominator is None else Decimal(denominator))


def write(database: Database, cast: Cast, values: dict[tuple[str, str, date], Value]) -> HistoryDifference:
    return database.write(
        lambda db: history.write(db, cast.collaborative.id, values, Giver(TODAY, T0, cast.members["Bo"]))
    )


def rows(database: Database) -> list[Any]:
    return list(database.read(lambda db: db.execute(select(measure_values)).all()))


def changes(database: Database) -> list[tuple[Any, ...]]:
    names = ("team_id", "measure_id", "member_id", "at", "old", "new")
    query = select(*(value_changes.c[name] for name in names)).order_by(value_changes.c.id)
    return [tuple(row) for row in database.read(lambda db: db.execute(query).all())]


def submit(database: Database, cast: Cast, value: Value) -> None:
    """Ana's report of June, with M1 alone."""
    entry = Entry(cast.measures["M1"], value)
    now = datetime(2026, 7, 6, 15, tzinfo=UTC)

    def send(db: Connection) -> None:
        ana = visitors.insist(db, cast.visitor("Ana"), Deed.REPORT, cast.teams["Cedar"])
        form = form_for(db, ana, now, cast.periods["June 2026"])
        report_submit.submit(db, form, [entry], Narrative(), now)

    database.write(send)


def test_earlier_months_become_points_of_the_chart_and_ask_nobody_for_a_report(
    database: Database, cast: Cast
) -> None:
    """Months outside the run are made, due and locked before today."""
    (asked,) = database.read(lambda db: home.standing(db, cast.visitor("Ana"), T0))
    write(database, cast, {("cedar", "M1", MAY): of(42, 60), ("cedar", "M1", date(2025, 12, 1)): of(30, 60)})
    points = database.read(
        lambda db: series.series(db, cast.teams["Cedar"], cast.measures["M1"], JUNE)
    ).points
    known = [(point.period.name, point.value) for point in points]
    gap = [(f"{month} 2026", None) for month in ("January", "February", "March", "April")]
    assert known == [("December 2025", of(30, 60)), *gap, ("May 2026", of(42, 60)), ("June 2026", None)]
    earlier = database.read(
        lambda db: db.execute(select(reporting_periods).where(reporting_periods.c.first_day < JUNE)).all()
    )
    assert [(row.due_on < TODAY, row.locks_on < TODAY) for row in earlier] == [(True, True)] * 2
    (still,) = database.read(lambda db: home.standing(db, cast.visitor("Ana"), T0))
    assert (still.period, still.is_in) == (asked.period, asked.is_in)


def test_the_same_file_again_doubles_nothing_and_a_changed_value_is_a_change(
    database: Database, cast: Cast
) -> None:
    """Loading is idempotent; what differs is named with old and new."""
    cell = ("cedar", "M1", MAY)
    assert write(database, cast, {cell: of(42, 60), ("elm", "M3", MAY): of(2)}).same == 0
    before = rows(database)
    again = write(database, cast, {cell: Value(Decimal("42.0"), Decimal(60)), ("elm", "M3", MAY): of(2)})
    assert again == HistoryDifference(same=2)
    assert rows(database) == before
    changed = write(database, cast, {cell: of(43, 60)})
    assert changed.changed == (HistoryChange(cell, of(42, 60), of(43, 60)),)
    assert len(rows(database)) == 2
    sentence = change_words(HistoryChange(("cedar", "M1", MAY), of(42, 60), of(43, 60)), plan())
    assert sentence == "Cedar, Blood pressure control, May 2026: 70.0% (42/60) -> 71.7% (43/60)"


def test_what_is_replaced_is_kept_with_who_when_old_and_new(database: Database, cast: Cast) -> None:
    """Nothing an earlier table said is lost; sending the same again records nothing."""
    m1, m3 = ("cedar", "M1", MAY), ("elm", "M3", MAY)
    write(database, cast, {m1: of(42, 60), m3: of(2)})
    assert changes(database) == []
    for _ in range(2):
        write(database, cast, {m1: of(43, 60), m3: of(3)})
    cora, later = cast.members["Cora"], T0 + timedelta(days=1)
    by = Giver(TODAY, later, cora)
    database.write(lambda db: history.write(db, cast.collaborative.id, {m1: of(44, 60)}, by))
    bo = cast.members["Bo"]
    assert changes(database) == [
        (cast.teams["Cedar"], cast.measures["M1"], bo, T0, "70.0% (42/60)", "71.7% (43/60)"),
        (cast.teams["Elm"], cast.measures["M3"], bo, T0, "2", "3"),
        (cast.teams["Cedar"], cast.measures["M1"], cora, later, "71.7% (43/60)", "73.3% (44/60)"),
    ]


def test_two_who_replace_at_once_leave_no_value_out_of_the_record(database: Database, cast: Cast) -> None:
    """Each old value is the new one of the change before it, whoever was first."""
    cell = ("cedar", "M1", MAY)
    write(database, cast, {cell: of(0, 60)})
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda top: write(database, cast, {cell: of(top, 60)}), range(1, 9)))
    kept = changes(database)
    assert len(kept) == 8
    assert [old for *_, old, _ in kept[1:]] == [new for *_, new in kept[:-1]]


def test_what_a_team_reported_stays_as_reported(database: Database, cast: Cast) -> None:
    """A value of a report is a conflict, and the rest is loaded."""
    submit(database, cast, of(42, 60))
    found = write(database, cast, {("cedar", "M1", JUNE): of(50, 60), ("cedar", "M1", MAY): of(40, 60)})
    assert found.conflicts == (HistoryChange(("cedar", "M1", JUNE), of(42, 60), of(50, 60)),)
    assert len(found.added) == 1
    reported = next(row for row in rows(database) if row.report_id)
    assert (reported.numerator, reported.denominator) == (Decimal(42), Decimal(60))


def test_a_report_takes_the_place_of_what_a_file_said(database: Database, cast: Cast) -> None:
    """A month with loaded values can still be reported; the report's value is the one, the other is kept."""
    write(database, cast, {("cedar", "M1", JUNE): of(40, 60)})
    submit(database, cast, of(42, 60))
    (row,) = rows(database)
    assert (row.numerator, row.report_id is not None) == (Decimal(42), True)
    (kept,) = changes(database)
    assert kept[2:] == (
        cast.members["Ana"],
        datetime(2026, 7, 6, 15, tzinfo=UTC),
        "66.7% (40/60)",
        "70.0% (42/60)",
    )
    assert len(write(database, cast, {("cedar", "M1", JUNE): of(40, 60)}).conflicts) == 1


def test_a_row_that_does_not_fit_the_collaborative_is_named_with_its_reason() -> None:
    """W3: 61 of 60 is refused by its line; the others are good."""
    given = [
        HistoryRow(2, "Cedar", "m1", MAY, of(42, 60)),
        HistoryRow(3, "cedar", "Blood pressure control", JUNE, of(61, 60)),
        HistoryRow(4, "Ceder", "M9", MAY, of(42, 60)),
        HistoryRow(5, "Cedar", "M1", MAY, of(42, 60)),
        HistoryRow(6, "Birch", "M1", date(2026, 8, 1), of(1, 2)),
        HistoryRow(7, "Birch", "M1", JUNE, of(0, 0)),
        HistoryRow(8, "Birch", "M2", JUNE, of(3)),
        HistoryRow(9, "Birch", "M3", JUNE, of(3, 4)),
        HistoryRow(10, "Birch", "M3", MAY, Value(Decimal("2.5"))),
        HistoryRow(11, "Elm", "M3", MAY, of(0)),
    ]
    values, problems = check(given, plan(), TODAY)
    assert [problem.words() for problem in problems] == [
        "Line 3, numerator: 61 is more than its denominator, 60.",
        "Line 4, measure: “M9” is no measure of this collaborative.",
        "Line 4, team: “Ceder” is no team of this collaborative. Did you mean “Cedar”?",
        "Line 5, month: Line 2 has the same team, measure and month: keep one.",
        "Line 6, month: August 2026 has not begun yet.",
        "Line 7, denominator: It is 0: leave the month out when there was nothing to count.",
        "Line 8, denominator: It is empty: out of how many?",
        "Line 9, denominator: A count has none: leave it empty.",
        "Line 10, numerator: 2.5 is not a whole number.",
    ]
    assert values == {("cedar", "M1", MAY): of(42, 60), ("elm", "M3", MAY): of(0)}
