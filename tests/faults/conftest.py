"""An office on each kind of database."""

from collections.abc import Iterator

import pytest

from models.database import Database
from tests.office import Office, open_office


@pytest.fixture
def office(database: Database) -> Iterator[Office]:
    """A database of each kind in turn, a playground, a clock they share."""
    with open_office(database) as opened:
        yield opened
