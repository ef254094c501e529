"""Rows are found by what they are of, and the clock finds each collaborative among those to look at."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


OF = {
    "chart_marks": ("collaborative_id", "measure_id", "period_id"),
    "corrections": ("collaborative_id",),
    "dismissals": ("collaborative_id",),
    "expectations": ("collaborative_id", "measure_id", "team_id"),
    "feedbacks": ("collaborative_id",),
    "measure_values": ("collaborative_id", "measure_id", "period_id", "report_id"),
    "milestones": ("team_id",),
    "note_changes": ("collaborative_id",),
    "past_definitions": ("collaborative_id",),
    "reports": ("collaborative_id", "period_id"),
    "roles": ("collaborative_id", "team_id"),
    "signal_looks": ("collaborative_id", "team_id"),
    "signals": ("collaborative_id", "measure_id"),
    "talks": ("team_id",),
    "team_measures": ("collaborative_id", "measure_id"),
    "value_changes": ("collaborative_id", "measure_id", "period_id", "team_id"),
}


def upgrade() -> None:
    for table, columns in OF.items():
        for column in columns:
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    op.execute(
        "INSERT INTO ladders (collaborative_id, steps, look_at) SELECT id, '{}', 0 FROM collaboratives "
        "WHERE id NOT IN (SELECT collaborative_id FROM ladders)"
    )
    _when_to_let_go()
    _queues_of_a_workspace()
    op.drop_table("told_due_days")
    _account_of_everybody()
    _looks_in_hand()


def _account_of_everybody() -> None:
    """Who is to be asked about is found among the accounts: there is one of everybody now."""
    with op.batch_alter_table("accounts") as accounts:
        accounts.add_column(sa.Column("ask_at", sa.BigInteger(), nullable=True))
    op.execute("UPDATE accounts SET ask_at = asked_at + 604800000")  # a week, in ms
    op.execute(
        "INSERT INTO accounts (workspace_id, slack_user, time_zone, asked_at, ask_at) "
        "SELECT DISTINCT collaboratives.workspace_id, members.slack_user, '', 0, 0 "
        "FROM members JOIN collaboratives ON collaboratives.id = members.collaborative_id "
        "WHERE members.slack_user IS NOT NULL AND NOT EXISTS (SELECT 1 FROM accounts "
        "WHERE accounts.workspace_id = collaboratives.workspace_id "
        "AND accounts.slack_user = members.slack_user)"
    )
    with op.batch_alter_table("accounts") as accounts:
        accounts.alter_column("ask_at", existing_type=sa.BigInteger(), nullable=False)
        accounts.create_index(op.f("ix_accounts_ask_at"), ["ask_at"])


def _when_to_let_go() -> None:
    with op.batch_alter_table("ladders") as ladders:
        ladders.add_column(sa.Column("let_go_at", sa.BigInteger(), nullable=True))
    op.execute("UPDATE ladders SET let_go_at = 0")
    with op.batch_alter_table("ladders") as ladders:
        ladders.alter_column("let_go_at", existing_type=sa.BigInteger(), nullable=False)
        ladders.create_index(op.f("ix_ladders_let_go_at"), ["let_go_at"])


def _looks_in_hand() -> None:
    with op.batch_alter_table("signal_looks") as looks:
        looks.add_column(sa.Column("look_at", sa.BigInteger(), nullable=True))
    op.execute("UPDATE signal_looks SET look_at = 0")
    with op.batch_alter_table("signal_looks") as looks:
        looks.alter_column("look_at", existing_type=sa.BigInteger(), nullable=False)
        looks.create_index(op.f("ix_signal_looks_look_at"), ["look_at"])


def _queues_of_a_workspace() -> None:
    unsettled = sa.text("state IN ('pending', 'sending')")
    still_open = sa.text("state IN ('pending', 'sending', 'held', 'failed')")
    queues = {"oldest": (["due_at", "id"], unsettled), "open": (["state", "due_at"], still_open)}
    for name, (columns, of_state) in queues.items():
        index = f"ix_outbox_messages_{name}"
        op.drop_index(index, "outbox_messages")
        op.create_index(
            index,
            "outbox_messages",
            ["workspace_id", *columns],
            sqlite_where=of_state,
            postgresql_where=of_state,
        )
