"""A frozen median is that of its own months, whatever comes before, between or after."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import DomainError
from models.rules.charts.charts import MarkKind, TeamChart, Wish
from models.rules.charts.frozen import frozen_median, median_move
from models.rules.charts.marking import may_begin, may_choose, refuse_unless_fits, with_first_month, with_mark
from models.rules.collaborative.measure import Value
from models.rules.collaborative.period import ReportingPeriod
from models.rules.report.report import Point
from tests.rules.test_signals import STORY, chart, frozen, mark, month

LEVELS = st.lists(st.none() | st.integers(0, 100), min_size=1, max_size=24)
SOME = st.lists(st.integers(0, 100), min_size=1, max_size=8)


def with_values(made: TeamChart, others: Mapping[date, Value | None]) -> TeamChart:
    """The chart once these values are written: from the first month with a value on, gaps included."""
    values = {point.period.first_day: point.value for point in made.series.points} | dict(others)
    points = (Point(ReportingPeriod(0, day, day, day), values[day]) for day in sorted(values))
    return replace(made, series=replace(made.series, points=tuple(points)))


@given(before=LEVELS, inside=SOME, after=LEVELS)
def test_a_frozen_median_is_a_function_of_its_own_months_alone(
    before: list[int | None], inside: list[int], after: list[int | None]
) -> None:
    """Of no value before its first month or after its last; the picture and the rules use the same."""
    first, last = len(before) + 1, len(before) + len(inside)
    made = frozen(*before, *inside, *after, months=last, first=first)
    analysed = made.analysed()
    assert analysed is not None
    assert frozen_median(made) == analysed.current.centre == median(map(Fraction, inside))
    assert (made.baseline, analysed.current.n_known) == (
        (first, last),
        sum(level is not None for level in made.levels),
    )


@given(inside=SOME, others=st.dictionaries(st.integers(1, 40), st.none() | st.integers(0, 100), max_size=9))
def test_what_would_move_it_is_exactly_what_moves_it(
    inside: list[int], others: dict[int, int | None]
) -> None:
    """What is foretold of values is what the chart with them says; those of other months move nothing."""
    made = frozen(*[None] * 10, *inside, 5, months=10 + len(inside), first=11)
    values = {month(at): None if each is None else Value(Decimal(each)) for at, each in others.items()}
    move, becomes = median_move(made, values), frozen_median(with_values(made, values))
    assert (move.new if move else frozen_median(made)) == becomes
    if not any(11 <= at <= 10 + len(inside) for at in others):
        assert move is None


def test_a_move_is_said_with_both_medians() -> None:
    """One too small to show is said, too."""
    made = frozen(*STORY)
    move = median_move(made, {month(5): Value(Decimal(53))})
    assert move is not None
    assert move.sentence("moves") == "This moves the frozen median of BP control from 49.5 to 50.5."
    little = median_move(made, {month(5): Value(Decimal("49.001"))})
    assert little is not None
    assert little.sentence("moves").endswith("of BP control by less than it shows: it is 49.5.")
    assert median_move(made, {month(5): Value(Decimal(49))}) is None


def test_a_baseline_ends_before_the_first_test() -> None:
    """Not offered, and refused in words; a cycle that was taken back is none."""
    tested = with_mark(chart(*STORY), mark(MarkKind.CYCLE, 8))
    assert may_choose(tested, MarkKind.BASELINE) == [month(6), month(7)]
    assert may_begin(tested) == [month(1), month(2)]
    refuse_unless_fits(tested, Wish(MarkKind.BASELINE, month(7), "why", first=month(2)))
    for last in (8, 9):
        with pytest.raises(DomainError, match="A test began in August 2024: end the baseline before it"):
            refuse_unless_fits(tested, Wish(MarkKind.BASELINE, month(last), "why", first=month(1)))
    early = with_mark(chart(*STORY), mark(MarkKind.CYCLE, 4))
    assert (may_choose(early, MarkKind.BASELINE), may_begin(early)) == ([], [])


def test_a_baseline_begins_with_the_first_month_where_no_other_is_named() -> None:
    """It has six months with a value between its first and its last."""
    assert with_first_month(chart(*STORY), Wish(MarkKind.BASELINE, month(6), "why")).first == month(1)
    with pytest.raises(DomainError, match="From February 2024 to June 2024 there are 5"):
        refuse_unless_fits(chart(*STORY), Wish(MarkKind.BASELINE, month(6), "why", first=month(2)))
    with pytest.raises(DomainError, match="January 2023 is not on this chart"):
        refuse_unless_fits(
            chart(*STORY), Wish(MarkKind.BASELINE, month(6), "why", first=month(1).replace(year=2023))
        )
