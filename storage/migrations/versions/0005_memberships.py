"""memberships: when each was last confirmed, and those that a manager has taken away

Revision ID: 0005
Revises: 0004

Every membership that stands is asked about at its next use in private.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_ROLES = ("staff", "head", "quality", "manager", "courier")


def upgrade() -> None:
    op.add_column("grants", sa.Column("confirmed_at", _MOMENT, nullable=True))
    role = sa.Enum(*_ROLES, name="role", native_enum=False, create_constraint=True, length=32)
    op.create_table(
        "withheld_roles",
        sa.Column("person", _BIG, nullable=False),
        sa.Column("role", role, nullable=False),
        sa.Column("department", sa.String(length=64), nullable=False),
        sa.Column("withheld_by", _BIG, nullable=True),
        sa.Column("withheld_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_withheld_roles_person")),
        sa.PrimaryKeyConstraint("person", "role", "department", name=op.f("pk_withheld_roles")),
    )
