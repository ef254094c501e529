"""What a chart is drawn from: frozen values that can wait in a queue, and their analysis."""

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from handlers.files.charts.limits import Band, bands
from models.errors import DomainError
from models.rules.charts.control_chart import Kind
from models.rules.charts.phase import MIN_USEFUL, Phase
from models.rules.charts.run_chart import Rules, RunChart, analyse
from models.rules.charts.runs import FiredTest, Sign
from models.rules.charts.signals import first_to_name, side_of
from models.rules.collaborative.measure import Direction, Unit, UnitKind
from models.rules.numbers import Number, exact_number

SMALL_DENOMINATOR = 10  # one case more or less moves such a point by over 10 %
LARGEST = 10**16  # a longer number would leave no room for the plot


@dataclass(frozen=True)
class Marker:
    """A mark at a 1-based position: its number stands on the chart, its text below."""

    position: int
    number: int
    text: str
    kind: str = "Note"  # or "Cycle", or "Definition"


@dataclass(frozen=True)
class PhaseStart:
    """A phase that begins at a 1-based position, in a person's words. The first phase may be named at 1."""

    position: int
    label: str


@dataclass(frozen=True)
class Together:
    """Of how many teams each month of a chart of all teams is, and their lowest and highest value."""

    teams: int
    counts: tuple[int, ...]
    ranges: tuple[tuple[Number, Number] | None, ...]  # None: no range to draw


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
    freeze: int | None = None  # the last position of a frozen baseline
    freeze_from: int = 1  # and the first
    phases: tuple[PhaseStart, ...] = ()
    markers: tuple[Marker, ...] = ()
    estimates: frozenset[int] = frozenset()  # 1-based positions
    rules: Rules = Rules.ANHOEJ
    together: Together | None = None  # where the values are sums over several teams
    limits: Kind | None = None  # control limits in place of the median and its rules

    def __post_init__(self) -> None:
        lengths = {
            len(row)
            for row in (self.months, self.values, self.numerators, self.denominators, self._counts)
            if row is not None
        }
        if len(lengths) > 1:
            raise DomainError("A chart needs one value, or a gap, for each month.")
        if any(not 1 <= note.position <= len(self.months) for note in self.markers):
            raise DomainError("A note stands outside the months of its chart.")

    @cached_property
    def reading(self) -> "Reading":
        """The spec analysed, once; title, caption and picture all speak from it.

        Raises DomainError for values that are no numbers or too large, and phases out of order.
        """
        return _understood(self)

    @property
    def is_better_higher(self) -> bool:
        return self.direction is Direction.HIGHER

    @property
    def _counts(self) -> tuple[int, ...] | None:
        return self.together.counts if self.together else None

    @property
    def partial(self) -> frozenset[int]:
        """The positions with some teams, but not all. They would move because of who is missing."""
        counts, all_teams = (self.together.counts, self.together.teams) if self.together else ((), 0)
        return frozenset(i for i, count in enumerate(counts, 1) if 0 < count < all_teams)


@dataclass(frozen=True)
class CentreLine:
    """The median or mean of a stretch of months; None where it has no value."""

    first: int
    last: int
    level: Fraction | None
    is_short: bool = False  # of so few months that it may still move


@dataclass(frozen=True)
class Reading:
    """A spec understood: exact levels, the present phase, the test to name first, and which way it points."""

    levels: tuple[Fraction | None, ...]
    goal: Fraction | None
    chart: RunChart | None  # None where there is no month at all
    finding: FiredTest | None  # of the present phase, on 10 useful points or more
    way: int  # +1 the better direction, -1 the worse, 0 not for the rules to say
    ends: tuple[Fraction, ...] = ()  # of the scale, where it has any
    left_out: frozenset[int] = frozenset()  # positions the median and the tests do without
    bands: tuple[Band, ...] = ()  # the control limits of each month, where they are wanted

    @cached_property
    def lines(self) -> tuple[CentreLine, ...]:
        """The centre line of each phase."""
        phases = self.chart.phases if self.chart else ()
        if self.bands:
            return tuple(CentreLine(p.first, p.last, self.bands[p.first - 1].centre) for p in phases)
        return tuple(CentreLine(p.first, p.last, p.centre, p.is_short) for p in phases)

    @property
    def centre(self) -> str:
        """What the centre line is."""
        return "mean" if self.bands else "median"

    @property
    def outside(self) -> frozenset[int]:
        """The positions outside the control limits."""
        pairs = enumerate(zip(self.bands, self.levels, strict=bool(self.bands)), 1)
        return frozenset(i for i, (band, level) in pairs if not band.holds(level))

    @property
    def present(self) -> Phase | None:
        return self.chart.current if self.chart else None

    @cached_property
    def known(self) -> tuple[int, ...]:
        """The 1-based positions that have a value."""
        return tuple(i for i, level in enumerate(self.levels, 1) if level is not None)

    @property
    def tested(self) -> tuple[int, ...]:
        """The known positions that median and tests rest on."""
        return tuple(i for i in self.known if i not in self.left_out)

    @property
    def is_turned(self) -> bool:
        """Whether the long run lies behind and the later points are on the other side."""
        fired = self.finding
        return bool(
            fired and self.present and fired.sign is Sign.SHIFT and fired.side == -self.present.heading
        )

    @cached_property
    def signal_points(self) -> frozenset[int]:
        """The positions that make the signal: of a run or trend, or of the longest run where values went."""
        phase, fired = self.present, self.finding
        if self.bands:
            return self.outside
        if phase is None or fired is None or fired.sign is Sign.RUNS:
            return frozenset()
        stretch = phase.moved if fired.sign is Sign.CROSSINGS else fired
        if stretch is None:
            return frozenset()
        inside = (i for i in self.tested if stretch.first <= i <= stretch.last)
        return frozenset(i for i in inside if self.levels[i - 1] != phase.centre)

    @cached_property
    def decimals(self) -> int:
        """How many decimals tell a tenth of the spread."""
        levels = [level for level in self.levels if level is not None]
        spread = max(levels) - min(levels) if levels else 0
        return max(-math.floor(math.log10(spread / 10)), 0) if spread else 0

    @property
    def crowded(self) -> Fraction | None:
        """The end of the scale that more than half of ten months or more sit at; None where none."""
        for end in self.ends if len(self.known) >= MIN_USEFUL else ():
            if 2 * sum(level == end for level in self.levels) > len(self.known):
                return end
        return None


def _understood(spec: ChartSpec) -> Reading:
    levels = tuple(None if value is None else exact_number(value) for value in spec.values)
    goal = None if spec.goal is None else exact_number(spec.goal)
    if any(abs(level) > LARGEST for level in (*levels, goal) if level is not None):
        raise DomainError("A value or goal is too large for a chart.")
    if not levels:
        return Reading(levels, goal, None, None, 0)
    parts = [phase.position - 1 for phase in spec.phases if phase.position > 1]
    chart = analyse(
        levels,
        freeze=spec.freeze,
        freeze_from=spec.freeze_from,
        parts=parts,
        exclude=spec.partial,
        rules=spec.rules,
    )
    if spec.limits:
        counts = (spec.numerators or levels, spec.denominators)
        frozen = (chart.freeze_from, chart.freeze) if chart.freeze else None
        shown = bands(spec.limits, counts, spec.unit, frozen, parts)
        return Reading(levels, goal, chart, None, 0, bands=shown)
    finding = first_to_name(chart) if chart.current.fits else None
    side = side_of(chart, finding)
    ends = (Fraction(0), Fraction(100)) if spec.unit.kind is UnitKind.PERCENT else (Fraction(0),)
    return Reading(levels, goal, chart, finding, side if spec.is_better_higher else -side, ends, spec.partial)


def small_points(spec: ChartSpec) -> frozenset[int]:
    """Return the positions whose denominator is too small to weigh much."""
    counts = enumerate(spec.denominators or (), 1)
    return frozenset(i for i, count in counts if count is not None and count < SMALL_DENOMINATOR)
