"""Inserts that settle a conflict inside the database, for both dialects, built once."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite


class Upsert:
    """Insert a row; where its keys are taken, replace the named columns, or keep the row if none is named."""

    def __init__(self, table: Table, keys: Sequence[str], replace: Sequence[str] = ()) -> None:
        self._table = table
        self._keys = [table.c[key] for key in keys]
        self._replace = replace
        self._statements = {"sqlite": self._by(sqlite.insert), "postgresql": self._by(postgresql.insert)}
        self._telling = {name: each.returning(*table.primary_key) for name, each in self._statements.items()}

    def on(self, db: Connection) -> Insert:
        """The statement for this connection's database; parameters are the columns' names."""
        return self._statements[db.dialect.name]

    def telling(self, db: Connection) -> Insert:
        """The same for one row, answering with its id, or with nothing when the row there was is kept."""
        return self._telling[db.dialect.name]

    def _by(self, dialect: Callable[[Table], Any]) -> Insert:
        """Both dialects say it alike, each in a class of its own."""
        insert = dialect(self._table)
        new = {name: insert.excluded[name] for name in self._replace}
        settled: Insert = (
            insert.on_conflict_do_update(index_elements=self._keys, set_=new)
            if new
            else insert.on_conflict_do_nothing(index_elements=self._keys)
        )
        return settled
