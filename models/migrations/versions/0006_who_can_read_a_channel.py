"""Who can read the teams' channels, and whom alone a message is for; feedback is edited where it stands."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "channels",
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("channel", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("is_private", sa.Boolean(), nullable=True),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("ask_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_channels_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "channel", name=op.f("pk_channels")),
    )
    op.create_index(op.f("ix_channels_ask_at"), "channels", ["ask_at"])
    op.create_table(
        "channel_members",
        sa.Column("workspace_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("channel", sa.String(length=80), nullable=False),
        sa.Column("slack_user", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_channel_members_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "channel", "slack_user", name=op.f("pk_channel_members")),
    )
    op.add_column("outbox_messages", sa.Column("only_for", sa.String(length=40), nullable=True))
    op.execute(_WHAT_WAITS_FOR_A_TEAMS_CHANNEL)
    with op.batch_alter_table("feedbacks") as feedbacks:
        feedbacks.drop_column("channel")


# Of a channel that two teams share nobody could tell whose it is: that goes as it was promised.
_WHAT_WAITS_FOR_A_TEAMS_CHANNEL = """
UPDATE outbox_messages SET only_for = (
    SELECT CASE WHEN outbox_messages.kind = 'feedback' THEN 'coaching:' ELSE 'team:' END
        || CAST(MIN(teams.id) AS VARCHAR)
    FROM teams JOIN collaboratives ON collaboratives.id = teams.collaborative_id
    WHERE teams.collaborative_id = outbox_messages.collaborative_id
        AND teams.channel = outbox_messages.channel AND teams.channel != collaboratives.channel
    HAVING COUNT(teams.id) = 1
) WHERE state IN ('pending', 'sending', 'held', 'failed')
"""
