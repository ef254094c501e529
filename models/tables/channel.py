"""What Slack said of the teams' channels, and who is in the private ones."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table

from models.tables.base import Instant, metadata

channels = Table(
    "channels",
    metadata,
    Column("workspace_id", ForeignKey("workspaces.id"), primary_key=True),
    Column("channel", String(80), primary_key=True),
    Column("name", String(80), nullable=False),
    Column("is_private", Boolean),  # None: Slack does not say
    Column("is_shared", Boolean, nullable=False),  # with another organization
    Column("changes", Integer, nullable=False),  # how many Slack told of: an answer from before one is none
    Column("asked_at", Instant, nullable=False),  # when Slack said all that; EPOCH: it is not known now
    Column("ask_at", Instant, nullable=False, index=True),  # when to ask Slack again
)

channel_members = Table(
    "channel_members",
    metadata,
    Column("workspace_id", ForeignKey("workspaces.id"), primary_key=True),
    Column("channel", String(80), primary_key=True),
    Column("slack_user", String(64), primary_key=True),
)
