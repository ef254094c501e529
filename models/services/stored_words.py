"""What people typed before there was a door, and looks like a patient: rows, fields and kinds, no words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, select, union

from models.rules.privacy.door import kinds_in
from models.rules.privacy.identifiers import IdentifierKind
from models.tables.chart import chart_marks
from models.tables.collaborative import collaboratives
from models.tables.draft import drafts
from models.tables.feedback import dismissals, feedbacks, talks
from models.tables.pdsa import pdsa_changes, pdsa_cycles
from models.tables.people import members, teams
from models.tables.reminder import expectations
from models.tables.report import corrections, measure_values, note_changes, reports, value_changes

PAGE = 500  # rows read at a time

_NARRATIVE = ("tested", "improved", "barriers", "unintended", "help_needed", "coach_note")
TYPED: dict[Table, tuple[str, ...]] = {
    collaboratives: ("aim",),
    reports: _NARRATIVE,
    measure_values: ("reason",),
    corrections: ("changes",),
    note_changes: ("old", "new"),
    value_changes: ("old", "new"),
    drafts: ("answers",),
    chart_marks: ("words", "ended_why"),
    feedbacks: ("liked", "wondered", "proposed"),
    dismissals: ("reason",),
    talks: ("agreed",),
    expectations: ("reason",),
    pdsa_cycles: (
        *("change", "question_1", "prediction_1", "question_2", "prediction_2", "place"),
        *("happened", "surprises", "result_1", "result_2", "learned", "next_step"),
    ),
    pdsa_changes: ("changes",),
}
"""The columns that hold what a person typed; a test has each column of words stand here or say why not."""


@dataclass(frozen=True)
class StoredWords:
    """A field of a row that seems to hold something about a patient."""

    table: str
    row_id: int
    field: str
    kinds: tuple[IdentifierKind, ...]


def about_patients(db: Connection) -> Iterator[StoredWords]:
    """Look through all that people typed; everybody and every team on a roster is known."""
    names = frozenset(db.execute(union(select(members.c.name), select(teams.c.name))).scalars())
    for table, columns in TYPED.items():
        for row in _rows(db, table, columns):
            for column in columns:
                if kinds := kinds_in("\n".join(_texts(row[column])), lambda: names):
                    yield StoredWords(table.name, row["id"], column, kinds)


def _rows(db: Connection, table: Table, columns: tuple[str, ...]) -> Iterator[Any]:
    """All rows in the order of their ids, a page at a time."""
    last = 0
    while page := _page(db, table, columns, last):
        yield from page
        last = page[-1]["id"]


def _page(db: Connection, table: Table, columns: tuple[str, ...], last: int) -> Any:
    parts = (table.c[name] for name in ("id", *columns))
    statement = select(*parts).where(table.c.id > last).order_by(table.c.id).limit(PAGE)
    return db.execute(statement).mappings().all()


def _texts(value: object) -> Iterator[str]:
    """The texts of a column, those inside a list or by name among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
