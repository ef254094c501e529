"""Is the database there, with the tables this version needs? In words for who runs the program."""

from models import engines, migrations
from models.errors import DomainError


def is_the_newest(url: str) -> bool:
    """Whether nothing is left to migrate. Raises DomainError when the database cannot be reached."""
    with engines.in_words():
        return migrations.is_up_to_date(url)


def insist_on_the_newest(url: str) -> None:
    """Raise DomainError where the tables are not those of this version, or cannot be reached."""
    if not is_the_newest(url):
        raise DomainError("The database's tables are out of date. First run: momentum migrate")


def upgrade(url: str) -> None:
    """Bring the tables up to date. Raises DomainError when the database cannot be reached."""
    with engines.in_words():
        migrations.upgrade(url)
