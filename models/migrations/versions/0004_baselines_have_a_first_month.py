"""A baseline has a first month besides its last: months added before it move its median no more.

Those there are begin where their charts began: with the first month the team had a value of that measure.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

Key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("chart_marks") as marks:
        marks.add_column(sa.Column("first_period_id", Key, nullable=True))
        marks.create_foreign_key(
            op.f("fk_chart_marks_first_period_id"), "reporting_periods", ["first_period_id"], ["id"]
        )
        marks.create_index(op.f("ix_chart_marks_first_period_id"), ["first_period_id"])
    op.execute(
        "UPDATE chart_marks SET first_period_id = COALESCE(("
        "SELECT measure_values.period_id FROM measure_values "
        "JOIN reporting_periods AS months ON months.id = measure_values.period_id "
        "JOIN reporting_periods AS ends ON ends.id = chart_marks.period_id "
        "WHERE measure_values.team_id = chart_marks.team_id "
        "AND measure_values.measure_id = chart_marks.measure_id "
        "AND measure_values.numerator IS NOT NULL AND months.first_day <= ends.first_day "
        "ORDER BY months.first_day LIMIT 1), period_id) WHERE kind = 'baseline'"
    )
