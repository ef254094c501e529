"""Brings a database's schema up to date, and says whether it is."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from models import engines

HERE = Path(__file__).parent
ONE_AT_A_TIME = 7_346_218  # names our advisory lock: replicas that start together take turns


def upgrade(url: str) -> None:
    """Run the migrations the database lacks, all in one transaction."""
    engine = engines.migrator(engines.named(url))
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
            config = Config(HERE / "alembic.ini", attributes={"connection": connection})
            command.upgrade(config, "head")
    finally:
        engine.dispose()


def current(url: str) -> str | None:
    """The revision the database stands at; None when it is empty."""
    engine = engines.reader(engines.named(url))
    try:
        with engine.connect() as connection:
            return stands_at(connection)
    finally:
        engine.dispose()


def head() -> str | None:
    """The newest revision there is."""
    return ScriptDirectory(str(HERE)).get_current_head()


def is_up_to_date(url: str) -> bool:
    """Whether nothing is left to run."""
    return current(url) == head()


def stands_at(connection: Connection) -> str | None:
    """The revision of an open connection's database."""
    return MigrationContext.configure(connection).get_current_revision()
