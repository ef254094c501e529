"""The size of a sample is a number beside its rule, and kept with each value; nobody gave one so far."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    for table in ("measures", "past_definitions", "measure_values"):
        op.add_column(table, sa.Column("sample_size", sa.Integer(), nullable=True))
