"""Query plans: how the database finds the rows of what is asked of it, the same on both engines."""

import re
from collections.abc import Awaitable
from typing import Any

from sqlalchemy import Connection, event, text

from storage.engine.database import Database, Tx

_SQLITE = re.compile(r"(SEARCH|SCAN) (\w+)(?: USING (?:COVERING )?INDEX (\w+)| USING (?:INTEGER )?(PRIMARY KEY))?")
_POSTGRESQL = re.compile(
    r"Seq Scan on (\w+)|(?:Index Scan|Index Only Scan|Bitmap Index Scan)(?: Backward)? (?:using|on) (\w+)"
)


async def explain(database: Database, tx: Tx, work: Awaitable[Any]) -> list[str]:
    """What `work`, done in this transaction, reads by: an index each, `pk_TABLE`, or `all of TABLE`; in order, each once.

    PostgreSQL would rather read a table as small as a test's from end to end: it must not where it can do otherwise.
    """
    if not database.is_sqlite:
        await tx.execute(text("SET LOCAL enable_seqscan = off"))
    asked: list[tuple[str, Any]] = []

    def note(_connection: Connection, _cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:  # noqa: ANN401, FBT001 -- the event's own
        asked.append((statement, values[0] if many else values))

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    try:
        await work
    finally:
        event.remove(database.engine.sync_engine, "before_cursor_execute", note)
    prefix = "EXPLAIN QUERY PLAN " if database.is_sqlite else "EXPLAIN "
    read: list[str] = []
    for statement, values in asked:
        plan = [row[-1] for row in await tx.exec_driver_sql(prefix + statement, values)]
        read += [name for line in plan if (name := _find_way(database, line)) is not None]
    return list(dict.fromkeys(read))


def _find_way(database: Database, line: str) -> str | None:
    if not database.is_sqlite:
        step = _POSTGRESQL.search(line)
        return None if step is None else step[2] or f"all of {step[1]}"
    step = _SQLITE.match(line)
    if step is None or "VIRTUAL TABLE" in line or step[2] == "CONSTANT":
        return None
    how, table, index, key = step.groups()
    if how == "SCAN" and index is None:
        return f"all of {table}"
    return f"pk_{table}" if key or f"{index}".startswith("sqlite_autoindex") else index
