"""Columns under names that do not clash when tables are joined, and the values made of such rows."""

from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Row

from models.rules.collaborative.measure import (
    Definition,
    Direction,
    Measure,
    MeasureKind,
    Unit,
    UnitKind,
    Value,
)
from models.rules.collaborative.people import Collaborative, Team
from models.rules.collaborative.period import ReportingPeriod
from models.rules.report.report import NARRATIVE_LABELS, Narrative
from models.tables.base import named
from models.tables.collaborative import collaboratives, reporting_periods
from models.tables.measure import measures
from models.tables.people import teams
from models.tables.report import reports

AnyRow = Row[*tuple[Any, ...]]

TEAM = (
    teams.c.id.label("team_id"),
    teams.c.key.label("team_key"),
    teams.c.name.label("team_name"),
    teams.c.channel.label("team_channel"),
)
COLLABORATIVE = (
    collaboratives.c.id.label("collaborative_id"),
    collaboratives.c.workspace_id,
    collaboratives.c.key.label("collaborative_key"),
    collaboratives.c.name.label("collaborative_name"),
    collaboratives.c.time_zone,
    collaboratives.c.channel.label("collaborative_channel"),
)
PERIOD = (
    reporting_periods.c.id.label("period_id"),
    *named(reporting_periods, "first_day", "due_on", "locks_on"),
)
MEASURE = tuple(column for column in measures.c if column.name != "collaborative_id")

NARRATIVE = tuple(reports.c[name] for name in NARRATIVE_LABELS)


def team(row: AnyRow) -> Team:
    """Make a team of a row with the TEAM columns."""
    return Team(row.team_id, row.team_key, row.team_name, row.team_channel)


def collaborative(row: AnyRow) -> Collaborative:
    """Make a collaborative of a row with the COLLABORATIVE columns."""
    return Collaborative(
        row.collaborative_id,
        row.workspace_id,
        row.collaborative_key,
        row.collaborative_name,
        row.time_zone,
        row.collaborative_channel,
    )


def period(row: AnyRow) -> ReportingPeriod:
    """Make a period of a row with the PERIOD columns."""
    return ReportingPeriod(row.period_id, row.first_day, row.due_on, row.locks_on)


@lru_cache(maxsize=1024)  # the same few rows at every form: making them anew costs more than reading them
def measure(row: AnyRow) -> Measure:
    """Make a measure of a row with the MEASURE columns and `is_required`, the team's own."""
    return Measure(
        id=row.id,
        key=row.key,
        name=row.name,
        kind=MeasureKind(row.kind),
        unit=Unit(UnitKind(row.unit), row.per, row.noun),
        direction=Direction(row.direction),
        goal=row.goal,
        required=row.is_required,
        definition=Definition(row.conceptual, row.operational, row.numerator, row.denominator),
        sampling=row.sampling,
        changed_on=row.changed_on,
        retired_on=row.retired_on,
        sample_size=row.sample_size,
    )


def value(numerator: Decimal | None, denominator: Decimal | None, *, is_estimate: bool) -> Value | None:
    """Make a value of its three columns; None when nothing could be reported."""
    return None if numerator is None else Value(numerator, denominator, is_estimate)


def narrative(row: AnyRow) -> Narrative:
    """Make the words of a report of a row with the NARRATIVE columns."""
    return Narrative(**{name: getattr(row, name) for name in NARRATIVE_LABELS})
