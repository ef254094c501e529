"""What one run chart is made of: a team's values, and the marks people set on it, each with a reason."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from models.errors import DomainError
from models.rules.charts.run_chart import Rules, RunChart, analyse
from models.rules.collaborative.measure import main_of
from models.rules.collaborative.period import ReportingPeriod
from models.rules.collaborative.redefined import Redefined, redefined_words
from models.rules.report.report import Point, Series

LEAST_BASELINE = 6  # months with a value; 6 to 12 are usual
LONGEST_WORDS = 300
SOON = 2  # months: a cycle this short before a run may be what began it


class MarkKind(StrEnum):
    BASELINE = "baseline"  # the median of the months up to this one is frozen
    PHASE = "phase"  # from this month on a median of its own
    CYCLE = "cycle"  # a PDSA cycle: from this month on something was tried
    NOTE = "note"  # something to know about this month

    @property
    def moves_median(self) -> bool:
        return self in {MarkKind.BASELINE, MarkKind.PHASE}


@dataclass(frozen=True)
class Wish:
    """A mark a person would like to set."""

    kind: MarkKind
    month: date
    words: str
    on_all: bool = False  # a cycle or note on all charts of the team


@dataclass(frozen=True)
class Ended:
    """A mark taken back: who, when, why."""

    by: str
    at: datetime
    why: str


@dataclass(frozen=True)
class Mark:
    """Something a person set on a chart; never erased, only taken back."""

    id: int
    kind: MarkKind
    month: date  # first day: a baseline's last month, the first of a phase or cycle, the one a note is about
    words: str  # why, or what the note says
    by: str
    at: datetime
    ended: Ended | None = None


DEFINITION = "definition"  # beside the kinds of marks: the bot notes it, nobody sets it


class Numbered(NamedTuple):
    """A cycle, note or change of definition with its number, and the 1-based position of its month."""

    number: int
    position: int
    kind: str  # "cycle", "note" or "definition"
    words: str


@dataclass(frozen=True)
class TeamChart:
    """One team's measure with all that was ever marked on it, oldest first."""

    series: Series
    history: tuple[Mark, ...] = ()
    rules: Rules = Rules.ANHOEJ  # the collaborative's
    changes: tuple[Redefined, ...] = ()  # of the measure's definition

    @property
    def months(self) -> tuple[date, ...]:
        return tuple(point.period.first_day for point in self.series.points)

    @property
    def levels(self) -> tuple[Fraction | None, ...]:
        """The values in the units people see, exact."""
        unit = self.series.measure.unit
        return tuple(None if each.value is None else each.value.level(unit) for each in self.series.points)

    def standing(self, kind: MarkKind) -> tuple[Mark, ...]:
        """The marks of a kind that nobody took back, in the order of their months."""
        there = (mark for mark in self.history if mark.kind is kind and mark.ended is None)
        return tuple(sorted(there, key=lambda mark: (mark.month, mark.id)))

    @property
    def freeze(self) -> int | None:
        """How many points the baseline holds; None where nothing is frozen."""
        marks = self.standing(MarkKind.BASELINE)
        return sum(month <= marks[-1].month for month in self.months) or None if marks else None

    def rests_on(self, month: date) -> bool:
        """Whether a frozen baseline takes this month in."""
        return bool(self.freeze) and month <= self.standing(MarkKind.BASELINE)[-1].month

    @property
    def phases(self) -> tuple[tuple[int, Mark], ...]:
        """The phases that begin on this chart, each with its 1-based position."""
        starts = [(self._from(mark.month), mark) for mark in self.standing(MarkKind.PHASE)]
        return tuple((at, mark) for at, mark in starts if 1 < at <= len(self.months))

    @property
    def numbered(self) -> tuple[Numbered, ...]:
        """The cycles, then the notes, then changes of the definition, numbered on in the order of months."""
        at = {month: position for position, month in enumerate(self.months, 1)}
        marks = [*self.standing(MarkKind.CYCLE), *self.standing(MarkKind.NOTE)]
        here = [(at[mark.month], mark.kind.value, mark.words) for mark in marks if mark.month in at]
        changed = [(position, DEFINITION, words) for position, words in self.redefined]
        return tuple(Numbered(number, *each) for number, each in enumerate([*here, *changed], 1))

    @property
    def redefined(self) -> tuple[tuple[int, str], ...]:
        """The first month due after each change of the definition, and of what it was."""
        by_month: dict[int, list[Redefined]] = {}
        for change in self.changes:
            position = 1 + sum(point.period.due_on < change.on for point in self.series.points)
            by_month.setdefault(position, []).append(change)
        here = ((at, changes) for at, changes in by_month.items() if 1 < at <= len(self.months))
        return tuple((at, redefined_words(changes)) for at, changes in here)

    @property
    def unsplit(self) -> date | None:
        """The latest month the measure is another from, where no phase begins with it."""
        begun = {at for at, _ in self.phases}
        left = [at for at, _ in self.redefined if at not in begun]
        return self.months[left[-1] - 1] if left else None

    def cycle_before(self, first: int) -> int | None:
        """The number of the latest cycle begun with the month at a position, or up to two months before."""
        cycles = [each for each in self.numbered if each.kind == MarkKind.CYCLE]
        soon = [each.number for each in cycles if first - SOON <= each.position <= first]
        return soon[-1] if soon else None

    @property
    def frame(self) -> str:
        """What the latest values are compared with: a phase, a frozen baseline, or all months ("")."""
        if self.phases:
            return f"{MarkKind.PHASE}:{self.phases[-1][1].month:%Y-%m}"
        return (
            f"{MarkKind.BASELINE}:{self.standing(MarkKind.BASELINE)[-1].month:%Y-%m}" if self.freeze else ""
        )

    def analysed(self) -> RunChart | None:
        """What the run-chart rules say; None where there is no month."""
        cuts = [at - 1 for at, _ in self.phases]
        if not self.months:
            return None
        return analyse(self.levels, freeze=self.freeze, parts=cuts, rules=self.rules)

    def _from(self, month: date) -> int:
        return 1 + sum(each < month for each in self.months)


def main_chart(charts: Iterable[TeamChart]) -> TeamChart | None:
    """The chart that stands for all of a team."""
    return main_of(charts, lambda chart: chart.series.measure)


def side_by_side(charts: Sequence[TeamChart]) -> tuple[TeamChart, ...]:
    """Give all charts the same months: those any of them has, without a value where a team has none."""
    months = {point.period.first_day: point.period for chart in charts for point in chart.series.points}
    periods = [months[first_day] for first_day in sorted(months)]
    return tuple(_over(chart, periods) for chart in charts)


def with_mark(chart: TeamChart, mark: Mark) -> TeamChart:
    """The chart as it would be; a new baseline takes the place of the one before."""
    replaced = mark.kind is MarkKind.BASELINE
    kept = [each for each in chart.history if not (replaced and each.kind is MarkKind.BASELINE)]
    return replace(chart, history=(*kept, mark))


def refuse_unless_fits(chart: TeamChart, wish: Wish) -> None:
    """Raise DomainError, in words, when a mark would make no sense on this chart."""
    refuse_without_reason(wish.words)
    if wish.month not in chart.months:
        raise DomainError(f"{wish.month:%B %Y} is not on this chart.")
    if wish.kind is MarkKind.BASELINE:
        _refuse_baseline(chart, wish.month)
    if wish.kind is MarkKind.PHASE:
        _refuse_phase(chart, wish.month)


def refuse_without_reason(words: str) -> None:
    """Raise DomainError where a mark is set, or taken back, without a word of why, or with too many."""
    if not words.strip():
        raise DomainError("Please say why in a few words: people will wonder later.")
    if len(words) > LONGEST_WORDS:
        raise DomainError(f"Please keep it to {LONGEST_WORDS} characters.")


def may_choose(chart: TeamChart, kind: MarkKind) -> Sequence[date]:
    """The months a mark of this kind can be set on, oldest first."""
    if not kind.moves_median:
        return chart.months
    if kind is MarkKind.PHASE:
        taken = {mark.month for _, mark in chart.phases}
        return [month for month in chart.months[1:] if month not in taken]
    return [month for month in chart.months if _values_until(chart, month) >= LEAST_BASELINE]


def _over(chart: TeamChart, periods: Sequence[ReportingPeriod]) -> TeamChart:
    values = {point.period.first_day: point.value for point in chart.series.points}
    points = tuple(Point(period, values.get(period.first_day)) for period in periods)
    return replace(chart, series=replace(chart.series, points=points))


def _refuse_baseline(chart: TeamChart, month: date) -> None:
    if chart.phases:
        raise DomainError("This chart has phases, each with a median of its own. Take them back first.")
    count = _values_until(chart, month)
    if count < LEAST_BASELINE:
        raise DomainError(
            f"A baseline needs {LEAST_BASELINE} months with a value. Up to {month:%B %Y} there are {count}."
        )


def _refuse_phase(chart: TeamChart, month: date) -> None:
    if month == chart.months[0]:
        raise DomainError("The first month begins the chart: choose a later one.")
    if any(mark.month == month for _, mark in chart.phases):
        raise DomainError(f"A phase begins in {month:%B %Y} already.")


def _values_until(chart: TeamChart, month: date) -> int:
    pairs = zip(chart.months, chart.levels, strict=True)
    return sum(level is not None for at, level in pairs if at <= month)
