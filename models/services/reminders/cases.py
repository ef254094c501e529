"""The teams and months whose report is waited for, each with the people a reminder can reach."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta

from sqlalchemy import BindParameter, Connection, and_, bindparam, select, union

from models.rules.collaborative.people import Role
from models.rules.collaborative.period import ReportingPeriod
from models.rules.reminders.due_message import Snapshot
from models.rules.reminders.expectation import Expectation, TeamSaid
from models.rules.reminders.reminders import Case, Reachable
from models.services import columns, current
from models.services.collaborative import measures
from models.services.reminders import expectations
from models.tables.base import named
from models.tables.collaborative import reporting_periods
from models.tables.people import accounts, members, roles, teams
from models.tables.report import measure_values, reports

AHEAD = timedelta(days=60)  # a ladder begins no earlier
BEHIND = timedelta(days=1)  # a month closed yesterday here may still be open in a person's window

Places = Mapping[tuple[int | None, Role], tuple[Reachable, ...]]  # (team, role) -> who holds it; None: staff


def waited_for(db: Connection, snapshot: Snapshot) -> tuple[Case, ...]:
    """Every team and month near its due day that has no report; teams that withdrew are left out."""
    months = near(db, snapshot)
    reported = reported_by(db, snapshot.collaborative.id)
    words = expectations.all_said(db, snapshot.collaborative.id)
    places = people(db, snapshot)
    return tuple(
        _case(team.id, month, places).with_expectation(
            _pause(db, snapshot, team.id, month, words.get((team.id, month.id), TeamSaid()))
        )
        for team in sorted(current.taking_part(db, snapshot.collaborative.id), key=lambda team: team.id)
        for month in months
        if (team.id, month.id) not in reported
    )


def near(db: Connection, snapshot: Snapshot) -> tuple[ReportingPeriod, ...]:
    """The months not closed whose ladder may have begun."""
    rows = db.execute(
        _NEAR,
        {
            "collaborative": snapshot.collaborative.id,
            "open": snapshot.today - BEHIND,
            "ahead": snapshot.today + AHEAD,
        },
    )
    return tuple(columns.period(row) for row in rows)


def reported_by(db: Connection, collaborative_id: int) -> frozenset[tuple[int, int]]:
    """(team, period) of every report, and of values that came in a file."""
    rows = db.execute(_REPORTED, {"collaborative": collaborative_id})
    return frozenset((row.team_id, row.period_id) for row in rows)


def people(db: Connection, snapshot: Snapshot) -> Places:
    """Who holds which role today and can be reached in Slack, by name."""
    by_place: defaultdict[tuple[int | None, Role], list[Reachable]] = defaultdict(list)
    parameters = {
        "collaborative": snapshot.collaborative.id,
        "workspace": snapshot.collaborative.workspace_id,
    }
    for row in db.execute(_PEOPLE, parameters):
        zone = row.own_zone or row.team_zone or row.slack_zone or snapshot.collaborative.time_zone
        by_place[row.team_id, Role(row.role)].append(Reachable(row.id, row.name, row.slack_user, zone))
    return {place: tuple(reached) for place, reached in by_place.items()}


def answering(places: Places, team_id: int) -> tuple[Reachable, ...]:
    """Who answers for a team's report: its reporters, else the backups, else the leads."""
    return _first(places, ((team_id, role) for role in (Role.REPORTER, Role.BACKUP_REPORTER, Role.LEAD)))


def staff(places: Places) -> tuple[Reachable, ...]:
    """Who runs the collaborative: the coordinator, else the host."""
    return _first(places, ((None, Role.COORDINATOR), (None, Role.HOST)))


def _case(team_id: int, month: ReportingPeriod, places: Places) -> Case:
    coaches = places.get((team_id, Role.COACH), ())
    return Case(
        team_id,
        month.id,
        month.due_on,
        month.locks_on,
        reporters=places.get((team_id, Role.REPORTER), ()),
        backups=places.get((team_id, Role.BACKUP_REPORTER), ()),
        leads=places.get((team_id, Role.LEAD), ()),
        coaches=coaches or staff(places),
    )


def _pause(
    db: Connection, snapshot: Snapshot, team_id: int, month: ReportingPeriod, word: TeamSaid
) -> Expectation | None:
    """The word reminders go by; a question about a measure pauses all only where nothing else is needed."""
    if not word.questions:
        return word.said
    needed = measures.needed(db, snapshot.collaborative.id, team_id, month.first_day)
    return word.pause([measure.id for measure in needed])


def _first(by_place: Places, places: Iterable[tuple[int | None, Role]]) -> tuple[Reachable, ...]:
    return next((by_place[place] for place in places if place in by_place), ())


_SCOPE: BindParameter[int] = bindparam("collaborative")
_NEAR = (
    select(*columns.PERIOD)
    .where(
        reporting_periods.c.collaborative_id == _SCOPE,
        reporting_periods.c.locks_on >= bindparam("open"),
        reporting_periods.c.due_on <= bindparam("ahead"),
    )
    .order_by(reporting_periods.c.first_day)
)
_REPORTED = union(
    *(
        select(table.c.team_id, table.c.period_id).where(table.c.collaborative_id == _SCOPE)
        for table in (reports, measure_values)
    )
)
_PEOPLE = (
    select(
        *named(members, "id", "name", "slack_user"),
        members.c.time_zone.label("own_zone"),
        teams.c.time_zone.label("team_zone"),
        accounts.c.time_zone.label("slack_zone"),
        roles.c.team_id,
        roles.c.role,
    )
    .join(roles, roles.c.member_id == members.c.id)
    .join(teams, teams.c.id == roles.c.team_id, isouter=True)
    .join(
        accounts,
        and_(
            accounts.c.slack_user == members.c.slack_user, accounts.c.workspace_id == bindparam("workspace")
        ),
        isouter=True,
    )
    .where(
        members.c.collaborative_id == _SCOPE,
        members.c.slack_user.is_not(None),
        accounts.c.lost_at.is_(None),
        current.HOLDS_ROLE,
    )
    .order_by(members.c.name, members.c.id)
)
