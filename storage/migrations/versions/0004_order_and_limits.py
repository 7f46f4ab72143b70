"""the order of what is owed, and when groups were written to

Revision ID: 0004
Revises: 0003

Rows of the outbox were in the order of their ids, which processes make by their clocks. PostgreSQL counts them from now on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("outbox", sa.Column("seq", _BIG, nullable=False, server_default=sa.text("0")))
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE SEQUENCE outbox_seq OWNED BY outbox.seq")
        op.execute("ALTER TABLE outbox ALTER COLUMN seq SET DEFAULT nextval('outbox_seq')")
    op.create_table(
        "group_windows",
        sa.Column("chat_id", _BIG, autoincrement=False, nullable=False),
        sa.Column("moments", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_group_windows")),
    )
