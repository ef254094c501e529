"""Takes words out of a report, for good: the report, what was changed in it, drafts, and what was posted."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, bindparam, insert, select, update

from models.rules.collaborative.people import Acting, Visitor
from models.rules.collaborative.policy import Deed
from models.rules.report.report import FORM, NARRATIVE_LABELS, Change, CoachNote, filled_in_for
from models.rules.report.taking_out import NOTE, ReportWords, TakenOut, WordsField
from models.services import columns
from models.services.collaborative import visitors
from models.services.delivery import posts
from models.services.report.cards import coach_note
from models.services.report.posts import ReportPosts
from models.services.report.words_stored import StoredWords, report_row, stored_words, value_without
from models.tables.collaborative import collaboratives
from models.tables.draft import drafts
from models.tables.people import members
from models.tables.report import (
    corrections,
    measure_values,
    note_changes,
    reports,
    value_changes,
    words_taken_out,
)


def of_report(db: Connection, visitor: Visitor, report_id: int) -> ReportWords:
    """What the visitor may take out of a report, and what was. Raises DomainError for who may not."""
    report = report_row(db, report_id)
    team, there = columns.team(report), columns.collaborative(report)
    acting = visitors.insist_for_past(db, visitor, Deed.TAKE_OUT_WORDS, there, team)
    stored = stored_words(db, report)
    labels = {each.key: each.label for each in stored.fields}
    taken_out = (
        TakenOut(labels[row.field], row.name, there.day_of(row.at))
        for row in db.execute(_TAKEN_OUT, {"report": report_id})
    )
    left = tuple(filter(stored.holds, stored.fields))
    return ReportWords(acting, report_id, columns.period(report), left, tuple(taken_out))


def take_out(db: Connection, acting: Acting, report_id: int, keys: Collection[str], now: datetime) -> None:
    """Take the words of these fields out wherever they stand, and have what was posted said without them.

    What is out already changes nothing.
    """
    db.execute(_LOCK, {"report": report_id})
    stored = stored_words(db, report_row(db, report_id))
    chosen = tuple(each for each in stored.fields if each.key in keys and stored.holds(each))
    if not chosen:
        return
    changes = [each.change for each in chosen if each.key != NOTE and stored.stands(each)]
    has_note = any(each.key == NOTE for each in chosen)
    revision, note_revision = stored.report.revision + bool(changes), stored.report.note_revision + has_note
    _empty(db, stored, chosen, revision=revision, note_revision=note_revision)
    _empty_changes(db, stored, chosen)
    _empty_drafts(db, stored, chosen)
    common = {
        "collaborative_id": acting.collaborative.id,
        "report_id": report_id,
        "member_id": acting.member.id,
        "at": now,
    }
    db.execute(insert(words_taken_out), [{**common, "field": each.key} for each in chosen])
    telling = ReportPosts(db, acting, report_id, now)
    if changes:
        as_what = {"revision": revision, "role": acting.role, "changes": _written(changes)}
        telling.corrected(revision, db.execute(_CORRECTION, {**common, **as_what}).scalar_one())
    if has_note:
        telling.note_taken_out(note_revision)


def note_taken_out(db: Connection, args: Mapping[str, Any]) -> tuple[CoachNote, TakenOut] | None:
    """What a message that told the coach's note says instead; None where there is none to edit."""
    report_id = args["report_id"]
    row = db.execute(_LAST_TAKEN_OUT, {"report": report_id, "field": NOTE}).first()
    if row is None or posts.find(db, args["collaborative_id"], args["post"], args["to"]) is None:
        return None
    on = columns.collaborative(row).day_of(row.at)
    return coach_note(db, report_id), TakenOut(NARRATIVE_LABELS[NOTE], row.name, on)


def unswept(db: Connection) -> tuple[int, ...]:
    """What was taken out and may be in the files' bytes still."""
    return tuple(db.scalars(_UNSWEPT))


def keep_swept(db: Connection, ids: Collection[int], now: datetime) -> None:
    """Keep when that was in none of them any more: copies made before then may hold the words."""
    db.execute(update(words_taken_out).where(words_taken_out.c.id.in_(ids)).values(swept_at=now))


def _empty(db: Connection, stored: StoredWords, chosen: Collection[WordsField], **revisions: int) -> None:
    """Empty the report itself; a form that still shows the words is of an earlier revision then."""
    answers = {each.key: each.emptied for each in chosen if each.measure_id is None}
    db.execute(update(reports).where(reports.c.id == stored.report.id).values(**answers, **revisions))
    cell = {"of_team": stored.report.team_id, "of_period": stored.report.period_id}
    reasons = [
        {**cell, "of_measure": each.measure_id, "reason": each.emptied}
        for each in chosen
        if each.measure_id and stored.stands(each)
    ]
    if reasons:
        db.execute(_NO_REASON, reasons)


def _empty_changes(db: Connection, stored: StoredWords, chosen: Collection[WordsField]) -> None:
    """Empty what was changed before: of answers and reasons, of the note, and of what a table gave."""
    for correction_id, changes in stored.changed.items():
        left = changes
        for field in chosen:
            left = stored.without(field, left)
        if left != changes:
            _put(db, corrections, correction_id, changes=_written(left))
    for field in chosen:
        for row in stored.notes if field.key == NOTE else ():
            _put(db, note_changes, row.id, old=field.without(row.old), new=field.without(row.new))
        for row in stored.values:
            if left_of_row := value_without(row, field):
                _put(db, value_changes, row.id, **left_of_row)


def _empty_drafts(db: Connection, stored: StoredWords, chosen: Collection[WordsField]) -> None:
    """Of all who began to change the report: what else they typed stays."""
    about = filled_in_for(stored.report.team_id, stored.report.period_id)
    known = {"collaborative": stored.report.collaborative_id, "kind": FORM, "about": about}
    for row in db.execute(_DRAFTS, known).all():
        answers = row.answers
        for field in chosen:
            answers = field.out_of_draft(answers)
        _put(db, drafts, row.id, answers=answers)


def _put(db: Connection, table: Table, row_id: int, **values: Any) -> None:
    db.execute(update(table).where(table.c.id == row_id).values(**values))


def _written(changes: Collection[Change]) -> list[dict[str, str]]:
    return [asdict(each) for each in changes]


HOLDING_WORDS = tuple(
    table.name for table in (reports, measure_values, corrections, note_changes, value_changes, drafts)
)
_UNSWEPT = select(words_taken_out.c.id).where(words_taken_out.c.swept_at.is_(None))
_LOCK = select(reports.c.id).where(reports.c.id == bindparam("report")).with_for_update()
_NO_REASON = update(measure_values).where(
    measure_values.c.team_id == bindparam("of_team"),
    measure_values.c.period_id == bindparam("of_period"),
    measure_values.c.measure_id == bindparam("of_measure"),
)
_CORRECTION = insert(corrections).returning(corrections.c.id)
_DRAFTS = select(drafts.c.id, drafts.c.answers).where(
    drafts.c.collaborative_id == bindparam("collaborative"),
    drafts.c.kind == bindparam("kind"),
    drafts.c.about == bindparam("about"),
)
_TAKEN_OUT = (
    select(words_taken_out.c.field, words_taken_out.c.at, members.c.name, *columns.COLLABORATIVE)
    .join(members, members.c.id == words_taken_out.c.member_id)
    .join(collaboratives, collaboratives.c.id == words_taken_out.c.collaborative_id)
    .where(words_taken_out.c.report_id == bindparam("report"))
    .order_by(words_taken_out.c.id)
)
_LAST_TAKEN_OUT = (
    _TAKEN_OUT.where(words_taken_out.c.field == bindparam("field"))
    .order_by(None)
    .order_by(words_taken_out.c.id.desc())
)
