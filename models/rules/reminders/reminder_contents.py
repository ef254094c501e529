"""What reminders of reports and moved due days say, read at the moment they go out."""

from dataclasses import dataclass
from datetime import date

from models.rules.collaborative.period import ReportingPeriod
from models.rules.reminders.due_message import Snapshot
from models.rules.reminders.expectation import TeamSaid
from models.rules.reminders.reminders import Case, Reminder
from models.rules.report.report import RollCall


@dataclass(frozen=True)
class ReportReminder:
    """A reminder of a report, to one person."""

    snapshot: Snapshot
    reminder: Reminder
    case: Case
    team: str
    period: ReportingPeriod
    call: RollCall
    missing: tuple[str, ...]  # the measures the team must not leave out
    paused: tuple[str, ...]  # those of them that wait for the coach's help
    has_draft: bool  # somebody of the team began


@dataclass(frozen=True)
class AnsweredReminder:
    """What became of the question a reminder asked: the report is in, or the team said something of it."""

    team_id: int
    team: str
    period: ReportingPeriod
    sent_by: str  # who sent the report, "" while it is not in
    said: TeamSaid
    needed: tuple[str, ...]  # the measures still asked for
    today: date


@dataclass(frozen=True)
class DueDayMove:
    """A month's due day that moved, for one team that has not reported it."""

    team: str
    period: ReportingPeriod
    was: date
    more: bool  # later months move too
