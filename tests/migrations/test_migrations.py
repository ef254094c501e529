"""The migrations make the very schema the code works with, on both databases."""

from concurrent.futures import ProcessPoolExecutor
from io import StringIO
from multiprocessing import get_context
from pathlib import Path
from shutil import copytree

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from models import engines, migrations
from models.tables.base import metadata

WRONG = """
from alembic import op
import sqlalchemy as sa

revision, down_revision = "9999", "{before}"


def upgrade() -> None:
    op.create_table("waves", sa.Column("id", sa.Integer(), primary_key=True))
    op.add_column("teams", sa.Column("waves", sa.Integer()))
    1 / 0
"""


def test_an_empty_database_is_brought_to_exactly_the_tables_of_the_code(empty_url: str) -> None:
    """Nothing is left for autogenerate to say after all migrations ran."""
    assert migrations.look(empty_url).revisions == ()
    assert not migrations.is_up_to_date(empty_url)
    migrations.upgrade(empty_url)
    engine = create_engine(engines.named(empty_url))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert set(inspect(connection).get_table_names()) == {*metadata.tables, "alembic_version"}
    engine.dispose()
    assert migrations.is_up_to_date(empty_url)


def test_upgrading_again_changes_nothing(database_url: str) -> None:
    """Every start of the program may ask for it."""
    migrations.upgrade(database_url)
    assert migrations.look(database_url).is_newest


def test_replicas_that_start_together_take_turns(empty_url: str) -> None:
    """Two processes that upgrade at once make one schema and no error."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as replicas:
        list(replicas.map(migrations.upgrade, [empty_url] * 2))
    assert migrations.is_up_to_date(empty_url)


def test_a_migration_that_fails_leaves_all_as_it_was(
    empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those before it are taken back, too; once it is mended, the same command goes through."""
    copy = tmp_path / "migrations"
    copytree(migrations.HERE, copy)
    monkeypatch.setattr(migrations, "HERE", copy)
    wrong = copy / "versions/9999_wrong.py"
    wrong.write_text(WRONG.format(before=migrations.head()))
    with pytest.raises(ZeroDivisionError):
        migrations.upgrade(empty_url)
    assert migrations.look(empty_url).revisions == ()
    engine = create_engine(engines.named(empty_url))
    assert inspect(engine).get_table_names() == []
    engine.dispose()
    wrong.unlink()
    migrations.upgrade(empty_url)
    assert migrations.is_up_to_date(empty_url)


def test_make_migration_finds_nothing_new() -> None:
    """The command people run needs no database of theirs and agrees that the code is covered."""
    command.check(Config(migrations.HERE / "alembic.ini", stdout=StringIO()))


def test_the_next_migration_gets_the_next_number(tmp_path: Path) -> None:
    """The bot tells the newest revision by the names of the files: it starts without Alembic."""
    copy = tmp_path / "migrations"
    copytree(migrations.HERE, copy)
    command.revision(Config(copy / "alembic.ini", stdout=StringIO()), "What changes", autogenerate=True)
    number = ScriptDirectory(str(copy)).get_current_head()
    assert number == f"{int(migrations.head()) + 1:04}"
    assert (copy / f"versions/{number}_what_changes.py").exists()
