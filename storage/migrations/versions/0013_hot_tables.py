"""hot tables: what is open is found by an index as small as that, and PostgreSQL cleans up after it at once

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_CHURNING = ("outbox", "sessions", "timers", "unindexed", "group_windows")
"""Small tables whose rows live for minutes or days: by default PostgreSQL would wait until a fifth of them is dead, of a peak's size."""


def upgrade() -> None:
    owed, kept, known = sa.text("state = 'owed'"), sa.text("state <> 'owed'"), sa.text("invitation IS NOT NULL")
    op.create_index("ix_outbox_owed", "outbox", ["holder"], sqlite_where=owed, postgresql_where=owed)
    op.create_index("ix_outbox_kept", "outbox", ["state", "chat_id"], sqlite_where=kept, postgresql_where=kept)
    op.create_index("ix_cases_invitation", "cases", ["invitation"], sqlite_where=known, postgresql_where=known)
    if op.get_bind().dialect.name == "postgresql":
        for table in _CHURNING:
            op.execute(
                f"ALTER TABLE {table} SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, "
                "autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 5000, autovacuum_vacuum_cost_delay = 0)"
            )
        # Keys leave the inbox every hour, a seventieth of them; nothing ever leaves the audit log, so its pages are frozen as they fill.
        op.execute(
            "ALTER TABLE inbox SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05)"
        )
        op.execute(
            "ALTER TABLE audit SET (autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_freeze_min_age = 0)"
        )
