"""whose keys still have to be destroyed in the backups

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import UtcDateTime

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "erased_subjects",
        sa.Column("subject", sa.String(128), primary_key=True),
        sa.Column("at", UtcDateTime, nullable=False),
    )
