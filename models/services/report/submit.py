"""A report is sent once and corrected afterwards, each time with what has to be told, in one transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from models.errors import DomainError
from models.rules.collaborative.measure import Measure
from models.rules.collaborative.people import Acting
from models.rules.collaborative.period import ReportingPeriod
from models.rules.collaborative.policy import Kind, sees
from models.rules.report.report import (
    Change,
    Entry,
    Narrative,
    Receipt,
    ReportForm,
    is_empty,
    narrative_changes,
)
from models.services import columns
from models.services.charts import history, signal_looks
from models.services.report import medians
from models.services.report.drafts import drop_draft
from models.services.report.posts import ReportPosts
from models.services.upsert import Upsert
from models.tables.base import named
from models.tables.report import corrections, measure_values, note_changes, reports

NOT_A_MEASURE = "I could not find one of these measures in this month's report. Please open the form again."
NOTHING_SAID = (
    "There is nothing in this report yet. One number, one reason or a few words are enough: "
    "some data is better than none."
)
NO_WORD = "There is nothing in this report yet. A few words are enough."


@dataclass(frozen=True)
class Submission:
    """All that one press of the button brings."""

    form: ReportForm
    entries: Sequence[Entry]
    narrative: Narrative
    now: datetime

    @property
    def acting(self) -> Acting:
        return self.form.acting

    @property
    def is_late(self) -> bool:
        return self.period.is_late(self.acting.collaborative.day_of(self.now))

    @property
    def period(self) -> ReportingPeriod:
        return self.form.period

    @property
    def measures(self) -> tuple[Measure, ...]:
        return tuple(field.measure for field in self.form.fields)


def submit(
    db: Connection, form: ReportForm, entries: Sequence[Entry], narrative: Narrative, now: datetime
) -> Receipt:
    """Keep a team's report of a month, or correct the one that is there.

    `form` is `form_for` of the same transaction: it says who may report for which team, and what is open.
    Two who send at once make one report and one correction. Sending the same again changes nothing.
    Raises DomainError when a measure is not asked for in the form, nothing is said at all, or a frozen median
    would move that is not this person's to move.
    """
    if not sees(form.acting, Kind.COACH_NOTE):
        narrative = replace(narrative, coach_note="")
    sent = Submission(form, entries, narrative, now)
    if is_empty(entries, narrative):
        raise DomainError(NOTHING_SAID if form.fields else NO_WORD)
    if not {entry.measure_id for entry in entries} <= {measure.id for measure in sent.measures}:
        raise DomainError(NOT_A_MEASURE)
    medians.insist(db, form, entries)
    report_id = _insert_report(db, sent)
    receipt = _correct(db, sent) if report_id is None else _first(db, sent, report_id)
    drop_draft(db, form.acting, form.period.id)
    if receipt.changed:
        signal_looks.ask(db, form.acting.collaborative.id, [form.acting.team.id])
    return receipt


def _insert_report(db: Connection, sent: Submission) -> int | None:
    """Insert the report's row; None when there is one already, whoever sent it a moment ago."""
    row = {
        "collaborative_id": sent.acting.collaborative.id,
        "team_id": sent.acting.team.id,
        "period_id": sent.period.id,
        "revision": 1,
        "is_late": sent.is_late,
        "on_behalf": sent.acting.is_on_behalf,
        "member_id": sent.acting.member.id,
        "submitted_at": sent.now,
        "note_revision": 1 if sent.narrative.coach_note else 0,
        **vars(sent.narrative),
    }
    return db.execute(_REPORT.telling(db), row).scalar_one_or_none()


def _first(db: Connection, sent: Submission, report_id: int) -> Receipt:
    history.keep_replaced(db, sent.form, sent.entries, sent.now)
    _keep_values(db, sent, report_id, sent.entries)
    telling = ReportPosts(db, sent.acting, report_id, sent.now)
    telling.first(sent.period.id)
    if sent.narrative.coach_note:
        telling.note(1)
    return Receipt(report_id, 1, is_late=sent.is_late, changed=True)


def _correct(db: Connection, sent: Submission) -> Receipt:
    report = db.execute(_STANDING, {"team": sent.acting.team.id, "period": sent.period.id}).one()
    standing = {entry.measure_id: entry for entry in _entries_of(db, sent)}
    if not sees(sent.acting, Kind.COACH_NOTE):
        sent = replace(sent, narrative=replace(sent.narrative, coach_note=report.coach_note))
    changed = [entry for entry in sent.entries if entry != standing.get(entry.measure_id)]
    changes = _value_changes(sent.measures, standing, changed)
    changes += narrative_changes(columns.narrative(report), sent.narrative)
    has_new_note = report.coach_note != sent.narrative.coach_note
    revision = report.revision + bool(changes)
    if changes or has_new_note:
        _revise(db, report, sent, revision, report.note_revision + has_new_note)
        _keep_values(db, sent, report.id, changed)
    if has_new_note:
        _keep_note_change(db, sent, report)
    telling = ReportPosts(db, sent.acting, report.id, sent.now)
    if changes:
        telling.corrected(revision, _keep_correction(db, sent, report.id, revision, changes))
    if has_new_note and sent.narrative.coach_note:
        telling.note(report.note_revision + 1)
    return Receipt(report.id, revision, is_late=report.is_late, changed=bool(changes) or has_new_note)


def _value_changes(
    measures: Iterable[Measure], standing: dict[int, Entry], changed: Iterable[Entry]
) -> tuple[Change, ...]:
    now = {entry.measure_id: entry for entry in changed}
    before = {measure.id: standing.get(measure.id, Entry(measure.id, None)) for measure in measures}
    pairs = [(measure, before[measure.id], now[measure.id]) for measure in measures if measure.id in now]
    return tuple(
        Change(measure.name, old.words(measure.unit), new.words(measure.unit))
        for measure, old, new in pairs
        if old != new
    )


def _entries_of(db: Connection, sent: Submission) -> Iterable[Entry]:
    rows = db.execute(_VALUES, {"team": sent.acting.team.id, "period": sent.period.id})
    for measure_id, above, below, estimate, reason in rows:
        yield Entry(measure_id, columns.value(above, below, is_estimate=estimate), reason)


def _revise(
    db: Connection, report: columns.AnyRow, sent: Submission, revision: int, note_revision: int
) -> None:
    new = {"revision": revision, "note_revision": note_revision, **vars(sent.narrative)}
    db.execute(_REVISE, {"report": report.id, **new})


def _keep_values(db: Connection, sent: Submission, report_id: int, entries: Iterable[Entry]) -> None:
    common = {
        "collaborative_id": sent.acting.collaborative.id,
        "team_id": sent.acting.team.id,
        "period_id": sent.period.id,
        "report_id": report_id,
    }
    sizes = {measure.id: measure.sample_size for measure in sent.measures}
    rows = [{**common, **_value_row(entry), "sample_size": sizes[entry.measure_id]} for entry in entries]
    if rows:
        db.execute(_VALUE.on(db), rows)


def _value_row(entry: Entry) -> dict[str, Any]:
    value = entry.value
    return {
        "measure_id": entry.measure_id,
        "numerator": value.numerator if value else None,
        "denominator": value.denominator if value else None,
        "is_estimate": bool(value and value.is_estimate),
        "reason": entry.reason,
    }


def _keep_correction(
    db: Connection, sent: Submission, report_id: int, revision: int, changes: Iterable[Change]
) -> int:
    row = {
        "collaborative_id": sent.acting.collaborative.id,
        "report_id": report_id,
        "revision": revision,
        "member_id": sent.acting.member.id,
        "role": sent.acting.role,
        "at": sent.now,
        "changes": [asdict(change) for change in changes],
    }
    kept: int = db.execute(_CORRECTION, row).scalar_one()
    return kept


def _keep_note_change(db: Connection, sent: Submission, report: columns.AnyRow) -> None:
    row = {
        "collaborative_id": sent.acting.collaborative.id,
        "report_id": report.id,
        "revision": report.note_revision + 1,
        "member_id": sent.acting.member.id,
        "at": sent.now,
        "old": report.coach_note,
        "new": sent.narrative.coach_note,
    }
    db.execute(insert(note_changes), row)


_REPORT = Upsert(reports, keys=("team_id", "period_id"))
_VALUE = Upsert(
    measure_values,
    keys=("team_id", "measure_id", "period_id"),
    replace=("report_id", "numerator", "denominator", "is_estimate", "reason"),
)
_STANDING = (
    select(
        *named(reports, "id", "revision", "note_revision", "is_late"),
        *columns.NARRATIVE,
    )
    .where(reports.c.team_id == bindparam("team"), reports.c.period_id == bindparam("period"))
    .with_for_update()
)
_VALUES = select(
    *named(measure_values, "measure_id", "numerator", "denominator", "is_estimate", "reason"),
).where(measure_values.c.team_id == bindparam("team"), measure_values.c.period_id == bindparam("period"))
_REVISE = update(reports).where(reports.c.id == bindparam("report"))
_CORRECTION = insert(corrections).returning(corrections.c.id)
