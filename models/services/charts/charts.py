"""Everything a chart needs: values, marks, changed definitions; for one team, one report, or all teams."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from models.rules.charts.charts import TeamChart
from models.rules.charts.run_chart import Rules
from models.rules.report.report import Series
from models.services import current
from models.services.charts import series
from models.services.charts.marks import of_team, on_chart
from models.services.collaborative import definitions, measures
from models.tables.collaborative import collaboratives
from models.tables.people import teams


def chart(db: Connection, team_id: int, measure_id: int, now: datetime | None = None) -> TeamChart:
    """One team's measure, all months, with `now` to the last one due; DomainError where there is none."""
    (found,) = _marked(db, team_id, [series.series(db, team_id, measure_id, now=now)])
    return found


def report_charts(db: Connection, report_id: int) -> tuple[TeamChart, ...]:
    """The charts of the measures a report has a value for, in order, up to the report's month."""
    found = series.team_series(db, report_id)
    return _marked(db, found[0].team.id, found) if found else ()


def team_charts(db: Connection, collaborative_id: int, team_id: int) -> tuple[TeamChart, ...]:
    """All charts of a team that have a value, in the order of the measures."""
    known = measures.of_collaborative(db, collaborative_id, team_id)
    found = [series.series(db, team_id, measure.id) for measure in known]
    return _marked(db, team_id, [each for each in found if each.points])


def all_teams(db: Connection, collaborative_id: int, measure_id: int, now: datetime) -> tuple[TeamChart, ...]:
    """One measure's chart of each team that takes part and has a value, by name: to learn, not to rank."""
    ids = db.scalars(_TAKING_PART, {"collaborative": collaborative_id}).all()
    found = (chart(db, team_id, measure_id, now) for team_id in ids)
    return tuple(each for each in found if each.series.points)


def _marked(db: Connection, team_id: int, found: Iterable[Series]) -> tuple[TeamChart, ...]:
    marked, rules = of_team(db, team_id), _rules(db, team_id)
    return tuple(
        TeamChart(each, on_chart(marked, each.measure.id), rules, definitions.changes_of(db, each.measure))
        for each in found
    )


def _rules(db: Connection, team_id: int) -> Rules:
    return Rules(db.scalars(_RULES, {"team": team_id}).one())


_RULES = (
    select(collaboratives.c.rules)
    .join(teams, teams.c.collaborative_id == collaboratives.c.id)
    .where(teams.c.id == bindparam("team"))
)

_TAKING_PART = (
    select(teams.c.id)
    .where(
        teams.c.collaborative_id == bindparam("collaborative"),
        current.TAKES_PART,
    )
    .order_by(teams.c.name, teams.c.id)
)
