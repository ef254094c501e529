"""Who looks at charts, and what there is for them to look at."""

from dataclasses import dataclass

from models.rules.collaborative.measure import Measure
from models.rules.collaborative.participant import Participant
from models.rules.collaborative.people import Collaborative, Role, Team
from models.rules.collaborative.policy import Deed


@dataclass(frozen=True)
class Viewer:
    """A person in one collaborative, with what there is to look at."""

    participant: Participant
    teams: tuple[Team, ...]  # those they may look at: own first, then coached ones, then the others, by name
    measures: tuple[Measure, ...]  # in order, those no longer asked for last

    @property
    def collaborative(self) -> Collaborative:
        return self.participant.collaborative

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(one.role for one in self.participant.roles if not one.is_over)

    @property
    def sees_all_at_once(self) -> bool:
        return self.participant.may(Deed.COMPARE_TEAMS)
