"""Is the database there, with the tables this version needs? In words for who runs the program."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot import lock
from models import engines, migrations
from models.database import Database, DatabaseFault
from models.errors import DomainError

MIGRATE = "Run: momentum migrate"
MOST_NAMED = 3
PUT_BACK = "Put back a copy from before: docs/operations.md, “A copy, and back”"


@dataclass(frozen=True)
class Obstacle:
    """What keeps this version from working on a database, and the way out."""

    state: str
    way_out: str
    is_migrated_away: bool = False


def obstacle(url: str) -> Obstacle | None:
    """Look what is in the way; None: nothing. Raises DomainError when the database cannot be reached."""
    file = engines.file_of(engines.named(url))
    if file and not file.exists():
        return _no_file(file)
    with engines.in_words():
        return next(_obstacles(migrations.look(url)), None)


@contextmanager
def opened(url: str) -> Iterator[Database]:
    """The database for one command. Raises DomainError where its tables are not the newest."""
    insist_on_the_newest(url)
    database = Database(url)
    try:
        yield database
    finally:
        database.dispose()


def _no_file(file: Path) -> Obstacle:
    state = f"is not there: no file {file}"
    if not (left := lock.beside(file)).exists():
        return Obstacle(state, MIGRATE, is_migrated_away=True)
    # A bot worked on it: an empty one in its place would hide that it was lost.
    return Obstacle(state, f"Put it back, or a copy: momentum restore COPY. To begin anew, remove {left}")


def _obstacles(schema: migrations.Schema) -> Iterator[Obstacle]:
    """Yield what is in the way, the first thing first."""
    written = ", ".join(schema.revisions)
    if not schema.tables:
        yield Obstacle("has no tables yet", MIGRATE, is_migrated_away=True)
    elif schema.is_newest and schema.lacks:
        yield Obstacle(f"lacks a part of its tables ({_some(schema.lacks)})", PUT_BACK)
    elif schema.is_known and not schema.is_newest:
        yield Obstacle("has tables that are out of date", MIGRATE, is_migrated_away=True)
    elif re.fullmatch("[0-9]{4}", written) and not schema.is_known:
        state = f"is of a later version of Momentum (tables {written}, this one knows {migrations.head()})"
        yield Obstacle(state, "Install that version again, or put back the copy from before the upgrade")
    elif not schema.is_known and schema.strangers:
        state = f"holds tables of something else ({_some(schema.strangers)})"
        yield Obstacle(state, "Give Momentum a database of its own: DATABASE_URL")
    elif not schema.is_known:
        yield Obstacle("holds a part of Momentum's tables, and does not say of which version", PUT_BACK)


def insist_on_the_newest(url: str) -> None:
    """Raise DomainError where the tables are not those of this version, or cannot be reached."""
    if there := obstacle(url):
        raise DomainError(_sentence(there))


def upgrade(url: str) -> None:
    """Bring the tables up to date. Raises DomainError where that cannot be; then nothing was changed."""
    before = obstacle(url)
    if before and not before.is_migrated_away:
        raise DomainError(_sentence(before))
    try:
        migrations.upgrade(url)
    except (DatabaseFault, RuntimeError) as fault:
        why = engines.reason(fault).removesuffix(".")
        raise DomainError(f"The tables stay as they were: {why}. Mend that, and run this again.") from fault


def _sentence(obstacle: Obstacle) -> str:
    return f"The database {obstacle.state}. {obstacle.way_out}"


def _some(names: tuple[str, ...]) -> str:
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
