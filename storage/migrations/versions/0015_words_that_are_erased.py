"""what a person said can be erased from the log and from the histories of cases, and nothing else of them changes

Revision ID: 0015
Revises: 0014

Both tables stay append-only: no row goes, and of a row only what was said. In the log `before` and `after` may become NULL; in a case's history
`facts` may become shorter, which only who has the key can do sensibly. Who did what and when stays.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_LOG_STAYS = ("id", "at", "actor", "what", "subject")
_HISTORY_STAYS = ("case", "version", "event", "state", "actor", "at")


def upgrade() -> None:
    op.create_index("ix_talk_case", "talk", ["case"])
    if op.get_bind().dialect.name == "postgresql":
        _loosen_postgresql()
    else:
        _loosen_sqlite()


def _loosen_sqlite() -> None:
    kept = " OR ".join(f'new."{name}" IS NOT old."{name}"' for name in _LOG_STAYS)
    words = " OR ".join(f"(new.{name} IS NOT NULL AND new.{name} IS NOT old.{name})" for name in ("before", "after"))
    _make_trigger("audit", f"{kept} OR {words}")
    kept = " OR ".join(f'new."{name}" IS NOT old."{name}"' for name in _HISTORY_STAYS)
    _make_trigger("case_events", f"{kept} OR length(new.facts) >= length(old.facts)")


def _make_trigger(table: str, refused: str) -> None:
    op.execute(f"DROP TRIGGER {table}_no_update")
    op.execute(
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} WHEN {refused} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def _loosen_postgresql() -> None:
    kept = " OR ".join(f'NEW."{name}" IS DISTINCT FROM OLD."{name}"' for name in _LOG_STAYS)
    words = " OR ".join(
        f"(NEW.{name} IS NOT NULL AND NEW.{name} IS DISTINCT FROM OLD.{name})" for name in ("before", "after")
    )
    _make_row_trigger("audit", f"{kept} OR {words}")
    kept = " OR ".join(f'NEW."{name}" IS DISTINCT FROM OLD."{name}"' for name in _HISTORY_STAYS)
    _make_row_trigger("case_events", f"{kept} OR octet_length(NEW.facts) >= octet_length(OLD.facts)")
    # A partition that is written to by its own name refuses as before.
    for table in ("audit", "case_events"):
        op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE DELETE OR TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"
        )


def _make_row_trigger(table: str, refused: str) -> None:
    op.execute(
        sa.text(
            f"CREATE FUNCTION {table}_only_erases() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {refused} THEN RAISE EXCEPTION '{table} is append-only'; END IF; RETURN NEW; END $$"
        )
    )
    op.execute(
        f"CREATE TRIGGER {table}_only_erases BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_only_erases()"
    )
