"""Where each team a person acts for stands this month."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BindParameter, Connection, bindparam, func, literal, select, union_all

from models.rules.collaborative.measure import Measure, Value
from models.rules.collaborative.people import Acting, Collaborative, Visitor
from models.rules.collaborative.period import ReportingPeriod, period_to_ask_for
from models.rules.collaborative.policy import Deed
from models.rules.home import Latest, LookingOn, TeamStanding
from models.rules.report.report import RollCall
from models.services import roll_call
from models.services.collaborative import measures, periods, viewers, visitors
from models.services.reminders import expectations
from models.tables.base import named
from models.tables.collaborative import reporting_periods
from models.tables.report import measure_values, reports


@dataclass
class _Year:
    """What is known of one collaborative, fetched once for all its teams."""

    months: tuple[ReportingPeriod, ...]
    sent: dict[int, set[int]]  # team -> periods with a report
    reported: dict[int, set[int]]  # team -> periods with a report or values from a file
    latest: dict[int, tuple[Latest, ...]]  # team -> its last values
    given_up: frozenset[tuple[int, int]]  # the (team, period) that cannot be reported
    counts: dict[int, tuple[int, int]]  # period -> teams in, teams expected


def standing(db: Connection, visitor: Visitor, now: datetime) -> tuple[TeamStanding, ...]:
    """One per team the visitor may act for: the month it is asked for, whether it is in, the roll call."""
    years: dict[int, _Year] = {}
    standings = []
    for acting in visitors.able(db, visitor, Deed.REPORT):
        scope, today = acting.collaborative.id, acting.collaborative.day_of(now)
        if scope not in years:
            years[scope] = _year(db, acting, today)
        standings.append(_standing(db, acting, years[scope], today))
    return tuple(standings)


def looking_on(db: Connection, visitor: Visitor, now: datetime) -> tuple[LookingOn, ...]:
    """What there is to look at for who acts for no team, with the roll call of the month asked for."""
    known = viewers.viewers(db, visitor)
    return tuple(LookingOn(each, _called(db, each.collaborative, now)) for each in known)


def _called(db: Connection, of: Collaborative, now: datetime) -> RollCall | None:
    period = period_to_ask_for(periods.of_collaborative(db, of.id), (), of.day_of(now))
    return roll_call.find(db, period.id) if period else None


def _year(db: Connection, acting: Acting, today: date) -> _Year:
    scope = acting.collaborative.id
    sent, known = defaultdict(set), defaultdict(set)
    for team, period, is_report in db.execute(_TOLD, {"collaborative": scope}):
        known[team].add(period)
        if is_report:
            sent[team].add(period)
    measures_asked = measures.asked(db, scope, acting.team.id, today)
    months, given_up = periods.of_collaborative(db, scope), expectations.given_up(db, scope)
    return _Year(months, sent, known, _latest(db, scope, measures_asked), given_up, {})


def _latest(db: Connection, scope: int, measures_asked: Iterable[Measure]) -> dict[int, tuple[Latest, ...]]:
    """The last values of all teams: the latest row of each team and measure that holds one."""
    rows: dict[int, dict[int, tuple[Value, date]]] = defaultdict(dict)
    for team, measure, month, above, below, estimate in db.execute(_LATEST, {"collaborative": scope}):
        rows[team][measure] = (Value(above, below, is_estimate=estimate), month)
    return {
        team: tuple(Latest(measure, *own[measure.id]) for measure in measures_asked if measure.id in own)
        for team, own in rows.items()
    }


def _standing(db: Connection, acting: Acting, year: _Year, today: date) -> TeamStanding:
    team = acting.team.id
    known = year.reported[team]
    left = [each for each in year.months if each.id in known or (team, each.id) not in year.given_up]
    period = period_to_ask_for(left, known, today)
    latest = year.latest.get(team, ())
    if period is None:
        return TeamStanding(acting, None, is_in=False, teams_in=0, expected=0, latest=latest)
    if period.id not in year.counts:
        called = roll_call.find(db, period.id)
        year.counts[period.id] = (len(called.teams_in), called.expected)
    teams_in, expected = year.counts[period.id]
    return TeamStanding(acting, period, period.id in year.sent[team], teams_in, expected, latest)


_SCOPE: BindParameter[int] = bindparam("collaborative")
_TOLD = union_all(
    select(reports.c.team_id, reports.c.period_id, literal(1)).where(reports.c.collaborative_id == _SCOPE),
    select(measure_values.c.team_id, measure_values.c.period_id, literal(0))
    .where(measure_values.c.collaborative_id == _SCOPE)
    .distinct(),
)
_NEWEST_FIRST = (
    func.row_number()
    .over(
        partition_by=(measure_values.c.team_id, measure_values.c.measure_id),
        order_by=reporting_periods.c.first_day.desc(),
    )
    .label("place")
)
_RANKED = (
    select(
        measure_values.c.team_id,
        measure_values.c.measure_id,
        reporting_periods.c.first_day,
        *named(measure_values, "numerator", "denominator", "is_estimate"),
        _NEWEST_FIRST,
    )
    .join(reporting_periods, reporting_periods.c.id == measure_values.c.period_id)
    .where(measure_values.c.collaborative_id == _SCOPE, measure_values.c.numerator.is_not(None))
    .subquery()
)
_LATEST = select(*(column for column in _RANKED.c if column.name != "place")).where(_RANKED.c.place == 1)
