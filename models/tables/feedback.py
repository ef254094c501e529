"""What coaches said of reports, what teams made of it, flags put aside, and talks with teams."""

from sqlalchemy import Column, Integer, String, Text, UniqueConstraint

from models.tables.base import Instant, belongs_to, by_member, of_collaborative, texts

feedbacks = of_collaborative(
    "feedbacks",
    belongs_to("teams"),
    belongs_to("reports"),
    by_member(),  # who gave it
    Column("at", Instant, nullable=False),
    *texts("liked", "wondered", "proposed"),
    Column("answer", String(16)),  # helped, not yet
    Column("answers", Integer, nullable=False, default=0),  # how often it was answered or answered anew
    by_member("answered_by_id", nullable=True),
    Column("answered_at", Instant),
)

dismissals = of_collaborative(
    "dismissals",
    belongs_to("teams"),
    Column("episode", String(200), nullable=False),  # the flag's kind, its measure, the month it begins
    Column("words", Text, nullable=False),  # what the flag said then
    by_member(),  # who put it aside
    Column("at", Instant, nullable=False),
    Column("reason", Text, nullable=False),
    UniqueConstraint("team_id", "episode"),
)

talks = of_collaborative(
    "talks",
    belongs_to("teams"),
    Column("about", String(200), nullable=False),  # a flag's episode, or the month without a report
    Column("words", Text, nullable=False),  # what it was about, as it stood then
    by_member(),  # who talked to the team
    Column("at", Instant, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("agreed", Text, nullable=False),
)
