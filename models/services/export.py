"""Gathers all that somebody may take home."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from sqlalchemy import ColumnElement, Connection, Table, and_, select

from models.rules.collaborative.measure import Measure
from models.rules.collaborative.participant import Participant
from models.rules.collaborative.people import Collaborative, Visitor
from models.rules.export import ChangeLine, Export, Reach, ReportLine, ValueLine, reach
from models.rules.report.report import NARRATIVE_LABELS
from models.rules.report.taking_out import TAKEN_OUT, fields_of
from models.services import columns
from models.services.collaborative import definitions, visitors
from models.services.collaborative import measures as known_measures
from models.tables.base import named
from models.tables.collaborative import reporting_periods
from models.tables.measure import measures
from models.tables.people import members, teams
from models.tables.report import (
    corrections,
    measure_values,
    note_changes,
    reports,
    value_changes,
    words_taken_out,
)

NO_TEAM = 0  # the measures as the collaborative asks for them, without a team's own exceptions
NOTE = NARRATIVE_LABELS["coach_note"]
LOADED = "a file that was loaded"


def exports(db: Connection, visitor: Visitor) -> tuple[Export, ...]:
    """One for each collaborative in which something is the visitor's to take home."""
    everywhere = (_reach(db, each) for each in visitors.participants(db, visitor))
    return tuple(_export(db, each) for each in everywhere if each.teams)


def _reach(db: Connection, who: Participant) -> Reach:
    """Also of teams that withdrew: their past is there."""
    return reach(who, db.scalars(select(teams.c.id).where(teams.c.collaborative_id == who.collaborative.id)))


def _export(db: Connection, reach: Reach) -> Export:
    known = known_measures.of_collaborative(db, reach.collaborative.id, NO_TEAM)
    changes = [*_changes(db, reach), *_note_changes(db, reach), *_value_changes(db, reach)]
    changes += _taken_out(db, reach, {each.key: each.label for each in fields_of(known)})
    return Export(
        reach.collaborative,
        tuple(_values(db, reach, {measure.id: measure for measure in known})),
        tuple(_reports(db, reach)),
        tuple(sorted(changes, key=lambda change: change.at)),
        known,
        definitions.all_past(db, reach.collaborative.id),
        bool(reach.notes),
    )


def _values(db: Connection, reach: Reach, known: dict[int, Measure]) -> Iterable[ValueLine]:
    for row in db.execute(_VALUES.where(_within(measure_values, reach.collaborative, reach.teams))):
        value = columns.value(row.numerator, row.denominator, is_estimate=row.is_estimate)
        measure = known[row.measure_id]
        is_reported = row.report_id is not None
        yield ValueLine(row.team, row.first_day, measure, value, row.reason, is_reported, row.sample_size)


def _reports(db: Connection, reach: Reach) -> Iterable[ReportLine]:
    for row in db.execute(_REPORTS.where(_within(reports, reach.collaborative, reach.teams))):
        words = columns.narrative(row)
        if row.team_id not in reach.notes:
            words = replace(words, coach_note="")
        yield ReportLine(row.team, row.first_day, row.submitted_at, row.by, row.is_late, row.revision, words)


def _changes(db: Connection, reach: Reach) -> Iterable[ChangeLine]:
    for row in db.execute(_CORRECTIONS.where(_within(reports, reach.collaborative, reach.teams))):
        for change in row.changes:
            yield ChangeLine(row.team, row.first_day, row.at, row.by, **change)


def _note_changes(db: Connection, reach: Reach) -> Iterable[ChangeLine]:
    for row in db.execute(_NOTES.where(_within(reports, reach.collaborative, reach.notes))):
        yield ChangeLine(row.team, row.first_day, row.at, row.by, NOTE, row.old, row.new)


def _value_changes(db: Connection, reach: Reach) -> Iterable[ChangeLine]:
    for row in db.execute(_EARLIER.where(_within(value_changes, reach.collaborative, reach.teams))):
        yield ChangeLine(row.team, row.first_day, row.at, row.by or LOADED, row.measure, row.old, row.new)


def _taken_out(db: Connection, reach: Reach, labels: Mapping[str, str]) -> Iterable[ChangeLine]:
    """That words were taken out, by whom; what they were stands nowhere."""
    for row in db.execute(_OUT.where(_within(reports, reach.collaborative, reach.taken_out))):
        yield ChangeLine(row.team, row.first_day, row.at, row.by, labels[row.field], TAKEN_OUT, "")


def _within(table: Table, of: Collaborative, team_ids: Collection[int]) -> ColumnElement[bool]:
    """Rows of one collaborative, and of these teams."""
    return and_(table.c.collaborative_id == of.id, table.c.team_id.in_(team_ids))


_TEAM_AND_MONTH = (teams.c.name.label("team"), reporting_periods.c.first_day)
_BY = members.c.name.label("by")
_VALUES = (
    select(
        *_TEAM_AND_MONTH,
        *named(measure_values, "measure_id", "report_id", "numerator", "denominator"),
        *named(measure_values, "is_estimate", "reason", "sample_size"),
    )
    .join(teams, teams.c.id == measure_values.c.team_id)
    .join(reporting_periods, reporting_periods.c.id == measure_values.c.period_id)
    .order_by(teams.c.name, reporting_periods.c.first_day, measure_values.c.id)
)
_OF_A_REPORT = teams.c.id == reports.c.team_id
_OF_ITS_MONTH = reporting_periods.c.id == reports.c.period_id
_REPORTS = (
    select(
        *_TEAM_AND_MONTH,
        _BY,
        *named(reports, "team_id", "submitted_at", "is_late", "revision"),
        *columns.NARRATIVE,
    )
    .join(teams, _OF_A_REPORT)
    .join(reporting_periods, _OF_ITS_MONTH)
    .join(members, members.c.id == reports.c.member_id)
    .order_by(teams.c.name, reporting_periods.c.first_day)
)
_CORRECTIONS = (
    select(*_TEAM_AND_MONTH, _BY, corrections.c.at, corrections.c.changes)
    .join(reports, reports.c.id == corrections.c.report_id)
    .join(teams, _OF_A_REPORT)
    .join(reporting_periods, _OF_ITS_MONTH)
    .join(members, members.c.id == corrections.c.member_id)
    .order_by(corrections.c.id)
)
_NOTES = (
    select(*_TEAM_AND_MONTH, _BY, note_changes.c.at, note_changes.c.old, note_changes.c.new)
    .join(reports, reports.c.id == note_changes.c.report_id)
    .join(teams, _OF_A_REPORT)
    .join(reporting_periods, _OF_ITS_MONTH)
    .join(members, members.c.id == note_changes.c.member_id)
    .order_by(note_changes.c.id)
)
_OUT = (
    select(*_TEAM_AND_MONTH, _BY, words_taken_out.c.at, words_taken_out.c.field)
    .join(reports, reports.c.id == words_taken_out.c.report_id)
    .join(teams, _OF_A_REPORT)
    .join(reporting_periods, _OF_ITS_MONTH)
    .join(members, members.c.id == words_taken_out.c.member_id)
    .order_by(words_taken_out.c.id)
)
_EARLIER = (
    select(
        *_TEAM_AND_MONTH,
        _BY,
        measures.c.name.label("measure"),
        *named(value_changes, "at", "old", "new"),
    )
    .join(teams, teams.c.id == value_changes.c.team_id)
    .join(measures, measures.c.id == value_changes.c.measure_id)
    .join(reporting_periods, reporting_periods.c.id == value_changes.c.period_id)
    .join(members, members.c.id == value_changes.c.member_id, isouter=True)
    .order_by(value_changes.c.id)
)
