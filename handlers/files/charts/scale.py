"""From values to pixels: round numbers for the y axis, and which months to name on the x axis."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from handlers.files.charts.spec import ChartSpec
from models.rules.collaborative.measure import Unit, UnitKind
from models.rules.numbers import exact_number

STEPS = (Fraction(1), Fraction(2), Fraction(5, 2), Fraction(5), Fraction(10))
INTERVALS = 5  # about as many between the labels of the y axis
ALL = Fraction(100)  # percent
FLAT = Fraction(5)  # percent points an axis holds at least on either side of its middle: less is no drama
MANY = 6  # values it takes before one of them can be called far off, twice as many before two can


@dataclass(frozen=True)
class Frame:
    """The rectangle of a plot, in pixels."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Axis:
    """The y axis: its ends and its labelled levels, rising, in the units people see."""

    ticks: tuple[Fraction, ...]

    @property
    def low(self) -> Fraction:
        return self.ticks[0]

    @property
    def high(self) -> Fraction:
        return self.ticks[-1]


@dataclass(frozen=True)
class Scale:
    """Where positions and levels lie in a frame."""

    frame: Frame
    n: int
    axis: Axis

    def x(self, position: float) -> float:
        """Return the middle of a 1-based position."""
        return self.frame.left + (position - 0.5) * (self.frame.right - self.frame.left) / max(self.n, 1)

    def y(self, level: Fraction) -> float:
        """Return the height of a level; what is off the scale lies on its edge."""
        share = (float(level) - self._low) / self._span
        return self.frame.bottom - min(max(share, 0), 1) * (self.frame.bottom - self.frame.top)

    @cached_property
    def _low(self) -> float:
        return float(self.axis.low)

    @cached_property
    def _span(self) -> float:
        return float(self.axis.high - self.axis.low)


def axis_for(levels: Iterable[Fraction], unit: Unit) -> Axis:
    """Choose round ends that hold all levels: from zero unless that flattens them, percents in 0 to 100."""
    known = list(levels) or [Fraction(0), Fraction(100 if unit.kind is UnitKind.PERCENT else 10)]
    low, high = min(known), max(known)
    room = (high - low) / 10 or abs(high) / 4 or Fraction(1)
    is_from_zero = low >= 0 and (unit.kind is UnitKind.COUNT or 2 * low <= high)
    bottom, top = Fraction(0) if is_from_zero else low - room, high + room
    if unit.kind is UnitKind.PERCENT and low >= 0 and high <= ALL:
        middle = min(max((bottom + top) / 2, FLAT), ALL - FLAT)
        bottom, top = max(min(bottom, middle - FLAT), Fraction(0)), min(max(top, middle + FLAT), ALL)
    return Axis(_ticks(bottom, top, Fraction(1 if unit.kind is UnitKind.COUNT else 0)))


def giants(spec: ChartSpec) -> frozenset[int]:
    """Find the few positions so high that they would flatten all others. Percents keep their scale."""
    if spec.unit.kind is UnitKind.PERCENT:
        return frozenset()
    levels = spec.reading.levels
    known = sorted(level for level in levels if level is not None)
    for many in range(len(known) // MANY, 0, -1):
        rest, least = known[:-many], known[-many]
        if least - rest[-1] > 3 * (rest[-1] - rest[0]) > 0:
            return frozenset(i for i, level in enumerate(levels, 1) if level is not None and level >= least)
    return frozenset()


def levels_to_hold(spec: ChartSpec) -> list[Fraction]:
    """Return every level a picture must hold: values but giant ones, ranges, centre lines, limits, goal."""
    reading, off = spec.reading, giants(spec)
    levels = [level for i, level in enumerate(reading.levels, 1) if level is not None and i not in off]
    ranges = spec.together.ranges if spec.together else ()
    levels += [exact_number(end) for ends in ranges if ends for end in ends]
    levels += [line.level for line in reading.lines if line.level is not None]
    levels += [end for band in reading.bands for end in (band.lower, band.upper) if end is not None]
    return levels + ([] if reading.goal is None else [reading.goal])


def months_to_name(n: int, most: int) -> Sequence[int]:
    """Choose positions to label, at most so many: every 1st, 2nd, 3rd, 4th, 6th, 12th, 24th and so on."""
    steps = (1, 2, 3, 4, 6, *range(12, max(n, 12) + 12, 12))
    step = next(step for step in steps if (n - 1) // step + 1 <= most)
    return range(1, n + 1, step)


def _ticks(low: Fraction, high: Fraction, least: Fraction) -> tuple[Fraction, ...]:
    """Cut the stretch into steps of 1, 2, 2.5 or 5 times a power of ten, whole numbers where `least` is 1."""
    rough = max((high - low) / INTERVALS, least)
    power = Fraction(10) ** math.floor(math.log10(rough))
    step = next(
        step * power
        for step in STEPS
        if step * power >= rough and (step * power) % (least or step * power) == 0
    )
    first, last = math.floor(low / step), math.ceil(high / step)
    return tuple(step * i for i in range(first, last + 1))
