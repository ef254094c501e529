"""Alembic runs this: on the connection handed over, else on an empty database brought up to date."""

from typing import Any, Literal

from alembic import context
from alembic.operations import MigrationScript, Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, create_engine

from models.migrations import head, newest
from models.tables.base import Kept

metadata = newest()
# A condition holds on both databases; the tables name it once, for SQLite.
for index in (index for table in metadata.tables.values() for index in table.indexes):
    if (condition := index.dialect_options["sqlite"]["where"]) is not None:
        index.dialect_kwargs["postgresql_where"] = condition


def run(connection: Connection) -> None:
    """Run what Alembic was asked for, in the transaction that is open."""
    context.configure(
        connection,
        target_metadata=metadata,
        render_item=_plainly,
        transactional_ddl=True,  # SQLite can, when the driver does not commit behind our back
        compare_type=True,
        render_as_batch=True,  # SQLite changes a column by making its table anew
        process_revision_directives=_numbered,
    )
    with context.begin_transaction():
        context.run_migrations()


def _plainly(kind: str, item: Any, _autogenerate: Any) -> str | Literal[False]:
    """A migration names the plain type: it must not change when our own types do."""
    if kind == "type" and isinstance(item, Kept):
        return f"sa.{item.plain!r}"
    return False


def _numbered(_context: Any, _revision: Any, scripts: list[MigrationScript]) -> None:
    """Number the migrations: the names of their files say which is the newest."""
    for script in scripts:
        script.rev_id = f"{int(head()) + 1:04}"


def _as_of_the_newest(connection: Connection) -> None:
    """`make migration` compares the tables with what all migrations so far make of nothing."""
    scratch = MigrationContext.configure(connection)
    with Operations.context(scratch):
        for step in reversed(list(context.script.walk_revisions())):
            step.module.upgrade()
    scratch.stamp(context.script, "head")


handed = context.config.attributes.get("connection")
if handed is not None:
    run(handed)
else:
    with create_engine("sqlite://").connect() as empty:
        _as_of_the_newest(empty)
        run(empty)
