"""What a person sees of their month at a glance, one line per team they act for."""

from dataclasses import dataclass
from datetime import date, datetime

from models.rules.collaborative.measure import Measure, Value
from models.rules.collaborative.people import Acting
from models.rules.collaborative.period import ReportingPeriod
from models.rules.collaborative.viewers import Viewer
from models.rules.report.report import RollCall

MOST_OWN = 10  # teams with a part of their own; Slack takes 100 blocks in a Home tab


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

    def day_of(self, moment: datetime) -> date:
        """The day it is for the team."""
        return self.acting.collaborative.day_of(moment)


@dataclass(frozen=True)
class LookingOn:
    """What there is to look at for somebody who acts for no team, in one collaborative."""

    viewer: Viewer
    call: RollCall | None  # of the month asked for


@dataclass(frozen=True)
class HomeReader:
    """Who looks at their Home tab: the teams they act for, or else what they may look at."""

    standings: tuple[TeamStanding, ...]
    looks_on: tuple[LookingOn, ...]
    now: datetime

    @property
    def own(self) -> tuple[TeamStanding, ...]:
        """The first of their own teams."""
        return tuple(each for each in self.standings if not each.acting.is_on_behalf)[:MOST_OWN]

    @property
    def looked_after(self) -> tuple[TeamStanding, ...]:
        """All other teams they act for."""
        own = self.own
        return tuple(each for each in self.standings if each not in own)
