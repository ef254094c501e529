"""What a team said about a report that is not in yet: when to expect it, that it cannot, or needs help."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

HELP_PAUSE = timedelta(days=3)  # time for the coach to answer, before the bot asks again
DAYS_OFFERED = 3
LONGEST_REASON = 500


class Said(StrEnum):
    LATER = "expected"  # by `until`
    CANNOT = "cannot"  # not this month
    HELP = "help"  # the coach was asked; not asked for again before `until`


@dataclass(frozen=True)
class Expectation:
    """The last word of a team on a month without a report."""

    team_id: int
    period_id: int
    said: Said
    until: date | None  # the day to ask again; None: not at all
    reason: str  # why not, or what help is wanted
    by: str  # the name of who said so
    at: datetime
    by_user: str = ""  # their Slack id
    measure: str = ""  # the one help is wanted with, "" for the report as a whole


@dataclass(frozen=True)
class Told:
    """The same, with what its coach needs to read it."""

    expectation: Expectation
    team: str
    month: str  # "June 2026"
