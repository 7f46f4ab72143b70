"""the audit log by month, and its oldest months may go

Revision ID: 0014
Revises: 0013

PostgreSQL: the log is partitioned by its ids, in which the moment is; what is there becomes the first partition as it is, without a copy.
SQLite: its trigger lets those rows go that are below the mark in `meta`.
"""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_EPOCH = datetime(2025, 1, 1, tzinfo=UTC)
_FREEZES = "autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_freeze_min_age = 0"
_MARK = "(SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'audit kept from')"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _partition()
    else:
        op.execute("DROP TRIGGER audit_no_delete")
        op.execute(
            f"CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit WHEN old.id >= coalesce({_MARK}, 0) "
            "BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END"
        )


def _partition() -> None:
    now = op.get_bind().scalar(sa.text("SELECT now()")).astimezone(UTC)
    newest = op.get_bind().scalar(sa.text("SELECT max(id) FROM audit")) or 0
    month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    bound = _find_next_month(month)
    while _find_first_id(bound) <= newest:
        bound = _find_next_month(bound)
    first = _find_first_id(bound)
    op.execute("ALTER TABLE audit RENAME TO audit_past")
    op.execute("ALTER TABLE audit_past RENAME CONSTRAINT pk_audit TO pk_audit_past")
    for name in ("ix_audit_subject", "ix_audit_changed_answers"):
        op.execute(f"ALTER INDEX {name} RENAME TO {name.replace('audit', 'audit_past')}")
    op.execute(
        "CREATE TABLE audit (LIKE audit_past INCLUDING DEFAULTS, CONSTRAINT pk_audit PRIMARY KEY (id)) PARTITION BY RANGE (id)"
    )
    op.create_index("ix_audit_subject", "audit", ["subject"])
    op.create_index("ix_audit_changed_answers", "audit", ["at"], postgresql_where=sa.text("what = 'answer.change'"))
    op.execute(f"ALTER TABLE audit ATTACH PARTITION audit_past FOR VALUES FROM (MINVALUE) TO ({first})")
    op.execute(f"CREATE TABLE audit_rest PARTITION OF audit DEFAULT WITH ({_FREEZES})")
    for _ in range(3):
        after = _find_next_month(bound)
        span = f"FROM ({_find_first_id(bound)}) TO ({_find_first_id(after)})"
        op.execute(f"CREATE TABLE audit_{bound:%Y_%m} PARTITION OF audit FOR VALUES {span} WITH ({_FREEZES})")
        _refuse_changes(f"audit_{bound:%Y_%m}")
        bound = after
    for name in ("audit", "audit_rest"):
        _refuse_changes(name)


def _refuse_changes(table: str) -> None:
    op.execute(
        f"CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
    )


def _find_next_month(month: datetime) -> datetime:
    return (month + timedelta(days=31)).replace(day=1)


def _find_first_id(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(milliseconds=1) << 22
