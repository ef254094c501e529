"""A collaborative becomes what its file says: once, by its differences, and without losing its past."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, Table, event, func, insert, select

from models.database import Database
from models.errors import DomainError
from models.rules.collaborative.measure import Value
from models.rules.setup.history import Giver
from models.rules.setup.plan import CollaborativePlan
from models.rules.time.working_time import instant
from models.services.charts import history
from models.services.collaborative import definitions
from models.services.setup import apply as collaborative
from models.services.setup import stored_plan
from models.tables.base import metadata
from models.tables.collaborative import reporting_periods
from models.tables.measure import measures
from models.tables.people import members, roles, teams
from models.tables.report import reports
from tests.clock import T0
from tests.plans import plan

WORKSPACE = "T0LC"
TODAY = date(2026, 7, 6)  # April's report was due on 10 May, June's is due on the 10th


def stored(db: Database, key: str = "blood-pressure-control") -> CollaborativePlan | None:
    found = db.read(lambda connection: stored_plan.find(connection, WORKSPACE, key))
    return found.plan if found else None


def load(db: Database, wanted: CollaborativePlan, today: date = TODAY) -> int:
    shown = stored(db, wanted.key)
    now = instant(today, 9, wanted.time_zone)
    return db.write(lambda connection: collaborative.apply(connection, WORKSPACE, wanted, now, shown=shown))


def contents(db: Database) -> dict[str, list[Any]]:
    """Every row of every table."""

    def look(connection: Connection) -> dict[str, list[Any]]:
        return {
            name: sorted(connection.execute(select(table)).all(), key=str)
            for name, table in metadata.tables.items()
        }

    return db.read(look)


def periods(db: Database) -> dict[str, tuple[date, date]]:
    """Due and lock days by month."""
    rows = db.read(lambda connection: connection.execute(select(reporting_periods)).all())
    return {f"{row.first_day:%Y-%m}": (row.due_on, row.locks_on) for row in rows}


def test_a_changed_definition_keeps_the_old_one_with_its_date(database: Database) -> None:
    """What a number meant when it was reported can be looked up."""
    load(database, plan())
    first = plan().measures[0]
    words = replace(first.definition, numerator="Patients below 130/80")
    changed = replace(plan(), measures=(replace(first, definition=words), *plan().measures[1:]))
    scope = load(database, changed, date(2026, 9, 1))
    (past,) = database.read(lambda db: definitions.all_past(db, scope))
    assert (past.definition, past.until) == (first.definition, date(2026, 9, 1))
    assert column(database, measures, first.key, "changed_on") == date(2026, 9, 1)


def column(db: Database, table: Table, key: str, name: str) -> Any:
    return db.read(
        lambda connection: connection.execute(select(table.c[name]).where(table.c.key == key)).scalar_one()
    )


def report_for(db: Database, scope: int, month: date) -> None:
    """Cedar's report of a month, as a row."""

    def unit(connection: Connection) -> None:
        cedar = select(teams.c.id).where(teams.c.key == "cedar")
        ana = select(members.c.id).where(members.c.key == "ana-lima")
        chosen = select(reporting_periods.c.id).where(reporting_periods.c.first_day == month)
        words = dict.fromkeys(
            ("tested", "improved", "barriers", "unintended", "help_needed", "coach_note"), ""
        )
        connection.execute(
            insert(reports).values(
                collaborative_id=scope,
                team_id=cedar.scalar_subquery(),
                member_id=ana.scalar_subquery(),
                period_id=chosen.scalar_subquery(),
                revision=1,
                is_late=False,
                on_behalf=False,
                submitted_at=datetime(2026, 7, 6, tzinfo=UTC),
                **words,
            )
        )

    db.write(unit)


def test_what_was_loaded_reads_back_as_the_file_says(database: Database) -> None:
    """The stored collaborative and the file mean the same."""
    load(database, plan())
    kept = stored(database)
    wanted = plan()
    assert kept is not None
    assert sorted(kept.people, key=str) == sorted(wanted.people, key=str)
    assert (kept.teams, kept.measures, kept.roles) == (wanted.teams, wanted.measures, wanted.roles)
    assert kept.calendar == wanted.calendar
    assert periods(database)["2026-04"] == (date(2026, 5, 10), date(2026, 5, 24))
    assert len(periods(database)) == 15


def test_loading_twice_changes_nothing_twice(database: Database) -> None:
    """The second load writes no row at all."""
    load(database, plan())
    before = contents(database)
    load(database, plan(), date(2026, 8, 1))
    assert contents(database) == before


def test_who_is_no_longer_in_the_file_leaves_and_stays_in_the_past(database: Database) -> None:
    """W2: Ana leaves, Bo becomes reporter; when Ana comes back it is a role of its own."""
    load(database, plan(), date(2026, 4, 1))
    without = plan(
        ("      - {name: Ana Lima, slack: U0123ANA, role: reporter}\n", ""),
        ("U0123BO, role: backup reporter", "U0123BO, role: reporter"),
    )
    load(database, without)
    load(database, plan(), date(2026, 9, 1))
    held = select(members.c.key, roles.c.role, roles.c.joined_on, roles.c.left_on).join(members)
    rows = database.read(
        lambda connection: connection.execute(held.where(members.c.key.in_(["ana-lima", "bo-chen"]))).all()
    )
    april, july, september = date(2026, 4, 1), TODAY, date(2026, 9, 1)
    assert sorted(rows, key=str) == [
        ("ana-lima", "reporter", april, july),
        ("ana-lima", "reporter", september, None),
        ("bo-chen", "backup reporter", april, july),
        ("bo-chen", "backup reporter", september, None),
        ("bo-chen", "reporter", july, september),
    ]


def test_a_team_or_measure_taken_out_ends_and_can_come_back(database: Database) -> None:
    """Withdrawn teams and retired measures keep their rows, so their history stays (R73)."""
    load(database, plan())
    ids = [column(database, teams, "birch", "id"), column(database, measures, "M3", "id")]
    load(
        database,
        plan(
            ("  - name: Birch\n", "  - name: Oak\n"),
            ("[Cedar, Birch]", "[Cedar, Oak]"),
            ("key: M3", "key: M4"),
        ),
    )
    assert column(database, teams, "birch", "withdrawn_on") == TODAY
    assert column(database, measures, "M3", "retired_on") == TODAY
    kept = stored(database)
    assert kept is not None
    assert [team.key for team in kept.teams] == ["cedar", "dogwood", "elm", "oak"]
    load(database, plan(), date(2026, 8, 1))
    assert column(database, teams, "birch", "withdrawn_on") is None
    assert [column(database, teams, "birch", "id"), column(database, measures, "M3", "id")] == ids
    assert column(database, teams, "oak", "withdrawn_on") == date(2026, 8, 1)


def test_a_new_due_day_moves_what_is_not_yet_over_whoever_has_reported(database: Database) -> None:
    """A month that was due keeps its dates; none moves into the past; on the day itself it still moves."""
    scope = load(database, plan(), date(2026, 4, 1))
    report_for(database, scope, date(2026, 7, 1))
    load(database, plan(("due day: 10", "due day: 15"), ("lock days: 14", "lock days: 20")))
    found = periods(database)
    assert found["2026-05"] == (date(2026, 6, 10), date(2026, 6, 24))  # was due
    assert found["2026-06"] == (date(2026, 7, 15), date(2026, 8, 4))  # due on 10 July
    assert found["2026-07"] == (date(2026, 8, 15), date(2026, 9, 4))  # one team reported, the others wait
    load(database, plan(("due day: 10", "due day: 3")))
    assert periods(database)["2026-06"] == (date(2026, 7, 15), date(2026, 8, 4))  # 3 July has passed
    assert periods(database)["2026-08"] == (date(2026, 9, 3), date(2026, 9, 17))


def test_one_month_moves_alone_and_back(database: Database) -> None:
    """A due day of its own holds for its month only, until the file no longer has it."""
    own = plan(("  lock days: 14", "  moved: [{month: 2026-07, due: 2026-08-20}]\n  lock days: 14"))
    load(database, plan())
    load(database, own)
    kept = stored(database)
    assert kept is not None
    assert kept.calendar == own.calendar
    assert periods(database)["2026-07"] == (date(2026, 8, 20), date(2026, 9, 3))
    assert periods(database)["2026-06"] == (date(2026, 7, 10), date(2026, 7, 24))
    load(database, plan(), date(2026, 8, 20))
    assert periods(database)["2026-07"] == (date(2026, 8, 20), date(2026, 9, 3))  # 10 August has passed
    load(database, own, TODAY)
    load(database, plan(), TODAY)
    assert periods(database)["2026-07"] == (date(2026, 8, 10), date(2026, 8, 24))


def test_months_taken_off_go_unless_something_is_in_them(database: Database) -> None:
    """A period with a report or a value is never removed."""
    scope = load(database, plan(), date(2026, 4, 1))
    report_for(database, scope, date(2026, 6, 1))
    value = {("cedar", "M1", date(2026, 5, 1)): Value(Decimal(42), Decimal(60))}
    database.write(lambda connection: history.write(connection, scope, value, Giver(TODAY, T0)))
    load(database, plan(("first month: 2026-04", "first month: 2026-07"), ("months: 15", "months: 2")))
    assert sorted(periods(database)) == ["2026-05", "2026-06", "2026-07", "2026-08"]


def test_a_team_may_differ_and_stop_differing(database: Database) -> None:
    """Required or optional may be a team's own."""
    load(database, plan())
    for wanted in (
        plan(("    optional measures: [Repeat blood pressure taken]      # Elm is small\n", "")),
        plan(("[Repeat blood pressure taken]", "[M1]\n    required measures: [M3]")),
        plan(("    better: higher\n    goal: 90\n", "    better: higher\n    required: no\n")),
    ):
        load(database, wanted)
        kept = stored(database)
        assert kept is not None
        assert (kept.teams, kept.measures) == (wanted.teams, wanted.measures)


def test_two_workspaces_may_have_the_same_collaborative(database: Database) -> None:
    """A key belongs to its workspace."""
    load(database, plan())
    other = database.write(lambda db: collaborative.apply(db, "T0ELSE", plan(), T0, shown=None))
    load(database, plan(("name: Birch\n", "name: Birch Hill\n    key: birch\n")))
    found = database.read(lambda db: stored_plan.find(db, "T0ELSE", "blood-pressure-control"))
    assert found is not None
    assert (found.collaborative_id, found.plan.teams[1].name) == (other, "Birch")


def test_what_was_not_shown_is_not_done(database: Database) -> None:
    """Somebody else's load in between is seen, and nothing is written."""
    load(database, plan())
    shown = stored(database)
    load(database, plan(("due day: 10", "due day: 12")))
    before = contents(database)
    with pytest.raises(DomainError, match="changed a moment ago"):
        database.write(lambda db: collaborative.apply(db, WORKSPACE, plan(), T0, shown=shown))
    assert contents(database) == before


def test_a_change_takes_few_statements(database: Database) -> None:
    """A whole file is applied in a handful of statements, however many people there are."""
    counted: list[str] = []

    def unit(connection: Connection) -> None:
        event.listen(connection, "before_cursor_execute", lambda *call: counted.append(call[2]))
        collaborative.apply(connection, WORKSPACE, plan(), T0, shown=None)

    database.write(unit)
    assert len(counted) <= 24
    assert database.read(lambda db: db.scalar(select(func.count()).select_from(roles))) == 17
