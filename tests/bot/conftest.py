"""Places for the bot to run in: a playground with the demo's people, and its collaborative in a database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from playground.client import Playground
from playground.server import Served, running
from tests.bot.place import MANIFEST, Place, settle_in


@pytest.fixture
def served() -> Iterator[Served]:
    """A playground on the machine's clock, with nobody in it."""
    with running(MANIFEST) as made:
        yield made


@pytest.fixture
def place(served: Served, sqlite_url: str, tmp_path: Path) -> Place:
    """The collaborative in SQLite."""
    settle_in(served.client, sqlite_url)
    return Place(served, sqlite_url, tmp_path)


@pytest.fixture
def each_place(served: Served, database_url: str, tmp_path: Path) -> Place:
    """The collaborative in a database of each kind in turn."""
    settle_in(served.client, database_url)
    return Place(served, database_url, tmp_path)


@pytest.fixture
def slack(served: Served) -> Playground:
    return served.client
