"""An office on each kind of database."""

from collections.abc import Iterator

import pytest

from models.database import Database
from tests.handlers.stage import Stage, staged
from tests.office import Office, open_office


@pytest.fixture
def office(database: Database) -> Iterator[Office]:
    """A database of each kind in turn, a playground, a clock they share."""
    with open_office(database) as opened:
        yield opened


@pytest.fixture
def stage(database: Database) -> Iterator[Stage]:
    """A database of each kind in turn, with the listeners at work in a playground."""
    with staged(database) as opened:
        yield opened
