"""What all tests share: a frozen clock, and databases of both kinds with the schema in place."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import URL

from models import migrations
from models.database import Database
from tests import postgres
from tests.cast import Cast, lay_down
from tests.clock import FrozenClock

settings.register_profile("untimed", settings.default, deadline=None)  # a slow machine is no fault
settings.load_profile("untimed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with those that have longer than usual, or at the end one worker waits for the other."""
    items.sort(key=lambda item: item.get_closest_marker("timeout") is None)


@pytest.fixture
def clock() -> FrozenClock:
    """Monday 6 July 2026, 15:00 UTC, until it is advanced."""
    return FrozenClock()


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[URL]:
    """The server of this run; with several workers their folders have a parent in common."""
    own = tmp_path_factory.getbasetemp()
    with postgres.server(own if worker_id == "master" else own.parent) as url:
        yield url


@pytest.fixture(scope="session")
def postgres_template(postgres_server: URL) -> Iterator[str]:
    """The name of a migrated database to copy."""
    with postgres.made(postgres_server) as url:
        migrations.upgrade(_text(url))
        yield str(url.database)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to copy."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    migrations.upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated SQLite database of this test's own."""
    path = tmp_path / "momentum.db"
    shutil.copy(sqlite_template, path)
    path.chmod(0o600)  # as the program makes it
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(postgres_server: URL, postgres_template: str) -> Iterator[str]:
    """A migrated Postgres database of this test's own."""
    with postgres.made(postgres_server, postgres_template) as url:
        yield _text(url)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database of each kind in turn."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of each kind in turn, without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    with postgres.made(request.getfixturevalue("postgres_server")) as url:
        yield _text(url)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An open database of each kind in turn, migrated and empty."""
    opened = Database(database_url)
    yield opened
    opened.dispose()


@pytest.fixture
def cast(database: Database) -> Cast:
    """The people and teams every test knows, in `database`."""
    return database.write(lay_down)


def _text(url: URL) -> str:
    return url.render_as_string(hide_password=False)
