"""Which signal a run chart shows, which way it points, and whether it is news."""

from dataclasses import dataclass
from datetime import date
from statistics import median

from models.rules.charts.charts import TeamChart
from models.rules.charts.run_chart import RunChart
from models.rules.charts.runs import FiredTest, Sign
from models.rules.collaborative.measure import Direction


@dataclass(frozen=True)
class Signal:
    """A signal on enough points to be told."""

    frame: str  # what the values are compared with, see TeamChart.frame
    side: int  # where the values went: +1 up, -1 down
    is_good: bool  # the better direction of the measure
    finding: FiredTest


@dataclass(frozen=True)
class FoundSignal:
    """A signal as it was found, with the chart as it stands now."""

    id: int
    frame: str
    side: int
    is_good: bool
    chart: TeamChart
    now: Signal | None  # None: it is not there any more

    @property
    def still_holds(self) -> bool:
        """Whether the chart still says what it said when the signal was found."""
        frame = (self.frame, self.side, self.is_good)
        return self.now is not None and (self.now.frame, self.now.side, self.now.is_good) == frame


def first_to_name(chart: RunChart) -> FiredTest | None:
    """Choose the latest shift or trend of the present phase before a test that has no place."""
    if chart.current.is_provisional or not chart.current.findings:
        return None
    return max(
        chart.current.findings, key=lambda fired: (fired.side != 0, fired.sign is Sign.SHIFT, fired.last)
    )


def side_of(chart: RunChart, finding: FiredTest | None) -> int:
    """Where the values went: +1 up, -1 down, 0 where the rules do not say."""
    if finding is None or finding.sign is Sign.RUNS:
        return 0
    return finding.side if finding.sign is Sign.TREND else chart.current.heading


def signal_of(team_chart: TeamChart) -> Signal | None:
    """The signal of a chart's present phase; never on fewer than 10 useful points, or that points nowhere."""
    chart = team_chart.analysed()
    if chart is None or not chart.may_be_announced:
        return None
    finding = first_to_name(chart)
    if finding is None:
        return None
    side = side_of(chart, finding)
    if not side:
        return None
    better = 1 if team_chart.series.measure.direction is Direction.HIGHER else -1
    return Signal(team_chart.frame, side, side == better, finding)


def gives_back(team_chart: TeamChart, signal: Signal) -> bool:
    """Whether the latest value lost more than half of what the months on the signal's side had gained."""
    chart = team_chart.analysed()
    if chart is None or chart.current.centre is None:
        return False
    gains = [
        (level - chart.current.centre) * signal.side
        for level in team_chart.levels[chart.current.first - 1 :]
        if level is not None
    ]
    gained = [gain for gain in gains if gain > 0]
    return bool(gained) and gains[-1] * 2 < median(gained)


def lies_behind(team_chart: TeamChart, signal: Signal, today: date) -> bool:
    """Whether all months that make the signal are locked."""
    return team_chart.series.points[signal.finding.last - 1].period.is_locked(today)


def is_news(signal: Signal, last_side: int | None) -> bool:
    """Whether to tell of it: `last_side` is that of the last signal told in the same frame, if any was.

    A signal that goes and comes back the same way is the same episode, whichever test finds it.
    """
    return signal.side != last_side
