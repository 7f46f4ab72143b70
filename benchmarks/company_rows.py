"""A company of two years, made by DuckDB in seconds: the raw rows, and the totals that they make, as tables of their own.

1. The same numbers every time: what is random about row n is a hash of n.
2. 20 departments, 2,000 couriers (100 each), 200 routes, 60 stations, 4 services, 4 priorities; deliveries from 08:00 to 20:59 in Shanghai.
   P1 to P4 are asked about at 80, 50, 20 and 5 %; 97 % of those asked are reached, 80 % of those answer, with four ratings each.
3. Four complaints per 1,000 deliveries, each with its course and four deadlines; those of the last days are open.
4. The totals are the sums of `domain.figures.totals`, written once more in SQL: the benchmark compares what both say before it measures.
"""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
FIRST, DAYS = date(2024, 11, 24), 730
RATINGS_EACH = 4
_ANSWERING = (0.3 * 0.8 + 0.4 * 0.5 + 0.25 * 0.2 + 0.05 * 0.05) * 0.97 * 0.8
"""The share of deliveries that is answered about."""

KEPT = ("courier", "route", "station", "service", "customer_type", "hour", "category")
TABLES = ("deliveries", "invitations", "answers", "cases", "courses", "deadlines", "delivery_totals", "rating_totals")
_PLACE = "department, courier, route, station, service, priority, customer_type"


def deliveries_for(answers: int) -> int:
    return max(int(answers / RATINGS_EACH / _ANSWERING), DAYS)


def made(path: Path, answers: int) -> "duckdb.DuckDBPyConnection":
    """The company in a DuckDB file; moments are UTC without a zone."""
    company = duckdb.connect(str(path))
    company.execute("SET preserve_insertion_order = true")
    company.execute(f"SET temp_directory = '{path.parent / 'duckdb.tmp'}'")
    company.execute("SET memory_limit = '6GB'")
    for statement in _statements(deliveries_for(answers)):
        company.execute(statement)
    return company


def _statements(deliveries: int) -> list[str]:
    return [
        _hashed(deliveries),
        _DELIVERIES,
        _INVITATIONS,
        _ANSWERS,
        *_COMPLAINTS,
        *_DAYS,
        *_totals("delivery_totals", "counted", "", _COUNTS),
        *_totals("rating_totals", "rated", "dimension", _RATINGS),
        "DROP TABLE counted",
        "DROP TABLE rated",
        "DROP TABLE drawn",
    ]


def _hashed(deliveries: int) -> str:
    """What is random about every delivery."""
    return f"""
        CREATE TABLE drawn AS
        WITH numbered AS (SELECT n, hash(n) AS h, hash(n + 1000000007) AS g FROM range(1, {deliveries} + 1) AS r(n)),
        placed AS (
            SELECT n, h, g, (h % 2000)::INTEGER AS c, (n * {DAYS} // ({deliveries} + 1))::INTEGER AS d,
                (h // 2000 % 46800)::INTEGER AS s, (h // 100000000 % 100)::INTEGER AS p, (g % 10000)::INTEGER AS u
            FROM numbered
        )
        SELECT *, DATE '{FIRST}' + d AS day, 8 + s // 3600 AS hour,
            CASE WHEN p < 30 THEN 'P1' WHEN p < 70 THEN 'P2' WHEN p < 95 THEN 'P3' ELSE 'P4' END AS priority,
            u < CASE WHEN p < 30 THEN 8000 WHEN p < 70 THEN 5000 WHEN p < 95 THEN 2000 ELSE 500 END AS sampled,
            g // 10000 % 100 < 97 AS reached, g // 1000000 % 100 < 80 AS answering
        FROM placed
    """


_DELIVERIES = """
    CREATE TABLE deliveries AS
    SELECT n AS id, 'erp' AS source, 'SF' || lpad(n::VARCHAR, 12, '0') AS waybill, lpad(to_hex(h), 32, '0') AS fingerprint,
        day + to_seconds(8 * 3600 + s) - INTERVAL 8 HOUR AS delivered_at,
        CASE h // 7 % 3 WHEN 0 THEN 'vip' WHEN 1 THEN 'shop' ELSE 'person' END AS customer_type,
        'zh' AS language, 'd' || lpad((c % 20)::VARCHAR, 2, '0') AS department, 'k' || lpad(c::VARCHAR, 4, '0') AS courier,
        'r' || lpad((c % 20 * 10 + h // 11 % 10)::VARCHAR, 3, '0') AS route,
        's' || lpad((c % 20 * 3 + h // 13 % 3)::VARCHAR, 2, '0') AS station,
        (['express', 'standard', 'cold', 'freight'])[1 + (h // 17 % 4)::INTEGER] AS service, priority,
        '' AS declared_value, '' AS region,
        CASE WHEN NOT sampled THEN 'sampled_out' WHEN NOT reached THEN 'unreachable' WHEN answering THEN 'answered' ELSE 'expired'
        END AS fate,
        day + to_seconds(8 * 3600 + s + 600) - INTERVAL 8 HOUR AS created_at
    FROM drawn ORDER BY n
"""
_INVITATIONS = f"""
    CREATE TABLE invitations AS
    SELECT id, id AS delivery, 'delivery@1' AS survey, 'sent' AS origin, {_PLACE},
        CASE fate WHEN 'answered' THEN 'open' ELSE 'expired' END AS state,
        delivered_at + INTERVAL 2 HOUR AS created_at, delivered_at + INTERVAL 7 DAY AS expires_at, false AS excluded
    FROM deliveries WHERE fate IN ('answered', 'expired') ORDER BY id
"""
_ANSWERS = """
    CREATE TABLE answers AS
    WITH asked AS (
        SELECT i.id, d.c, i.created_at, q.question, hash(i.id * 4 + q.n) % 1000 AS u
        FROM invitations i JOIN drawn d ON d.n = i.id,
            (VALUES (0, 'attitude'), (1, 'goods'), (2, 'overall'), (3, 'timeliness')) AS q(n, question)
        WHERE i.state = 'open'
    )
    SELECT id AS invitation, question, question AS dimension, 'rating' AS kind, 5 AS levels,
        CASE WHEN u < 500 + c % 211 THEN 5 WHEN u < 860 + c % 53 THEN 4 WHEN u < 940 THEN 3 WHEN u < 975 THEN 2 ELSE 1 END AS score,
        created_at + INTERVAL 1 HOUR AS answered_at
    FROM asked ORDER BY id, question
"""
_AGE = f"TIMESTAMP '{NOW:%Y-%m-%d %H:%M:%S}' - opened_at"
_COMPLAINTS = (
    f"""
    CREATE TABLE filed AS
    SELECT *, CASE WHEN {_AGE} > to_hours(24 * (2 + (g // 77 % 12)::INTEGER)) THEN 1 ELSE 0 END AS done FROM (
        SELECT row_number() OVER (ORDER BY n) AS "case", n AS delivery, g, v.delivered_at AS "at", v.created_at + INTERVAL 5 HOUR AS opened_at,
            (['late', 'damaged', 'lost', 'attitude', 'fee', 'other'])[1 + (g // 31 % 6)::INTEGER] AS category,
            {", ".join("v." + name for name in _PLACE.split(", "))}
        FROM drawn d JOIN deliveries v ON v.id = d.n WHERE d.g // 100000000 % 1000 < 4
    ) WHERE opened_at < TIMESTAMP '{NOW:%Y-%m-%d %H:%M:%S}'
    """,
    """
    CREATE TABLE cases AS
    SELECT "case" AS id, 'C-' || lpad("case"::VARCHAR, 8, '0') AS number, 'complaint' AS kind,
        CASE done WHEN 1 THEN 'closed' ELSE 'in_work' END AS state, category, '' AS reason, 'normal' AS severity, department, '' AS cooperating,
        delivery, '' AS waybill, opened_at AS created_at, opened_at + INTERVAL 7 DAY AS due_at,
        1 AS version, 1 AS round, 0 AS approvals, false AS appealed,
        ''::BLOB AS courier, ''::BLOB AS description, ''::BLOB AS wanted, ''::BLOB AS contact, ''::BLOB AS note
    FROM filed ORDER BY 1
    """,
    f"""
    CREATE TABLE courses AS
    SELECT "case", category, {_PLACE}, "at", opened_at, done = 1 AND g // 5 % 2 = 0 AS valid,
        CASE WHEN done = 0 THEN 'none' WHEN g // 3 % 10 < 6 THEN 'satisfied' WHEN g // 3 % 10 < 7 THEN 'dissatisfied' ELSE 'silent'
        END AS outcome,
        (600 + g % 30000)::INTEGER AS replied, CASE done WHEN 1 THEN (7200 + g % 700000)::INTEGER END AS resolved,
        CASE done WHEN 1 THEN (7200 + g % 700000)::INTEGER END AS finished,
        CASE done WHEN 1 THEN opened_at + to_seconds((7200 + g % 700000)::BIGINT) END AS answered_at,
        1 AS rounds, CASE WHEN done = 1 AND g // 3 % 10 < 6 THEN 1 ELSE 0 END AS solved_in,
        g // 19 % 20 = 0 AND done = 1 AS reopened, g // 23 % 3 = 0 AS repeated, CASE done WHEN 1 THEN (1 + g // 29 % 5)::INTEGER END AS handling
    FROM filed ORDER BY 1
    """,
    """
    CREATE TABLE deadlines AS
    SELECT "case", stage, since, opened_at AS started_at, opened_at + hours * INTERVAL 1 HOUR AS due_at,
        CASE done WHEN 1 THEN opened_at + hours * (50 + (g // 37 % 60)::INTEGER) * INTERVAL 36 SECOND END AS ended_at,
        opened_at + hours * INTERVAL 1 HOUR AS promised_at, department, true AS counts
    FROM filed, (VALUES ('accept', 1, 4), ('answer', 1, 168), ('rectify', 3, 72), ('review', 4, 24)) AS s(stage, since, hours)
    ORDER BY 1, 2, 3
    """,
    "DROP TABLE filed",
)

_COUNTS = ("deliveries", "sampled", "surveyed", "answered", "complaints", "valid", "opened")
_RATINGS = ("one", "two", "three", "four", "five")
_LOCAL = "strftime({} + INTERVAL 8 HOUR, '%Y-%m-%d')"
_HOUR = "strftime({} + INTERVAL 8 HOUR, '%u%H')"
_COMPLAINED = "department, courier, route, station, service, customer_type, {} AS hour, category, priority"
_DAYS = (
    f"""
    CREATE TABLE counted AS
    SELECT {_LOCAL.format("d.delivered_at")} AS day, d.department, d.courier, d.route, d.station, d.service, d.customer_type,
        {_HOUR.format("d.delivered_at")} AS hour, NULL AS category, d.priority, 1 AS deliveries,
        (d.fate <> 'sampled_out')::INTEGER AS sampled, (i.id IS NOT NULL)::INTEGER AS surveyed,
        coalesce(i.state = 'open', false)::INTEGER AS answered,
        0 AS complaints, 0 AS valid, 0 AS opened
    FROM deliveries d LEFT JOIN invitations i ON i.delivery = d.id
    UNION ALL
    SELECT {_LOCAL.format('"at"')}, {_COMPLAINED.format(_HOUR.format('"at"'))}, 0, 0, 0, 0, 1, valid::INTEGER, 0 FROM courses
    UNION ALL
    SELECT {_LOCAL.format("opened_at")}, {_COMPLAINED.format(_HOUR.format('"at"'))}, 0, 0, 0, 0, 0, 0, 1 FROM courses
    """,
    f"""
    CREATE TABLE rated AS
    SELECT {_LOCAL.format("d.delivered_at")} AS day, a.dimension, d.department, d.courier, d.route, d.station, d.service, d.customer_type,
        {_HOUR.format("d.delivered_at")} AS hour, NULL AS category, d.priority,
        {", ".join(f"(a.score = {n})::INTEGER AS {name}" for n, name in enumerate(_RATINGS, 1))}
    FROM answers a JOIN deliveries d ON d.id = a.invitation
    """,
)


def _totals(table: str, source: str, dimension: str, counts: tuple[str, ...]) -> list[str]:
    """The sums of every breakdown, of days and of months, in the order of the primary key."""
    more = f"{dimension}, " if dimension else ""
    parts = []
    for by, value in (("all", "''"), *((name, name) for name in KEPT)):
        for day in ("day", "day[:7]"):
            sums = ", ".join(f"sum({name})::INTEGER AS {name}" for name in counts)
            keys = f"'{by}' AS \"by\", {day} AS day, {more}department, {value} AS value, priority AS stratum"
            where = "WHERE category IS NOT NULL" if by == "category" else ""
            parts.append(f"SELECT {keys}, {sums} FROM {source} {where} GROUP BY ALL")
    order = f'"by", day, {more}department, value, stratum'
    first, *rest = parts
    statements = [f"CREATE TABLE unordered AS {first}", *(f"INSERT INTO unordered {part}" for part in rest)]
    return [*statements, f"CREATE TABLE {table} AS SELECT * FROM unordered ORDER BY {order}", "DROP TABLE unordered"]


def rows(company: "duckdb.DuckDBPyConnection", table: str) -> int:
    found: tuple[Any, ...] | None = company.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(found[0]) if found else 0
