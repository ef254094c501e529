"""`momentum check-words`: which rows of before hold what looks like a patient, without a word of it."""

from collections.abc import Iterator

from models.database import Database
from models.services.stored_words import about_patients

NONE = "Nothing that people typed looks like a patient."


def lines(database: Database) -> Iterator[str]:
    """A line for each field, with its table, the id of its row, and the kinds; then the sum."""
    stored = database.read(lambda db: tuple(about_patients(db)))
    for each in stored:
        yield f"{each.table} {each.row_id} {each.field}: {', '.join(each.kinds)}"
    yield f"{len(stored)} to look at, each by its id. It may be a mistake." if stored else NONE
