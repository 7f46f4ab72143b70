"""Tables as they are in a database, whatever its revision, and their rows in values that are the same on both engines."""

import warnings
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, ForeignKeyConstraint, MetaData, Table, func, inspect, select, text
from sqlalchemy.exc import SAWarning

from storage.backup.blocks import RowSums
from storage.engine.bulk import BulkStatement
from storage.engine.database import Tx, insert
from storage.models import metadata

ROWS = 500
"""So many rows are read and written at a time: memory does not grow with the database."""


GAP = 1000
"""So many numbers may have been given between a backup and the moment at which it is restored."""


async def list_tables(tx: Tx) -> list[Table]:
    """Our tables, those that others point to first."""
    return await tx.run_sync(_reflect)


def _reflect(connection: Connection) -> list[Table]:
    """What other programs keep in the same schema is not ours; nor are the partitions of a table tables of their own."""
    present = set(inspect(connection).get_table_names())
    reflected = MetaData()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)  # of indexes on expressions, which are not asked for
        reflected.reflect(connection, only=[name for name in metadata.tables if name in present], resolve_fks=False)
    return list(reflected.sorted_tables)


async def count_rows(tx: Tx, tables: Sequence[Table]) -> dict[str, int]:
    """The number of rows of each table."""
    return {str(table.name): await tx.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


async def read_rows(
    tx: Tx, table: Table, columns: Sequence[str], *more: ColumnElement[Any]
) -> AsyncIterator[list[list[Any]]]:
    """All rows of a table, some at a time, values in the order of these columns, and of `more` behind them."""
    result = await tx.stream(select(*(table.c[name] for name in columns), *more))
    try:
        async for rows in result.partitions(ROWS):
            yield [[_normalise(value) for value in row] for row in rows]
    finally:
        await result.close()


def _normalise(value: Any) -> Any:  # noqa: ANN401 -- whatever a column holds
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return bytes(value) if isinstance(value, memoryview) else value


async def sum_rows(tx: Tx, tables: Sequence[Table], columns: dict[str, list[str]]) -> RowSums:
    """What the rows of these tables come to."""
    sums = RowSums(columns)
    for table in tables:
        async for rows in read_rows(tx, table, columns[table.name]):
            sums.add(table.name, rows)
    return sums


def make_insert(table: Table, columns: Sequence[str]) -> BulkStatement:
    """What writes rows, values in the order of these columns."""
    return BulkStatement.into(lambda tx: insert(tx, table), [table.c[name] for name in columns])


async def defer_references(tx: Tx, tables: Sequence[Table]) -> list[tuple[str, str]]:
    """Let rows point to rows that come later; the constraints that are changed for it, to be given to `check_references`."""
    if tx.dialect.name == "sqlite":
        await tx.execute(text("PRAGMA defer_foreign_keys = ON"))  # until the transaction ends
        return []
    changed = [
        (table.name, str(key.name))
        for at, table in enumerate(tables)
        for key in table.constraints
        if isinstance(key, ForeignKeyConstraint) and _points_ahead(key, {earlier.name for earlier in tables[:at]})
    ]
    for table_name, name in changed:
        await tx.execute(text(f'ALTER TABLE "{table_name}" ALTER CONSTRAINT "{name}" DEFERRABLE INITIALLY DEFERRED'))
    return changed


def _points_ahead(key: ForeignKeyConstraint, earlier: set[str]) -> bool:
    return any(element.target_fullname.split(".")[-2] not in earlier for element in key.elements)


async def check_references(tx: Tx, changed: Sequence[tuple[str, str]]) -> None:
    """Check what was deferred, and have the constraints as they were. SQLite checks when the transaction is committed."""
    if not changed:
        return
    await tx.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    for table_name, name in changed:
        await tx.execute(text(f'ALTER TABLE "{table_name}" ALTER CONSTRAINT "{name}" NOT DEFERRABLE'))


async def fetch_sequences(tx: Tx, tables: Sequence[Table]) -> dict[str, int]:
    """The last number that PostgreSQL gave, by table; SQLite goes on from the rows themselves."""
    last: dict[str, int] = {}
    for table, sequence in await _list_sequences(tx, tables):
        row = (await tx.execute(text(f"SELECT last_value, is_called FROM {sequence}"))).one()  # noqa: S608 -- as PostgreSQL quotes it
        if row.is_called:
            last[str(table.name)] = row.last_value
    return last


async def set_sequences(tx: Tx, tables: Sequence[Table], last: dict[str, int]) -> None:
    """Have the next number follow the rows' numbers and those given before, behind a gap: what is in buttons since then finds nothing."""
    for table, sequence in await _list_sequences(tx, tables):
        newest = max(await tx.scalar(select(func.max(table.c.id))) or 0, last.get(table.name, 0))
        if newest:
            newest += GAP
            await tx.execute(
                text("SELECT setval(CAST(:sequence AS regclass), :newest)"), {"sequence": sequence, "newest": newest}
            )


async def _list_sequences(tx: Tx, tables: Sequence[Table]) -> list[tuple[Table, str]]:
    if tx.dialect.name != "postgresql":
        return []
    asked = text("SELECT pg_get_serial_sequence(quote_ident(:name), 'id')")
    named = [(table, await tx.scalar(asked, {"name": table.name})) for table in tables if "id" in table.c]
    return [(table, sequence) for table, sequence in named if sequence]
