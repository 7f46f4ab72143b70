"""kept totals of casework: how complaints were handled, which deadlines were kept, and every duration

Revision ID: 0011
Revises: 0010

They are counted at the next start. What only time decides is found by the new indexes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_LENGTHS = {"by": 16, "day": 10, "month": 7, "stage": 16, "department": 64, "value": 64, "stratum": 8}
_HANDLED = tuple(f"handled{rating}" for rating in range(1, 6))
_CASEWORK = (
    *("rectified", "satisfied", "dissatisfied", "silent", "spoken", "first", "second", "third", "reopened", "repeated"),
    "attitude_valid",
    *_HANDLED,
)


def upgrade() -> None:
    _add_totals("casework_totals", ("by", "day", "department", "value", "stratum"), _CASEWORK)
    deadline_keys = ("by", "day", "stage", "department", "value", "stratum")
    _add_totals("deadline_totals", deadline_keys, ("due", "kept", "promised"))
    durations = sa.Column("durations", sa.LargeBinary(), nullable=False)
    _add_totals("duration_totals", ("by", "month", "department", "value"), (), durations)
    waiting = sa.text("answered_at IS NULL AND outcome = 'none'")
    running = sa.text("ended_at IS NULL")
    for name, table, columns, where in (
        ("ix_courses_waiting", "courses", ["opened_at", "department"], waiting),
        ("ix_courses_answered_at", "courses", ["answered_at"], None),
        ("ix_deadlines_running", "deadlines", ["due_at", "stage", "counts", "department"], running),
    ):
        op.create_index(name, table, columns, unique=False, sqlite_where=where, postgresql_where=where)
    op.execute("DELETE FROM meta WHERE key = 'totals'")


def _add_totals(name: str, keys: tuple[str, ...], counts: tuple[str, ...], *more: sa.Column[bytes]) -> None:
    op.create_table(
        name,
        *(sa.Column(key, sa.String(length=_LENGTHS[key]), nullable=False) for key in keys),
        *(sa.Column(count, sa.Integer(), nullable=False) for count in counts),
        *more,
        sa.PrimaryKeyConstraint(*keys, name=op.f(f"pk_{name}")),
        sqlite_with_rowid=False,
    )
