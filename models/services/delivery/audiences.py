"""Where what is not for all is said: in the team's channel where it is theirs alone, else in person."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, or_, select

from models.rules.collaborative.audience import (
    READ_BY,
    OnlyFor,
    Openness,
    Place,
    Readers,
    TeamPlace,
    openness,
)
from models.rules.collaborative.people import TEAM_ROLES, Collaborative, Role, Team
from models.services import columns, current
from models.services.collaborative import people
from models.services.delivery import accounts, places
from models.tables.base import written_out
from models.tables.collaborative import collaboratives
from models.tables.people import members, roles, teams


def of_team(
    db: Connection, workspace_id: int, team: Team, readers: Readers, now: datetime
) -> TeamPlace | None:
    """The team's channel for what these may read; None where it has none."""
    return next(iter(_of_teams(db, workspace_id, [team], readers, now)), None)


def open_ones(db: Connection, collaborative: Collaborative, now: datetime) -> tuple[TeamPlace, ...]:
    """The channels of a collaborative's teams that others can read, each with why."""
    there = current.taking_part(db, collaborative.id)
    places_known = _of_teams(db, collaborative.workspace_id, there, Readers.TEAM, now)
    return tuple(each for each in places_known if each.openness)


def may_read(db: Connection, readers: Readers, team_ids: Collection[int]) -> Mapping[int, set[str]]:
    """The Slack ids of all who may read what is for these teams, by the team's id."""
    by_team: dict[int, set[str]] = {team_id: set() for team_id in team_ids}
    for team_id, slack_user in db.execute(_MAY_READ[readers], {"teams": list(team_ids)}):
        by_team[team_id].add(slack_user)
    return by_team


def why_open(db: Connection, only_for: OnlyFor, place: Place | None) -> Openness | None:
    """Why a channel is open to others than those it is for; None when it is theirs alone."""
    return openness(place, may_read(db, only_for.readers, [only_for.team_id])[only_for.team_id])


def in_person(db: Connection, only_for: OnlyFor) -> tuple[str, ...]:
    """The Slack ids of a team's own people whom a message can reach, each once: who reports comes first."""
    row = db.execute(_COLLABORATIVE, {"team": only_for.team_id}).one()
    ours = [each for _, each in people.of_team(db, only_for.team_id)]
    reached = accounts.reachable(db, columns.collaborative(row), ours)
    return tuple(dict.fromkeys(each.slack_user for each in reached if each.slack_user))


def _of_teams(
    db: Connection, workspace_id: int, of: Sequence[Team], readers: Readers, now: datetime
) -> Iterator[TeamPlace]:
    own = {team: team.channel for team in of if team.channel}
    known = places.known_of(db, workspace_id, set(own.values())) if own else {}
    allowed = may_read(db, readers, [team.id for team in own]) if own else {}
    for team, channel in own.items():
        it = known.get(channel)
        place = it.place if it and it.is_fresh(now) else None
        yield TeamPlace(team, channel, it.place.name if it else "", openness(place, allowed[team.id]))


_COLLABORATIVE = (
    select(*columns.COLLABORATIVE)
    .join(teams, teams.c.collaborative_id == collaboratives.c.id)
    .where(teams.c.id == bindparam("team"))
)
_OF_ONE_TEAM = TEAM_ROLES | {Role.COACH}
_MAY_READ = {
    readers: select(teams.c.id, members.c.slack_user)
    .join(roles, roles.c.collaborative_id == teams.c.collaborative_id)
    .join(members, members.c.id == roles.c.member_id)
    .where(
        teams.c.id.in_(bindparam("teams", expanding=True)),
        members.c.slack_user.is_not(None),
        current.HOLDS_ROLE,
        or_(
            and_(roles.c.team_id == teams.c.id, roles.c.role.in_(written_out(*sorted(of & _OF_ONE_TEAM)))),
            and_(roles.c.team_id.is_(None), roles.c.role.in_(written_out(*sorted(of - _OF_ONE_TEAM)))),
        ),
    )
    for readers, of in READ_BY.items()
}
