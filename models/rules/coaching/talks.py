"""A talk of a coach or host with a team: what it was about, and what came of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from models.rules.collaborative.people import Team
from models.rules.collaborative.period import ReportingPeriod

RESTS = timedelta(days=28)  # a flag talked about is answered for so long; if it still stands, it comes back
_MONTH = "month:"
LONGEST = 500  # characters of what was agreed


class TalkOutcome(StrEnum):
    PLAN = "plan"
    SUPPORT = "support"
    WELL = "well"


@dataclass(frozen=True)
class Note:
    """What somebody writes of a talk."""

    about: str
    outcome: TalkOutcome
    agreed: str = ""
    until: date | None = None  # the day the team expects to send the missing report


@dataclass(frozen=True)
class Talk:
    team: Team
    about: str  # a flag's episode, or a month without a report
    words: str  # what it was about, as it stood then, for people
    by: str
    at: datetime
    day: date  # where the collaborative is
    outcome: TalkOutcome
    agreed: str


def about_month(period: ReportingPeriod) -> str:
    """What a talk about a missing report is kept under: "month:2026-06"."""
    return f"{_MONTH}{period.first_day:%Y-%m}"


def is_about_month(about: str) -> bool:
    """Whether a talk is about a missing report, and not about a flag."""
    return about.startswith(_MONTH)
