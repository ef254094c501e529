"""What coaches said of reports, what teams made of it, flags put aside, and talks with teams."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from models.tables.base import Instant, belongs_to, key_column, metadata, of_collaborative, texts

feedbacks = of_collaborative(
    "feedbacks",
    belongs_to("teams", index=True),
    belongs_to("reports", index=True),
    belongs_to("members"),  # who gave it
    Column("at", Instant, nullable=False),
    *texts("liked", "wondered", "proposed"),
    Column(
        "channel", String(80), nullable=False
    ),  # the team's, or a person's: it is edited where it was said
    Column("answer", String(16)),  # helped, not yet
    Column("answers", Integer, nullable=False, default=0),  # how often it was answered or answered anew
    Column("answered_by_id", ForeignKey("members.id")),
    Column("answered_at", Instant),
)

dismissals = of_collaborative(
    "dismissals",
    belongs_to("teams"),
    Column("episode", String(200), nullable=False),  # the flag's kind, its measure, the month it begins
    Column("words", Text, nullable=False),  # what the flag said then
    belongs_to("members"),  # who put it aside
    Column("at", Instant, nullable=False),
    Column("reason", Text, nullable=False),
    UniqueConstraint("team_id", "episode"),
)

talks = Table(
    "talks",
    metadata,
    key_column(),
    belongs_to("collaboratives", index=True),
    belongs_to("teams"),
    Column("about", String(200), nullable=False),  # a flag's episode, or the month without a report
    Column("words", Text, nullable=False),  # what it was about, as it stood then
    belongs_to("members"),  # who talked to the team
    Column("at", Instant, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("agreed", Text, nullable=False),
)
