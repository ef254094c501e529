"""What is counted: measures with their definitions, values, and how both read aloud."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

T = TypeVar("T")


class MeasureKind(StrEnum):
    OUTCOME = "outcome"
    PROCESS = "process"
    BALANCING = "balancing"


class UnitKind(StrEnum):
    PERCENT = "percent"  # 100 x numerator / denominator
    RATE = "rate"  # per x numerator / denominator
    COUNT = "count"  # numerator alone, whole
    VALUE = "value"  # numerator alone, decimals welcome


class Direction(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True)
class Unit:
    kind: UnitKind
    per: int = 1  # of a rate: 1,000 or 10,000
    noun: str = ""  # "risk days", "minutes"

    @property
    def has_denominator(self) -> bool:
        """Whether a value is a share or a rate of something counted."""
        return self.kind in {UnitKind.PERCENT, UnitKind.RATE}

    @property
    def scale(self) -> int:
        """What numerator / denominator is multiplied by for people."""
        return {UnitKind.PERCENT: 100, UnitKind.RATE: self.per}.get(self.kind, 1)


@dataclass(frozen=True)
class Definition:
    """The four-part definition (toolkit, phase 1, step 10)."""

    conceptual: str
    operational: str
    numerator: str
    denominator: str


@dataclass(frozen=True)
class Measure:
    id: int
    key: str
    name: str
    kind: MeasureKind
    unit: Unit
    direction: Direction
    goal: Decimal | None  # in the units people see: 80 means 80 %
    required: bool
    definition: Definition
    sampling: str
    changed_on: date | None = None  # when definition or sampling were changed for the last time
    retired_on: date | None = None  # from this day on no month is asked for
    sample_size: int | None = None  # see rules/collaborative/sample

    def is_asked(self, month: date) -> bool:
        """Whether teams are asked for the month that begins on a day."""
        return self.retired_on is None or month < self.retired_on


@dataclass(frozen=True)
class PastDefinition:
    """How a measure was defined until the day it was changed."""

    measure_id: int
    definition: Definition
    sampling: str
    until: date  # the first day it no longer held
    sample_size: int | None = None


@dataclass(frozen=True)
class Value:
    """One team, measure, period. The denominator is None for counts and plain values."""

    numerator: Decimal
    denominator: Decimal | None = None
    is_estimate: bool = False

    def level(self, unit: Unit) -> Fraction:
        """The value in the units people see, exact: 70 for 42 of 60 in percent."""
        above, of = self.numerator.as_integer_ratio()
        below, per = self.denominator.as_integer_ratio() if self.denominator else (1, 1)
        return Fraction(above * per * unit.scale, of * below)


def asked_as(unit: Unit, what: str, part: str) -> str:
    """Ask for one number of a measure: "Patients below 140/90 (numerator)", "Complaints (how many)"."""
    if unit.kind is UnitKind.COUNT:
        return f"{what} (how many)"
    if unit.kind is UnitKind.VALUE:
        return f"{what} (in {unit.noun})" if unit.noun else what
    return f"{what} ({part}, in {unit.noun})" if part == "denominator" and unit.noun else f"{what} ({part})"


def level_words(level: Fraction | Decimal | float, unit: Unit) -> str:
    """Say a level: "70.0%", "8.1 per 10,000 risk days", "12", "14.5 minutes"."""
    number = f"{float(level):,.1f}"
    if unit.kind is UnitKind.PERCENT:
        return f"{number}%"
    if unit.kind is UnitKind.RATE:
        return f"{number} per {unit.per:,} {unit.noun}".rstrip()
    return with_noun(f"{float(level):,.2f}".rstrip("0").rstrip("."), unit.noun)


def value_words(value: Value, unit: Unit) -> str:
    """Say a value with its counts: "70.0% (42/60)", marked when it is an estimate."""
    estimate = ", estimate" if value.is_estimate else ""
    if value.denominator is None:
        return with_noun(_plain(value.numerator), unit.noun) + estimate
    counts = f"{_plain(value.numerator)}/{_plain(value.denominator)}"
    return f"{level_words(value.level(unit), unit)} ({counts}){estimate}"


def with_noun(number: str, noun: str) -> str:
    """Put a unit behind a number: "1 complaint", "12 complaints", "14.5 minutes"; a bare count has none."""
    return f"{number} {_of_one(noun) if number == '1' else noun}".rstrip()


def _of_one(noun: str) -> str:
    """Say a unit of one thing, as English mostly does: complaints, visits, injuries, losses, boxes."""
    for plural, singular in _ONE_OF:
        if noun.endswith(plural):
            return noun.removesuffix(plural) + singular
    return noun


_ONE_OF = (
    ("ies", "y"),
    *((f"{end}es", end) for end in ("ss", "x", "ch", "sh")),
    *((end, end) for end in ("ss", "us", "is")),
    ("s", ""),
)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():,f}"


def main_of(items: Iterable[T], measure_of: Callable[[T], Measure]) -> T | None:
    """The one of the first outcome measure; the first of all where there is no outcome among them."""
    every = list(items)
    outcomes = (each for each in every if measure_of(each).kind is MeasureKind.OUTCOME)
    return next(outcomes, every[0] if every else None)
