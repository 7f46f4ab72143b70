"""evidence: a row for each file of a contribution

Revision ID: 0019
Revises: 0017

Files of earlier contributions get their rows from the running bot: what names them is sealed.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0017"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_STATES = ("waiting", "kept", "too_big", "gone", "infected", "erased")


def upgrade() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("contribution", _BIG, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("file_id", sa.LargeBinary(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(*_STATES, name="state", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("object", sa.String(64), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("size", _BIG, nullable=False),
        sa.Column("suffix", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.ForeignKeyConstraint(
            ["contribution"], ["contributions.id"], name=op.f("fk_evidence_contribution_contributions")
        ),
    )
    op.create_index("ix_evidence_contribution", "evidence", ["contribution"])
    op.create_index("ix_evidence_object", "evidence", ["object"])
    waiting, other = sa.text("state = 'waiting'"), sa.text("state <> 'kept'")
    op.create_index("ix_evidence_due", "evidence", ["due_at"], sqlite_where=waiting, postgresql_where=waiting)
    op.create_index("ix_evidence_not_kept", "evidence", ["state"], sqlite_where=other, postgresql_where=other)
