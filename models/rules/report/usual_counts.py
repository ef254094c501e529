"""How many a team usually counts for a measure, and when a month is far from it."""

from collections.abc import Sequence
from fractions import Fraction
from statistics import median

from models.rules.collaborative.measure import Measure
from models.rules.report.team_record import Month

USUAL_MONTHS, LEAST_MONTHS = 6, 3  # whose middle is what a team usually counts
JUMP, LEAST_JUMP = 2, 10  # times as many or as few, and by so many at least


def denominator(month: Month, measure: Measure) -> Fraction | None:
    """How many were counted that month; None for a measure without a denominator, or when it was not told."""
    entry = month.entries.get(measure.id)
    if not measure.unit.has_denominator or entry is None or entry.value is None:
        return None
    return None if entry.value.denominator is None else Fraction(entry.value.denominator)


def usual(before: Sequence[Month], measure: Measure) -> Fraction | None:
    """The middle of the last months; None when there are too few."""
    counts = [denominator(month, measure) for month in before[-USUAL_MONTHS:]]
    known = [count for count in counts if count is not None]
    return median(known) if len(known) >= LEAST_MONTHS else None


def is_jump(before: Sequence[Month], month: Month, measure: Measure) -> bool:
    """Twice as many as usual or half as many, and not just by a few."""
    middle, now = usual(before, measure), denominator(month, measure)
    if middle is None or now is None or abs(now - middle) < LEAST_JUMP:
        return False
    return now >= middle * JUMP or now * JUMP <= middle


def jumps_begin(known: Sequence[Month], measure: Measure) -> int | None:
    """Where the jumps that reach to the last month begin; None when that is none."""
    first = len(known)
    while first and is_jump(known[: first - 1], known[first - 1], measure):
        first -= 1
    return first if first < len(known) else None
