"""Reads a stored collaborative as the plan its file would give, without what has ended."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from models.rules.charts.run_chart import Rules
from models.rules.collaborative.aim import Aim
from models.rules.collaborative.measure import Definition, Direction, MeasureKind, Unit, UnitKind
from models.rules.collaborative.people import Role
from models.rules.collaborative.period import PeriodDates
from models.rules.setup.plan import Calendar, CollaborativePlan, MeasurePlan, PersonPlan, RolePlan, TeamPlan
from models.services import current, ladders
from models.services.collaborative import periods
from models.services.reminders import milestones
from models.tables.base import named
from models.tables.collaborative import collaboratives, workspaces
from models.tables.measure import measures, team_measures
from models.tables.people import members, roles, teams


@dataclass(frozen=True)
class StoredPlan:
    collaborative_id: int
    plan: CollaborativePlan
    periods: tuple[PeriodDates, ...]  # as they stand, which may differ from the plan's


def find(db: Connection, slack_team: str, key: str) -> StoredPlan | None:
    """The collaborative of that key in a workspace; None when there is none."""
    row = db.execute(
        select(collaboratives)
        .join(workspaces)
        .where(workspaces.c.slack_team == slack_team, collaboratives.c.key == key)
    ).one_or_none()
    return StoredPlan(row.id, _plan(db, row), _periods(db, row.id)) if row else None


def names(db: Connection, slack_team: str) -> dict[str, str]:
    """All collaboratives of a workspace: name by key."""
    query = select(collaboratives.c.key, collaboratives.c.name).join(workspaces)
    rows = db.execute(query.where(workspaces.c.slack_team == slack_team).order_by(collaboratives.c.id))
    return {row.key: row.name for row in rows}


def _plan(db: Connection, row: Row[Any]) -> CollaborativePlan:
    people, roles_held = _people(db, row.id)
    return CollaborativePlan(
        key=row.key,
        name=row.name,
        topic=row.topic,
        aim=Aim(**row.aim),
        time_zone=row.time_zone,
        channel=row.channel,
        calendar=_calendar(row),
        people=people,
        teams=_teams(db, row.id),
        roles=roles_held,
        measures=_measures(db, row.id),
        rules=Rules(row.rules),
        coach_first=row.coach_first,
        names_missing=row.names_missing,
        reminders=ladders.find(db, row.id),
        milestones=milestones.plan(db, row.id),
    )


def _calendar(row: Row[Any]) -> Calendar:
    moved = sorted((date.fromisoformat(month), date.fromisoformat(due)) for month, due in row.moved.items())
    return Calendar(row.first_month, row.months, row.due_day, row.lock_days, tuple(moved))


def _periods(db: Connection, collaborative_id: int) -> tuple[PeriodDates, ...]:
    return tuple(
        PeriodDates(each.first_day, each.due_on, each.locks_on)
        for each in periods.of_collaborative(db, collaborative_id)
    )


def _people(db: Connection, collaborative_id: int) -> tuple[tuple[PersonPlan, ...], frozenset[RolePlan]]:
    rows = db.execute(
        select(
            *named(members, "key", "name", "slack_user", "time_zone", "digest"),
            roles.c.role,
            teams.c.key.label("team"),
        )
        .join(roles, roles.c.member_id == members.c.id)
        .outerjoin(teams, teams.c.id == roles.c.team_id)
        .where(
            members.c.collaborative_id == collaborative_id,
            current.HOLDS_ROLE,
            current.TAKES_PART,
        )
        .order_by(members.c.id)
    ).all()
    plans = (PersonPlan(row.key, row.name, row.slack_user, row.time_zone, row.digest) for row in rows)
    people = dict.fromkeys(plans)
    return tuple(people), frozenset(RolePlan(row.key, Role(row.role), row.team or "") for row in rows)


def _teams(db: Connection, collaborative_id: int) -> tuple[TeamPlan, ...]:
    differing = (
        select(team_measures.c.team_id, measures.c.key, team_measures.c.required)
        .join(measures, measures.c.id == team_measures.c.measure_id)
        .where(
            team_measures.c.collaborative_id == collaborative_id,
            current.IS_ASKED,
            measures.c.required != team_measures.c.required,
        )
    )
    exceptions: defaultdict[int, set[tuple[str, bool]]] = defaultdict(set)
    for team_id, key, required in db.execute(differing):
        exceptions[team_id].add((key, required))
    taking_part = teams.c.collaborative_id == collaborative_id, current.TAKES_PART
    rows = db.execute(select(teams).where(*taking_part).order_by(teams.c.id))
    return tuple(
        TeamPlan(row.key, row.name, row.channel, frozenset(exceptions[row.id]), row.time_zone) for row in rows
    )


def _measures(db: Connection, collaborative_id: int) -> tuple[MeasurePlan, ...]:
    in_use = measures.c.collaborative_id == collaborative_id, current.IS_ASKED
    rows = db.execute(select(measures).where(*in_use).order_by(measures.c.position, measures.c.id))
    return tuple(_measure(row) for row in rows)


def _measure(row: Row[Any]) -> MeasurePlan:
    return MeasurePlan(
        key=row.key,
        name=row.name,
        kind=MeasureKind(row.kind),
        unit=Unit(UnitKind(row.unit), row.per, row.noun),
        direction=Direction(row.direction),
        goal=row.goal,
        required=row.required,
        definition=Definition(row.conceptual, row.operational, row.numerator, row.denominator),
        sampling=row.sampling,
        sample_size=row.sample_size,
    )
