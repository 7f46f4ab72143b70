"""Baseline without kept totals: the same figures counted from the raw rows, with the best index for it, and by DuckDB from columns.

Counted, by department and priority: deliveries, sampled, surveyed, answered, complaints, valid, opened and the ratings of every
dimension, for a span and the one before it. Casework and open cases are read from small tables either way, and are left out here.
"""

from collections.abc import Mapping
from typing import Any

import duckdb
from sqlalchemy import text

from domain.figures.period import Period
from storage.engine.database import Database

INDEXES = (
    "CREATE INDEX raw_deliveries ON deliveries (delivered_at, id, department, priority, fate)",
    "CREATE INDEX raw_invitations ON invitations (delivery, id, department, priority, state, excluded, origin)",
    "CREATE INDEX raw_courses ON courses (at, department, priority, valid, outcome)",
    "CREATE INDEX raw_opened ON courses (opened_at, department, priority, outcome)",
)
POSTGRESQL_INDEX = "CREATE INDEX raw_answers ON answers (invitation) INCLUDE (dimension, kind, levels, score)"
"""SQLite already stores answers in invitation order."""

_RATED = "a.kind = 'rating' AND a.levels = 5 AND a.score IS NOT NULL"
STATEMENTS: Mapping[str, str] = {
    "deliveries": """
        SELECT d.department, d.priority, count(*), sum(CASE WHEN d.fate <> 'sampled_out' THEN 1 ELSE 0 END), count(i.id),
            sum(CASE WHEN EXISTS (SELECT 1 FROM answers a WHERE a.invitation = i.id) THEN 1 ELSE 0 END)
        FROM deliveries d LEFT JOIN invitations i ON i.delivery = d.id AND NOT i.excluded AND i.state <> 'undelivered'
        WHERE d.delivered_at >= :start AND d.delivered_at < :until GROUP BY d.department, d.priority
    """,
    "ratings": f"""
        SELECT i.department, i.priority, a.dimension, a.score, count(*)
        FROM deliveries d JOIN invitations i ON i.delivery = d.id JOIN answers a ON a.invitation = i.id
        WHERE d.delivered_at >= :start AND d.delivered_at < :until AND NOT i.excluded AND i.origin <> 'campaign' AND {_RATED}
        GROUP BY i.department, i.priority, a.dimension, a.score
    """,
    "complaints": """
        SELECT department, priority, count(*), sum(CASE WHEN valid THEN 1 ELSE 0 END) FROM courses
        WHERE at >= :start AND at < :until AND outcome <> 'merged' GROUP BY department, priority
    """,
    "opened": """
        SELECT department, priority, count(*) FROM courses
        WHERE opened_at >= :start AND opened_at < :until AND outcome <> 'merged' GROUP BY department, priority
    """,
}

COLUMNS = (
    """
    CREATE TABLE IF NOT EXISTS flat_deliveries AS
    SELECT d.delivered_at, d.department, d.priority, d.fate <> 'sampled_out' AS sampled, i.id IS NOT NULL AS surveyed,
        coalesce(i.state = 'open', false) AS answered
    FROM deliveries d LEFT JOIN invitations i ON i.delivery = d.id ORDER BY d.delivered_at
    """,
    """
    CREATE TABLE IF NOT EXISTS flat_answers AS
    SELECT d.delivered_at, d.department, d.priority, a.dimension, a.score FROM answers a JOIN deliveries d ON d.id = a.invitation
    ORDER BY d.delivered_at
    """,
)
COLUMNAR: Mapping[str, str] = {
    "deliveries": """
        SELECT department, priority, count(*), count_if(sampled), count_if(surveyed), count_if(answered) FROM flat_deliveries
        WHERE delivered_at >= $start AND delivered_at < $until GROUP BY ALL
    """,
    "ratings": """
        SELECT department, priority, dimension, score, count(*) FROM flat_answers
        WHERE delivered_at >= $start AND delivered_at < $until GROUP BY ALL
    """,
    "complaints": """
        SELECT department, priority, count(*), count_if(valid) FROM courses
        WHERE "at" >= $start AND "at" < $until AND outcome <> 'merged' GROUP BY ALL
    """,
    "opened": """
        SELECT department, priority, count(*) FROM courses
        WHERE opened_at >= $start AND opened_at < $until AND outcome <> 'merged' GROUP BY ALL
    """,
}

Found = dict[str, list[tuple[Any, ...]]]


async def index(database: Database) -> None:
    """Create the best indexes for counting raw rows; only in this benchmark's database."""
    async with database.begin() as tx:
        for statement in INDEXES if database.is_sqlite else (*INDEXES, POSTGRESQL_INDEX):
            await tx.execute(text(statement))
    if not database.is_sqlite:
        async with database.engine.connect() as connection:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            for table in ("deliveries", "invitations", "answers", "courses"):
                await connection.execute(text(f"VACUUM (ANALYZE) {table}"))


async def unindex(database: Database) -> None:
    """Drop them, so that the database is as the product has it."""
    async with database.begin() as tx:
        for statement in INDEXES if database.is_sqlite else (*INDEXES, POSTGRESQL_INDEX):
            await tx.execute(text(f"DROP INDEX {statement.split()[2]}"))


async def counted(database: Database, periods: tuple[Period, Period]) -> Found:
    """The figures of both spans, from the raw rows."""
    figures: Found = {}
    async with database.read() as tx:
        for period in periods:
            for name, statement in STATEMENTS.items():
                rows = await tx.exec_driver_sql(*_bound(statement, period, sqlite=database.is_sqlite))
                figures[f"{name} {period.first}"] = sorted(tuple(row) for row in rows)
    return figures


def _bound(statement: str, period: Period, *, sqlite: bool) -> tuple[str, tuple[Any, ...]]:
    if sqlite:
        moments = tuple(f"{moment:%Y-%m-%d %H:%M:%S.%f}" for moment in (period.start, period.end))
        return statement.replace(":start", "?").replace(":until", "?"), moments
    return statement.replace(":start", "$1").replace(":until", "$2"), (period.start, period.end)


def columnar(company: "duckdb.DuckDBPyConnection", periods: tuple[Period, Period]) -> Found:
    """The same figures, from DuckDB's columns."""
    figures: Found = {}
    for period in periods:
        span = {"start": period.start.replace(tzinfo=None), "until": period.end.replace(tzinfo=None)}
        for name, statement in COLUMNAR.items():
            figures[f"{name} {period.first}"] = sorted(company.execute(statement, span).fetchall())
    return figures
