"""A stage on each kind of database, for the stories that share it."""

from collections.abc import Iterator

import pytest

from models.database import Database
from tests.handlers.stage import Stage, staged


@pytest.fixture
def stage(database: Database) -> Iterator[Stage]:
    """The listeners at work in a playground, on each kind of database in turn."""
    with staged(database) as opened:
        yield opened
