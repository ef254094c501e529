"""`make migration` writes a file that passes the checks and brings rows along, nothing to be done by hand."""

import subprocess
import sys
from pathlib import Path
from shutil import copy, copytree, ignore_patterns

import pytest

from models import migrations
from tests.migrations import release
from tests.migrations.conftest import LEFT, on
from tests.migrations.release import Release

ROOT = Path(__file__).parents[2]
WAVES = '''"""Waves."""

from sqlalchemy import JSON, Column, String, Table, UniqueConstraint

from models.tables.base import Exact, Instant, belongs_to, indexed, key_column, metadata

waves = indexed(
    Table(
        "waves",
        metadata,
        key_column(),
        belongs_to("teams"),
        Column("height", Exact),
        Column("at", Instant, nullable=False),
        Column("words", JSON, nullable=False),
        Column("kind", String(16), nullable=False),
        UniqueConstraint("kind", "team_id"),
    )
)
'''
NAME = 'Column("name", String(200), nullable=False),'
CHANGED = f'{NAME.replace("200", "160")}\n    Column("began_at", Instant, index=True),'


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the models with a new table and a changed one, which others refer to, and their migration."""
    folder = tmp_path_factory.mktemp("scratch")
    copytree(ROOT / "models", folder / "models", ignore=ignore_patterns("__pycache__"))
    copy(ROOT / "pyproject.toml", folder)
    (folder / "models/tables/wave.py").write_text(WAVES)
    people = folder / "models/tables/people.py"
    people.write_text(people.read_text().replace(NAME, CHANGED, 1))
    said = "waves come, and teams begin"
    _run(folder, "alembic", "-c", "models/migrations/alembic.ini", "revision", "--autogenerate", "-m", said)
    return folder


def test_what_is_written_passes_the_checks(scratch: Path) -> None:
    file = _written(scratch)
    assert file.read_text().startswith('"""Waves come, and teams begin."""\n')
    _run(scratch, "ruff", "check", str(file))
    _run(scratch, "ruff", "format", "--check", str(file))
    _run(scratch, "mypy", "--cache-dir", str(ROOT / ".mypy_cache"), str(file))


def test_what_is_written_brings_all_rows_along(
    scratch: Path, empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite makes the changed table anew, while rows of others refer to those in it."""
    left = Release.read(LEFT[0])
    migrations.upgrade(empty_url, left.revision)
    on(empty_url, lambda db: release.lay_down(db, left))
    migrations.upgrade(empty_url)
    before = on(empty_url, release.tables_of)
    monkeypatch.setattr(migrations, "HERE", scratch / "models/migrations")
    migrations.upgrade(empty_url)
    after = on(empty_url, release.tables_of)
    assert after.pop("waves") == []
    assert after["teams"] == [{**row, "began_at": None} for row in before["teams"]]
    assert after | {"teams": before["teams"]} == before


def _written(scratch: Path) -> Path:
    return max(scratch.glob("models/migrations/versions/[0-9]*.py"))


def _run(folder: Path, module: str, *arguments: str) -> None:
    command = (sys.executable, "-m", module, *arguments)
    done = subprocess.run(  # noqa: S603  what is run stands above
        command, cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
