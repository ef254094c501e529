"""Control limits month by month, in the units people see."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from models.rules.charts.control_chart import Kind, control_limits
from models.rules.collaborative.measure import Unit
from models.rules.numbers import Number, exact_number


@dataclass(frozen=True)
class Band:
    """Mean and limits of one month in the units people see; no limits where it has no value."""

    centre: Fraction
    lower: Fraction | None
    upper: Fraction | None

    def holds(self, level: Fraction | None) -> bool:
        return level is None or self.lower is None or self.upper is None or self.lower <= level <= self.upper


def bands(
    kind: Kind,
    counts: tuple[Sequence[Number | None], Sequence[Number | None] | None],
    unit: Unit,
    frozen: tuple[int, int] | None,
    parts: Sequence[int],
) -> tuple[Band, ...]:
    """The limits of each month. Raises DomainError where the counts allow none."""
    first, last = frozen or (1, None)
    limits = control_limits(kind, *counts, freeze=last, freeze_from=first, parts=parts)
    return tuple(
        Band(_seen(one.centre, unit) or Fraction(0), _seen(one.lower, unit), _seen(one.upper, unit))
        for one in limits
    )


def _seen(share: float | None, unit: Unit) -> Fraction | None:
    """Bring a limit to the units people see; rounded, or a value exactly on it might count as outside."""
    return None if share is None else round(exact_number(share) * unit.scale, 9)
