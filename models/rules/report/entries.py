"""Typed text becomes entries, or sentences that name what was typed and how to mend it."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import Literal

from models.rules.collaborative.measure import Unit, UnitKind, Value, level_words, value_words
from models.rules.report.report import Entry, Field, How, Typed

EntryField = Literal["numerator", "denominator", "reason"]

MOST_DIGITS = 12
ENOUGH_HISTORY = 4  # months: with fewer a usual range is guesswork
FAR = Fraction(5)  # times the usual distance from the median
USUAL_SHARE = Fraction(1, 4)  # a quarter up or down is nothing to ask about
A_FEW = 3  # neither are three patients more or less
A_FEW_POINTS = 10  # nor ten percentage points

FAR_DENOMINATOR = 5  # times the most that was counted before; a small sample is nothing to ask about

NO_NUMBER = "Please type a number, or choose “cannot report” and say why."
NO_REASON = "Please say in a few words why it cannot be reported this month."
MISSING = "This number is missing. Please type it, or choose “cannot report”."
NOTHING_TO_DIVIDE_BY = "Nothing to divide by: with 0 here, choose “cannot report”."

_GROUPED = re.compile(r"[+-]?\d{1,3}([ ,]\d{3})+(\.\d+)?")
_PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_SPACES = re.compile(r"\s+")  # also the narrow and non-breaking ones that grouped digits are copied with


@dataclass(frozen=True)
class EntryProblem:
    """Why a field cannot be taken, for the person who typed it."""

    measure_id: int
    field: EntryField
    sentence: str


@dataclass(frozen=True)
class Doubt:
    """A value far from the team's own months: right perhaps, but worth one question."""

    measure_id: int
    numerator: str
    denominator: str
    sentence: str

    @property
    def about(self) -> tuple[int, str, str]:
        """What was asked; the same numbers are not asked about twice."""
        return (self.measure_id, self.numerator, self.denominator)


@dataclass(frozen=True)
class Checked:
    entries: tuple[Entry, ...]  # of the fields without a problem, in the form's order
    problems: tuple[EntryProblem, ...]
    doubts: tuple[Doubt, ...]


class _UnreadableError(Exception):
    """Fields cannot be read: which, and in which words."""

    def __init__(self, sentences: Mapping[EntryField, str]) -> None:
        super().__init__(*sentences.values())
        self.sentences = sentences


def check(fields: Sequence[Field], typed: Sequence[Typed], answered: Collection[Doubt] = ()) -> Checked:
    """Read what was typed for each field of the form; what is missing in `typed` counts as left empty.

    `asked` are doubts the person has seen: sending the same numbers again settles them.
    """
    by_measure = {one.measure_id: one for one in typed}
    entries: list[Entry] = []
    problems: list[EntryProblem] = []
    for field in fields:
        own = by_measure.get(field.measure.id, Typed(field.measure.id))
        try:
            entries.append(_entry(field, own))
        except _UnreadableError as why:
            problems += [
                EntryProblem(field.measure.id, place, words) for place, words in why.sentences.items()
            ]
    return Checked(tuple(entries), tuple(problems), _doubts(fields, entries, answered))


def as_typed(entry: Entry) -> Typed:
    """The entry as a person would type it, to be corrected."""
    value = entry.value
    if value is None:
        how = How.CANNOT if entry.reason else How.COUNTED
        return Typed(entry.measure_id, how=how, reason=entry.reason)
    how = How.ESTIMATED if value.is_estimate else How.COUNTED
    return Typed(entry.measure_id, _digits(value.numerator), _digits(value.denominator), how)


def _entry(field: Field, typed: Typed) -> Entry:
    reason = typed.reason.strip()
    numerator, denominator = typed.numerator.strip(), typed.denominator.strip()
    if typed.how is How.CANNOT:
        if not reason:
            raise _UnreadableError({"reason": NO_REASON})
        return Entry(typed.measure_id, None, reason)
    if numerator or denominator:
        estimate = typed.how is How.ESTIMATED
        return Entry(typed.measure_id, _value(field.measure.unit, numerator, denominator, estimate=estimate))
    if field.measure.required:
        raise _UnreadableError({"numerator": NO_NUMBER})
    return Entry(typed.measure_id, None)


def _value(unit: Unit, numerator: str, denominator: str, *, estimate: bool) -> Value:
    """Read both numbers before either is refused: all that is wrong is said at once."""
    problems: dict[EntryField, str] = {}
    above = below = Decimal(1)
    try:
        above = _number(numerator, whole=unit.kind is not UnitKind.VALUE)
    except ValueError as why:
        problems["numerator"] = str(why)
    if unit.has_denominator:
        try:
            below = _divisor(denominator, whole=unit.kind is UnitKind.PERCENT)
        except ValueError as why:
            problems["denominator"] = str(why)
    if not problems and unit.kind is UnitKind.PERCENT and above > below:
        most = f"it can be {below:f} at most."
        problems["numerator"] = f"{_said(numerator)} is more than {_said(denominator)}: {most}"
    if problems:
        raise _UnreadableError(problems)
    return Value(above, below if unit.has_denominator else None, is_estimate=estimate)


def _divisor(text: str, *, whole: bool) -> Decimal:
    number = _number(text, whole=whole)
    if number == 0:
        raise ValueError(NOTHING_TO_DIVIDE_BY)
    return number


def _number(text: str, *, whole: bool) -> Decimal:
    """Read "42", " 42 ", "1,234", "1 234.5"; raise ValueError, with words for the person, for the rest."""
    plain = _SPACES.sub(" ", text).strip().replace("\N{MINUS SIGN}", "-")
    if not plain:
        raise ValueError(MISSING)
    if not (_PLAIN.fullmatch(plain) or _GROUPED.fullmatch(plain)):
        raise ValueError(f"{_said(text)} is not a number. Please type digits only, like 42.")
    if sum(map(str.isdigit, plain)) > MOST_DIGITS:
        raise ValueError(f"{_said(text)} is too long: at most {MOST_DIGITS} digits, please.")
    number = Decimal(plain.replace(" ", "").replace(",", ""))
    if number < 0:
        raise ValueError(f"{_said(text)} is below zero. Please type 0 or more.")
    if whole and number != number.to_integral_value():
        raise ValueError(f"{_said(text)} is not a whole number. Please type a count, like 42.")
    return abs(number)  # "-0" is 0


def _said(text: str) -> str:
    short = _SPACES.sub(" ", text).strip()
    return short if len(short) <= 2 * MOST_DIGITS else f"{short[: 2 * MOST_DIGITS]}…"


def _digits(number: Decimal | None) -> str:
    return "" if number is None else f"{number:f}"


def _doubts(
    fields: Sequence[Field], entries: Sequence[Entry], answered: Collection[Doubt]
) -> tuple[Doubt, ...]:
    settled = {doubt.about for doubt in answered}
    by_measure = {field.measure.id: field for field in fields}
    doubts = [_doubt(by_measure[entry.measure_id], entry.value) for entry in entries if entry.value]
    return tuple(doubt for doubt in doubts if doubt and doubt.about not in settled)


def _doubt(field: Field, value: Value) -> Doubt | None:
    sentence = _odd_level(field, value) or _odd_denominator(field, value)
    if not sentence:
        return None
    return Doubt(field.measure.id, _digits(value.numerator), _digits(value.denominator), sentence)


def _odd_level(field: Field, value: Value) -> str:
    unit = field.measure.unit
    if len(field.history) < ENOUGH_HISTORY or _lies_within(value, field.history, unit):
        return ""
    levels = [earlier.level(unit) for earlier in field.history]
    if not _is_far(value, levels, unit):
        return ""
    low, high = (level_words(level, unit) for level in (min(levels), max(levels)))
    usual = low if low == high else f"between {low} and {high}"
    return f"Earlier months were {usual}. Is {value_words(value, unit)} right?"


def _odd_denominator(field: Field, value: Value) -> str:
    """Ask about a slip of a digit that leaves the share as usual: 690/900 where 69/90 is."""
    earlier = [each.denominator for each in field.history if each.denominator]
    if value.denominator is None or len(earlier) < ENOUGH_HISTORY:
        return ""
    most = max(earlier)
    if value.denominator <= most * FAR_DENOMINATOR:
        return ""
    return f"Earlier months were out of {most:,f} at most. Is {value_words(value, field.measure.unit)} right?"


def _lies_within(value: Value, history: Sequence[Value], unit: Unit) -> bool:
    """Whether some month was as low and some as high: so are most values, and the last few months tell."""
    level = value.level(unit)
    was_as_low = was_as_high = False
    for earlier in reversed(history):
        other = earlier.level(unit)
        was_as_low, was_as_high = was_as_low or other <= level, was_as_high or other >= level
        if was_as_low and was_as_high:
            return True
    return False


def _is_far(value: Value, levels: Sequence[Fraction], unit: Unit) -> bool:
    """Whether a value outside all earlier ones is far from their median, too (median absolute deviation)."""
    level = value.level(unit)
    middle = median(levels)
    usual = median([abs(earlier - middle) for earlier in levels])
    few = (
        0 if unit.kind is UnitKind.VALUE else Fraction(A_FEW * unit.scale) / Fraction(value.denominator or 1)
    )
    points = A_FEW_POINTS if unit.kind is UnitKind.PERCENT else 0
    return abs(level - middle) > max(FAR * usual, USUAL_SHARE * abs(middle), few, points)
