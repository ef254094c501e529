"""A coach's words on a report (I like, I wonder, we could try), and what the team made of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from statistics import median

from models.rules.collaborative.people import Collaborative, Member, Team
from models.rules.collaborative.period import ReportingPeriod

LABELS = {  # field of Words -> what people read beside it; the order is the form's
    "liked": "I like",
    "wondered": "I wonder",
    "proposed": "We could try",
}
WAITS_FOR_DAYS = 90  # a report older than this no longer waits: what would be said of it is history


class TeamAnswer(StrEnum):
    """What the team made of a feedback."""

    HELPED = "helped"
    NOT_YET = "not yet"


@dataclass(frozen=True)
class FeedbackWords:
    liked: str = ""
    wondered: str = ""
    proposed: str = ""

    @property
    def are_none(self) -> bool:
        return not (self.liked.strip() or self.wondered.strip() or self.proposed.strip())


@dataclass(frozen=True)
class Feedback:
    id: int
    collaborative: Collaborative
    team: Team
    period: ReportingPeriod
    report_id: int
    by: Member
    at: datetime
    words: FeedbackWords
    answer: TeamAnswer | None = None
    answered_by: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True)
class WaitingReport:
    """A report nobody has said anything about yet."""

    report_id: int
    team: Team
    period: ReportingPeriod
    days: int  # since it came, in the collaborative's days


@dataclass(frozen=True)
class CoachPace:
    """How soon a coach's teams hear from somebody about their reports."""

    coach: Member
    teams: tuple[str, ...]  # by name
    given: int  # first feedbacks this coach gave
    median_days: float | None  # from a report to that feedback; None when there is none
    waiting: int  # reports of these teams still without one
    oldest_days: int  # of those waiting; 0 when there are none


def median_days(days: Iterable[int]) -> float | None:
    """The middle of the days it took, None when there are none."""
    known = list(days)
    return median(known) if known else None
