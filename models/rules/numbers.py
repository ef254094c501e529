"""Numbers as people wrote them, exact: a point either is on the median or it is not."""

import math
from decimal import Decimal
from fractions import Fraction

from models.errors import DomainError

Number = int | float | Decimal | Fraction


def exact_number(value: Number) -> Fraction:
    """Return the number a person wrote: the float 87.1 is 871/10. DomainError for what is none."""
    if isinstance(value, int | Fraction):
        return Fraction(value)
    is_finite = value.is_finite() if isinstance(value, Decimal) else _is_finite_float(value)
    if not is_finite:
        raise DomainError(f"“{value}” is not a number that can be charted.")
    return Fraction(repr(float(value))) if isinstance(value, float) else Fraction(value)


def _is_finite_float(value: object) -> bool:
    return isinstance(value, float) and math.isfinite(value)
