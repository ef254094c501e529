"""A stage on each kind of database for the stories that share it, and the demo's story, told on each."""

from collections.abc import Iterator

import pytest

from models.database import Database
from tests import postgres
from tests.handlers.stage import Stage, staged
from tests.scenarios.telling import Told, tell

KINDS = ("sqlite", "postgres")
LONG = pytest.mark.timeout(600)
ON_EACH = [pytest.param(kind, marks=[pytest.mark.xdist_group(f"story on {kind}"), LONG]) for kind in KINDS]


@pytest.fixture
def stage(database: Database) -> Iterator[Stage]:
    """The listeners at work in a playground, on each kind of database in turn."""
    with staged(database) as opened:
        yield opened


@pytest.fixture(scope="session", params=ON_EACH)
def told(request: pytest.FixtureRequest) -> Iterator[Told]:
    """The demo's story on each kind of database in turn; one worker plays it once, for all who look."""
    if request.param == "sqlite":
        yield tell(None)
        return
    with postgres.made(request.getfixturevalue("postgres_server")) as url:
        yield tell(url.render_as_string(hide_password=False))
