"""How a team takes part: what it did in its last months, each with the months behind it; never a score."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date

from models.rules.coaching.feedback import Feedback, TeamAnswer
from models.rules.collaborative.people import Team
from models.rules.report.team_record import Month, TeamRecord

MONTHS = 6  # the last whose due day has passed: what was longer ago says little of today


@dataclass(frozen=True)
class Participation:
    """A team's last months and the feedback on their reports, oldest first."""

    team: Team
    months: tuple[Month, ...]
    feedback: tuple[Feedback, ...]

    @property
    def due(self) -> tuple[Month, ...]:
        """Those a report was waited for: not the ones whose values a table gave."""
        return tuple(month for month in self.months if month.report or not month.is_told)

    @property
    def tabled(self) -> tuple[Month, ...]:
        return tuple(month for month in self.months if month not in self.due)

    @property
    def reported(self) -> tuple[Month, ...]:
        return tuple(month for month in self.due if month.report)

    @property
    def late(self) -> tuple[Month, ...]:
        return tuple(month for month in self.due if month.is_late)

    @property
    def on_behalf(self) -> tuple[Month, ...]:
        return tuple(month for month in self.due if month.report and month.report.is_on_behalf)

    @property
    def cannot(self) -> tuple[Month, ...]:
        return tuple(month for month in self.due if not month.report and month.is_excused)

    @property
    def missing(self) -> tuple[Month, ...]:
        return tuple(month for month in self.due if not month.report and not month.is_excused)

    @property
    def wordless(self) -> tuple[Month, ...]:
        """Reports with numbers alone."""
        return tuple(month for month in self.reported if not _has_words(month))

    def answered(self, answer: TeamAnswer | None) -> tuple[Feedback, ...]:
        """The feedback a team answered so; None: not yet at all."""
        return tuple(each for each in self.feedback if each.answer is answer)


def participation(record: TeamRecord, feedback: Iterable[Feedback], today: date) -> Participation:
    """What a team did; `feedback` is that of its collaborative."""
    past = [month for month in record.months if month.is_its_own and month.period.due_on < today]
    months = tuple(past[-MONTHS:])
    places = {(record.team.id, month.period.id) for month in months}
    heard = tuple(each for each in feedback if (each.team.id, each.period.id) in places)
    return Participation(record.team, months, heard)


def _has_words(month: Month) -> bool:
    return month.report is not None and any(word.strip() for word in astuple(month.report.narrative))
