"""What the definitions of measures were before they were changed."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from models.rules.collaborative.measure import Definition, Measure, PastDefinition
from models.rules.collaborative.redefined import PARTS, Redefined, differs, redefined
from models.services.collaborative import sample_sizes
from models.services.upsert import Upsert
from models.tables.measure import measures, past_definitions

_PAST = Upsert(past_definitions, keys=("measure_id", "until"))


def keep_past(db: Connection, scope: int, rows: Mapping[str, Mapping[str, Any]], on: date) -> None:
    """Keep what is about to be replaced; of several changes on one day, what was in force that morning.

    A sample size given for the first time is that of the values there are, too.
    """
    stored = select(measures).where(measures.c.collaborative_id == scope)
    for row in db.execute(stored).mappings().all():
        becomes = rows.get(row["key"], row)
        is_other = any(differs(part, row[part], becomes[part]) for part in PARTS)
        if is_other:
            was = {part: row[part] for part in PARTS}
            ids = {"collaborative_id": scope, "measure_id": row["id"], "until": on}
            db.execute(_PAST.on(db), {**ids, **was})
            db.execute(update(measures).where(measures.c.id == row["id"]).values(changed_on=on))
        if row["sample_size"] is None and becomes["sample_size"] is not None:
            since = on if is_other else row["changed_on"] or date.min
            sample_sizes.take_over(db, row["id"], becomes["sample_size"], since)


def in_force(db: Connection, measures: Iterable[Measure], day: date | None) -> dict[int, PastDefinition]:
    """The definitions as they were on a day, of those measures whose definition was changed since."""
    changed = {each.id for each in measures if day and each.changed_on and each.changed_on > day}
    if not changed:
        return {}
    rows = db.execute(_SINCE, {"measures": changed, "day": day}).all()
    return {row.measure_id: _past(row) for row in reversed(rows)}


def changes_of(db: Connection, measure: Measure) -> tuple[Redefined, ...]:
    """When a measure was defined anew, and in which parts; most never were."""
    if measure.changed_on is None:
        return ()
    rows = db.execute(_SINCE, {"measures": [measure.id], "day": date.min}).all()
    return redefined([_past(row) for row in rows], measure)


def all_past(db: Connection, scope: int) -> tuple[PastDefinition, ...]:
    """All there were in a collaborative, oldest first."""
    query = select(past_definitions).where(past_definitions.c.collaborative_id == scope)
    return tuple(map(_past, db.execute(query.order_by(past_definitions.c.until, past_definitions.c.id))))


def _past(row: Any) -> PastDefinition:
    definition = Definition(row.conceptual, row.operational, row.numerator, row.denominator)
    return PastDefinition(row.measure_id, definition, row.sampling, row.until, row.sample_size)


_SINCE = (
    select(past_definitions)
    .where(
        past_definitions.c.measure_id.in_(bindparam("measures", expanding=True)),
        past_definitions.c.until > bindparam("day"),
    )
    .order_by(past_definitions.c.until)
)
