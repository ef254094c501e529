"""What holds of the run-chart rules whatever the values are: the chart's promises, by random series."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from models.rules.charts.run_chart import Rules, analyse
from tests.rules.test_run_chart import statistics

points = st.lists(st.one_of(st.none(), st.integers(-20, 20)), min_size=1, max_size=40)


@given(points, st.integers(-1000, 1000), st.integers(1, 50))
def test_moving_or_stretching_all_values_changes_nothing(
    values: list[int | None], by: int, factor: int
) -> None:
    """A run chart knows order and sides, not units."""
    moved = [None if value is None else Fraction(value, factor) + by for value in values]
    for rules in Rules:
        assert statistics(analyse(moved, rules=rules).current) == statistics(
            analyse(values, rules=rules).current
        )


@given(points)
def test_a_mirror_changes_nothing_but_the_sides(values: list[int | None]) -> None:
    """Upside down, the same statistics and the opposite heading."""
    upright, mirrored = analyse(values).current, analyse([None if v is None else -v for v in values]).current
    assert statistics(upright) == statistics(mirrored)
    assert upright.heading == -mirrored.heading


@given(points)
def test_time_backwards_has_the_same_runs(values: list[int | None]) -> None:
    """Runs and crossings do not know which way time flows."""
    assert statistics(analyse(values).current) == statistics(analyse(values[::-1]).current)


@given(points, st.data())
def test_missing_months_and_points_on_the_median_neither_break_nor_count(
    values: list[int | None], data: st.DataObject
) -> None:
    """Put in anywhere, they change no statistic."""
    before = analyse(values).current
    if before.centre is None:
        return
    more: list[Fraction | int | None] = list(values)
    for filler in (None, before.centre, None):
        more.insert(data.draw(st.integers(0, len(more))), filler)
    assert statistics(analyse(more, centre=before.centre).current) == statistics(
        analyse(values, centre=before.centre).current
    )


@given(points)
def test_the_statistics_hold_together(values: list[int | None]) -> None:
    """Runs of one sign fill the useful points: the longest and the crossings leave room for each other."""
    phase = analyse(values).current
    if phase.longest_run is None or phase.n_crossings is None:
        assert phase.n_useful == 0
        return
    assert 1 <= phase.longest_run <= phase.n_useful - phase.n_crossings
    assert phase.n_useful <= sum(value is not None for value in values) == phase.n_obs - values.count(None)


@given(points, points)
def test_a_phase_is_a_chart_of_its_own(first: list[int | None], second: list[int | None]) -> None:
    """Everything starts afresh: each phase answers as if it stood alone."""
    chart = analyse([*first, *second], parts=[len(first)])
    assert [statistics(phase) for phase in chart.phases] == [
        statistics(analyse(half).current) for half in (first, second)
    ]
