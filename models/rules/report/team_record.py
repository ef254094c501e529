"""All a team told so far, month by month."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from models.rules.collaborative.measure import Measure
from models.rules.collaborative.people import Team
from models.rules.collaborative.period import ReportingPeriod
from models.rules.report.report import Entry, Narrative


@dataclass(frozen=True)
class SentReport:
    """What is known of one report."""

    is_late: bool
    on: date  # where the collaborative is
    narrative: Narrative
    is_on_behalf: bool = False  # staff sent it for the team


@dataclass(frozen=True)
class Month:
    """One period of one team."""

    period: ReportingPeriod
    report: SentReport | None
    entries: Mapping[int, Entry] = field(default_factory=dict)  # by measure; from a report or a file
    is_excused: bool = False  # the team said, with a reason its coach has, that it cannot report
    is_its_own: bool = True  # since all began, and due after the team came: it answers for it

    @property
    def is_told(self) -> bool:
        return self.report is not None or bool(self.entries)

    @property
    def is_late(self) -> bool:
        return self.report is not None and self.report.is_late

    @property
    def days_late(self) -> int:
        return (self.report.on - self.period.due_on).days if self.report else 0

    @property
    def name(self) -> str:
        return f"{self.period.first_day:%B}"

    def level(self, measure: Measure) -> Fraction | None:
        """The value in the units people see, exact; None where there is none."""
        entry = self.entries.get(measure.id)
        return entry.value.level(measure.unit) if entry and entry.value else None

    def cannot(self, measure: Measure) -> bool:
        """Whether the team said why it has no value."""
        entry = self.entries.get(measure.id)
        return entry is not None and entry.value is None and bool(entry.reason)


@dataclass(frozen=True)
class TeamRecord:
    """All a team told so far, oldest month first, every month from its start to now."""

    team: Team
    measures: tuple[Measure, ...]
    months: tuple[Month, ...]
