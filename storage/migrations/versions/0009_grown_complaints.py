"""grown complaints: those that came from the survey of a low rating are told apart from filed ones

Revision ID: 0009
Revises: 0008

The case knows its survey, so its course is told here. The totals are counted anew at the next start.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("courses", sa.Column("grown", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("delivery_totals", sa.Column("grown", sa.Integer(), nullable=False, server_default=sa.text("0")))
    grown = "SELECT id FROM cases WHERE invitation IS NOT NULL"
    op.execute(f'UPDATE courses SET grown = true WHERE "case" IN ({grown})')  # noqa: S608 -- no value of anybody's
    op.execute("DELETE FROM meta WHERE key = 'totals'")
