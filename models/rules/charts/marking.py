"""Whether a mark makes sense on a chart: who may set it, on which months, and what to say where not."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from models.errors import DomainError
from models.rules.charts.charts import Mark, MarkKind, TeamChart, Wish

LEAST_BASELINE = 6  # months with a value; 6 to 12 are usual
LONGEST_WORDS = 300


def with_mark(chart: TeamChart, mark: Mark) -> TeamChart:
    """The chart as it would be; a new baseline takes the place of the one before."""
    replaced = mark.kind is MarkKind.BASELINE
    kept = [each for each in chart.history if not (replaced and each.kind is MarkKind.BASELINE)]
    return replace(chart, history=(*kept, mark))


def with_first_month(chart: TeamChart, wish: Wish) -> Wish:
    """A baseline begins with the first month that has a value, where no other is named."""
    if wish.kind is not MarkKind.BASELINE or wish.first or not chart.months:
        return wish
    return replace(wish, first=chart.months[0])


def refuse_unless_fits(chart: TeamChart, wish: Wish) -> None:
    """Raise DomainError, in words, when a mark would make no sense on this chart."""
    refuse_without_reason(wish.words)
    for month in (wish.month, wish.first or wish.month):
        if month not in chart.months:
            raise DomainError(f"{month:%B %Y} is not on this chart.")
    if wish.kind is MarkKind.BASELINE:
        _refuse_baseline(chart, wish.first or chart.months[0], wish.month)
    if wish.kind is MarkKind.PHASE:
        _refuse_phase(chart, wish.month)


def refuse_without_reason(words: str) -> None:
    """Raise DomainError where a mark is set, or taken back, without a word of why, or with too many."""
    if not words.strip():
        raise DomainError("Please say why in a few words: people will wonder later.")
    if len(words) > LONGEST_WORDS:
        raise DomainError(f"Please keep it to {LONGEST_WORDS} characters.")


def may_choose(chart: TeamChart, kind: MarkKind) -> Sequence[date]:
    """The months a mark of this kind can be set on, oldest first; of a baseline, those it can end with."""
    if not kind.moves_median:
        return chart.months
    if kind is MarkKind.PHASE:
        taken = {mark.month for _, mark in chart.phases}
        return [month for month in chart.months[1:] if month not in taken]
    enough = _months_with_a_value(chart)[LEAST_BASELINE - 1 : LEAST_BASELINE]
    return [month for month in _untested(chart) if enough and enough[0] <= month]


def may_begin(chart: TeamChart) -> Sequence[date]:
    """The months a baseline can begin with: with a value, and enough of them from there on; oldest first."""
    untested = set(_untested(chart))
    known = [month for month in _months_with_a_value(chart) if month in untested]
    return known[: 1 - LEAST_BASELINE]


def tests_began(chart: TeamChart) -> date | None:
    """The month of the first PDSA cycle; a baseline tells what was before the tests."""
    return next((mark.month for mark in chart.standing(MarkKind.CYCLE)), None)


def cycle_words(began: date) -> str:
    """Say why a baseline goes no further."""
    return f"A test began in {began:%B %Y}: end the baseline before it, or there is nothing to compare."


def _refuse_baseline(chart: TeamChart, first: date, last: date) -> None:
    if chart.phases:
        raise DomainError("This chart has phases, each with a median of its own. Take them back first.")
    began = tests_began(chart)
    if began and began <= last:
        raise DomainError(cycle_words(began))
    count = sum(first <= month <= last for month in _months_with_a_value(chart))
    if count < LEAST_BASELINE:
        raise DomainError(
            f"A baseline needs {LEAST_BASELINE} months with a value. "
            f"From {first:%B %Y} to {last:%B %Y} there are {count}."
        )


def _refuse_phase(chart: TeamChart, month: date) -> None:
    if month == chart.months[0]:
        raise DomainError("The first month begins the chart: choose a later one.")
    if any(mark.month == month for _, mark in chart.phases):
        raise DomainError(f"A phase begins in {month:%B %Y} already.")


def _untested(chart: TeamChart) -> Sequence[date]:
    """The months before the first PDSA cycle."""
    began = tests_began(chart)
    return [month for month in chart.months if began is None or month < began]


def _months_with_a_value(chart: TeamChart) -> Sequence[date]:
    pairs = zip(chart.months, chart.levels, strict=True)
    return [month for month, level in pairs if level is not None]
