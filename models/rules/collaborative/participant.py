"""A person in one collaborative: what they see and may do there, by all the roles they have or had."""

from dataclasses import dataclass

from models.rules.collaborative.people import Collaborative, Member, Role, Team
from models.rules.collaborative.policy import MAY, SEES, Deed, Kind, Relation, RoleHeld, Sight


@dataclass(frozen=True)
class Participant:
    """A person in one collaborative, with all the roles they have or had in it."""

    member: Member
    collaborative: Collaborative
    roles: tuple[RoleHeld, ...]

    def relations(self, team_id: int | None = None) -> frozenset[Relation]:
        """All that they are to a team; None: to what is of all."""
        return frozenset(one.relation(team_id) for one in self.roles)

    def sight(self, kind: Kind, team_id: int | None = None) -> Sight:
        """How much of a kind of object they see: what the best of their relations does."""
        return max(SEES[kind][each] for each in self.relations(team_id))

    def sees(self, kind: Kind, team_id: int | None = None) -> bool:
        """Whether they see all of it."""
        return self.sight(kind, team_id) is Sight.ALL

    def may(self, deed: Deed, team_id: int | None = None) -> bool:
        """Whether it is theirs to do."""
        return not MAY[deed].isdisjoint(self.relations(team_id))

    def role_for(self, deed: Deed, team_id: int) -> Role | None:
        """The role in which it is theirs to do, the nearest to the team first; None: in none."""
        nearness = {each: each.relation(team_id) for each in self.roles}
        theirs = [each for each, relation in nearness.items() if relation in MAY[deed]]
        return min(theirs, key=lambda each: list(Relation).index(nearness[each])).role if theirs else None

    @property
    def takes_part(self) -> bool:
        """Whether there is anything for them to see: of all, or of a team of theirs."""
        own = {one.team.id for one in self.roles if one.team}
        return any(self.sight(kind, team_id) for kind in Kind for team_id in (None, *own))

    @property
    def withdrawn(self) -> tuple[Team, ...]:
        """The teams of theirs that take part no more."""
        of_theirs = (one.team for one in self.roles if one.team and one.has_withdrawn)
        return tuple(team for team in of_theirs if Relation.WITHDRAWN_TEAM in self.relations(team.id))
