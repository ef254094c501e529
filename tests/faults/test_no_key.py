"""The control of the outbox's key: in a database without it the same storm shows messages twice."""

from typing import Any

import pytest
from sqlalchemy import Connection, MetaData, UniqueConstraint, insert

from models.services.delivery import outbox
from models.tables.base import metadata
from models.tables.outbox import outbox_messages
from tests.faults.storm import Storm
from tests.office import Office

STEPS = 100


class Plain:
    """Puts every row in, whatever is there."""

    def on(self, _db: Connection) -> Any:
        return insert(outbox_messages)

    def telling(self, _db: Connection) -> Any:
        return insert(outbox_messages).returning(outbox_messages.c.id)


def without_key(db: Connection) -> None:
    """Have the table anew, without its key."""
    copied = MetaData()
    for table in metadata.sorted_tables:
        table.to_metadata(copied)
    bare = copied.tables[outbox_messages.name]
    bare.constraints = {each for each in bare.constraints if not isinstance(each, UniqueConstraint)}
    bare.drop(db)
    bare.create(db)


def test_without_the_unique_key_the_storm_shows_messages_twice(
    office: Office, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Row 19: envelopes that come a second time are what the key keeps away, and the observer sees them."""
    office.db.write(without_key)
    monkeypatch.setattr(outbox, "_NEW", Plain())
    found = Storm(office, database_url, 1).play(STEPS)
    assert found.faults["envelopes redelivered"] > 0
    assert found.wrong()["doubled"] > 0
