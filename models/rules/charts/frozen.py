"""What would move a frozen median: another value in one of its months, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from statistics import median
from types import MappingProxyType

from models.rules.charts.charts import TeamChart
from models.rules.collaborative.measure import Measure, Value, level_words
from models.rules.collaborative.people import Team
from models.rules.quoting import shortened

Values = Mapping[date, Value | None]  # by the first day of the month; None: none any more

AS_THEY_ARE: Values = MappingProxyType({})


@dataclass(frozen=True)
class MedianMove:
    """A frozen median as it is, and as it would be; None: there is none."""

    chart: TeamChart  # as it is
    old: Fraction | None
    new: Fraction | None

    @property
    def measure(self) -> Measure:
        return self.chart.series.measure

    @property
    def team(self) -> Team:
        return self.chart.series.team

    def takes_in(self, team: str, measure: str, month: date) -> bool:
        """Whether a value counts in this median: of a team and measure, by their keys, and a month."""
        mark = self.chart.frozen
        return bool(mark and (team, measure) == self.place and mark.since <= month <= mark.month)

    @property
    def place(self) -> tuple[str, str]:
        """Whose median of what it is: the keys of team and measure."""
        return self.team.key, self.measure.key

    def sentence(self, moves: str) -> str:
        """Say it: "This moves the frozen median of BP control from 49.5% to 51.0%."."""
        return f"This {moves} the frozen median of {shortened(self.measure.name)} {self.way}."

    @property
    def way(self) -> str:
        """Say from where to where: "from 49.5% to 51.0%"."""
        old, new = self._words(self.old), self._words(self.new)
        return f"from {old} to {new}" if old != new else f"by less than it shows: it is {old}"

    @property
    def key(self) -> str:
        """What tells this move from another."""
        return f"{' '.join(self.place)} {self.old} {self.new}"

    def _words(self, level: Fraction | None) -> str:
        return "none" if level is None else level_words(level, self.measure.unit)


def frozen_median(chart: TeamChart, others: Values = AS_THEY_ARE) -> Fraction | None:
    """The median of a baseline's months, with other values in their place; None where nothing is frozen.

    What stands before the first month or after the last makes no difference.
    """
    mark = chart.frozen
    if mark is None:
        return None
    unit = chart.series.measure.unit
    values = {point.period.first_day: point.value for point in chart.series.points} | dict(others)
    levels = [
        value.level(unit) for month, value in values.items() if value and mark.since <= month <= mark.month
    ]
    return median(levels) if levels else None


def median_move(chart: TeamChart, others: Values) -> MedianMove | None:
    """How other values would move the frozen median; None where they would not."""
    old, new = frozen_median(chart), frozen_median(chart, others)
    return None if old == new else MedianMove(chart, old, new)
