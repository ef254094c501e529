"""What can happen in the demo's story: each deed as a value, with what is needed to do it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.demo.marks import DemoMark
from bot.demo.reports import DemoReport
from models.rules.coaching.feedback import FeedbackWords, TeamAnswer

ScreenStep = tuple[str, ...]
"""A gesture and its words: type (where, what), press (button, a word of its message), fill (label, value),
sees (words to wait for), submit, close."""


@dataclass(frozen=True)
class Report:
    """A team's report of a month through the service, as the form sends it; the second is a correction."""

    sent: DemoReport
    month: date  # its first day


@dataclass(frozen=True)
class Advise:
    """A coach's feedback on a report."""

    team: str  # key
    month: date
    coach: str  # Slack id
    words: FeedbackWords


@dataclass(frozen=True)
class Judge:
    """What a team makes of the feedback on its report."""

    team: str
    month: date
    slack_user: str
    answer: TeamAnswer


@dataclass(frozen=True)
class Annotate:
    """What a person marks on a team's chart."""

    mark: DemoMark
    month: date


@dataclass(frozen=True)
class ByHand:
    """What a person does on the screen; in the steps, words in braces stand for those of `words`."""

    slack_user: str
    steps: tuple[ScreenStep, ...]
    words: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Restart:
    """The bot is stopped while messages wait to be sent, and built again on the same database."""


Deed = Report | Advise | Judge | Annotate | ByHand | Restart


@dataclass(frozen=True)
class DatedDeed:
    at: datetime  # UTC
    deed: Deed
    remark: str  # the same in a sentence, for who watches or reads
