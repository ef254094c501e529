"""PDSA cycles, with who wrote what in them, and when."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

RUNNING = sa.text("started_at IS NOT NULL AND decided_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "pdsa_cycles",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("collaborative_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("follows_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("begun_in", sa.String(length=64), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("planned_at", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("question_1", sa.Text(), nullable=False),
        sa.Column("prediction_1", sa.Text(), nullable=False),
        sa.Column("question_2", sa.Text(), nullable=False),
        sa.Column("prediction_2", sa.Text(), nullable=False),
        sa.Column("measure_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("owner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("happened", sa.Text(), nullable=False),
        sa.Column("surprises", sa.Text(), nullable=False),
        sa.Column("result_1", sa.Text(), nullable=False),
        sa.Column("result_2", sa.Text(), nullable=False),
        sa.Column("learned", sa.Text(), nullable=False),
        sa.Column("decision", sa.String(length=16), nullable=True),
        sa.Column("next_step", sa.Text(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=True),
        sa.Column("studied_on", sa.Date(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("decided_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["collaborative_id"], ["collaboratives.id"], name=op.f("fk_pdsa_cycles_collaborative_id")
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["members.id"], name=op.f("fk_pdsa_cycles_decided_by_id")),
        sa.ForeignKeyConstraint(["follows_id"], ["pdsa_cycles.id"], name=op.f("fk_pdsa_cycles_follows_id")),
        sa.ForeignKeyConstraint(["measure_id"], ["measures.id"], name=op.f("fk_pdsa_cycles_measure_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_pdsa_cycles_member_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["members.id"], name=op.f("fk_pdsa_cycles_owner_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_pdsa_cycles_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pdsa_cycles")),
        sa.UniqueConstraint(
            "collaborative_id", "begun_in", name=op.f("uq_pdsa_cycles_collaborative_id_begun_in")
        ),
        sa.UniqueConstraint("team_id", "number", name=op.f("uq_pdsa_cycles_team_id_number")),
    )
    op.create_index(
        "ix_pdsa_cycles_running",
        "pdsa_cycles",
        ["collaborative_id"],
        sqlite_where=RUNNING,
        postgresql_where=RUNNING,
    )
    op.create_index(op.f("ix_pdsa_cycles_follows_id"), "pdsa_cycles", ["follows_id"])
    op.create_index(op.f("ix_pdsa_cycles_measure_id"), "pdsa_cycles", ["measure_id"])
    op.create_table(
        "pdsa_changes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("collaborative_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("cycle_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collaborative_id"], ["collaboratives.id"], name=op.f("fk_pdsa_changes_collaborative_id")
        ),
        sa.ForeignKeyConstraint(["cycle_id"], ["pdsa_cycles.id"], name=op.f("fk_pdsa_changes_cycle_id")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_pdsa_changes_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pdsa_changes")),
        sa.UniqueConstraint("cycle_id", "revision", name=op.f("uq_pdsa_changes_cycle_id_revision")),
    )
    op.create_index(op.f("ix_pdsa_changes_collaborative_id"), "pdsa_changes", ["collaborative_id"])
