"""Workspaces, the collaboratives in them, and their reporting periods."""

from sqlalchemy import JSON, Boolean, Column, Date, Integer, String, Table, Text, UniqueConstraint

from models.tables.base import belongs_to, key_column, metadata, of_collaborative

workspaces = Table(
    "workspaces",
    metadata,
    key_column(),
    Column("slack_team", String(64), nullable=False, unique=True),
)

collaboratives = Table(
    "collaboratives",
    metadata,
    key_column(),
    belongs_to("workspaces"),
    Column("key", String(64), nullable=False),
    Column("name", String(200), nullable=False),
    Column("topic", Text, nullable=False),
    Column("aim", JSON, nullable=False, default=dict),  # its parts by name
    Column("time_zone", String(64), nullable=False),
    Column("channel", String(80), nullable=False),
    Column("first_month", Date, nullable=False),
    Column("months", Integer, nullable=False),
    Column("due_day", Integer, nullable=False),
    Column("lock_days", Integer, nullable=False),
    Column("moved", JSON, nullable=False, default=dict),  # due days of their own by month, as ISO days
    Column("rules", String(20), nullable=False, default="anhoej"),  # of the run charts
    Column("coach_first", Boolean, nullable=False, default=False),  # hears of good signals a day ahead
    Column("names_missing", Boolean, nullable=False, default=False),  # in the roll call
    UniqueConstraint("workspace_id", "key"),
)

reporting_periods = of_collaborative(
    "reporting_periods",
    Column("first_day", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("locks_on", Date, nullable=False),
    UniqueConstraint("collaborative_id", "first_day"),
)
