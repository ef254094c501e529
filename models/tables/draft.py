"""Forms half filled, of any kind, until they are sent."""

from sqlalchemy import JSON, Column, String, UniqueConstraint

from models.tables.base import Instant, by_member, of_collaborative

drafts = of_collaborative(
    "drafts",
    Column("kind", String(32), nullable=False),  # of the form: "report"
    Column("about", String(100), nullable=False),  # what it is filled in for: "7:10" is team 7's month 10
    by_member(),
    Column("saved_at", Instant, nullable=False),
    Column("answers", JSON, nullable=False),
    UniqueConstraint("collaborative_id", "kind", "about", "member_id"),
)
