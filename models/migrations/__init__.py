"""Brings a database's schema up to date, and says whether it is."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from models import engines

HERE = Path(__file__).parent
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


def current(url: str) -> str | None:
    """The revision the database stands at; None when it is empty."""
    engine = engines.reader(engines.named(url))
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
            return revision
    finally:
        engine.dispose()


def head() -> str:
    """The newest revision there is: migrations are numbered, and a file's name begins with its number."""
    return max(path.name.partition("_")[0] for path in HERE.glob("versions/[0-9]*.py"))


def is_up_to_date(url: str) -> bool:
    """Whether nothing is left to run."""
    return current(url) == head()
