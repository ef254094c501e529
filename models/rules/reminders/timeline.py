"""The timetable of a collaborative: its months with their due days, its milestones with who sees to them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.rules.collaborative.people import Collaborative
from models.rules.collaborative.period import ReportingPeriod


class Progress(StrEnum):
    """How a milestone stands, in the word people read."""

    DONE = "Done"
    OPEN = "Open"
    OVERDUE = "Overdue"
    PAST = "Past"  # it was everybody's, like a meeting: nobody had to say that it is done


@dataclass(frozen=True)
class Milestone:
    """A day of the timetable."""

    id: int
    key: str
    due_on: date
    what: str
    owner: str  # a person's or a team's name, "" when it is everybody's
    done_on: date | None = None
    done_by: str = ""
    may_mark: bool = False  # whether who looks may say that it is done

    def progress(self, today: date) -> Progress:
        if self.done_on:
            return Progress.DONE
        if self.due_on >= today:
            return Progress.OPEN
        return Progress.OVERDUE if self.owner else Progress.PAST

    def progress_shown(self, today: date) -> Progress:
        """How it stands for who looks: that it is overdue is between its owner and who runs it all."""
        progress = self.progress(today)
        return Progress.PAST if progress is Progress.OVERDUE and not self.may_mark else progress


@dataclass(frozen=True)
class Timeline:
    """All of it, as it stands on a day and as one person sees it."""

    collaborative: Collaborative
    today: date  # where the collaborative is
    months: tuple[ReportingPeriod, ...]
    milestones: tuple[Milestone, ...]  # by date
    is_staff: bool = False  # whether who looks runs the collaborative
