"""What a chart is drawn from: frozen values that can wait in a queue, and their analysis."""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from models.errors import DomainError
from models.rules.exact import Number, exact_number
from models.rules.measure import Direction, Unit
from models.rules.run_chart import Phase, Rules, RunChart, analyse
from models.rules.runs import Finding, Sign
from models.rules.signals import first_to_name, side_of

SMALL_DENOMINATOR = 10  # one case more or less moves such a point by over 10 %
LARGEST = 10**16  # a longer number would leave no room for the plot


@dataclass(frozen=True)
class Marker:
    """A note or PDSA cycle at a 1-based position: its number stands on the chart, its text below."""

    position: int
    number: int
    text: str


@dataclass(frozen=True)
class PhaseStart:
    """A phase that begins at a 1-based position, in a person's words. The first phase may be named at 1."""

    position: int
    label: str


@dataclass(frozen=True)
class ChartSpec:
    """One team's measure over time: all tuples are as long as `months`, None where a month has no value.

    Values and goal are in the units people see (70 for 70 %), best as fractions so that ties stay ties.
    """

    team: str
    measure: str
    unit: Unit
    direction: Direction
    months: tuple[str, ...]
    values: tuple[Number | None, ...]
    numerators: tuple[Number | None, ...] | None = None
    denominators: tuple[Number | None, ...] | None = None
    goal: Number | None = None
    freeze: int | None = None
    phases: tuple[PhaseStart, ...] = ()
    markers: tuple[Marker, ...] = ()
    rules: Rules = Rules.ANHOEJ

    def __post_init__(self) -> None:
        lengths = {
            len(row)
            for row in (self.months, self.values, self.numerators, self.denominators)
            if row is not None
        }
        if len(lengths) > 1:
            raise DomainError("A chart needs one value, or a gap, for each month.")
        if any(not 1 <= note.position <= len(self.months) for note in self.markers):
            raise DomainError("A note stands outside the months of its chart.")

    @property
    def is_better_higher(self) -> bool:
        return self.direction is Direction.HIGHER


@dataclass(frozen=True)
class Reading:
    """A spec understood: exact levels, the present phase, the test to name first, and which way it points."""

    levels: tuple[Fraction | None, ...]
    goal: Fraction | None
    chart: RunChart | None  # None where there is no month at all
    finding: Finding | None  # of the present phase, on 10 useful points or more
    way: int  # +1 the better direction, -1 the worse, 0 not for the rules to say

    @property
    def present(self) -> Phase | None:
        return self.chart.current if self.chart else None

    @property
    def known(self) -> tuple[int, ...]:
        """The 1-based positions that have a value."""
        return tuple(i for i, level in enumerate(self.levels, 1) if level is not None)

    @property
    def is_turned(self) -> bool:
        """Whether the long run lies behind and the later points are on the other side."""
        found = self.finding
        return bool(
            found and self.present and found.sign is Sign.SHIFT and found.side == -self.present.heading
        )

    @property
    def signal_points(self) -> frozenset[int]:
        """The positions that make the signal: those of the run or trend, off the median."""
        if (
            self.finding is None
            or self.present is None
            or self.present.centre is None
            or not self.finding.side
        ):
            return frozenset()
        inside = (i for i in self.known if self.finding.first <= i <= self.finding.last)
        return frozenset(i for i in inside if self.levels[i - 1] != self.present.centre)


@lru_cache(maxsize=256)
def read(spec: ChartSpec) -> Reading:
    """Analyse a spec once; title, caption and picture all speak from the same reading.

    Raises:
        DomainError: for values that are no numbers or too large, and phases out of order.
    """
    levels = tuple(None if value is None else exact_number(value) for value in spec.values)
    goal = None if spec.goal is None else exact_number(spec.goal)
    if any(abs(level) > LARGEST for level in (*levels, goal) if level is not None):
        raise DomainError("A value or goal is too large for a chart.")
    if not levels:
        return Reading(levels, goal, None, None, 0)
    parts = [phase.position - 1 for phase in spec.phases if phase.position > 1]
    chart = analyse(levels, freeze=spec.freeze, parts=parts, rules=spec.rules)
    finding = first_to_name(chart)
    side = side_of(chart, finding)
    return Reading(levels, goal, chart, finding, side if spec.is_better_higher else -side)


def small_points(spec: ChartSpec) -> frozenset[int]:
    """Return the positions whose denominator is too small to weigh much."""
    counts = enumerate(spec.denominators or (), 1)
    return frozenset(i for i, count in counts if count is not None and count < SMALL_DENOMINATOR)
