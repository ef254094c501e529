"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")  # SQLite counts up INTEGER keys only


def upgrade() -> None:
    op.create_table(
        "restores",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("taken_at", sa.BigInteger(), nullable=False),
        sa.Column("restored_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restores")),
    )
    op.create_table(
        "workspaces",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("slack_team", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspaces")),
        sa.UniqueConstraint("slack_team", name=op.f("uq_workspaces_slack_team")),
    )
    op.create_table(
        "collaboratives",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("workspace_id", Key, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("aim", sa.JSON(), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=80), nullable=False),
        sa.Column("first_month", sa.Date(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("due_day", sa.Integer(), nullable=False),
        sa.Column("lock_days", sa.Integer(), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("rules", sa.String(length=20), nullable=False),
        sa.Column("coach_first", sa.Boolean(), nullable=False),
        sa.Column("names_missing", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_collaboratives_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collaboratives")),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("uq_collaboratives_workspace_id_key")),
    )
    op.create_table(
        "accounts",
        sa.Column("workspace_id", Key, nullable=False),
        sa.Column("slack_user", sa.String(length=64), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("lost_at", sa.BigInteger(), nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_accounts_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "slack_user", name=op.f("pk_accounts")),
    )
    op.create_table(
        "inbox",
        sa.Column("workspace_id", Key, nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_inbox_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "key", name=op.f("pk_inbox")),
    )
    op.create_index(op.f("ix_inbox_at"), "inbox", ["at"], unique=False)
    op.create_table(
        "pace",
        sa.Column("workspace_id", Key, nullable=False),
        sa.Column("method", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=80), nullable=False),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("set_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_pace_workspace_id")),
        sa.PrimaryKeyConstraint("workspace_id", "method", "channel", name=op.f("pk_pace")),
    )
    op.create_table(
        "ladders",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("collaborative_id", Key, nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("looked_at", sa.BigInteger(), nullable=True),
        sa.Column("look_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collaborative_id"], ["collaboratives.id"], name=op.f("fk_ladders_collaborative_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladders")),
        sa.UniqueConstraint("collaborative_id", name=op.f("uq_ladders_collaborative_id")),
    )
    op.create_index(op.f("ix_ladders_look_at"), "ladders", ["look_at"], unique=False)
    op.create_table(
        "measures",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("collaborative_id", Key, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("unit", sa.String(length=16), nullable=False),
        sa.Column("per", sa.Integer(), nullable=False),
        sa.Column("noun", sa.String(length=80), nullable=False),
        sa.Column("direction", sa.String(length=8), nullable=False),
        sa.Column("goal", sa.String(length=40), nullable=True),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("conceptual", sa.Text(), nullable=False),
        sa.Column("operational", sa.Text(), nullable=False),
        sa.Column("numerator", sa.Text(), nullable=False),
        sa.Column("denominator", sa.Text(), nullable=False),
        sa.Column("sampling", sa.Text(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=True),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["collaborative_id"], ["collaboratives.id"], name=op.f("fk_measures_collaborative_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measures")),
        sa.UniqueConstraint("collaborative_id", "key", name=op.f("uq_measures_collaborative_id_key")),
    )
    op.create_table(
        "past_definitions",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("collaborative_id", Key, nullable=False),
        sa.Column("measure_id", Key, nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("conceptual", sa.Text(), nullable=False),
        sa.Column("operational", sa.Text(), nullable=False),
        sa.Column("numerator", sa.Text(), nullable=False),
        sa.Column("denominator", sa.Text(), nullable=False),
        sa.Column("sampling", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collaborative_id"], ["collaboratives.id"], name=op.f("fk_past_definitions_collaborative_id")
        ),
        sa.ForeignKeyConstraint(["measure_id"], ["measures.id"], name=op.f("fk_past_definitions_measure_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_definitions")),
        sa.UniqueConstraint("measure_id", "until", name=op.f("uq_past_definitions_measure_id_until")),
    )
    op.create_table(
        "members",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("collaborative_id", Key, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("slack_user", sa.String(length=64), nullable=True),
        sa.Column("time_zone", sa.String(length=64), nullable=True),
        sa.Column("digest", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["collaborative_id"], ["collaboratives.id"], name=op.f("fk_members_collaborative_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
        sa.UniqueConstraint("collaborative_id", "key", name=op.f("uq_members_collaborative_id_key")),
    )
    op.create_index(
        op.f("ix_members_slack_user_collaborative_id"),
        "members",
        ["slack_user", "collaborative_id"],
        unique=False,
    )
    op.create_table(
        "outbox_messages",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("workspace_id", Key, nullable=False),
        sa.Column("collaborative_id", Key, nullable=False),
        sa.Column("dedupe_key", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("args", sa.JSON(), nullable=False),
        sa.Column("channel", sa.String(length=80), nullable=False),
        sa.Column(
            "subject",
            sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("thread_subject", sa.String(length=120), nullable=True),
        sa.Column("nonce", sa.String(length=36), nullable=False),
        sa.Column("files", sa.JSON(), server_default="{}", nullable=False),
        sa.Column("state", sa.String(length=10), server_default="pending", nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("next_try_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("unsure_at", sa.BigInteger(), nullable=True),
        sa.Column("missed_at", sa.BigInteger(), nullable=True),
        sa.Column("first_try_at", sa.BigInteger(), nullable=True),
        sa.Column("shown_before", sa.String(length=32), nullable=True),
        sa.Column("lease_owner", sa.String(length=64), nullable=True),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.Column("slack_ts", sa.String(length=32), nullable=True),
        sa.Column("last_error", sa.Text(), server_default="", nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["collaborative_id"], ["collaboratives.id"], name=op.f("fk_outbox_messages_collaborative_id")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name=op.f("fk_outbox_messages_workspace_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_messages")),
        sa.UniqueConstraint(
            "collaborative_id", "dedupe_key", name=op.f("uq_outbox_messages_collaborative_id_dedupe_key")
        ),
    )
    op.create_index(
        "ix_outbox_messages_collaborative_id_subject",
        "outbox_messages",
        ["collaborative_id", "subject"],
        unique=False,
    )
    op.create_index(
        "ix_outbox_messages_workspace_id_slack_ts",
        "outbox_messages",
        ["workspace_id", "slack_ts"],
        unique=False,
    )
    still_open = sa.text("state IN ('pending', 'sending', 'held', 'failed')")
    op.create_index(
        "ix_outbox_messages_open",
        "outbox_messages",
        ["state", "due_at"],
        unique=False,
        sqlite_where=still_open,
        postgresql_where=still_open,
    )
    unsettled = sa.text("state IN ('pending', 'sending')")
    op.create_index(
        "ix_outbox_messages_oldest",
        "outbox_messages",
        ["due_at", "id"],
        unique=False,
        sqlite_where=unsettled,
        postgresql_where=unsettled,
    )
    op.create_index(
        "ix_outbox_messages_lines",
        "outbox_messages",
        ["workspace_id", "channel", "due_at", "id"],
        unique=False,
        sqlite_where=unsettled,
        postgresql_where=unsettled,
    )
    op.create_table(
        "posts",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("collaborative_id", Key, nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("channel", sa.String(length=80), nullable=False),
        sa.Column("slack_channel", sa.String(length=80), nullable=False),
        sa.Column("ts", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["collaborative_id"], ["collaboratives.id"], name=op.f("fk_posts_collaborative_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
        sa.UniqueConstraint(
            "collaborative_id", "subject", "channel", name=op.f("uq_posts_collaborative_id_subject_channel")
        ),
    )
    op.create_table(
        "reporting_periods",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("collaborative_id", Key, nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("locks_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collaborative_id"], ["collaboratives.id"], name=op.f("fk_reporting_periods_collaborative_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporting_periods")),
        sa.UniqueConstraint(
            "collaborative_id", "first_day", name=op.f("uq_reporting_periods_collaborative_id_first_day")
        ),
    )
    op.create_table(
        "teams",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("collaborative_id", Key, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("channel", sa.String(length=80), nullable=True),
        sa.Column("time_zone", sa.String(length=64), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["collaborative_id"], ["collaboratives.id"], name=op.f("fk_teams_collaborative_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams")),
        sa.UniqueConstraint("collaborative_id", "key", name=op.f("uq_teams_collaborative_id_key")),
    )
    op.create_table(
        "chart_marks",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("collaborative_id", Key, nullable=False),
        sa.Column("team_id", Key, nullable=False),
        sa.Column("measure_id", Key, nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("period_id", Key, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("member_id", Key, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("ended_by_id", Key, nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collaborative_id"], ["collaboratives.id"], name=op.f("fk_chart_marks_collaborative_id")
        ),
        sa.ForeignKeyConstraint(["ended_by_id"], ["members.id"], name=op.f("fk_chart_marks_ended_by_id")),
        sa.ForeignKeyConstraint(["measure_id"], ["measures.id"], name=op.f("fk_chart_marks_measure_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_chart_marks_member_id")),
        sa.ForeignKeyConstraint(
            ["period_id"], ["reporting_periods.id"], name=op.f("fk_chart_marks_period_id")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_chart_marks_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chart_marks")),
    )
    op.create_index(
        "ix_chart_marks_team_id_measure_id", "chart_marks", ["team_id", "measure_id"], unique=False
    )
    op.create_table(
        "dismissals",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("collaborative_id", Key, nullable=False),
        sa.Column("team_id", Key, nullable=False),
        sa.Column("episode", sa.String(length=200), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("member_id", Key, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collaborative_id"], ["collaboratives.id"], name=op.f("fk_dismissals_collaborative_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_dismissals_member_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_dismissals_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dismissals")),
        sa.UniqueConstraint("team_id", "episode", name=op.f("uq_dismissals_team_id_episode")),
    )
    op.create_table(
        "talks",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("collaborative_id", Key, nullable=False),
        sa.Column("team_id", Key, nullable=False),
        sa.Column("about", sa.String(length=200), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("member_id", Key, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("agreed", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collaborative_id"], ["collaboratives.id"], name=op.f("fk_talks_collaborative_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_talks_member_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_talks_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talks")),
    )
    op.create_index(op.f("ix_talks_collaborative_id"), "talks", ["collaborative_id"], unique=False)
    op.create_table(
        "drafts",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("collaborative_id", Key, nullable=False),
        sa.Column("team_id", Key, nullable=False),
        sa.Column("period_id", Key, nullable=False),
        sa.Column("member_id", Key, nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collaborative_id"], ["collaboratives.id"], name=op.f("fk_drafts_collaborative_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_drafts_member_id")),
        sa.ForeignKeyConstraint(["period_id"], ["reporting_periods.id"], name=op.f("fk_drafts_period_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_drafts_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint(
            "team_id", "period_id", "member_id", name=op.f("uq_drafts_team_id_period_id_member_id")
        ),
    )
    op.create_table(
        "expectations",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("collaborative_id", Key, nullable=False),
        sa.Column("team_id", Key, nullable=False),
        sa.Column("period_id", Key, nullable=False),
        sa.Column("said", sa.String(length=16), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("measure_id", Key, nullable=True),
        sa.Column("member_id", Key, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collaborative_id"], ["collaboratives.id"], name=op.f("fk_expectations_collaborative_id")
        ),
        sa.ForeignKeyConstraint(["measure_id"], ["measures.id"], name=op.f("fk_expectations_measure_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_expectations_member_id")),
        sa.ForeignKeyConstraint(
            ["period_id"], ["reporting_periods.id"], name=op.f("fk_expectations_period_id")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_expectations_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expectations")),
    )
    op.create_index(
        "ix_expectations_period_id_team_id", "expectations", ["period_id", "team_id"], unique=False
    )
    op.create_table(
        "milestones",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("collaborative_id", Key, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("member_id", Key, nullable=True),
        sa.Column("team_id", Key, nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by_id", Key, nullable=True),
        sa.Column("dropped_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["collaborative_id"], ["collaboratives.id"], name=op.f("fk_milestones_collaborative_id")
        ),
        sa.ForeignKeyConstraint(["done_by_id"], ["members.id"], name=op.f("fk_milestones_done_by_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_milestones_member_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_milestones_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestones")),
        sa.UniqueConstraint("collaborative_id", "key", name=op.f("uq_milestones_collaborative_id_key")),
    )
    op.create_table(
        "reports",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("collaborative_id", Key, nullable=False),
        sa.Column("team_id", Key, nullable=False),
        sa.Column("period_id", Key, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("on_behalf", sa.Boolean(), nullable=False),
        sa.Column("member_id", Key, nullable=False),
        sa.Column("submitted_at", sa.BigInteger(), nullable=False),
        sa.Column("tested", sa.Text(), nullable=False),
        sa.Column("improved", sa.Text(), nullable=False),
        sa.Column("barriers", sa.Text(), nullable=False),
        sa.Column("unintended", sa.Text(), nullable=False),
        sa.Column("help_needed", sa.Text(), nullable=False),
        sa.Column("coach_note", sa.Text(), nullable=False),
        sa.Column("note_revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collaborative_id"], ["collaboratives.id"], name=op.f("fk_reports_collaborative_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_reports_member_id")),
        sa.ForeignKeyConstraint(["period_id"], ["reporting_periods.id"], name=op.f("fk_reports_period_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_reports_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("team_id", "period_id", name=op.f("uq_reports_team_id_period_id")),
    )
    op.create_table(
        "roles",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("collaborative_id", Key, nullable=False),
        sa.Column("member_id", Key, nullable=False),
        sa.Column("team_id", Key, nullable=True),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["collaborative_id"], ["collaboratives.id"], name=op.f("fk_roles_collaborative_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_roles_member_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_roles_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roles")),
    )
    op.create_index("ix_roles_member_id_team_id", "roles", ["member_id", "team_id"], unique=False)
    op.create_table(
        "signals",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("collaborative_id", Key, nullable=False),
        sa.Column("team_id", Key, nullable=False),
        sa.Column("measure_id", Key, nullable=False),
        sa.Column("frame", sa.String(length=40), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("side", sa.Integer(), nullable=False),
        sa.Column("is_good", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("found_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collaborative_id"], ["collaboratives.id"], name=op.f("fk_signals_collaborative_id")
        ),
        sa.ForeignKeyConstraint(["measure_id"], ["measures.id"], name=op.f("fk_signals_measure_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_signals_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signals")),
        sa.UniqueConstraint(
            "team_id",
            "measure_id",
            "frame",
            "turn",
            name=op.f("uq_signals_team_id_measure_id_frame_turn"),
        ),
    )
    op.create_table(
        "team_measures",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("collaborative_id", Key, nullable=False),
        sa.Column("team_id", Key, nullable=False),
        sa.Column("measure_id", Key, nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collaborative_id"], ["collaboratives.id"], name=op.f("fk_team_measures_collaborative_id")
        ),
        sa.ForeignKeyConstraint(["measure_id"], ["measures.id"], name=op.f("fk_team_measures_measure_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_team_measures_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_measures")),
        sa.UniqueConstraint("team_id", "measure_id", name=op.f("uq_team_measures_team_id_measure_id")),
    )
    op.create_table(
        "told_due_days",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("collaborative_id", Key, nullable=False),
        sa.Column("period_id", Key, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collaborative_id"], ["collaboratives.id"], name=op.f("fk_told_due_days_collaborative_id")
        ),
        sa.ForeignKeyConstraint(
            ["period_id"], ["reporting_periods.id"], name=op.f("fk_told_due_days_period_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_told_due_days")),
        sa.UniqueConstraint("period_id", name=op.f("uq_told_due_days_period_id")),
    )
    op.create_table(
        "corrections",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("collaborative_id", Key, nullable=False),
        sa.Column("report_id", Key, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("member_id", Key, nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collaborative_id"], ["collaboratives.id"], name=op.f("fk_corrections_collaborative_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_corrections_member_id")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_corrections_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
        sa.UniqueConstraint("report_id", "revision", name=op.f("uq_corrections_report_id_revision")),
    )
    op.create_table(
        "note_changes",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("collaborative_id", Key, nullable=False),
        sa.Column("report_id", Key, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("member_id", Key, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collaborative_id"], ["collaboratives.id"], name=op.f("fk_note_changes_collaborative_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_note_changes_member_id")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_note_changes_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_changes")),
        sa.UniqueConstraint("report_id", "revision", name=op.f("uq_note_changes_report_id_revision")),
    )
    op.create_table(
        "value_changes",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("collaborative_id", Key, nullable=False),
        sa.Column("team_id", Key, nullable=False),
        sa.Column("measure_id", Key, nullable=False),
        sa.Column("period_id", Key, nullable=False),
        sa.Column("member_id", Key, nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collaborative_id"], ["collaboratives.id"], name=op.f("fk_value_changes_collaborative_id")
        ),
        sa.ForeignKeyConstraint(["measure_id"], ["measures.id"], name=op.f("fk_value_changes_measure_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_value_changes_member_id")),
        sa.ForeignKeyConstraint(
            ["period_id"], ["reporting_periods.id"], name=op.f("fk_value_changes_period_id")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_value_changes_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_value_changes")),
    )
    op.create_table(
        "feedbacks",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("collaborative_id", Key, nullable=False),
        sa.Column("team_id", Key, nullable=False),
        sa.Column("report_id", Key, nullable=False),
        sa.Column("member_id", Key, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("liked", sa.Text(), nullable=False),
        sa.Column("wondered", sa.Text(), nullable=False),
        sa.Column("proposed", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(length=80), nullable=False),
        sa.Column("answer", sa.String(length=16), nullable=True),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("answered_by_id", Key, nullable=True),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["answered_by_id"], ["members.id"], name=op.f("fk_feedbacks_answered_by_id")),
        sa.ForeignKeyConstraint(
            ["collaborative_id"], ["collaboratives.id"], name=op.f("fk_feedbacks_collaborative_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_feedbacks_member_id")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_feedbacks_report_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_feedbacks_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedbacks")),
    )
    op.create_index(op.f("ix_feedbacks_report_id"), "feedbacks", ["report_id"], unique=False)
    op.create_index(op.f("ix_feedbacks_team_id"), "feedbacks", ["team_id"], unique=False)
    op.create_table(
        "measure_values",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("collaborative_id", Key, nullable=False),
        sa.Column("team_id", Key, nullable=False),
        sa.Column("measure_id", Key, nullable=False),
        sa.Column("period_id", Key, nullable=False),
        sa.Column("report_id", Key, nullable=True),
        sa.Column("numerator", sa.String(length=40), nullable=True),
        sa.Column("denominator", sa.String(length=40), nullable=True),
        sa.Column("is_estimate", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collaborative_id"], ["collaboratives.id"], name=op.f("fk_measure_values_collaborative_id")
        ),
        sa.ForeignKeyConstraint(["measure_id"], ["measures.id"], name=op.f("fk_measure_values_measure_id")),
        sa.ForeignKeyConstraint(
            ["period_id"], ["reporting_periods.id"], name=op.f("fk_measure_values_period_id")
        ),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_measure_values_report_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_measure_values_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure_values")),
        sa.UniqueConstraint(
            "team_id", "measure_id", "period_id", name=op.f("uq_measure_values_team_id_measure_id_period_id")
        ),
    )
    op.create_table(
        "signal_looks",
        sa.Column("id", Key, autoincrement=True, nullable=False),
        sa.Column("collaborative_id", Key, nullable=False),
        sa.Column("team_id", Key, nullable=False),
        sa.Column("of_earlier", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collaborative_id"], ["collaboratives.id"], name=op.f("fk_signal_looks_collaborative_id")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_signal_looks_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal_looks")),
    )
