"""gathered additions: in whose copy a contribution is shown to staff

Revision ID: 0008
Revises: 0007

What is there already keeps a copy of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "contributions", sa.Column("shown_in", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
    )
