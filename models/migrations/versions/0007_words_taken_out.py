"""Who took words out of a report, when and of which field; the words themselves stand nowhere."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "words_taken_out",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("collaborative_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("report_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("member_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("swept_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["collaborative_id"], ["collaboratives.id"], name=op.f("fk_words_taken_out_collaborative_id")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_words_taken_out_member_id")),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_words_taken_out_report_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_words_taken_out")),
    )
    op.create_index(op.f("ix_words_taken_out_collaborative_id"), "words_taken_out", ["collaborative_id"])
    op.create_index(op.f("ix_words_taken_out_report_id"), "words_taken_out", ["report_id"])
    op.create_index(op.f("ix_words_taken_out_swept_at"), "words_taken_out", ["swept_at"])
