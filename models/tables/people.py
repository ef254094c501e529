"""Teams, members, what Slack says of their accounts, and the roles members have or had."""

from sqlalchemy import Column, Date, ForeignKey, Index, String, Table, UniqueConstraint

from models.tables.base import Instant, belongs_to, metadata, of_collaborative

teams = of_collaborative(
    "teams",
    Column("key", String(64), nullable=False),
    Column("name", String(200), nullable=False),
    Column("channel", String(80)),
    Column("time_zone", String(64)),  # None: the collaborative's
    Column("withdrawn_on", Date),  # the first day out; history stays, denominators adjust
    UniqueConstraint("collaborative_id", "key"),
)

members = of_collaborative(
    "members",
    Column("key", String(64), nullable=False),
    Column("name", String(200), nullable=False),
    Column("slack_user", String(64)),  # None: takes part without Slack
    Column("time_zone", String(64)),  # None: the team's, else Slack's
    Column("digest", String(100), nullable=False, default=""),  # a coach's time: "Tuesday 7:00"
    UniqueConstraint("collaborative_id", "key"),
    Index(None, "slack_user", "collaborative_id"),  # who acts, asked by each press of a button
)

accounts = Table(
    "accounts",
    metadata,
    Column("workspace_id", ForeignKey("workspaces.id"), primary_key=True),
    Column("slack_user", String(64), primary_key=True),
    Column("time_zone", String(64), nullable=False),  # as Slack has it; "" where it does not say
    Column("lost_at", Instant),  # since when no message reaches them; None: they can be reached
    Column("asked_at", Instant, nullable=False),  # when Slack told of it last
    Column("ask_at", Instant, nullable=False, index=True),  # when to ask Slack again
)

roles = of_collaborative(
    "roles",
    belongs_to("members"),
    belongs_to("teams", nullable=True),  # None: a role in the whole collaborative
    Column("role", String(32), nullable=False),
    Column("joined_on", Date, nullable=False),
    Column("left_on", Date),  # the first day without it; a role ended is kept: history names who reported
    Index("ix_roles_member_id_team_id", "member_id", "team_id"),
)
