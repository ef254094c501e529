"""Drafts of any form: kept by its kind and by what it is filled in for, where they were a report's alone."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ONE_EACH = ["collaborative_id", "kind", "about", "member_id"]


def upgrade() -> None:
    with op.batch_alter_table("drafts") as drafts:
        drafts.add_column(sa.Column("kind", sa.String(length=32), nullable=True))
        drafts.add_column(sa.Column("about", sa.String(length=100), nullable=True))
    about = "CAST(team_id AS VARCHAR) || ':' || CAST(period_id AS VARCHAR)"
    op.execute(f"UPDATE drafts SET kind = 'report', about = {about}")  # noqa: S608 - ours, word for word
    with op.batch_alter_table("drafts") as drafts:
        drafts.alter_column("kind", existing_type=sa.String(length=32), nullable=False)
        drafts.alter_column("about", existing_type=sa.String(length=100), nullable=False)
        drafts.drop_constraint(op.f("uq_drafts_team_id_period_id_member_id"), type_="unique")
        drafts.drop_constraint(op.f("fk_drafts_team_id"), type_="foreignkey")
        drafts.drop_constraint(op.f("fk_drafts_period_id"), type_="foreignkey")
        drafts.drop_column("team_id")
        drafts.drop_column("period_id")
        drafts.create_unique_constraint(op.f("uq_drafts_collaborative_id_kind_about_member_id"), ONE_EACH)
