"""Is the database there, with the tables this version needs? In words for who runs the program."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, OperationalError

from models import migrations
from models.errors import DomainError


def is_the_newest(url: str) -> bool:
    """Whether nothing is left to migrate.

    Raises:
        DomainError: the database cannot be reached.
    """
    with in_words():
        return migrations.is_up_to_date(url)


def insist_on_the_newest(url: str) -> None:
    """Return if the tables are those of this version.

    Raises:
        DomainError: they are not, or the database cannot be reached.
    """
    if not is_the_newest(url):
        raise DomainError("The database's tables are out of date. First run: momentum migrate")


def upgrade(url: str) -> None:
    """Bring the tables up to date.

    Raises:
        DomainError: the database cannot be reached.
    """
    with in_words():
        migrations.upgrade(url)


@contextmanager
def in_words() -> Iterator[None]:
    """Turn a database that cannot be reached, or a file that is none, into a DomainError."""
    try:
        yield
    except DatabaseError as fault:
        if type(fault) not in {OperationalError, DatabaseError}:  # the others are mistakes of ours
            raise
        reason = str(fault.orig).splitlines()[0]
        raise DomainError(f"The database cannot be reached: {reason}. Check DATABASE_URL.") from fault
