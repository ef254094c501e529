"""Copies of a collaborative, row for row: a thousand in a minute."""

from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, Connection, Insert, Table, bindparam, cast, func, insert, select, text

from models.services.delivery import accounts
from models.tables.base import metadata

APART = 1_000_000  # from an id to the same row's in the next copy
OWN = {
    "collaboratives": {"key", "channel"},
    "teams": {"channel"},
    "members": {"slack_user"},
}  # differ by copy


def copy(db: Connection, original: int, numbers: Iterable[int], without: Collection[str] = ()) -> None:
    """Copy a collaborative once for each number, with people and channels of their own.

    `without` the tables named. The database counts its rows anew, as it does by itself in time.
    """
    tables = [table for table in metadata.sorted_tables if _is_copied(table) and table.name not in without]
    for number in numbers:
        for table in tables:
            db.execute(_copy_of(table), {"original": original, "number": number})
        accounts.expect(db, original + number * APART)
    if db.dialect.name == "postgresql":
        for table in tables:
            highest = select(func.max(table.c.id)).scalar_subquery()
            db.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), highest)))
    db.execute(text("ANALYZE"))


def _is_copied(table: Table) -> bool:
    return table.name == "collaboratives" or "collaborative_id" in table.columns


def _copy_of(table: Table) -> Insert:
    scope = table.c.id if table.name == "collaboratives" else table.c.collaborative_id
    names = [column.name for column in table.columns]
    moved = select(*(_moved(table, name) for name in names)).where(scope == bindparam("original"))
    return insert(table).from_select(names, moved)


def _moved(table: Table, name: str) -> ColumnElement[object]:
    column = table.c[name]
    of = [key.column.table for key in column.foreign_keys]
    if column.primary_key or (of and _is_copied(of[0])):
        return column + bindparam("number") * APART
    if name in OWN.get(table.name, ()):
        return column.concat("-").concat(cast(bindparam("number"), column.type))
    return column
