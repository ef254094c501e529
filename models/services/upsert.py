"""Inserts that settle a conflict inside the database, for both dialects, built once."""

from collections.abc import Sequence

from sqlalchemy import Insert, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session


class Upsert:
    """Insert a row; where its keys are taken, replace the named columns, or keep the row if none is named."""

    def __init__(self, table: Table, keys: Sequence[str], replace: Sequence[str] = ()) -> None:
        self._table = table
        self._keys = [table.c[key] for key in keys]
        self._replace = replace
        self._statements: dict[str, Insert] = {"sqlite": self._on_sqlite(), "postgresql": self._on_postgres()}
        self._telling = {name: each.returning(*table.primary_key) for name, each in self._statements.items()}

    def on(self, db: Session) -> Insert:
        """The statement for this session's database; parameters are the columns' names."""
        return self._statements[db.get_bind().dialect.name]

    def telling(self, db: Session) -> Insert:
        """The same for one row, answering with its id, or with nothing when the row there was is kept."""
        return self._telling[db.get_bind().dialect.name]

    def _on_sqlite(self) -> Insert:
        insert = sqlite.insert(self._table)
        if not self._replace:
            return insert.on_conflict_do_nothing(index_elements=self._keys)
        new = {name: insert.excluded[name] for name in self._replace}
        return insert.on_conflict_do_update(index_elements=self._keys, set_=new)

    def _on_postgres(self) -> Insert:
        insert = postgresql.insert(self._table)
        if not self._replace:
            return insert.on_conflict_do_nothing(index_elements=self._keys)
        new = {name: insert.excluded[name] for name in self._replace}
        return insert.on_conflict_do_update(index_elements=self._keys, set_=new)
