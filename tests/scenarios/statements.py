"""The statements a story runs, and which of them read all of a table that grows with the collaboratives."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event

from models.tables.base import metadata

READS = ("SELECT", "WITH", "UPDATE", "DELETE")
FEW = {"restores", "signal_looks"}  # a row or two, however many collaboratives there are; gone when seen
OF_SOME_ROWS = {
    index.name
    for table in metadata.tables.values()
    for index in table.indexes
    if index.dialect_options["sqlite"]["where"] is not None
}
_SCAN = re.compile(r"SCAN (\w+)(?: AS \w+)?(?: USING (?:COVERING )?INDEX (\w+))?")

Statements = dict[str, Any]  # each with the parameters it ran with first


@contextmanager
def watched() -> Iterator[Statements]:
    """What is asked of any database meanwhile."""
    found: Statements = {}

    def note(_db: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, is_many: bool) -> None:  # noqa: FBT001 - as SQLAlchemy calls it
        if statement.startswith(READS):
            found.setdefault(statement, parameters[0] if is_many else parameters)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def scans(db: Connection, statements: Statements) -> list[str]:
    """Those the database answers by reading a whole table, each with the table's name."""
    look = _on_sqlite
    if db.dialect.name == "postgresql":
        look = _on_postgres
        for way in ("seqscan", "hashjoin", "mergejoin"):  # the best ways with small tables, whatever indexes
            db.exec_driver_sql(f"SET enable_{way} = off")
    return [
        f"{table}: {statement}"
        for statement, parameters in statements.items()
        for table in sorted(look(db, statement, parameters))
        if table in metadata.tables and table not in FEW
    ]


def _on_sqlite(db: Connection, statement: str, parameters: Any) -> set[str]:
    other_names = {name: table for table, name in re.findall(r"\b(\w+) AS (\w+)", statement)}
    steps = db.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).scalars(3)
    found = [match for step in steps if (match := _SCAN.match(step))]
    return {other_names.get(match[1], match[1]) for match in found if match[2] not in OF_SOME_ROWS}


def _on_postgres(db: Connection, statement: str, parameters: Any) -> set[str]:
    """It reads a table whole where it must."""
    (plan,) = db.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters).scalar_one()
    return {str(step["Relation Name"]) for step in _steps(plan["Plan"]) if _reads_all(step)}


def _steps(step: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield step
    for below in step.get("Plans", ()):
        yield from _steps(below)


def _reads_all(step: Mapping[str, Any]) -> bool:
    is_by_index = step["Node Type"].startswith(("Index", "Bitmap Index"))
    by_condition = "Index Cond" in step or step.get("Index Name") in OF_SOME_ROWS
    return ("Relation Name" in step and step["Node Type"] == "Seq Scan") or (is_by_index and not by_condition)
