"""A stage whose Cedar has a channel, on each kind of database."""

from collections.abc import Iterator

import pytest
from sqlalchemy import update

from models.database import Database
from models.tables.people import teams
from tests.handlers.stage import Stage, staged


@pytest.fixture
def stage(database: Database) -> Iterator[Stage]:
    """The listeners at work in a playground, on each kind of database in turn; Cedar has a channel."""
    with staged(database) as opened:
        own = [opened.cast.slack[name] for name in ("Ana", "Bo", "Cora")]
        channel = opened.slack.add_channel("cedar", own, private=True)
        cedar = teams.c.id == opened.cast.teams["Cedar"]
        database.write(lambda db: db.execute(update(teams).where(cedar).values(channel=channel)))
        opened.know_channels()
        yield opened
