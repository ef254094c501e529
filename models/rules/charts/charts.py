"""What one run chart is made of: a team's values, and the marks people set on it, each with a reason."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from models.rules.charts.run_chart import Rules, RunChart, analyse
from models.rules.collaborative.measure import main_of
from models.rules.collaborative.period import ReportingPeriod
from models.rules.collaborative.redefined import Redefined, redefined_words
from models.rules.report.report import Point, Series

SOON = 2  # months: a cycle this short before a run may be what began it


class MarkKind(StrEnum):
    BASELINE = "baseline"  # the median of the months from its first to its last is frozen
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
    first: date | None = None  # a baseline's first month; None: the first with a value


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
    first: date | None = None  # a baseline's first month; the other kinds have one month alone
    is_cycle: bool = False  # the start of a PDSA cycle, which is corrected on its own card

    @property
    def since(self) -> date:
        """The first of its months."""
        return self.first or self.month


DEFINITION = "definition"  # beside the kinds of marks: the bot notes it, nobody sets it


class Stretch(NamedTuple):
    """The 1-based positions of the first and the last month of a part of a chart."""

    first: int
    last: int


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
    def frozen(self) -> Mark | None:
        """The baseline whose median is in use: phases have medians of their own."""
        marks = self.standing(MarkKind.BASELINE)
        return marks[-1] if marks and not self.phases else None

    @property
    def baseline(self) -> Stretch | None:
        """Where the months of the frozen baseline stand on this chart; None where nothing is frozen."""
        mark = self.frozen
        here = [at for at, month in enumerate(self.months, 1) if mark and mark.since <= month <= mark.month]
        return Stretch(here[0], here[-1]) if here else None

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
        return f"{MarkKind.BASELINE}:{self.frozen.month:%Y-%m}" if self.frozen and self.baseline else ""

    def analysed(self) -> RunChart | None:
        """What the run-chart rules say; None where there is no month."""
        cuts = [at - 1 for at, _ in self.phases]
        if not self.months:
            return None
        first, last = self.baseline or (1, None)
        return analyse(self.levels, freeze=last, freeze_from=first, parts=cuts, rules=self.rules)

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


def _over(chart: TeamChart, periods: Sequence[ReportingPeriod]) -> TeamChart:
    values = {point.period.first_day: point.value for point in chart.series.points}
    points = tuple(Point(period, values.get(period.first_day)) for period in periods)
    return replace(chart, series=replace(chart.series, points=points))
