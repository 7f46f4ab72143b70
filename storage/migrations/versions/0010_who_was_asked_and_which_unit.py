"""who was asked and who came by themselves; the unit that a complaint can repeat at

Revision ID: 0010
Revises: 0009

The totals are counted anew at the next start, which fills the new columns and finds repeated complaints by the new unit.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("invited", "responded", "came"):
        op.add_column("delivery_totals", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.add_column("courses", sa.Column("unit", sa.String(length=80), nullable=False, server_default=""))
    op.execute(
        "UPDATE courses SET unit = CASE WHEN courier <> '' THEN 'courier:' || courier "
        "WHEN station <> '' THEN 'station:' || station ELSE 'department:' || department END"
    )
    op.execute("DELETE FROM meta WHERE key = 'totals'")
    op.drop_index("ix_courses_category_department_opened_at", "courses")
    op.create_index("ix_courses_category_unit_opened_at", "courses", ["category", "unit", "opened_at"], unique=False)
