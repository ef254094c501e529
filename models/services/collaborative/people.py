"""Who holds which role today: whom to tell, to ask and to name."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, or_, select

from models.errors import DomainError
from models.rules.collaborative.people import (
    RUNS_ALL,
    TEAM_ROLES,
    Acting,
    Member,
    NoteReader,
    Role,
)
from models.rules.collaborative.policy import Kind, roles_seeing
from models.services import current
from models.tables.base import written_out
from models.tables.collaborative import collaboratives, workspaces
from models.tables.people import members, roles

NOT_SET_UP = "This Slack workspace is not part of a collaborative yet."

RANK = {role: rank for rank, role in enumerate(Role)}  # who reports comes before who leads or sponsors


def workspace_of(db: Connection, slack_team: str) -> int:
    """The id of a Slack workspace's row. Raises DomainError when it was never set up."""
    workspace_id: int | None = db.execute(_WORKSPACE, {"slack_team": slack_team}).scalar()
    if workspace_id is None:
        raise DomainError(NOT_SET_UP)
    return workspace_id


def coaches(db: Connection, team_id: int) -> tuple[Member, ...]:
    """The coaches of a team today, by name."""
    return _members(db, _COACHES, {"team": team_id})


def of_team(db: Connection, team_id: int) -> tuple[tuple[Role, Member], ...]:
    """Who holds a role in a team itself, those first who report for it."""
    rows = db.execute(_OF_TEAM, {"team": team_id})
    holders = [(Role(row.role), Member(row.id, row.name, row.slack_user)) for row in rows]
    return tuple(sorted(holders, key=lambda one: (RANK[one[0]], one[1].id)))


def note_readers(db: Connection, acting: Acting) -> tuple[NoteReader, ...]:
    """Who is sent a team's note for its coach: its coaches first, then the hosts, but not its writer."""
    parameters = {"team": acting.team.id, "collaborative": acting.collaborative.id}
    everyone = [
        NoteReader(row.name, row.slack_user, Role(row.role)) for row in db.execute(_NOTE_READERS, parameters)
    ]
    nearest: dict[str, NoteReader] = {}
    for one in sorted(everyone, key=lambda one: RANK[one.role]):
        if one.slack_user != acting.member.slack_user:
            nearest.setdefault(one.slack_user, one)
    return tuple(nearest.values())


def staff(db: Connection, collaborative_id: int) -> tuple[Member, ...]:
    """The coordinators and hosts of a collaborative today, by name."""
    return _members(db, _STAFF, {"collaborative": collaborative_id})


def whom_to_ask(db: Connection, slack_team: str) -> tuple[tuple[str, Role], ...]:
    """Who can add somebody: the coordinators of a workspace's collaboratives by name, else the hosts."""
    rows = db.execute(_CAN_ADD, {"slack_team": slack_team})
    candidates = [(row.name, Role(row.role)) for row in rows]
    nearest = min((RANK[role] for _, role in candidates), default=0)
    return tuple(one for one in candidates if RANK[one[1]] == nearest)


def staff_role(db: Connection, member_id: int, team_id: int, day: date) -> Role | None:
    """As what a member who is not of the team acted for it that day: coach, else coordinator, else host."""
    roles_then = db.execute(_STAFF_ROLES, {"member": member_id, "team": team_id, "day": day}).scalars()
    return min(map(Role, roles_then), key=RANK.__getitem__, default=None)


def _members(db: Connection, statement: Any, parameters: dict[str, Any]) -> tuple[Member, ...]:
    return tuple(Member(row.id, row.name, row.slack_user) for row in db.execute(statement, parameters))


def _is_one_of(roles_wanted: Iterable[Role]) -> ColumnElement[bool]:
    return roles.c.role.in_(written_out(*sorted(roles_wanted)))


_WORKSPACE = select(workspaces.c.id).where(workspaces.c.slack_team == bindparam("slack_team"))
_HOLDERS = (
    select(members.c.id, members.c.name, members.c.slack_user)
    .join(roles, roles.c.member_id == members.c.id)
    .where(current.HOLDS_ROLE)
    .distinct()
    .order_by(members.c.name, members.c.id)
)
_IS_COACH_OF_TEAM = and_(roles.c.role == Role.COACH, roles.c.team_id == bindparam("team"))
_COACHES = _HOLDERS.where(_IS_COACH_OF_TEAM)
_STAFF = _HOLDERS.where(_is_one_of(RUNS_ALL), members.c.collaborative_id == bindparam("collaborative"))
_OF_TEAM = (
    select(members.c.id, members.c.name, members.c.slack_user, roles.c.role)
    .join(roles, roles.c.member_id == members.c.id)
    .where(roles.c.team_id == bindparam("team"), _is_one_of(TEAM_ROLES), current.HOLDS_ROLE)
)
_CAN_ADD = (
    select(members.c.name, roles.c.role)
    .join(roles, roles.c.member_id == members.c.id)
    .join(collaboratives, collaboratives.c.id == members.c.collaborative_id)
    .join(workspaces, workspaces.c.id == collaboratives.c.workspace_id)
    .where(
        workspaces.c.slack_team == bindparam("slack_team"),
        _is_one_of(RUNS_ALL),
        current.HOLDS_ROLE,
    )
    .distinct()
    .order_by(members.c.name)
)
_NOTE_READERS = (
    select(members.c.name, members.c.slack_user, roles.c.role)
    .join(roles, roles.c.member_id == members.c.id)
    .where(
        members.c.collaborative_id == bindparam("collaborative"),
        members.c.slack_user.is_not(None),
        _is_one_of(roles_seeing(Kind.COACH_NOTE)),
        or_(roles.c.team_id == bindparam("team"), roles.c.team_id.is_(None)),
        current.HOLDS_ROLE,
    )
    .order_by(members.c.name, members.c.id)
)
_STAFF_ROLES = select(roles.c.role).where(
    roles.c.member_id == bindparam("member"),
    or_(
        _IS_COACH_OF_TEAM,
        and_(roles.c.team_id.is_(None), _is_one_of(RUNS_ALL)),
    ),
    roles.c.joined_on <= bindparam("day"),
    or_(current.HOLDS_ROLE, roles.c.left_on >= bindparam("day")),  # who left that day had it when sending
)
