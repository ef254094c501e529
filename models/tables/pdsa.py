"""PDSA cycles: what a team tests, predicts, finds and decides, and what was changed in what it wrote."""

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Date,
    FromClause,
    Index,
    Integer,
    String,
    UniqueConstraint,
    and_,
)

from models.tables.base import Instant, belongs_to, by_member, of_collaborative, texts

pdsa_cycles = of_collaborative(
    "pdsa_cycles",
    belongs_to("teams"),
    Column("number", Integer),  # of the team's, as they started; None: it is planned still
    belongs_to("pdsa_cycles", "follows_id", nullable=True),  # the one before it in its ramp
    Column("begun_in", String(64), nullable=False),  # the window: sent twice, it is one cycle
    by_member(),  # who began to plan it
    Column("planned_at", Instant, nullable=False),
    Column("revision", Integer, nullable=False),  # how often it was written to
    *texts("change", "question_1", "prediction_1", "question_2", "prediction_2"),
    belongs_to("measures", nullable=True),  # the one that should move
    by_member("owner_id", nullable=True),
    Column("place", String(200), nullable=False),
    Column("first_day", Date),
    Column("last_day", Date),
    Column("size", Integer),  # so many units
    Column("unit", String(40), nullable=False),  # patients, staff, days
    *texts("happened", "surprises", "result_1", "result_2", "learned"),
    Column("decision", String(16)),  # adapt, bigger, adopt, abandon
    *texts("next_step"),
    Column("started_at", Instant),
    Column("studied_on", Date),  # the day on which what was learned was written first
    Column("decided_at", Instant),
    by_member("decided_by_id", nullable=True),
    UniqueConstraint("team_id", "number"),
    UniqueConstraint("collaborative_id", "begun_in"),
)


def is_running(table: FromClause = pdsa_cycles) -> ColumnElement[bool]:
    """Started, and not decided: said so wherever such cycles are sought, an index of theirs is taken."""
    return and_(table.c.started_at.is_not(None), table.c.decided_at.is_(None))


# On Postgres, too: models/migrations/env.py says so there.
Index("ix_pdsa_cycles_running", pdsa_cycles.c.collaborative_id, sqlite_where=is_running())

pdsa_changes = of_collaborative(
    "pdsa_changes",
    belongs_to("pdsa_cycles", "cycle_id"),
    Column("revision", Integer, nullable=False),
    by_member(),
    Column("at", Instant, nullable=False),
    Column("changes", JSON, nullable=False),  # [{"field", "old", "new"}]
    UniqueConstraint("cycle_id", "revision"),
)
