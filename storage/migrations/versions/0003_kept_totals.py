"""kept totals: day and month totals, the course of every complaint, deadlines that still run

Revision ID: 0003
Revises: 0002

The new tables are filled from the others at the next start (`handlers/recounting.py`).
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_OUTCOMES = ("none", "answered", "satisfied", "dissatisfied", "silent", "withdrawn", "merged")


def upgrade() -> None:
    _totals("delivery_totals", (), ("deliveries", "sampled", "surveyed", "answered", "complaints", "valid", "opened"))
    _totals("rating_totals", ("dimension",), ("one", "two", "three", "four", "five"))
    _courses()
    _running_deadlines()


def _totals(name: str, more: tuple[str, ...], counts: tuple[str, ...]) -> None:
    lengths = {"by": 16, "day": 10, "dimension": 40, "department": 64, "value": 64, "stratum": 8}
    keys = ("by", "day", *more, "department", "value", "stratum")
    op.create_table(
        name,
        *(sa.Column(key, sa.String(length=lengths[key]), nullable=False) for key in keys),
        *(sa.Column(count, sa.Integer(), nullable=False) for count in counts),
        sa.PrimaryKeyConstraint(*keys, name=op.f(f"pk_{name}")),
        sqlite_with_rowid=False,
    )


def _courses() -> None:
    outcome = sa.Enum(*_OUTCOMES, name="outcome", native_enum=False, create_constraint=True, length=32)
    op.create_table(
        "courses",
        sa.Column("case", _BIG, nullable=False),
        sa.Column("category", sa.String(length=32), nullable=False),
        sa.Column("department", sa.String(length=64), nullable=False),
        sa.Column("courier", sa.String(length=64), nullable=False),
        sa.Column("route", sa.String(length=64), nullable=False),
        sa.Column("station", sa.String(length=64), nullable=False),
        sa.Column("service", sa.String(length=32), nullable=False),
        sa.Column("priority", sa.String(length=8), nullable=False),
        sa.Column("customer_type", sa.String(length=32), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("opened_at", _MOMENT, nullable=False),
        sa.Column("valid", sa.Boolean(), nullable=False),
        sa.Column("outcome", outcome, nullable=False),
        sa.Column("replied", sa.Integer(), nullable=True),
        sa.Column("resolved", sa.Integer(), nullable=True),
        sa.Column("finished", sa.Integer(), nullable=True),
        sa.Column("answered_at", _MOMENT, nullable=True),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("solved_in", sa.Integer(), nullable=False),
        sa.Column("reopened", sa.Boolean(), nullable=False),
        sa.Column("repeated", sa.Boolean(), nullable=False),
        sa.Column("handling", sa.Integer(), nullable=True),
        sa.CheckConstraint("handling BETWEEN 1 AND 5", name=op.f("ck_courses_handling")),
        sa.ForeignKeyConstraint(["case"], ["cases.id"], name=op.f("fk_courses_case")),
        sa.PrimaryKeyConstraint("case", name=op.f("pk_courses")),
    )
    op.create_index("ix_courses_opened_at", "courses", ["opened_at"], unique=False)
    op.create_index("ix_courses_at", "courses", ["at"], unique=False)
    op.create_index(
        "ix_courses_category_department_opened_at", "courses", ["category", "department", "opened_at"], unique=False
    )


def _running_deadlines() -> None:
    """The table is small: a few rows a case. It is written anew with the new columns."""
    op.rename_table("deadlines", "ended_deadlines")
    op.create_table(
        "deadlines",
        sa.Column("case", _BIG, nullable=False),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("started_at", _MOMENT, nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT, nullable=True),
        sa.Column("promised_at", _MOMENT, nullable=False),
        sa.Column("department", sa.String(length=64), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["cases.id"], name=op.f("fk_deadlines_case")),
        # The older table has the usual name of the key until it is gone.
        sa.PrimaryKeyConstraint("case", "stage", "since", name=op.f("pk_deadlines_")),
    )
    op.execute(
        'INSERT INTO deadlines ("case", stage, since, started_at, due_at, ended_at, promised_at, department, counts) '
        "SELECT d.\"case\", d.stage, d.since, d.started_at, d.due_at, d.ended_at, d.due_at, c.department, c.kind = 'complaint' "
        'FROM ended_deadlines d JOIN cases c ON c.id = d."case"'
    )
    op.drop_table("ended_deadlines")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE deadlines RENAME CONSTRAINT pk_deadlines_ TO pk_deadlines")
    covered = ["stage", "due_at", "counts", "ended_at", "promised_at", "department"]
    op.create_index("ix_deadlines_stage_due_at", "deadlines", covered, unique=False)
    op.create_index("ix_cases_state_department_due_at", "cases", ["state", "department", "due_at"], unique=False)
    _what_has_ended_stays()


def _what_has_ended_stays() -> None:
    """A stopped clock is never written again, and none is forgotten."""
    if op.get_bind().dialect.name == "sqlite":
        refuse = "BEGIN SELECT RAISE(ABORT, 'deadlines that have ended stay'); END"
        op.execute(
            f"CREATE TRIGGER deadlines_no_update BEFORE UPDATE ON deadlines WHEN OLD.ended_at IS NOT NULL {refuse}"
        )
        op.execute(f"CREATE TRIGGER deadlines_no_delete BEFORE DELETE ON deadlines {refuse}")
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION deadlines_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'deadlines that have ended stay'; END $$"
    )
    for name, when in (
        ("deadlines_no_update", "BEFORE UPDATE ON deadlines FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL)"),
        ("deadlines_no_delete", "BEFORE DELETE OR TRUNCATE ON deadlines FOR EACH STATEMENT"),
    ):
        op.execute(f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION deadlines_refuse()")
