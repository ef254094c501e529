"""Where each team a person acts for stands this month."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import BindParameter, bindparam, literal, select, union_all
from sqlalchemy.orm import Session

from models.rules.home import Standing
from models.rules.people import Acting, Visitor
from models.rules.period import ReportingPeriod, period_to_ask_for
from models.services import people, periods
from models.services.roll_call import roll_call
from models.tables.report import measure_values, reports


@dataclass
class _Year:
    """What is known of one collaborative, fetched once for all its teams."""

    months: tuple[ReportingPeriod, ...]
    sent: dict[int, set[int]]  # team -> periods with a report
    told: dict[int, set[int]]  # team -> periods with a report or values from a file
    counts: dict[int, tuple[int, int]]  # period -> teams in, teams expected


def standing(db: Session, visitor: Visitor, today: date) -> tuple[Standing, ...]:
    """One per team the visitor may act for: the month it is asked for, whether it is in, the roll call."""
    years: dict[int, _Year] = {}
    found = []
    for acting in people.acting(db, visitor, today):
        scope = acting.collaborative.id
        if scope not in years:
            years[scope] = _year(db, scope)
        found.append(_standing(db, acting, years[scope], today))
    return tuple(found)


def _year(db: Session, collaborative_id: int) -> _Year:
    sent, told = defaultdict(set), defaultdict(set)
    for team, period, is_report in db.execute(_TOLD, {"collaborative": collaborative_id}):
        told[team].add(period)
        if is_report:
            sent[team].add(period)
    return _Year(periods.of_collaborative(db, collaborative_id), sent, told, {})


def _standing(db: Session, acting: Acting, year: _Year, today: date) -> Standing:
    team = acting.team.id
    period = period_to_ask_for(year.months, year.told[team], today)
    if period is None:
        return Standing(acting, None, is_in=False, teams_in=0, expected=0)
    if period.id not in year.counts:
        called = roll_call(db, period.id)
        year.counts[period.id] = (len(called.teams_in), called.expected)
    teams_in, expected = year.counts[period.id]
    return Standing(acting, period, period.id in year.sent[team], teams_in, expected)


_SCOPE: BindParameter[int] = bindparam("collaborative")
_TOLD = union_all(
    select(reports.c.team_id, reports.c.period_id, literal(1)).where(reports.c.collaborative_id == _SCOPE),
    select(measure_values.c.team_id, measure_values.c.period_id, literal(0))
    .where(measure_values.c.collaborative_id == _SCOPE)
    .distinct(),
)
