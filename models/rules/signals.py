"""Which signal a run chart shows, which way it points, and by what it is known again next month."""

from dataclasses import dataclass

from models.rules.charts import TeamChart
from models.rules.measure import Direction
from models.rules.run_chart import RunChart
from models.rules.runs import Finding, Sign


@dataclass(frozen=True)
class Signal:
    """A signal on enough points to be told."""

    episode: str  # the test, the side, the month it begins: the same while a run grows
    side: int  # where the values went: +1 up, -1 down, 0 neither
    is_good: bool  # the better direction of the measure
    finding: Finding


@dataclass(frozen=True)
class FoundSignal:
    """A signal as it was found, with the chart as it stands now."""

    id: int
    side: int
    is_good: bool
    chart: TeamChart
    now: Signal | None  # None: it is not there any more

    @property
    def still_holds(self) -> bool:
        """Whether the chart still says what it said when the signal was found."""
        return self.now is not None and (self.now.side, self.now.is_good) == (self.side, self.is_good)


def first_to_name(chart: RunChart) -> Finding | None:
    """Choose the latest shift or trend of the present phase before a test that has no place."""
    if chart.current.is_provisional or not chart.current.findings:
        return None
    return max(
        chart.current.findings, key=lambda found: (found.side != 0, found.sign is Sign.SHIFT, found.last)
    )


def side_of(chart: RunChart, finding: Finding | None) -> int:
    """Where the values went: +1 up, -1 down, 0 where the rules do not say."""
    if finding is None or finding.sign is Sign.RUNS:
        return 0
    return finding.side if finding.sign is Sign.TREND else chart.current.heading


def signal_of(team_chart: TeamChart) -> Signal | None:
    """The signal of a chart's present phase; never on fewer than 10 useful points."""
    chart = team_chart.analysed()
    if chart is None or not chart.may_be_announced:
        return None
    finding = first_to_name(chart)
    if finding is None:
        return None
    side = side_of(chart, finding)
    better = 1 if team_chart.series.measure.direction is Direction.HIGHER else -1
    begins = team_chart.months[finding.first - 1]
    return Signal(f"{finding.sign}:{side:+d}:{begins:%Y-%m}", side, side == better, finding)
