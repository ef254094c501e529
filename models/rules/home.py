"""What a person sees of their month at a glance, one line per team they act for."""

from dataclasses import dataclass
from datetime import date

from models.rules.collaborative.measure import Measure, Value
from models.rules.collaborative.people import Acting
from models.rules.collaborative.period import ReportingPeriod


@dataclass(frozen=True)
class Latest:
    """The last value a team told of a measure."""

    measure: Measure
    value: Value
    month: date  # its first day


@dataclass(frozen=True)
class TeamStanding:
    """Where a team stands in the month it is asked for."""

    acting: Acting
    period: ReportingPeriod | None  # None: there is nothing to report now
    is_in: bool  # the team's report of that month is there
    teams_in: int  # of the roll call
    expected: int  # teams that take part this month
    latest: tuple[Latest, ...] = ()  # of the measures asked for now, in order
