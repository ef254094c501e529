"""All a team told so far, month by month."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from models.rules.measure import Measure
from models.rules.people import Team
from models.rules.period import ReportingPeriod
from models.rules.report import Entry, Narrative


@dataclass(frozen=True)
class Sent:
    """What is known of one report."""

    is_late: bool
    on: date  # where the collaborative is
    narrative: Narrative


@dataclass(frozen=True)
class Month:
    """One period of one team."""

    period: ReportingPeriod
    report: Sent | None
    entries: Mapping[int, Entry] = field(default_factory=dict)  # by measure; from a report or a file
    is_excused: bool = False  # the team said, with a reason its coach has, that it cannot report

    @property
    def is_told(self) -> bool:
        return self.report is not None or bool(self.entries)

    @property
    def name(self) -> str:
        return f"{self.period.first_day:%B}"


@dataclass(frozen=True)
class TeamRecord:
    """All a team told so far, oldest month first, every month from its start to now."""

    team: Team
    measures: tuple[Measure, ...]
    months: tuple[Month, ...]
