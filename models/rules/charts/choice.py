"""Which chart is asked for: a team or all of them, a measure, and which lines."""

from dataclasses import dataclass

from models.rules.charts.control_chart import Kind

ALL_TEAMS = 0  # in place of a team's id


@dataclass(frozen=True)
class ChartChoice:
    """Which chart: a team or all, and a measure, of one collaborative. From a payload only a hint."""

    collaborative_id: int
    team_id: int  # ALL_TEAMS for all
    measure_id: int
    limits: Kind | None = None  # control limits in place of the median
