"""A run chart tells non-random from random variation about the median of values in time order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from statistics import median

from models.errors import DomainError
from models.rules.charts import ihi
from models.rules.charts.phase import MIN_USEFUL, Phase
from models.rules.charts.runs import (
    RunLimits,
    anhoej_findings,
    anhoej_limits,
    find_runs,
    heading,
    longest_of,
    longest_on,
    refuse_misplaced,
)
from models.rules.numbers import Number, exact_number


class Rules(StrEnum):
    """Which tests a collaborative uses. The trend test must be asked for: alone it errs in 1 chart of 4."""

    ANHOEJ = "anhoej"
    IHI = "ihi"
    IHI_TREND = "ihi+trend"


@dataclass(frozen=True)
class RunChart:
    """The answer of `analyse`: one phase or more, in time order."""

    phases: tuple[Phase, ...]
    rules: Rules
    freeze: int | None  # the last point the centre line was frozen on; None where it was not
    freeze_from: int = 1  # and the first

    @property
    def current(self) -> Phase:
        return self.phases[-1]

    @property
    def signal(self) -> bool:
        """Whether the bare rule fires in any phase."""
        return any(phase.signal for phase in self.phases)

    @property
    def may_be_announced(self) -> bool:
        """Whether the current phase shows a signal on 10 useful points or more."""
        return self.current.may_be_announced

    @property
    def words(self) -> str:
        """What the tests say of the current phase."""
        return self.current.words


@dataclass(frozen=True)
class _Chart:
    """What the caller asked for, exact and checked."""

    values: tuple[Fraction | None, ...]
    freeze: int | None
    freeze_from: int
    exclude: frozenset[int]
    centre: Fraction | None
    rules: Rules


def analyse(  # noqa: PLR0913 - the options of the published method, each by its name
    values: Sequence[Number | None],
    *,
    freeze: int | None = None,
    freeze_from: int = 1,
    parts: Sequence[int] = (),
    exclude: Iterable[int] = (),
    centre: Number | None = None,
    rules: str = Rules.ANHOEJ,
) -> RunChart:
    """Analyse values in time order; None is a missing point. Positions are 1-based.

    Args:
        values: the points; decimals and fractions stay exact, a float means the decimal it prints as.
        freeze: the centre line comes from the points up to freeze; as far as the series goes while it is
            shorter. It is drawn, and the tests run, over all points.
        freeze_from: the first of them.
        parts: the last point of each phase but the last, rising; each phase starts afresh. Phases switch
            freezing off. A phase that would start after the last point is not there yet.
        exclude: points left out of the centre line and of the tests.
        centre: a centre line known beforehand.
        rules: "anhoej" (Anhøj & Olesen 2014, doi 10.1371/journal.pone.0113825), "ihi" or "ihi+trend"
            (Perla, Provost & Murray 2011, doi 10.1136/bmjqs.2009.037895).
    Raises DomainError, for no points, a value that is not a number, phases out of order, unknown rules.
    """
    n = len(values)
    _check(n, (freeze_from, freeze), parts)
    cuts = [part for part in parts if part < n]
    chart = _Chart(
        values=tuple(None if value is None else exact_number(value) for value in values),
        freeze=None if cuts or freeze is None or centre is not None else min(freeze, n),
        freeze_from=freeze_from,
        exclude=frozenset(exclude),
        centre=None if centre is None else exact_number(centre),
        rules=_rules(rules),
    )
    phases = tuple(_phase(chart, before + 1, last) for before, last in pairwise([0, *cuts, n]))
    return RunChart(phases, chart.rules, chart.freeze, freeze_from)


def _check(n: int, frozen: tuple[int, int | None], parts: Sequence[int]) -> None:
    if not n:
        raise DomainError("There are no values to chart yet.")
    refuse_misplaced(frozen, parts)


def _rules(name: str) -> Rules:
    if name not in set(Rules):
        raise DomainError(f"There are no rules called “{name}”. Choose one of: {', '.join(Rules)}.")
    return Rules(name)


def _phase(chart: _Chart, first: int, last: int) -> Phase:
    points = [(i, chart.values[i - 1]) for i in range(first, last + 1) if i not in chart.exclude]
    known = [(i, value) for i, value in points if value is not None]
    frozen = [value for i, value in known if chart.freeze is None or chart.freeze_from <= i <= chart.freeze]
    centre = chart.centre if chart.centre is not None or not frozen else median(frozen)
    if centre is None:
        return Phase(first, last, None, len(points))
    useful = [(i, 1 if value > centre else -1) for i, value in known if value != centre]
    is_own = chart.centre is None and chart.freeze is None and len(known) >= MIN_USEFUL
    fits = not is_own or len({side for _, side in useful}) > 1
    phase = Phase(first, last, centre, len(points), len(known), len(useful), fits=fits)
    return _tested(phase, points, useful, chart.rules) if useful else phase


def _tested(
    phase: Phase, points: list[tuple[int, Fraction | None]], useful: list[tuple[int, int]], rules: Rules
) -> Phase:
    runs, way = find_runs(useful), heading(useful)
    limits = _limits(useful, rules)
    findings = anhoej_findings(runs, limits) if rules is Rules.ANHOEJ else ihi.findings(runs, limits)
    if rules is Rules.IHI_TREND:
        findings += ihi.trends(points)
    return replace(
        phase,
        longest_run=longest_of(runs).length,
        longest_run_max=limits.longest,
        n_crossings=len(runs) - 1,
        n_crossings_min=limits.fewest,
        n_crossings_max=limits.most,
        signal=bool(findings),
        heading=way,
        run=longest_of(runs),
        moved=longest_on(runs, way),
        findings=findings,
    )


def _limits(useful: list[tuple[int, int]], rules: Rules) -> RunLimits:
    if rules is Rules.ANHOEJ:
        return anhoej_limits(len(useful))
    above = sum(side > 0 for _, side in useful)
    return ihi.limits(above, len(useful) - above)
