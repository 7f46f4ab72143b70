"""consent: to which version of what is kept somebody has agreed, and when; none of those who are here have been asked

Revision ID: 0017
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

from storage.engine.columns import UtcDateTime

revision = "0017"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("people", sa.Column("consent", sa.Integer, nullable=False, server_default="0"))
    op.add_column("people", sa.Column("consent_at", UtcDateTime))
    op.add_column("sessions", sa.Column("consent_asked", sa.Integer, nullable=False, server_default="0"))
