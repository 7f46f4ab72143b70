"""words to index: contributions whose words are not in the search index yet

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "unindexed",
        sa.Column("contribution", _BIG, autoincrement=False, nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contribution"], ["contributions.id"], name=op.f("fk_unindexed_contribution")),
        sa.PrimaryKeyConstraint("contribution", name=op.f("pk_unindexed")),
    )


def downgrade() -> None:
    op.drop_table("unindexed")
