"""Numbers and units as people read them: beside an axis, in a title, in a sentence."""

import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from handlers.files.charts.spec import ChartSpec
from models.rules.collaborative.measure import Unit, UnitKind, with_noun
from models.rules.numbers import Number, exact_number

MOST_DECIMALS = 9  # a step finer than that is written with its power of ten


def level_words(spec: ChartSpec, level: Number) -> str:
    """Say a level of a chart, as finely as its values lie apart: "62%", "8.05"."""
    return short_level(level, spec.unit, spec.reading.decimals)


def short_level(level: Number, unit: Unit, decimals: int = 0) -> str:
    """Say a level beside a line: "62%", "49.5%", "8.1"; with so many decimals where it needs them."""
    number = number_words(exact_number(level), decimals)
    return f"{number}%" if unit.kind is UnitKind.PERCENT else number


def full_level(level: Number, unit: Unit, decimals: int = 0) -> str:
    """Say a level in a sentence: "62%", "8.1 per 10,000 risk days", "14.5 minutes"."""
    level_alone = short_level(level, unit, decimals)
    if unit.kind is UnitKind.PERCENT:
        return level_alone
    if unit.kind is UnitKind.RATE:
        return f"{level_alone} {unit_words(unit)}"
    return with_noun(level_alone, unit.noun)


def tick_words(ticks: Sequence[Fraction], unit: Unit) -> list[str]:
    """Name the levels of an axis, all with the decimals of the step between them: no two read alike."""
    places = range(MOST_DECIMALS + 1)
    step = ticks[1] - ticks[0]
    decimals = next((d for d in places if (step * 10**d).denominator == 1), None)
    sign = "%" if unit.kind is UnitKind.PERCENT else ""
    if decimals is None:
        return [f"{float(tick):.3g}{sign}" for tick in ticks]
    return [f"{_decimal(tick):,.{decimals}f}{sign}" for tick in ticks]


def unit_words(unit: Unit) -> str:
    """Name the unit: "%", "per 10,000 risk days", "minutes"; a bare count has none."""
    if unit.kind is UnitKind.PERCENT:
        return "%"
    return f"per {unit.per:,} {unit.noun}".rstrip() if unit.kind is UnitKind.RATE else unit.noun


def unit_title(unit: Unit) -> str:
    """Name the unit in a heading: "In percent", "Per 10,000 risk days", "In minutes", "Count of falls"."""
    if unit.kind is UnitKind.RATE:
        return unit_words(unit).capitalize()
    if unit.kind is UnitKind.COUNT:
        return f"Count of {unit.noun}" if unit.noun else "Count"
    return f"In {'percent' if unit.kind is UnitKind.PERCENT else unit.noun}" if unit_words(unit) else "Value"


def number_words(number: Fraction, decimals: int = 0) -> str:
    """Write a number for people: one decimal at most, two digits that count below 1, none from 1,000 on.

    `decimals` are written beyond that, but for zeros at the end.
    """
    if number.denominator == 1:
        return f"{round(number):,}"
    usual = 0 if abs(number) >= 1000 else 1 if abs(number) >= 1 else 1 - _power(number)  # noqa: PLR2004 - as above
    if usual > MOST_DECIMALS:
        return f"{float(number):.2g}"
    words = f"{_decimal(number):,.{max(usual, decimals)}f}"
    return words.rstrip("0").rstrip(".") if "." in words else words


def _power(number: Fraction) -> int:
    return math.floor(math.log10(abs(number)))


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / number.denominator
