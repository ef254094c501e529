"""What people take home of their collaborative: values, reports, what was changed, and the definitions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from models.rules.collaborative.measure import Measure, PastDefinition, Value
from models.rules.collaborative.participant import Participant
from models.rules.collaborative.people import Collaborative
from models.rules.collaborative.policy import Kind
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
    sample_size: int | None  # as it was when the value came


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
    """Which teams of a collaborative a person takes home, and of what they may read beside the numbers."""

    collaborative: Collaborative
    teams: frozenset[int]
    notes: frozenset[int]
    taken_out: frozenset[int]  # of which they may read that words were taken out


def reach(who: Participant, teams: Iterable[int]) -> Reach:
    """What somebody takes home of these teams."""
    taken = frozenset(team for team in teams if who.sees(Kind.EXPORT, team))
    return Reach(
        who.collaborative,
        taken,
        frozenset(team for team in taken if who.sees(Kind.COACH_NOTE, team)),
        frozenset(team for team in taken if who.sight(Kind.WORDS_TAKEN_OUT, team)),
    )
