"""All that the teams of a collaborative told, month by month: what flags are found in."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import BindParameter, Connection, bindparam, func, select

from models.rules.collaborative.people import Collaborative, Team
from models.rules.report.report import Entry
from models.rules.report.team_record import Month, SentReport, TeamRecord
from models.services import columns
from models.services.collaborative import measures, periods
from models.services.reminders import expectations
from models.tables.base import named
from models.tables.collaborative import collaboratives
from models.tables.people import roles
from models.tables.report import measure_values, reports

Cells = Mapping[tuple[int, int], Mapping[int, Entry]]  # (team, period) -> measure -> what was said


def records(
    db: Connection, collaborative: Collaborative, teams: Sequence[Team], now: datetime
) -> tuple[TeamRecord, ...]:
    """One record for each team, from its first month to the one we are in."""
    scope, today = {"collaborative": collaborative.id}, collaborative.day_of(now)
    begun = [each for each in periods.of_collaborative(db, collaborative.id) if each.first_day <= today]
    start: date = db.execute(_START, scope).scalar_one()
    here = {**scope, "teams": [team.id for team in teams]}
    entries = _entries(db, here)
    sent = {(row.team_id, row.period_id): _sent(row, collaborative) for row in db.execute(_REPORTS, here)}
    joined: dict[int, date] = {row[0]: row[1] for row in db.execute(_JOINED, scope)}
    excused = expectations.given_up(db, collaborative.id)
    team_records = []
    for team in teams:
        known = measures.of_collaborative(db, collaborative.id, team.id)
        since = joined.get(team.id, today)
        months = [
            Month(
                each,
                sent.get(place),
                entries.get(place, {}),
                is_excused=place in excused,
                is_its_own=each.first_day >= start and each.due_on > since,
            )
            for each in begun
            for place in [(team.id, each.id)]
        ]
        team_records.append(TeamRecord(team, known, _answered_for(months)))
    return tuple(team_records)


def reports_since(
    db: Connection, collaborative: Collaborative, of: Iterable[Team], since: datetime
) -> tuple[int, ...]:
    """The ids of these teams' reports that came since, the latest first."""
    ids = {team.id for team in of}
    rows = db.execute(_SINCE, {"collaborative": collaborative.id, "since": since})
    return tuple(row.id for row in rows if row.team_id in ids)


def _sent(row: columns.AnyRow, collaborative: Collaborative) -> SentReport:
    on = collaborative.day_of(row.submitted_at)
    return SentReport(row.is_late, on, columns.narrative(row), row.on_behalf)


def _answered_for(months: Iterable[Month]) -> tuple[Month, ...]:
    """A team answers for the months that are its own; it may tell of others."""
    return tuple(month for month in months if month.is_told or month.is_its_own)


def _entries(db: Connection, here: Mapping[str, object]) -> Cells:
    by_place: defaultdict[tuple[int, int], dict[int, Entry]] = defaultdict(dict)
    for team, period, measure, above, below, estimate, reason in db.execute(_VALUES, here):
        value = columns.value(above, below, is_estimate=estimate)
        if value is not None or reason:
            by_place[team, period][measure] = Entry(measure, value, reason)
    return by_place


_START = select(collaboratives.c.first_month).where(collaboratives.c.id == bindparam("collaborative"))
_TEAMS: BindParameter[list[int]] = bindparam("teams", expanding=True)
_REPORTS = select(
    *named(reports, "team_id", "period_id", "is_late", "on_behalf", "submitted_at"),
    *columns.NARRATIVE,
).where(reports.c.collaborative_id == bindparam("collaborative"), reports.c.team_id.in_(_TEAMS))
_SINCE = (
    select(reports.c.id, reports.c.team_id)
    .where(
        reports.c.collaborative_id == bindparam("collaborative"),
        reports.c.submitted_at >= bindparam("since"),
    )
    .order_by(reports.c.submitted_at.desc(), reports.c.id.desc())
)
_VALUES = select(
    *named(
        measure_values,
        "team_id",
        "period_id",
        "measure_id",
        "numerator",
        "denominator",
        "is_estimate",
        "reason",
    ),
).where(measure_values.c.collaborative_id == bindparam("collaborative"), measure_values.c.team_id.in_(_TEAMS))
_JOINED = (
    select(roles.c.team_id, func.min(roles.c.joined_on))
    .where(roles.c.collaborative_id == bindparam("collaborative"), roles.c.team_id.is_not(None))
    .group_by(roles.c.team_id)
)
