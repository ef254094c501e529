"""Who looks at charts: every member sees every team's, faculty and hosts all of them side by side."""

from dataclasses import dataclass

from models.rules.control_chart import Kind
from models.rules.measure import Measure
from models.rules.people import Collaborative, Role, Team

SEES_ALL_AT_ONCE = frozenset({Role.FACULTY, Role.COORDINATOR, Role.HOST})
ALL_TEAMS = 0  # in place of a team's id


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


@dataclass(frozen=True)
class ChartChoice:
    """Which chart: a team or all, and a measure, of one collaborative. From a payload only a hint."""

    collaborative_id: int
    team_id: int  # ALL_TEAMS for all
    measure_id: int
    limits: Kind | None = None  # control limits in place of the median
