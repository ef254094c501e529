"""What staff take home of their collaborative: values, reports, what was changed, and the definitions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models.rules.collaborative.measure import Measure, PastDefinition, Value
from models.rules.collaborative.people import REPORTS_FOR_ANY_TEAM, Acting, Collaborative, Role
from models.rules.report.report import Narrative


@dataclass(frozen=True)
class ValueLine:
    """One measure of one team in one month."""

    team: str
    month: date
    measure: Measure
    value: Value | None
    reason: str
    is_reported: bool  # else it was loaded as an earlier month


@dataclass(frozen=True)
class ReportLine:
    team: str
    month: date
    at: datetime
    by: str
    is_late: bool
    revision: int
    words: Narrative  # the coach's note only for those who may read it


@dataclass(frozen=True)
class ChangeLine:
    """One difference: a later revision made it, or a table that gave an earlier month anew."""

    team: str
    month: date
    at: datetime
    by: str
    subject: str
    old: str
    new: str


@dataclass(frozen=True)
class Export:
    """All of it for one reader."""

    collaborative: Collaborative
    values: tuple[ValueLine, ...]
    reports: tuple[ReportLine, ...]
    changes: tuple[ChangeLine, ...]
    measures: tuple[Measure, ...]
    past: tuple[PastDefinition, ...]
    reads_notes: bool  # of some team at least


@dataclass(frozen=True)
class Reach:
    """Which teams of a collaborative a person takes home, and of which they may read the coach's note.

    None stands for all, also those that withdrew.
    """

    collaborative: Collaborative
    teams: frozenset[int] | None
    notes: frozenset[int] | None

    @property
    def reads_notes(self) -> bool:
        return self.notes is None or bool(self.notes)

    def reads_note_of(self, team_id: int) -> bool:
        return self.notes is None or team_id in self.notes


def reaches(acting: Iterable[Acting]) -> tuple[Reach, ...]:
    """One for each collaborative the person is staff of: a coach's own teams, else all."""
    by_collaborative: dict[Collaborative, list[Acting]] = {}
    for each in acting:
        by_collaborative.setdefault(each.collaborative, []).append(each)
    return tuple(_reach(collaborative, own) for collaborative, own in by_collaborative.items())


def _reach(collaborative: Collaborative, own: Sequence[Acting]) -> Reach:
    coached = frozenset(each.team.id for each in own if each.role is Role.COACH)
    roles = {each.role for each in own}
    is_for_all = bool(roles & REPORTS_FOR_ANY_TEAM)
    return Reach(collaborative, None if is_for_all else coached, None if Role.HOST in roles else coached)
