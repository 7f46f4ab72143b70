"""packed totals: of breakdowns with hundreds of units, the cells of a day or a month as columns in a few values

Revision ID: 0012
Revises: 0011

What there is stays where it is; the running bot packs it little by little.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    keys = ("by", "day", "dimension", "part")
    op.create_table(
        "packed_totals",
        sa.Column("by", sa.String(length=16), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("dimension", sa.String(length=40), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint(*keys, name=op.f("pk_packed_totals")),
        sqlite_with_rowid=False,
    )
