"""Brings a database's schema up to date, and says whether it is."""

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from sqlalchemy import Connection, MetaData, inspect, text

from models import engines, tables
from models.tables.base import metadata

HERE = Path(__file__).parent
VERSION = "alembic_version"  # the table in which Alembic writes how far it came
ONE_AT_A_TIME = 7_346_218  # names our advisory lock: replicas that start together take turns


def upgrade(url: str, to: str = "head") -> None:
    """Run the migrations the database lacks, as far as one of them or all, in one transaction.

    Raises RuntimeError, and changes nothing, when one of them leaves a row that refers to none.
    """
    from alembic import command  # noqa: PLC0415 - only who changes the tables needs it: the bot starts without
    from alembic.config import Config  # noqa: PLC0415 - the same

    engine = engines.migrator(engines.named(url))
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
            config = Config(HERE / "alembic.ini", attributes={"connection": connection})
            command.upgrade(config, to)
            _insist_on_references(connection)
    finally:
        engine.dispose()


def _insist_on_references(connection: Connection) -> None:
    """Check what SQLite did not while tables were made anew; Postgres checks all along."""
    if connection.dialect.name == "sqlite":
        lost = connection.execute(text("PRAGMA foreign_key_check")).all()
        if lost:
            raise RuntimeError(f"Rows of {sorted({row[0] for row in lost})} refer to rows that are gone.")


@dataclass(frozen=True)
class Schema:
    """What a database holds, next to what this version works with."""

    revisions: tuple[str, ...]  # as Alembic wrote them; none: it never came to an end here
    tables: frozenset[str]
    lacks: tuple[str, ...]  # the newest tables' columns that are not there

    @property
    def strangers(self) -> tuple[str, ...]:
        """Tables of something else."""
        return tuple(sorted(self.tables - set(newest().tables)))

    @property
    def is_known(self) -> bool:
        """Whether one of our revisions made it."""
        return len(self.revisions) == 1 and self.revisions[0] in revisions()

    @property
    def is_newest(self) -> bool:
        """Whether nothing is left to run."""
        return self.revisions == (head(),)


def look(url: str) -> Schema:
    """Look at a database, whosever it may be, and leave no trace."""
    named = engines.named(url)
    file = engines.file_of(named)
    if file and not file.exists():
        return Schema((), frozenset(), ())
    engine = engines.onlooker(named)
    try:
        with engine.connect() as connection:
            return _seen(connection)
    finally:
        engine.dispose()


def _seen(connection: Connection) -> Schema:
    columns = {
        (table, column["name"])
        for (_, table), described in inspect(connection).get_multi_columns().items()
        for column in described
    }
    tables = {table for table, _ in columns}
    written = connection.scalars(text("SELECT version_num FROM alembic_version")) if VERSION in tables else ()
    expected = {(table.name, column.name) for table in newest().sorted_tables for column in table.columns}
    lacks = sorted(f"{table}.{column}" for table, column in expected - columns)
    return Schema(tuple(written), frozenset(tables - {VERSION}), tuple(lacks))


def newest() -> MetaData:
    """All tables of this version."""
    for module in iter_modules(tables.__path__, f"{tables.__name__}."):
        import_module(module.name)  # every table registers itself, a new module's too
    return metadata


def revisions() -> list[str]:
    """All revisions there are: migrations are numbered, and a file's name begins with its number."""
    return sorted(path.name.partition("_")[0] for path in HERE.glob("versions/[0-9]*.py"))


def head() -> str:
    """The newest."""
    return revisions()[-1]


def is_up_to_date(url: str) -> bool:
    """Whether nothing is left to run."""
    return look(url).is_newest
