"""Makes a stored collaborative what its file says: what the file drops is ended, not erased."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, delete, insert, select, update

from models.errors import DomainError
from models.rules.setup.plan import CollaborativePlan, MeasurePlan, TeamPlan
from models.rules.time.days import day_of
from models.services import current, ladders
from models.services.collaborative import calendar_months, definitions, periods
from models.services.delivery import accounts
from models.services.reminders import due_moves, milestones
from models.services.setup.stored_plan import find
from models.tables.collaborative import collaboratives, workspaces
from models.tables.measure import measures, team_measures
from models.tables.people import members, roles, teams

OVERTAKEN = (
    "The collaborative was changed a moment ago. Please load the file again to see what it changes now."
)


@dataclass(frozen=True)
class Ids:
    """The ids of rows by their keys."""

    members: Mapping[str, int]
    teams: Mapping[str, int]
    measures: Mapping[str, int]


def apply(
    db: Connection,
    slack_team: str,
    plan: CollaborativePlan,
    now: datetime,
    *,
    shown: CollaborativePlan | None,
) -> int:
    """Make the collaborative of `plan.key` what the plan says; answer its id.

    `shown` is the stored plan (None: there was none) whose difference the host agreed to. People no longer in
    the plan leave, teams withdraw and measures retire, on the day it is there now; their history stays.
    Raises DomainError when the collaborative is no longer as it was shown.
    """
    stored, today = find(db, slack_team, plan.key), day_of(now, plan.time_zone)
    if (stored.plan if stored else None) != shown:
        raise DomainError(OVERTAKEN)
    scope = stored.collaborative_id if stored else _create(db, slack_team, plan)
    if stored:
        db.execute(update(collaboratives).where(collaboratives.c.id == scope).values(_about(plan)))
    counted = {m.key: _measure(at, m) for at, m in enumerate(plan.measures, 1)}
    definitions.keep_past(db, scope, counted, today)
    ids = Ids(
        _keep(db, members, scope, {person.key: asdict(person) for person in plan.people}),
        _keep(
            db, teams, scope, {team.key: _team(team) for team in plan.teams}, ended=("withdrawn_on", today)
        ),
        _keep(db, measures, scope, counted, ended=("retired_on", today)),
    )
    _keep_roles(db, scope, plan, ids, today)
    _keep_exceptions(db, scope, plan, ids)
    due_days = _due_days(db, scope) if stored else {}
    calendar_months.keep(db, scope, plan.calendar, today)
    ladders.keep(db, scope, plan.reminders)
    if stored:
        due_moves.tell(db, ladders.snapshot(db, scope, now), due_days)
    accounts.expect(db, scope)
    owners = {"members": ids.members, "teams": ids.teams}
    milestones.keep(db, scope, plan.milestones, owners, today)
    return scope


def _due_days(db: Connection, scope: int) -> Mapping[int, date]:
    return {period.id: period.due_on for period in periods.of_collaborative(db, scope)}


def _create(db: Connection, slack_team: str, plan: CollaborativePlan) -> int:
    known = select(workspaces.c.id).where(workspaces.c.slack_team == slack_team)
    workspace = db.execute(known).scalar()
    if workspace is None:
        added = insert(workspaces).values(slack_team=slack_team).returning(workspaces.c.id)
        workspace = db.execute(added).scalar_one()
    row = {"workspace_id": workspace, "key": plan.key, **_about(plan)}
    scope: int = db.execute(insert(collaboratives).values(row).returning(collaboratives.c.id)).scalar_one()
    return scope


def _about(plan: CollaborativePlan) -> dict[str, Any]:
    names = ("name", "topic", "time_zone", "channel", "rules", "coach_first", "names_missing")
    about = {name: getattr(plan, name) for name in names}
    moved = {f"{month}": f"{due}" for month, due in plan.calendar.moved}
    return about | asdict(plan.calendar) | {"moved": moved, "aim": asdict(plan.aim)}


def _team(team: TeamPlan) -> dict[str, Any]:
    return {name: getattr(team, name) for name in ("key", "name", "channel", "time_zone")}


def _measure(position: int, measure: MeasurePlan) -> dict[str, Any]:
    own = {
        name: getattr(measure, name)
        for name in ("key", "name", "kind", "direction", "goal", "required", "sampling", "sample_size")
    }
    unit = {"unit": measure.unit.kind, "per": measure.unit.per, "noun": measure.unit.noun}
    return {"position": position, **own, **unit, **asdict(measure.definition)}


def _keep(
    db: Connection,
    table: Table,
    scope: int,
    rows: Mapping[str, Mapping[str, Any]],
    ended: tuple[str, date] | None = None,
) -> dict[str, int]:
    """Insert, update or end rows by their key, touching only those that differ; answer all ids by key."""
    column, today = ended or ("", None)
    alive = {column: None} if ended else {}
    stored = {row["key"]: row for row in _rows(db, table, scope)}
    for key, row in stored.items():
        changed = (
            {**rows[key], **alive} if key in rows else {column: row.get(column) or today} if ended else {}
        )
        if any(row[name] != value for name, value in changed.items()):
            db.execute(update(table).where(table.c.id == row["id"]).values(changed))
    new = [{"collaborative_id": scope, **row} for key, row in rows.items() if key not in stored]
    if new:
        db.execute(insert(table), new)
        stored = {row["key"]: row for row in _rows(db, table, scope)}
    return {key: row["id"] for key, row in stored.items()}


def _rows(db: Connection, table: Table, scope: int) -> Iterable[RowMapping]:
    return db.execute(select(table).where(table.c.collaborative_id == scope)).mappings().all()


def _keep_roles(db: Connection, scope: int, plan: CollaborativePlan, ids: Ids, today: date) -> None:
    """End the roles that are gone, today; begin the new ones. A role taken up again is a row of its own."""
    query = select(roles).where(roles.c.collaborative_id == scope, current.HOLDS_ROLE)
    stored = {(row.member_id, row.team_id, row.role): row.id for row in db.execute(query)}
    planned = [(ids.members[r.person], ids.teams.get(r.team), r.role.value) for r in sorted(plan.roles)]
    gone = [stored[key] for key in stored.keys() - planned]
    if gone:
        db.execute(update(roles).where(roles.c.id.in_(gone)).values(left_on=today))
    columns = ("member_id", "team_id", "role")
    begun = {"collaborative_id": scope, "joined_on": today}
    new = [begun | dict(zip(columns, key, strict=True)) for key in planned if key not in stored]
    if new:
        db.execute(insert(roles), new)


def _keep_exceptions(db: Connection, scope: int, plan: CollaborativePlan, ids: Ids) -> None:
    planned = {
        (ids.teams[team.key], ids.measures[measure], required)
        for team in plan.teams
        for measure, required in team.exceptions
    }
    query = select(team_measures).where(team_measures.c.collaborative_id == scope)
    if planned == {(row.team_id, row.measure_id, row.required) for row in db.execute(query)}:
        return
    db.execute(delete(team_measures).where(team_measures.c.collaborative_id == scope))
    columns = ("team_id", "measure_id", "required")
    new = [{"collaborative_id": scope, **dict(zip(columns, row, strict=True))} for row in sorted(planned)]
    if new:
        db.execute(insert(team_measures), new)
