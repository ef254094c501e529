"""Sample sizes that nobody gave yet, and the values that take one over once somebody does."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select, update

from models.services import current
from models.tables.collaborative import collaboratives, reporting_periods, workspaces
from models.tables.measure import measures
from models.tables.report import measure_values


class Lacking(NamedTuple):
    """The measures of a collaborative without a sample size, by name."""

    collaborative: str
    measures: Sequence[str]


def lacking(db: Connection, slack_team: str) -> tuple[Lacking, ...]:
    """Those of a workspace that are asked for now, by collaborative."""
    by_name: dict[tuple[int, str], list[str]] = {}
    for row in db.execute(_LACKING, {"slack_team": slack_team}):
        by_name.setdefault((row.id, row.collaborative), []).append(row.measure)
    return tuple(Lacking(name, names) for (_, name), names in by_name.items())


def take_over(db: Connection, measure_id: int, size: int, since: date) -> None:
    """Values without a size take the one given now: it says what the measure's words said before.

    Those of months before `since`, when it was defined anew, stay: of them nobody said how many were taken.
    """
    db.execute(_TAKE_OVER, {"measure": measure_id, "size": size, "since": since})


_LACKING = (
    select(
        collaboratives.c.id, collaboratives.c.name.label("collaborative"), measures.c.name.label("measure")
    )
    .join(workspaces, workspaces.c.id == collaboratives.c.workspace_id)
    .join(measures, measures.c.collaborative_id == collaboratives.c.id)
    .where(
        workspaces.c.slack_team == bindparam("slack_team"),
        measures.c.sample_size.is_(None),
        current.IS_ASKED,
    )
    .order_by(collaboratives.c.id, measures.c.position, measures.c.id)
)
_MONTHS = select(reporting_periods.c.id).where(reporting_periods.c.first_day >= bindparam("since"))
_TAKE_OVER = (
    update(measure_values)
    .where(
        measure_values.c.measure_id == bindparam("measure"),
        measure_values.c.sample_size.is_(None),
        measure_values.c.period_id.in_(_MONTHS),
    )
    .values(sample_size=bindparam("size"))
)
