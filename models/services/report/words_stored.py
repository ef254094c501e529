"""Where the words of a report are kept: in itself, in what was changed in it, and in what a table gave."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from models.errors import DomainError
from models.rules.report.report import Change
from models.rules.report.taking_out import NOTE, WordsField, fields_of, has_words
from models.services import columns
from models.services.collaborative import measures as known_measures
from models.services.report.cards import NO_SUCH_REPORT
from models.tables.base import named
from models.tables.collaborative import collaboratives, reporting_periods
from models.tables.people import teams
from models.tables.report import corrections, measure_values, note_changes, reports, value_changes

NO_TEAM = 0  # measures as the collaborative asks for them


@dataclass(frozen=True)
class StoredWords:
    """All rows that hold words of one report, or did."""

    report: columns.AnyRow
    fields: tuple[WordsField, ...]
    reasons: Mapping[str, str]  # by the key of their field
    changed: Mapping[int, list[Change]]  # by the id of their correction
    notes: tuple[columns.AnyRow, ...]
    values: tuple[columns.AnyRow, ...]  # what became of values a table gave

    def stands(self, field: WordsField) -> bool:
        """Whether the report holds it now."""
        words: str = getattr(self.report, field.key, "")
        return has_words(self.reasons.get(field.key, words))

    def holds(self, field: WordsField) -> bool:
        """Whether it holds it now, or did before it was corrected."""
        return self.stands(field) or any(
            (
                any(self.without(field, changes) != changes for changes in self.changed.values()),
                field.key == NOTE and any(has_words(row.old) or has_words(row.new) for row in self.notes),
                any(value_without(row, field) for row in self.values),
            )
        )

    def without(self, field: WordsField, changes: list[Change]) -> list[Change]:
        """The changes of a correction without its words."""
        return field.out_of(changes, [each.label for each in self.fields])


def report_row(db: Connection, report_id: int) -> columns.AnyRow:
    """The report with its team, month and collaborative. Raises DomainError where there is none."""
    row = db.execute(_REPORT, {"report": report_id}).one_or_none()
    if row is None:
        raise DomainError(NO_SUCH_REPORT)
    return row


def stored_words(db: Connection, report: columns.AnyRow) -> StoredWords:
    """All there is of a report."""
    of_report, cell = {"report": report.id}, {"team": report.team_id, "period": report.period_id}
    fields = fields_of(known_measures.of_collaborative(db, report.collaborative_id, NO_TEAM))
    keys = {each.measure_id: each.key for each in fields}
    changed = db.execute(_CORRECTIONS, of_report)
    return StoredWords(
        report,
        fields,
        {keys[row.measure_id]: row.reason for row in db.execute(_REASONS, cell)},
        {row.id: [Change(**change) for change in row.changes] for row in changed},
        tuple(db.execute(_NOTES, of_report)),
        tuple(db.execute(_VALUES, cell)),
    )


def value_without(row: columns.AnyRow, field: WordsField) -> dict[str, str]:
    """What becomes of a change of a value that holds its words; nothing where it holds none."""
    if row.measure_id != field.measure_id:
        return {}
    without = {"old": field.without(row.old), "new": field.without(row.new)}
    return without if without != {"old": row.old, "new": row.new} else {}


_REPORT = (
    select(
        *named(reports, "id", "revision", "note_revision"),
        *columns.NARRATIVE,
        *columns.TEAM,
        *columns.PERIOD,
        *columns.COLLABORATIVE,
    )
    .join(teams, teams.c.id == reports.c.team_id)
    .join(reporting_periods, reporting_periods.c.id == reports.c.period_id)
    .join(collaboratives, collaboratives.c.id == reports.c.collaborative_id)
    .where(reports.c.id == bindparam("report"))
)
_REASONS = select(measure_values.c.measure_id, measure_values.c.reason).where(
    measure_values.c.team_id == bindparam("team"), measure_values.c.period_id == bindparam("period")
)
_CORRECTIONS = select(corrections.c.id, corrections.c.changes).where(
    corrections.c.report_id == bindparam("report")
)
_NOTES = select(*named(note_changes, "id", "old", "new")).where(
    note_changes.c.report_id == bindparam("report")
)
_VALUES = select(*named(value_changes, "id", "measure_id", "old", "new")).where(
    value_changes.c.team_id == bindparam("team"), value_changes.c.period_id == bindparam("period")
)
