"""Lays a team's chart, or that of all teams together, out for drawing and for words."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from handlers.files.charts.spec import ChartSpec, Marker, PhaseStart, Together
from models.rules.charts.charts import TeamChart, side_by_side
from models.rules.collaborative.measure import Value

ALL = "All teams"


def chart_of(chart: TeamChart) -> ChartSpec:
    """Lay a team's values out, with its baseline, phases, cycles and notes."""
    measure, points = chart.series.measure, chart.series.points
    values = [point.value for point in points]
    return ChartSpec(
        team=chart.series.team.name,
        measure=measure.name,
        unit=measure.unit,
        direction=measure.direction,
        months=tuple(map(_month, chart.months)),
        values=chart.levels,
        numerators=_numerators(values),
        denominators=_denominators(values) if measure.unit.has_denominator else None,
        goal=measure.goal,
        freeze=chart.baseline and chart.baseline.last,
        freeze_from=chart.baseline.first if chart.baseline else 1,
        phases=tuple(PhaseStart(at, mark.words) for at, mark in chart.phases),
        markers=_markers(chart),
        estimates=frozenset(at for at, value in enumerate(values, 1) if value and value.is_estimate),
        rules=chart.rules,
    )


def together(charts: Sequence[TeamChart]) -> ChartSpec | None:
    """Add all teams up, month by month; None for a measure without denominators, or with fewer than 2 teams.

    Counts are not added up: their sum would fall whenever a team is late. A share may rise when a low team is
    late: months that are not of all teams are drawn, but neither median nor tests rest on them.
    """
    if len(charts) < 2 or not charts[0].series.measure.unit.has_denominator:  # noqa: PLR2004 - one is no range
        return None
    measure = charts[0].series.measure
    by_month = _by_month(charts)
    for_all = replace(side_by_side(charts)[0], history=())  # without what one team marked
    sums = [_sum(values) for values in by_month.values()]
    levels = [[value.level(measure.unit) for value in values] for values in by_month.values()]
    return ChartSpec(
        team=ALL,
        measure=measure.name,
        unit=measure.unit,
        direction=measure.direction,
        months=tuple(map(_month, by_month)),
        values=tuple(None if value is None else value.level(measure.unit) for value in sums),
        numerators=_numerators(sums),
        denominators=_denominators(sums),
        goal=measure.goal,
        markers=_markers(for_all),
        rules=charts[0].rules,
        together=Together(len(charts), tuple(map(len, levels)), tuple(map(_range, levels))),
    )


def _markers(chart: TeamChart) -> tuple[Marker, ...]:
    return tuple(Marker(at, number, words, kind.capitalize()) for number, at, kind, words in chart.numbered)


def _by_month(charts: Sequence[TeamChart]) -> dict[date, list[Value]]:
    points = [point for chart in charts for point in chart.series.points]
    by_month: dict[date, list[Value]] = {month: [] for month in sorted({p.period.first_day for p in points})}
    for point in points:
        if point.value is not None:
            by_month[point.period.first_day].append(point.value)
    return by_month


def _sum(values: Sequence[Value]) -> Value | None:
    if not values:
        return None
    zero = Decimal(0)
    return Value(sum((v.numerator for v in values), zero), sum((v.denominator or zero for v in values), zero))


def _range(levels: Sequence[Fraction]) -> tuple[Fraction, Fraction] | None:
    return (min(levels), max(levels)) if len(levels) > 1 else None


def _numerators(values: Sequence[Value | None]) -> tuple[Decimal | None, ...]:
    return tuple(None if value is None else value.numerator for value in values)


def _denominators(values: Sequence[Value | None]) -> tuple[Decimal | None, ...]:
    return tuple(None if value is None else value.denominator for value in values)


def _month(first_day: date) -> str:
    return f"{first_day:%b %Y}"
