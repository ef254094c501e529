"""When reminders go, what teams said of reports to come, and the timetable's milestones."""

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, String, Table, Text, UniqueConstraint

from models.tables.base import Instant, belongs_to, by_member, key_column, metadata, of_collaborative

ladders = Table(
    "ladders",
    metadata,
    key_column(),
    Column("collaborative_id", ForeignKey("collaboratives.id"), nullable=False, unique=True),
    Column("steps", JSON, nullable=False),  # days, hours, holidays and words, as the file has them
    Column("looked_at", Instant),  # when a clock last asked what is due; None: not yet
    Column("look_at", Instant, nullable=False, index=True),  # when there may be something to do again
    Column("let_go_at", Instant, nullable=False, index=True),  # when to look for what nobody needs any more
)

expectations = of_collaborative(
    "expectations",
    belongs_to("teams"),
    belongs_to("reporting_periods", "period_id"),
    Column("said", String(16), nullable=False),  # expected, cannot, help
    Column("until", Date),  # the day to ask again
    Column("reason", Text, nullable=False),  # why not, or what help is wanted
    belongs_to("measures", nullable=True),  # the one help is wanted with
    by_member(),  # who said so
    Column("at", Instant, nullable=False),  # the last word of a team counts; those before are kept
    Index("ix_expectations_period_id_team_id", "period_id", "team_id"),
)

milestones = of_collaborative(
    "milestones",
    Column("key", String(64), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("what", Text, nullable=False),
    by_member(nullable=True),  # who sees to it: a member, a team,
    belongs_to("teams", nullable=True),  # or neither: all are reminded
    Column("done_on", Date),  # None: still to be done
    by_member("done_by_id", nullable=True),
    Column("dropped_on", Date),
    UniqueConstraint("collaborative_id", "key"),
)
