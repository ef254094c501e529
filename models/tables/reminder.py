"""When reminders go, what teams said of reports to come, the timetable's milestones, and due days told of."""

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, String, Table, Text, UniqueConstraint

from models.tables.base import Instant, belongs_to, key_column, metadata, of_collaborative

ladders = Table(
    "ladders",
    metadata,
    key_column(),
    Column("collaborative_id", ForeignKey("collaboratives.id"), nullable=False, unique=True),
    Column("steps", JSON, nullable=False),  # days, hours, holidays and words, as the file has them
    Column("looked_at", Instant),  # when a clock last asked what is due; None: not yet
    Column("look_at", Instant, nullable=False, index=True),  # when there may be something to do again
)

expectations = of_collaborative(
    "expectations",
    belongs_to("teams"),
    Column("period_id", ForeignKey("reporting_periods.id"), nullable=False),
    Column("said", String(16), nullable=False),  # expected, cannot, help
    Column("until", Date),  # the day to ask again
    Column("reason", Text, nullable=False),  # why not, or what help is wanted
    belongs_to("measures", nullable=True),  # the one help is wanted with
    belongs_to("members"),  # who said so
    Column("at", Instant, nullable=False),  # the last word of a team counts; those before are kept
    Index("ix_expectations_period_id_team_id", "period_id", "team_id"),
)

milestones = of_collaborative(
    "milestones",
    Column("key", String(64), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("what", Text, nullable=False),
    Column("member_id", ForeignKey("members.id")),  # who sees to it: a member, a team,
    Column("team_id", ForeignKey("teams.id")),  # or neither: all are reminded
    Column("done_on", Date),  # None: still to be done
    Column("done_by_id", ForeignKey("members.id")),
    Column("dropped_on", Date),
    UniqueConstraint("collaborative_id", "key"),
)

told_due_days = of_collaborative(
    "told_due_days",
    Column("period_id", ForeignKey("reporting_periods.id"), nullable=False, unique=True),
    Column("due_on", Date, nullable=False),  # the day the teams know
)
