"""Values read aloud: exact, with their counts, in the units people see."""

from decimal import Decimal
from fractions import Fraction

import pytest

from models.rules.collaborative.measure import Unit, UnitKind, Value, level_words, value_words

PERCENT = Unit(UnitKind.PERCENT)
RATE = Unit(UnitKind.RATE, 10_000, "risk days")
COUNT = Unit(UnitKind.COUNT)
MINUTES = Unit(UnitKind.VALUE, noun="minutes")


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (Value(Decimal(42), Decimal(60)), PERCENT, "70.0% (42/60)"),
        (Value(Decimal(43), Decimal(60), is_estimate=True), PERCENT, "71.7% (43/60), estimate"),
        (Value(Decimal(0), Decimal(20)), PERCENT, "0.0% (0/20)"),
        (Value(Decimal(12), Decimal(14_815)), RATE, "8.1 per 10,000 risk days (12/14,815)"),
        (Value(Decimal(1200)), COUNT, "1,200"),
        (Value(Decimal("14.50")), MINUTES, "14.5 minutes"),
        (Value(Decimal("14.501")), MINUTES, "14.501 minutes"),
        (Value(Decimal(20), is_estimate=True), COUNT, "20, estimate"),
    ],
)
def test_a_value_is_said_with_its_counts(value: Value, unit: Unit, words: str) -> None:
    """A person can check the sum; nobody sees 1.2E+3."""
    assert value_words(value, unit) == words


def test_a_level_is_exact_until_it_is_said() -> None:
    """A third stays a third: medians and goals are compared without rounding."""
    third = Value(Decimal(1), Decimal(3)).level(PERCENT)
    assert third == Fraction(100, 3)
    assert level_words(third, PERCENT) == "33.3%"
    assert level_words(Decimal(80), PERCENT) == "80.0%"
    assert level_words(Fraction(29, 2), MINUTES) == "14.5 minutes"


@pytest.mark.parametrize(
    ("noun", "one"),
    [
        ("complaints", "complaint"),
        ("minutes", "minute"),
        ("risk days", "risk day"),
        ("injuries", "injury"),
        ("losses", "loss"),
        ("boxes", "box"),
        ("virus", "virus"),
        ("staff", "staff"),
        ("", ""),
    ],
)
def test_one_of_a_thing_is_said_in_the_singular(noun: str, one: str) -> None:
    """On cards, in the form and on charts: "1 complaint", and "0 complaints"."""
    unit = Unit(UnitKind.COUNT, noun=noun)
    assert value_words(Value(Decimal("1.0")), unit) == level_words(Fraction(1), unit) == f"1 {one}".rstrip()
    assert value_words(Value(Decimal(0)), unit) == f"0 {noun}".rstrip()
