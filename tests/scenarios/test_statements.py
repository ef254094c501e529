"""Nothing that people or the clock wait for reads a whole table: it would grow slow with the others."""

from typing import Any

import pytest
from sqlalchemy import ForeignKey, Table, text

from models.database import Database
from models.tables.base import metadata
from tests.scenarios.statements import scans
from tests.scenarios.telling import Told

WHO_DID_IT = "members"


def test_no_statement_of_the_story_reads_a_whole_table(told: Told) -> None:
    """All that fifteen months of one collaborative ask, explained among fifty others."""
    assert list(told.scans) == []


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("SELECT id FROM teams WHERE collaborative_id = 1", []),
        ("SELECT id FROM teams WHERE name = 'Cedar'", ["teams"]),
        ("SELECT id FROM reports ORDER BY team_id", ["reports"]),
        ("SELECT r.id FROM teams AS t JOIN reports AS r ON r.team_id = t.id WHERE t.id = 1", []),
        ("UPDATE members SET name = 'Ana' WHERE name = 'Bo'", ["members"]),
    ],
)
def test_one_that_does_is_found(database: Database, statement: str, found: list[str]) -> None:
    told = database.read(lambda db: scans(db, {statement: ()}))
    assert told == [f"{table}: {statement}" for table in found]


def test_without_its_index_a_statement_is_found(database: Database, database_url: str) -> None:
    """By a connection made afterwards: SQLite explains by the tables as it saw them last."""
    statement = "SELECT at FROM corrections WHERE collaborative_id = 1"
    assert database.read(lambda db: scans(db, {statement: ()})) == []
    database.write(lambda db: db.execute(text("DROP INDEX ix_corrections_collaborative_id")))
    afterwards = Database(database_url)
    assert afterwards.read(lambda db: scans(db, {statement: ()})) == [f"corrections: {statement}"]
    afterwards.dispose()


@pytest.mark.parametrize("table", metadata.tables.values(), ids=lambda table: table.name)
def test_an_index_begins_with_each_column_a_row_belongs_by(table: Table) -> None:
    """A new table's, too: rows are sought by what they are of, whoever did it is read along."""
    begun = {column for column, *_ in _sought(table)}
    belongs = {column.name for column in table.columns if _is_of(column.foreign_keys)}
    assert belongs - begun == set()


@pytest.mark.parametrize("table", metadata.tables.values(), ids=lambda table: table.name)
def test_no_index_only_repeats_the_beginning_of_another(table: Table) -> None:
    """Each costs a write."""
    found = _sought(table)
    assert [one for one in found if any(other != one and other[: len(one)] == one for other in found)] == []


def _is_of(keys: set[ForeignKey]) -> bool:
    return any(key.column.table.name != WHO_DID_IT for key in keys)


def _sought(table: Table) -> list[tuple[str, ...]]:
    """The columns of each index that holds all rows, and of each key."""
    whole = [each for each in table.indexes if each.dialect_options["sqlite"]["where"] is None]
    keys: list[Any] = [
        each
        for each in table.constraints
        if type(each).__name__ in {"PrimaryKeyConstraint", "UniqueConstraint"}
    ]
    return [tuple(column.name for column in each.columns) for each in (*whole, *keys) if len(each.columns)]
