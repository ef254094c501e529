"""Who somebody is, and the teams they may act for today."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, or_, select

from models.errors import DomainError
from models.rules.collaborative.people import (
    REPORTS_FOR_ANY_TEAM,
    TEAM_ROLES,
    Acting,
    Member,
    NoteReader,
    Role,
    Visitor,
)
from models.services import columns, current
from models.tables.base import written_out
from models.tables.collaborative import collaboratives, workspaces
from models.tables.people import members, roles, teams

NOT_YOURS = "I could not find that team among yours."
NOT_SET_UP = "This Slack workspace is not part of a collaborative yet."

RANK = {role: rank for rank, role in enumerate(Role)}  # who reports comes before who leads or sponsors
NEARNESS = {Role.COACH: 1, Role.HOST: 2, Role.COORDINATOR: 3}  # own teams, 0, come first; who may more before


def acting(db: Connection, visitor: Visitor) -> tuple[Acting, ...]:
    """One per team the visitor may act for: own teams by name, then coached ones, then as staff the rest."""
    rows = db.execute(_ROLES_TODAY, _parameters(visitor)).all()
    nearest: dict[int, Acting] = {}
    for one in sorted(map(_acting, rows), key=_own_first):
        nearest.setdefault(one.team.id, one)
    return tuple(nearest.values())


def acting_as_staff(db: Connection, visitor: Visitor) -> tuple[Acting, ...]:
    """One per role and team the visitor looks after; more than one where they do so twice over."""
    rows = db.execute(_ROLES_TODAY, _parameters(visitor)).all()
    return tuple(one for one in sorted(map(_acting, rows), key=_own_first) if one.is_on_behalf)


def acting_for(db: Connection, visitor: Visitor, team_id: int) -> Acting:
    """The visitor as they act for one team. Raises DomainError when it is none of theirs."""
    rows = db.execute(_ROLES_IN_TEAM, {**_parameters(visitor), "team": team_id}).all()
    if not rows:
        raise DomainError(NOT_YOURS)
    return min(map(_acting, rows), key=_own_first)


def acting_as(db: Connection, visitor: Visitor, team_id: int, roles: Collection[Role]) -> Acting | None:
    """The visitor as they act for a team in one of the wanted roles; None when they hold none of these."""
    rows = db.execute(_ROLES_IN_TEAM, {**_parameters(visitor), "team": team_id}).all()
    matching = [one for one in map(_acting, rows) if one.role in roles]
    return min(matching, key=_own_first, default=None)


def roles_held(db: Connection, visitor: Visitor) -> tuple[list[columns.AnyRow], ...]:
    """The roles the visitor has today, whatever they are, with the COLLABORATIVE columns: a list for each."""
    by_collaborative: dict[int, list[columns.AnyRow]] = {}
    for row in db.execute(_ROLES_HELD, _parameters(visitor)).all():
        by_collaborative.setdefault(row.collaborative_id, []).append(row)
    return tuple(by_collaborative.values())


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


def _own_first(one: Acting) -> tuple[int, str, int, int]:
    return (NEARNESS.get(one.role, 0), one.team.name, one.team.id, RANK[one.role])


def _parameters(visitor: Visitor) -> dict[str, str]:
    return {"slack_team": visitor.slack_team, "slack_user": visitor.slack_user}


def _acting(row: columns.AnyRow) -> Acting:
    return Acting(
        Member(row.member_id, row.member_name, row.slack_user),
        columns.team(row),
        columns.collaborative(row),
        Role(row.role),
    )


def _is_one_of(roles_wanted: Iterable[Role]) -> ColumnElement[bool]:
    return roles.c.role.in_(written_out(*sorted(roles_wanted)))


_MAY_ACT = or_(
    teams.c.id == roles.c.team_id, and_(roles.c.team_id.is_(None), _is_one_of(REPORTS_FOR_ANY_TEAM))
)
_ROLES_TODAY = (
    select(
        members.c.id.label("member_id"),
        members.c.name.label("member_name"),
        members.c.slack_user,
        roles.c.role,
        *columns.TEAM,
        *columns.COLLABORATIVE,
    )
    .select_from(members)
    .join(collaboratives, collaboratives.c.id == members.c.collaborative_id)
    .join(workspaces, workspaces.c.id == collaboratives.c.workspace_id)
    .join(roles, roles.c.member_id == members.c.id)
    .join(teams, and_(teams.c.collaborative_id == members.c.collaborative_id, _MAY_ACT))
    .where(
        workspaces.c.slack_team == bindparam("slack_team"),
        members.c.slack_user == bindparam("slack_user"),
        _is_one_of(TEAM_ROLES | REPORTS_FOR_ANY_TEAM | {Role.COACH}),
        current.HOLDS_ROLE,
        current.TAKES_PART,
    )
)
_ROLES_IN_TEAM = _ROLES_TODAY.where(teams.c.id == bindparam("team"))
_ROLES_HELD = (
    select(members.c.id.label("member_id"), roles.c.role, roles.c.team_id, *columns.COLLABORATIVE)
    .join(roles, roles.c.member_id == members.c.id)
    .join(collaboratives, collaboratives.c.id == members.c.collaborative_id)
    .join(workspaces, workspaces.c.id == collaboratives.c.workspace_id)
    .where(
        workspaces.c.slack_team == bindparam("slack_team"),
        members.c.slack_user == bindparam("slack_user"),
        current.HOLDS_ROLE,
    )
    .order_by(collaboratives.c.id, roles.c.id)
)
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
_STAFF = _HOLDERS.where(
    _is_one_of(REPORTS_FOR_ANY_TEAM), members.c.collaborative_id == bindparam("collaborative")
)
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
        _is_one_of(REPORTS_FOR_ANY_TEAM),
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
        or_(_IS_COACH_OF_TEAM, roles.c.role == Role.HOST),
        current.HOLDS_ROLE,
    )
    .order_by(members.c.name, members.c.id)
)
_STAFF_ROLES = select(roles.c.role).where(
    roles.c.member_id == bindparam("member"),
    or_(
        _IS_COACH_OF_TEAM,
        and_(roles.c.team_id.is_(None), _is_one_of(REPORTS_FOR_ANY_TEAM)),
    ),
    roles.c.joined_on <= bindparam("day"),
    or_(current.HOLDS_ROLE, roles.c.left_on >= bindparam("day")),  # who left that day had it when sending
)
