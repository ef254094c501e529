"""Who is there, and what is theirs to see and do: the one way to whatever belongs to a team or to all.

What a visitor names, ids among it, is a hint; the policy (`models/rules/collaborative/policy.py`) decides.
"""

from sqlalchemy import Connection, and_, bindparam, or_, select

from models.rules.collaborative.participant import Participant
from models.rules.collaborative.people import Acting, Collaborative, Member, Role, Team, Visitor
from models.rules.collaborative.policy import Deed, RoleHeld, may, refusal
from models.services import columns, current
from models.services.collaborative.people import RANK
from models.tables.collaborative import collaboratives, workspaces
from models.tables.people import members, roles, teams

NEARNESS = {Role.COACH: 1, Role.HOST: 2, Role.COORDINATOR: 3}  # own teams, 0, come first; who may more before


def insist(db: Connection, visitor: Visitor, deed: Deed, team_id: int | None) -> Acting:
    """The visitor as who may do a deed for a team, in their nearest role to it.

    Raises DomainError, in the deed's words, for anybody else, and where there is no such team.
    """
    rows = db.execute(_ROLES_IN_TEAM, {**_parameters(visitor), "team": team_id})
    theirs = [one for one in map(_acting, rows) if may(one, deed)]
    if not theirs:
        raise refusal(deed)
    return min(theirs, key=_own_first)


def insist_for_all(db: Connection, visitor: Visitor, deed: Deed, collaborative_id: int | None) -> Participant:
    """The visitor as who may do a deed for all of a collaborative. Raises DomainError for anybody else."""
    for each in participants(db, visitor):
        if each.collaborative.id == collaborative_id and each.may(deed):
            return each
    raise refusal(deed)


def insist_for_past(
    db: Connection, visitor: Visitor, deed: Deed, collaborative: Collaborative, team: Team
) -> Acting:
    """The visitor as who may do a deed for a team, also after it withdrew. Raises DomainError for others."""
    for each in participants(db, visitor):
        if each.collaborative == collaborative and (role := each.role_for(deed, team.id)):
            return Acting(each.member, team, collaborative, role)
    raise refusal(deed)


def able(db: Connection, visitor: Visitor, deed: Deed) -> tuple[Acting, ...]:
    """One per team the visitor may do a deed for: own teams by name, then coached ones, then the rest."""
    rows = db.execute(_ROLES_TODAY, _parameters(visitor))
    nearest: dict[int, Acting] = {}
    for one in sorted(map(_acting, rows), key=_own_first):
        if may(one, deed):
            nearest.setdefault(one.team.id, one)
    return tuple(nearest.values())


def participants(db: Connection, visitor: Visitor) -> tuple[Participant, ...]:
    """The visitor in each collaborative where there is something for them to see; none for a stranger."""
    by_collaborative: dict[int, list[columns.AnyRow]] = {}
    for row in db.execute(_HELD, _parameters(visitor)):
        by_collaborative.setdefault(row.collaborative_id, []).append(row)
    everywhere = map(_participant, by_collaborative.values())
    return tuple(each for each in everywhere if each.takes_part)


def _participant(rows: list[columns.AnyRow]) -> Participant:
    first = rows[0]
    each_role = (
        RoleHeld(
            Role(row.role),
            columns.team(row) if row.team_id else None,
            is_over=row.left_on is not None,
            has_withdrawn=row.withdrawn_on is not None,
        )
        for row in rows
    )
    member = Member(first.member_id, first.member_name, first.slack_user)
    return Participant(member, columns.collaborative(first), tuple(each_role))


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


_MEMBER = (members.c.id.label("member_id"), members.c.name.label("member_name"), members.c.slack_user)
_IS_VISITOR = and_(
    workspaces.c.slack_team == bindparam("slack_team"), members.c.slack_user == bindparam("slack_user")
)
_ROLES_TODAY = (  # each with the team it is in, or with all of the collaborative
    select(*_MEMBER, roles.c.role, *columns.TEAM, *columns.COLLABORATIVE)
    .select_from(members)
    .join(collaboratives, collaboratives.c.id == members.c.collaborative_id)
    .join(workspaces, workspaces.c.id == collaboratives.c.workspace_id)
    .join(roles, roles.c.member_id == members.c.id)
    .join(
        teams,
        and_(
            teams.c.collaborative_id == members.c.collaborative_id,
            or_(teams.c.id == roles.c.team_id, roles.c.team_id.is_(None)),
        ),
    )
    .where(_IS_VISITOR, current.HOLDS_ROLE, current.TAKES_PART)
)
_ROLES_IN_TEAM = _ROLES_TODAY.where(teams.c.id == bindparam("team"))
_HELD = (
    select(
        *_MEMBER, roles.c.role, roles.c.left_on, teams.c.withdrawn_on, *columns.TEAM, *columns.COLLABORATIVE
    )
    .select_from(members)
    .join(roles, roles.c.member_id == members.c.id)
    .join(teams, teams.c.id == roles.c.team_id, isouter=True)
    .join(collaboratives, collaboratives.c.id == members.c.collaborative_id)
    .join(workspaces, workspaces.c.id == collaboratives.c.workspace_id)
    .where(_IS_VISITOR)
    .order_by(collaboratives.c.id, roles.c.id)
)
