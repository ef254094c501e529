"""Measures of a collaborative and what a team made of them."""

from sqlalchemy import Boolean, Column, Date, Integer, String, UniqueConstraint

from models.tables.base import Exact, belongs_to, of_collaborative, texts

measures = of_collaborative(
    "measures",
    Column("key", String(64), nullable=False),
    Column("position", Integer, nullable=False),
    Column("name", String(200), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("unit", String(16), nullable=False),
    Column("per", Integer, nullable=False),
    Column("noun", String(80), nullable=False),
    Column("direction", String(8), nullable=False),
    Column("goal", Exact),
    Column("required", Boolean, nullable=False),
    *texts("conceptual", "operational", "numerator", "denominator", "sampling"),
    Column("sample_size", Integer),  # None: nobody said; 0: all, see rules/collaborative/sample
    Column("changed_on", Date),  # the definition or the sample, for the last time; see past_definitions
    Column("retired_on", Date),
    UniqueConstraint("collaborative_id", "key"),
)

past_definitions = of_collaborative(
    "past_definitions",
    belongs_to("measures"),
    Column("until", Date, nullable=False),  # the first day it no longer held
    *texts("conceptual", "operational", "numerator", "denominator", "sampling"),
    Column("sample_size", Integer),
    UniqueConstraint("measure_id", "until"),
)

team_measures = of_collaborative(
    "team_measures",
    belongs_to("teams"),
    belongs_to("measures"),
    Column("required", Boolean, nullable=False),  # where a team differs from the collaborative
    UniqueConstraint("team_id", "measure_id"),
)
