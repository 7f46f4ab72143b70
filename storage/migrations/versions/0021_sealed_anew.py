"""what the log and the histories of cases hold can be sealed with a new key, and stays what it was

Revision ID: 0021
Revises: 0019

`huifang rotate-key` says in its own transaction that it seals anew (a mark in `meta` on SQLite, a setting of the transaction on
PostgreSQL). Then a sealed value may be replaced by one of the same length under another key, and nothing else: who has no key cannot make
one that opens.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0019"
branch_labels = None
depends_on = None

_LOG_STAYS, _LOG_SAID = ("id", "at", "actor", "what", "subject"), ("before", "after")
_HISTORY_STAYS = ("case", "version", "event", "state", "actor", "at")
_SEALS = "EXISTS (SELECT 1 FROM meta WHERE key = 'sealing anew')"
_SEALS_POSTGRESQL = "coalesce(current_setting('huifang.sealing_anew', true), '') = 'yes'"


def upgrade() -> None:
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    differs, length = ("IS DISTINCT FROM", "octet_length") if is_postgresql else ("IS NOT", "length")
    words = " OR ".join(f"(NEW.{name} IS NOT NULL AND NEW.{name} {differs} OLD.{name})" for name in _LOG_SAID)
    shorter = f"{length}(NEW.facts) >= {length}(OLD.facts)"
    for table, stays, said, erases in (
        ("audit", _LOG_STAYS, _LOG_SAID, words),
        ("case_events", _HISTORY_STAYS, ("facts",), shorter),
    ):
        kept = " OR ".join(f'NEW."{name}" {differs} OLD."{name}"' for name in stays)
        anew = " AND ".join(_is_sealed_anew(name, differs, length) for name in said)
        if is_postgresql:
            _replace_function(table, f"({kept}) OR (({erases}) AND NOT ({_SEALS_POSTGRESQL} AND {anew}))")
        else:
            _replace_trigger(table, f"({kept}) OR (({erases}) AND NOT ({_SEALS} AND {anew}))")


def _is_sealed_anew(name: str, differs: str, length: str) -> str:
    """The first four bytes of a sealed value say which key it has; the length of what is in it follows from its own."""
    other_key = f"substr(NEW.{name}, 1, 4) {differs} substr(OLD.{name}, 1, 4)"
    return f"(NOT (NEW.{name} {differs} OLD.{name}) OR ({length}(NEW.{name}) = {length}(OLD.{name}) AND {other_key}))"


def _replace_trigger(table: str, refused: str) -> None:
    op.execute(f"DROP TRIGGER {table}_no_update")
    op.execute(
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} WHEN {refused} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def _replace_function(table: str, refused: str) -> None:
    op.execute(
        sa.text(
            f"CREATE OR REPLACE FUNCTION {table}_only_erases() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {refused} THEN RAISE EXCEPTION '{table} is append-only'; END IF; RETURN NEW; END $$"
        )
    )
