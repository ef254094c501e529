"""Inserts that settle a conflict inside the database, built once for the database there is."""

from collections.abc import Sequence
from importlib import import_module

from sqlalchemy import Connection, Insert, Table


class Upsert:
    """Insert a row; where its keys are taken, replace the named columns, or keep the row if none is named."""

    def __init__(self, table: Table, keys: Sequence[str], replace: Sequence[str] = ()) -> None:
        self._table = table
        self._keys = [table.c[key] for key in keys]
        self._replace = replace
        self._built: dict[str, tuple[Insert, Insert]] = {}

    def on(self, db: Connection) -> Insert:
        """The statement for this connection's database; parameters are the columns' names."""
        return self._for(db.dialect.name)[0]

    def telling(self, db: Connection) -> Insert:
        """The same for one row, answering with its id, or with nothing when the row there was is kept."""
        return self._for(db.dialect.name)[1]

    def _for(self, dialect: str) -> tuple[Insert, Insert]:
        if dialect not in self._built:
            settled = self._settled(dialect)
            self._built[dialect] = settled, settled.returning(*self._table.primary_key)
        return self._built[dialect]

    def _settled(self, dialect: str) -> Insert:
        """Both dialects say it alike, each in a class of its own; what is not used is never loaded."""
        insert = import_module(f"sqlalchemy.dialects.{dialect}").insert(self._table)
        new = {name: insert.excluded[name] for name in self._replace}
        settled: Insert = (
            insert.on_conflict_do_update(index_elements=self._keys, set_=new)
            if new
            else insert.on_conflict_do_nothing(index_elements=self._keys)
        )
        return settled
