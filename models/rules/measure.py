"""What is counted: measures with their definitions, values, and how both read aloud."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction


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


@dataclass(frozen=True)
class Value:
    """One team, measure, period. The denominator is None for counts and plain values."""

    numerator: Decimal
    denominator: Decimal | None = None
    is_estimate: bool = False

    def level(self, unit: Unit) -> Fraction:
        """The value in the units people see, exact: 70 for 42 of 60 in percent."""
        share = Fraction(self.numerator) / Fraction(self.denominator or 1)
        return share * unit.scale


def level_words(level: Fraction | Decimal | float, unit: Unit) -> str:
    """Say a level: "70.0%", "8.1 per 10,000 risk days", "12", "14.5 minutes"."""
    number = f"{float(level):,.1f}"
    if unit.kind is UnitKind.PERCENT:
        return f"{number}%"
    if unit.kind is UnitKind.RATE:
        return f"{number} per {unit.per:,} {unit.noun}".rstrip()
    plain = f"{float(level):,.2f}".rstrip("0").rstrip(".")
    return f"{plain} {unit.noun}".rstrip()


def value_words(value: Value, unit: Unit) -> str:
    """Say a value with its counts: "70.0% (42/60)", marked when it is an estimate."""
    estimate = ", estimate" if value.is_estimate else ""
    if value.denominator is None:
        return f"{_plain(value.numerator)} {unit.noun}".rstrip() + estimate
    counts = f"{_plain(value.numerator)}/{_plain(value.denominator)}"
    return f"{level_words(value.level(unit), unit)} ({counts}){estimate}"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():,f}"
