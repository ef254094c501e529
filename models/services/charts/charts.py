"""Everything a chart needs: values, marks, changed definitions; for one team, one report, or all teams."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, false, literal, null, select, true, union_all

from models.rules.charts.charts import Ended, Mark, MarkKind, TeamChart
from models.rules.charts.marking import LONGEST_WORDS
from models.rules.charts.run_chart import Rules
from models.rules.report.report import Series
from models.services import columns, current
from models.services.charts import series
from models.services.collaborative import definitions, measures
from models.tables.base import named
from models.tables.chart import chart_marks
from models.tables.collaborative import collaboratives, reporting_periods
from models.tables.pdsa import pdsa_cycles
from models.tables.people import members, teams


def chart(db: Connection, team_id: int, measure_id: int, now: datetime | None = None) -> TeamChart:
    """One team's measure, all months, with `now` to the last one due; DomainError where there is none."""
    (marked,) = _marked(db, team_id, [series.series(db, team_id, measure_id, now=now)])
    return marked


def report_charts(db: Connection, report_id: int) -> tuple[TeamChart, ...]:
    """The charts of the measures a report has a value for, in order, up to the report's month."""
    all_series = series.team_series(db, report_id)
    return _marked(db, all_series[0].team.id, all_series) if all_series else ()


def team_charts(db: Connection, collaborative_id: int, team_id: int) -> tuple[TeamChart, ...]:
    """All charts of a team that have a value, in the order of the measures."""
    known = measures.of_collaborative(db, collaborative_id, team_id)
    all_series = [series.series(db, team_id, measure.id) for measure in known]
    return _marked(db, team_id, [each for each in all_series if each.points])


def all_teams(db: Connection, collaborative_id: int, measure_id: int, now: datetime) -> tuple[TeamChart, ...]:
    """One measure's chart of each team that takes part and has a value, by name: to learn, not to rank."""
    taking_part = current.taking_part(db, collaborative_id)
    team_charts = (chart(db, team.id, measure_id, now) for team in taking_part)
    return tuple(each for each in team_charts if each.series.points)


class Marked(NamedTuple):
    """A mark with the measure it belongs to; None: all of the team's."""

    measure_id: int | None
    mark: Mark


def of_team(db: Connection, team_id: int) -> tuple[Marked, ...]:
    """All that was ever marked on a team's charts, and the tests it started, oldest first."""
    rows = db.execute(_OF_TEAM, {"team": team_id}).all()
    return tuple(Marked(row.measure_id, _mark(row)) for row in rows)


def _marked(db: Connection, team_id: int, all_series: Iterable[Series]) -> tuple[TeamChart, ...]:
    marked, rules = of_team(db, team_id), _rules(db, team_id)
    return tuple(
        TeamChart(each, _on_chart(marked, each.measure.id), rules, definitions.changes_of(db, each.measure))
        for each in all_series
    )


def _rules(db: Connection, team_id: int) -> Rules:
    return Rules(db.scalars(_RULES, {"team": team_id}).one())


def _on_chart(marked: Iterable[Marked], measure_id: int) -> tuple[Mark, ...]:
    """Those that belong on the chart of one measure."""
    return tuple(each.mark for each in marked if each.measure_id in {None, measure_id})


def _mark(row: columns.AnyRow) -> Mark:
    ended = Ended(row.ended_by, row.ended_at, row.ended_why) if row.ended_at else None
    month, words = row.first_day.replace(day=1), " ".join(row.words.split())[:LONGEST_WORDS]
    kind = MarkKind(row.kind)
    return Mark(row.id, kind, month, words, row.by, row.at, ended, row.begins, is_cycle=bool(row.is_cycle))


_RULES = (
    select(collaboratives.c.rules)
    .join(teams, teams.c.collaborative_id == collaboratives.c.id)
    .where(teams.c.id == bindparam("team"))
)
_ENDERS = members.alias("enders")
_BEGINNINGS = reporting_periods.alias("beginnings")
_MARKS = (
    select(
        *named(chart_marks, "id", "measure_id", "kind", "words", "at", "ended_at", "ended_why"),
        reporting_periods.c.first_day,
        _BEGINNINGS.c.first_day.label("begins"),
        members.c.name.label("by"),
        _ENDERS.c.name.label("ended_by"),
        false().label("is_cycle"),
    )
    .join(reporting_periods, reporting_periods.c.id == chart_marks.c.period_id)
    .join(_BEGINNINGS, _BEGINNINGS.c.id == chart_marks.c.first_period_id, isouter=True)
    .join(members, members.c.id == chart_marks.c.member_id)
    .join(_ENDERS, _ENDERS.c.id == chart_marks.c.ended_by_id, isouter=True)
    .where(chart_marks.c.team_id == bindparam("team"))
)
_CYCLES = (
    select(
        *named(pdsa_cycles, "id", "measure_id"),
        literal(MarkKind.CYCLE.value).label("kind"),
        pdsa_cycles.c.change.label("words"),
        pdsa_cycles.c.started_at.label("at"),
        null().label("ended_at"),
        literal("").label("ended_why"),
        pdsa_cycles.c.first_day,
        null().label("begins"),
        members.c.name.label("by"),
        null().label("ended_by"),
        true().label("is_cycle"),
    )
    .join(members, members.c.id == pdsa_cycles.c.member_id)
    .where(pdsa_cycles.c.team_id == bindparam("team"), pdsa_cycles.c.started_at.is_not(None))
)
_ALL = union_all(_MARKS, _CYCLES).subquery()
_OF_TEAM = select(_ALL).order_by(_ALL.c.at, _ALL.c.is_cycle, _ALL.c.id)
