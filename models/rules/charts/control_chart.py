"""Control-chart limits (P, P', U, U', I, C): the spread that common causes alone explain."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from statistics import fmean

from models.errors import DomainError
from models.rules.charts.runs import refuse_misplaced
from models.rules.collaborative.measure import Unit, UnitKind
from models.rules.numbers import Number, exact_number

MIN_POINTS = 20  # with fewer, each new point moves the limits (Provost & Murray: 20 to 30)
RANGE_TO_SIGMA = 1.128  # the mean moving range of independent normal values, in sigma
SCREEN = 3.267  # a moving range so many times their mean is left out of it (Nelson 1982)


class Kind(StrEnum):
    """Which chart: shares (P, P'), rates (U, U'), single values (I) or counts (C)."""

    P = "p"
    P_PRIME = "pp"
    U = "u"
    U_PRIME = "up"
    INDIVIDUALS = "i"
    C = "c"


KINDS = {
    UnitKind.PERCENT: (Kind.P, Kind.P_PRIME, Kind.INDIVIDUALS),
    UnitKind.RATE: (Kind.U, Kind.U_PRIME, Kind.INDIVIDUALS),
    UnitKind.COUNT: (Kind.C, Kind.INDIVIDUALS),
    UnitKind.VALUE: (Kind.INDIVIDUALS,),
}
NAMES = {
    Kind.P: "P chart",
    Kind.P_PRIME: "P-prime chart, for large numbers",
    Kind.U: "U chart",
    Kind.U_PRIME: "U-prime chart, for large numbers",
    Kind.C: "C chart",
    Kind.INDIVIDUALS: "I chart",
}

SHARES = {Kind.P, Kind.P_PRIME}
PRIMES = {Kind.P_PRIME, Kind.U_PRIME}
RATIOS = SHARES | {Kind.U, Kind.U_PRIME}


@dataclass(frozen=True)
class Limits:
    """Centre line and limits of one month, as numerator / denominator; no limits where it has no value."""

    centre: float
    lower: float | None = None
    upper: float | None = None
    lower_two_sigma: float | None = None
    upper_two_sigma: float | None = None


@dataclass(frozen=True)
class _LimitPoint:
    numerator: float
    denominator: float

    @property
    def value(self) -> float:
        return self.numerator / self.denominator


def is_offered(values: Sequence[Number | None]) -> bool:
    """Whether there are points enough for limits that hold still: 20 with a value."""
    return sum(value is not None for value in values) >= MIN_POINTS


def kinds_for(unit: Unit, values: Sequence[Number | None]) -> tuple[Kind, ...]:
    """The kinds of limits to offer; none below 20 values."""
    return KINDS[unit.kind] if is_offered(values) else ()


def control_limits(  # noqa: PLR0913 - the options of the published method, each by its name
    kind: Kind,
    numerators: Sequence[Number | None],
    denominators: Sequence[Number | None] | None = None,
    *,
    freeze: int | None = None,
    freeze_from: int = 1,
    parts: Sequence[int] = (),
) -> tuple[Limits, ...]:
    """Return the limits of each month, as qicharts2 draws them: three sigma, and two, about the mean.

    Args:
        kind: the chart. P and U divide; I divides where denominators are given; C does not.
        numerators: in time order, None where missing.
        denominators: as many; a month of 0 / 0 counts as missing.
        freeze: limits come from the points up to freeze. Phases switch freezing off.
        freeze_from: the first of them.
        parts: the last point of each phase but the last, rising; each phase has its own limits.

    Raises:
        DomainError: for no values at all, a denominator of zero under a numerator, a baseline without a
            point, phases out of order.
    """
    refuse_misplaced((freeze_from, freeze), parts)
    points = _points(kind, numerators, denominators)
    cuts = [part for part in parts if part < len(points)]
    limits: list[Limits] = []
    for first, last in pairwise([0, *cuts, len(points)]):
        phase = points[first:last]
        base = phase if cuts or freeze is None else phase[freeze_from - 1 : freeze]
        limits += _phase_limits(kind, phase, base)
    return tuple(limits)


def _points(
    kind: Kind, numerators: Sequence[Number | None], denominators: Sequence[Number | None] | None
) -> list[_LimitPoint | None]:
    if kind in RATIOS and denominators is None:
        raise DomainError("Shares and rates need denominators.")
    below = [1] * len(numerators) if denominators is None else denominators
    if len(below) != len(numerators):
        raise DomainError("Each month needs a numerator and a denominator, or a gap in both.")
    return [_point(numerator, denominator) for numerator, denominator in zip(numerators, below, strict=True)]


def _point(numerator: Number | None, denominator: Number | None) -> _LimitPoint | None:
    if numerator is None or denominator is None or not (numerator or denominator):
        return None
    if denominator <= 0:
        raise DomainError(f"{numerator} of {denominator} is no share: the denominator must be above zero.")
    return _LimitPoint(float(exact_number(numerator)), float(exact_number(denominator)))


def _phase_limits(
    kind: Kind, points: list[_LimitPoint | None], base: list[_LimitPoint | None]
) -> list[Limits]:
    known = [point for point in base if point is not None]
    if not known:
        raise DomainError("Limits need values in every phase and in the baseline.")
    centre = _centre(kind, known)
    sigma = _sigma(kind, base, centre)
    return [Limits(centre) if point is None else _cut(kind, centre, sigma(point)) for point in points]


def _centre(kind: Kind, known: list[_LimitPoint]) -> float:
    if kind in RATIOS:
        return math.fsum(point.numerator for point in known) / math.fsum(point.denominator for point in known)
    return fmean(point.value for point in known)


def _sigma(kind: Kind, base: list[_LimitPoint | None], centre: float) -> Callable[[_LimitPoint], float]:
    """Return the sigma of a point: from its size, from neighbours' differences, or (primes) from both."""
    if kind is Kind.INDIVIDUALS:
        spread = _mean_range([point.value if point else None for point in base]) / RANGE_TO_SIGMA
        return lambda _: spread
    unit = centre * (1 - centre) if kind in SHARES else centre
    if unit < 0:
        raise DomainError("Shares lie between none and all, and counts are zero or more.")

    def by_size(point: _LimitPoint) -> float:
        return math.sqrt(unit / point.denominator)

    if kind not in PRIMES or not unit:
        return by_size
    scores = [(point.value - centre) / by_size(point) if point else None for point in base]
    excess = _mean_range(scores) / RANGE_TO_SIGMA
    return lambda point: by_size(point) * excess


def _mean_range(values: list[float | None]) -> float:
    """Average the differences of neighbouring months with values; outlying ones are screened, once."""
    pairs = pairwise(values)
    ranges = [abs(after - before) for before, after in pairs if before is not None and after is not None]
    if not ranges:
        return 0.0
    bound = SCREEN * fmean(ranges)
    return fmean([size for size in ranges if size < bound] or ranges)


def _cut(kind: Kind, centre: float, sigma: float) -> Limits:
    """Set the limits, never below nothing nor above all, but for single values that may be negative."""
    low = -math.inf if kind is Kind.INDIVIDUALS else 0.0
    high = 1.0 if kind in SHARES else math.inf
    three, two = 3 * sigma, 2 * sigma
    return Limits(
        centre,
        max(centre - three, low),
        min(centre + three, high),
        max(centre - two, low),
        min(centre + two, high),
    )
