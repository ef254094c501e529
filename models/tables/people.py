"""Teams, members, and the roles members have or had."""

from sqlalchemy import Column, Date, Index, String, Table, UniqueConstraint

from models.tables.base import belongs_to, key_column, metadata

teams = Table(
    "teams",
    metadata,
    key_column(),
    belongs_to("collaboratives"),
    Column("key", String(64), nullable=False),
    Column("name", String(200), nullable=False),
    Column("channel", String(80)),
    Column("time_zone", String(64)),  # None: the collaborative's
    Column("withdrawn_on", Date),  # the first day out; history stays, denominators adjust
    UniqueConstraint("collaborative_id", "key"),
)

members = Table(
    "members",
    metadata,
    key_column(),
    belongs_to("collaboratives"),
    Column("key", String(64), nullable=False),
    Column("name", String(200), nullable=False),
    Column("slack_user", String(64), index=True),  # None: takes part without Slack
    Column("time_zone", String(64)),  # None: the team's
    Column("digest", String(100), nullable=False, default=""),  # a coach's time: "Tuesday 7:00"
    UniqueConstraint("collaborative_id", "key"),
)

roles = Table(
    "roles",
    metadata,
    key_column(),
    belongs_to("collaboratives"),
    belongs_to("members"),
    belongs_to("teams", nullable=True),  # None: a role in the whole collaborative
    Column("role", String(32), nullable=False),
    Column("joined_on", Date, nullable=False),
    Column("left_on", Date),  # the first day without it; a role ended is kept: history names who reported
    Index("ix_roles_member_id_team_id", "member_id", "team_id"),
)
