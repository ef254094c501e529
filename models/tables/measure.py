"""Measures of a collaborative and what a team made of them."""

from sqlalchemy import Boolean, Column, Date, Integer, String, Table, Text, UniqueConstraint

from models.tables.base import Exact, belongs_to, key_column, metadata

measures = Table(
    "measures",
    metadata,
    key_column(),
    belongs_to("collaboratives"),
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
    Column("conceptual", Text, nullable=False),
    Column("operational", Text, nullable=False),
    Column("numerator", Text, nullable=False),
    Column("denominator", Text, nullable=False),
    Column("sampling", Text, nullable=False),
    Column("changed_on", Date),  # the definition or the sample, for the last time; see past_definitions
    Column("retired_on", Date),
    UniqueConstraint("collaborative_id", "key"),
)

past_definitions = Table(
    "past_definitions",
    metadata,
    key_column(),
    belongs_to("collaboratives"),
    belongs_to("measures"),
    Column("until", Date, nullable=False),  # the first day it no longer held
    Column("conceptual", Text, nullable=False),
    Column("operational", Text, nullable=False),
    Column("numerator", Text, nullable=False),
    Column("denominator", Text, nullable=False),
    Column("sampling", Text, nullable=False),
    UniqueConstraint("measure_id", "until"),
)

team_measures = Table(
    "team_measures",
    metadata,
    key_column(),
    belongs_to("collaboratives"),
    belongs_to("teams"),
    belongs_to("measures"),
    Column("required", Boolean, nullable=False),  # where a team differs from the collaborative
    UniqueConstraint("team_id", "measure_id"),
)
