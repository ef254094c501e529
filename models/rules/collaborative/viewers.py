"""Who looks at charts: every member sees every team's, faculty and hosts all of them side by side."""

from dataclasses import dataclass

from models.rules.collaborative.measure import Measure
from models.rules.collaborative.people import Collaborative, Role, Team

SEES_ALL_AT_ONCE = frozenset({Role.FACULTY, Role.COORDINATOR, Role.HOST})


@dataclass(frozen=True)
class Viewer:
    """A person in one collaborative, with what there is to look at."""

    collaborative: Collaborative
    roles: frozenset[Role]
    teams: tuple[Team, ...]  # all that take part: own first, then coached ones, then the others, by name
    measures: tuple[Measure, ...]  # in order, those no longer asked for last

    @property
    def sees_all_at_once(self) -> bool:
        return bool(self.roles & SEES_ALL_AT_ONCE)
