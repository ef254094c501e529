"""Reports, their values, and what was changed afterwards."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from models.tables.base import Exact, Instant, belongs_to, key_column, metadata

reports = Table(
    "reports",
    metadata,
    key_column(),
    belongs_to("collaboratives"),
    belongs_to("teams"),
    Column("period_id", ForeignKey("reporting_periods.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("is_late", Boolean, nullable=False),
    Column("on_behalf", Boolean, nullable=False),
    belongs_to("members"),  # who sent the first
    Column("submitted_at", Instant, nullable=False),
    Column("tested", Text, nullable=False),
    Column("improved", Text, nullable=False),
    Column("barriers", Text, nullable=False),
    Column("unintended", Text, nullable=False),
    Column("help_needed", Text, nullable=False),
    Column("coach_note", Text, nullable=False),
    Column("note_revision", Integer, nullable=False, default=0),  # how often the note changed; peers see none
    UniqueConstraint("team_id", "period_id"),
)

measure_values = Table(
    "measure_values",
    metadata,
    key_column(),
    belongs_to("collaboratives"),
    belongs_to("teams"),
    belongs_to("measures"),
    Column("period_id", ForeignKey("reporting_periods.id"), nullable=False),
    belongs_to("reports", nullable=True),  # None: history loaded from a file
    Column("numerator", Exact),  # None: cannot be reported, `reason` says why
    Column("denominator", Exact),
    Column("is_estimate", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    UniqueConstraint("team_id", "measure_id", "period_id"),
)

corrections = Table(
    "corrections",
    metadata,
    key_column(),
    belongs_to("collaboratives"),
    belongs_to("reports"),
    Column("revision", Integer, nullable=False),
    belongs_to("members"),
    Column("role", String(32), nullable=False),  # as what they corrected it
    Column("at", Instant, nullable=False),
    Column("changes", JSON, nullable=False),  # [{"subject", "old", "new"}]
    UniqueConstraint("report_id", "revision"),
)

note_changes = Table(  # of the coach's note: apart from the corrections, which all teams read
    "note_changes",
    metadata,
    key_column(),
    belongs_to("collaboratives"),
    belongs_to("reports"),
    Column("revision", Integer, nullable=False),
    belongs_to("members"),
    Column("at", Instant, nullable=False),
    Column("old", Text, nullable=False),
    Column("new", Text, nullable=False),
    UniqueConstraint("report_id", "revision"),
)

value_changes = Table(  # of values a table gave: given anew by another, or reported by the team
    "value_changes",
    metadata,
    key_column(),
    belongs_to("collaboratives"),
    belongs_to("teams"),
    belongs_to("measures"),
    Column("period_id", ForeignKey("reporting_periods.id"), nullable=False),
    belongs_to("members", nullable=True),  # None: a file that was loaded where the bot runs
    Column("at", Instant, nullable=False),
    Column("old", Text, nullable=False),
    Column("new", Text, nullable=False),
)
