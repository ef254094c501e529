"""What others read of a report: the card, its corrections, the coach's note."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection, bindparam, select

from models.errors import DomainError
from models.rules.collaborative.measure import Measure
from models.rules.collaborative.people import TEAM_ROLES
from models.rules.report.report import CardLine, Change, CoachNote, Correction, ReportCard
from models.services import columns
from models.services.collaborative import measures, people
from models.tables.base import named
from models.tables.collaborative import collaboratives, reporting_periods
from models.tables.people import members, teams
from models.tables.report import corrections, reports

NO_SUCH_REPORT = "I could not find that report."


def card(db: Connection, report_id: int) -> ReportCard:
    """What every team sees of a report as it stands now; the coach's note stays out."""
    row = _report(db, report_id)
    measures_asked = measures.asked(db, row.collaborative_id, row.team_id, row.first_day)
    values = measures.told(db, row.team_id, row.first_day)
    return ReportCard(
        report_id=row.id,
        collaborative=columns.collaborative(row),
        team=columns.team(row),
        period=columns.period(row),
        lines=tuple(line for measure in measures_asked if (line := _line(measure, row, values))),
        narrative=replace(columns.narrative(row), coach_note=""),
        reported_by=row.member_name,
        on_behalf=row.on_behalf,
        revision=row.revision,
        submitted_at=row.submitted_at,
        reported_as=_role(db, row) if row.on_behalf else "",
    )


def correction(db: Connection, correction_id: int) -> Correction:
    """One correction: who, when, old and new in words."""
    row = db.execute(_CORRECTION, {"correction": correction_id}).one_or_none()
    if row is None:
        raise DomainError(NO_SUCH_REPORT)
    changes = tuple(Change(**change) for change in row.changes)
    role = "" if row.role in TEAM_ROLES else row.role
    is_closed = columns.collaborative(row).day_of(row.at) > row.locks_on
    closed_on = row.locks_on if is_closed else None
    return Correction(row.report_id, row.revision, row.name, row.at, changes, role, closed_on)


def coach_note(db: Connection, report_id: int) -> CoachNote:
    """The words for the coach as they stand now."""
    row = _report(db, report_id)
    return CoachNote(columns.collaborative(row), columns.team(row), columns.period(row), row.coach_note)


def _report(db: Connection, report_id: int) -> columns.AnyRow:
    row = db.execute(_REPORT, {"report": report_id}).one_or_none()
    if row is None:
        raise DomainError(NO_SUCH_REPORT)
    return row


def _role(db: Connection, row: columns.AnyRow) -> str:
    day = columns.collaborative(row).day_of(row.submitted_at)
    role = people.staff_role(db, row.member_id, row.team_id, day)
    return role.value if role else ""


def _line(measure: Measure, row: columns.AnyRow, values: Iterable[measures.ReportedValue]) -> CardLine | None:
    """One line of the card; None for a measure the team was not asked when it reported."""
    own = [one for one in values if one.measure_id == measure.id]
    now = [one.entry for one in own if one.period_id == row.period_id]
    if not now:
        return None
    before = [one for one in own if one.first_day < row.first_day and one.value]
    return CardLine(
        measure,
        now[0].value,
        now[0].reason,
        previous=before[-1].value if before else None,
        previous_period=f"{before[-1].first_day:%B %Y}" if before else "",
    )


_REPORT = (
    select(
        *named(reports, "id", "on_behalf", "revision", "submitted_at", "member_id"),
        members.c.name.label("member_name"),
        *columns.NARRATIVE,
        *columns.TEAM,
        *columns.PERIOD,
        *columns.COLLABORATIVE,
    )
    .join(members, members.c.id == reports.c.member_id)
    .join(teams, teams.c.id == reports.c.team_id)
    .join(reporting_periods, reporting_periods.c.id == reports.c.period_id)
    .join(collaboratives, collaboratives.c.id == reports.c.collaborative_id)
    .where(reports.c.id == bindparam("report"))
)
_CORRECTION = (
    select(
        corrections.c.report_id,
        corrections.c.revision,
        members.c.name,
        *named(corrections, "role", "at", "changes"),
        reporting_periods.c.locks_on,
        *columns.COLLABORATIVE,
    )
    .join(reports, reports.c.id == corrections.c.report_id)
    .join(reporting_periods, reporting_periods.c.id == reports.c.period_id)
    .join(collaboratives, collaboratives.c.id == corrections.c.collaborative_id)
    .join(members, members.c.id == corrections.c.member_id)
    .where(corrections.c.id == bindparam("correction"))
)
