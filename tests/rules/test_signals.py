"""When a chart shows a signal to tell, which way it points, and by what it is known again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import DomainError
from models.rules.charts.charts import Mark, MarkKind, TeamChart, Wish
from models.rules.charts.marking import may_choose, refuse_unless_fits, with_mark
from models.rules.charts.signals import gives_back, is_news, signal_of
from models.rules.collaborative.measure import (
    Definition,
    Direction,
    Measure,
    MeasureKind,
    Unit,
    UnitKind,
    Value,
)
from models.rules.collaborative.people import Team
from models.rules.collaborative.period import ReportingPeriod
from models.rules.report.report import Point, Series

MEASURE = Measure(
    id=1,
    key="M1",
    name="BP control",
    kind=MeasureKind.OUTCOME,
    unit=Unit(UnitKind.VALUE),
    direction=Direction.HIGHER,
    goal=None,
    required=True,
    definition=Definition("", "", "", ""),
    sampling="",
)
STORY = (48, 52, 47, 51, 49, 50, 55, 58, 57, 60, 62, 61)


def month(position: int) -> date:
    """The month at a 1-based position: the first is January 2024."""
    return date(2024 + (position - 1) // 12, (position - 1) % 12 + 1, 1)


def chart(*levels: float | None, direction: Direction = Direction.HIGHER) -> TeamChart:
    points = tuple(
        Point(
            ReportingPeriod(at, month(at), month(at), month(at)),
            None if level is None else Value(Decimal(str(level))),
        )
        for at, level in enumerate(levels, 1)
    )
    return TeamChart(Series(Team(1, "cedar", "Cedar", None), replace(MEASURE, direction=direction), points))


def mark(kind: MarkKind, position: int, first: int | None = None) -> Mark:
    begins = month(first) if first else None
    return Mark(0, kind, month(position), "why", "Cora", datetime(2026, 1, 1, tzinfo=UTC), first=begins)


def frozen(*levels: float | None, months: int = 6, first: int = 1, **more: Direction) -> TeamChart:
    return with_mark(chart(*levels, **more), mark(MarkKind.BASELINE, months, first))


def test_seven_in_a_row_of_twelve_are_no_signal_and_eight_of_thirteen_are() -> None:
    """Story W11: the limit for 12 and for 13 useful points is 7."""
    assert signal_of(frozen(*STORY)) is None
    found = signal_of(frozen(*STORY, 63))
    assert found is not None
    assert (found.side, found.is_good) == (1, True)
    assert found.finding.words == "Longest run 8 above the median, limit 7."


def test_a_point_on_the_median_does_not_count() -> None:
    """Not for the run, and not for the number of useful points."""
    assert signal_of(frozen(*STORY, 49.5)) is None
    on_it = signal_of(frozen(*STORY, 49.5, 63))
    assert on_it is not None
    assert on_it.finding.length == 8


def test_what_was_told_once_is_no_news_until_it_turns_or_is_seen_in_another_frame() -> None:
    """A run that grows, or breaks and comes back by another test, is the same episode."""
    first, later = signal_of(frozen(*STORY, 63)), signal_of(frozen(*STORY, 63, None, 64, 49.5, 65))
    assert first is not None
    assert later is not None
    assert first.frame == later.frame == "baseline:2024-06"
    assert is_news(first, None)
    assert not is_news(later, first.side)
    assert is_news(later, -first.side)
    other = signal_of(frozen(*STORY, 63, 64, months=5))
    assert other is not None
    assert other.frame != first.frame


def _told(levels: Sequence[float]) -> list[int]:
    """The directions told while a chart without a baseline grows month by month."""
    told: list[int] = []
    for months in range(10, len(levels) + 1):
        found = signal_of(chart(*levels[:months]))
        if found and is_news(found, told[-1] if told else None):
            told.append(found.side)
    return told


def test_a_step_is_told_once_however_long_one_looks() -> None:
    """Replayed month by month, a step of 2 SD half-way: no direction is told twice."""
    random = Random(2014)  # noqa: S311 - values of a made-up chart, the same in every run
    replays = [_told([random.gauss(50 if at < 18 else 60, 5) for at in range(36)]) for _ in range(100)]
    assert all(before != after for told in replays for before, after in pairwise(told))
    assert sum(bool(told) for told in replays) >= 80
    assert sum(told.count(1) > 1 or told.count(-1) > 1 for told in replays) == 0


def test_a_gain_that_is_given_back_in_the_latest_month_is_seen() -> None:
    """More than half of it: 9 points above the median are usual, the latest has 2."""
    kept, lost = frozen(*STORY, 63), frozen(*STORY, 63, 51)
    for made, given_back in ((kept, False), (lost, True)):
        found = signal_of(made)
        assert found is not None
        assert gives_back(made, found) is given_back


def test_falling_is_good_where_lower_is_better() -> None:
    falling = [100 - level for level in (*STORY, 63)]
    assert getattr(signal_of(frozen(*falling, direction=Direction.LOWER)), "is_good", None) is True
    assert getattr(signal_of(frozen(*falling)), "is_good", None) is False


@given(st.lists(st.integers(0, 20), max_size=9), st.sampled_from(Direction))
def test_fewer_than_ten_points_never_make_a_signal(levels: list[int], direction: Direction) -> None:
    """However they lie, and with whatever baseline."""
    assert signal_of(chart(*levels, direction=direction)) is None
    if levels:
        assert signal_of(frozen(*levels, months=max(1, len(levels) // 2), direction=direction)) is None


@given(
    st.lists(st.one_of(st.none(), st.integers(0, 20)), max_size=40), st.integers(1, 45), st.integers(1, 45)
)
def test_any_marks_on_any_chart_are_understood(levels: list[int | None], first: int, second: int) -> None:
    """A baseline longer than the chart, a phase past its end, gaps: never a traceback."""
    marked = with_mark(
        with_mark(chart(*levels), mark(MarkKind.BASELINE, first)), mark(MarkKind.PHASE, second)
    )
    found = signal_of(marked)
    assert found is None or found.side in {-1, 1}


def test_a_new_phase_ends_the_signal_of_the_one_before() -> None:
    """The tests look at the present phase alone."""
    assert signal_of(with_mark(frozen(*STORY, 63), mark(MarkKind.PHASE, 7))) is None


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (
            Wish(MarkKind.BASELINE, month(5), "why"),
            "A baseline needs 6 months with a value. From January 2024 to May 2024 there",
        ),
        (Wish(MarkKind.BASELINE, month(6), " "), "Please say why in a few words"),
        (Wish(MarkKind.PHASE, month(1), "why"), "The first month begins the chart"),
        (Wish(MarkKind.NOTE, date(2030, 1, 1), "x"), "January 2030 is not on this chart."),
        (Wish(MarkKind.NOTE, month(1), "x" * 301), "Please keep it to 300 characters."),
    ],
)
def test_a_mark_that_makes_no_sense_is_refused_in_words(wish: Wish, words: str) -> None:
    with pytest.raises(DomainError, match=words):
        refuse_unless_fits(chart(*STORY), wish)


def test_with_phases_there_is_no_frozen_baseline() -> None:
    """Each phase has a median of its own; a month begins one phase at most."""
    phased = with_mark(chart(*STORY), mark(MarkKind.PHASE, 7))
    with pytest.raises(DomainError, match="This chart has phases"):
        refuse_unless_fits(phased, Wish(MarkKind.BASELINE, month(6), "why"))
    with pytest.raises(DomainError, match="A phase begins in July 2024 already"):
        refuse_unless_fits(phased, Wish(MarkKind.PHASE, month(7), "why"))
    assert month(7) not in may_choose(phased, MarkKind.PHASE)
