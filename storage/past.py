"""Bulk load of a whole past into an empty database: one INSERT of many rows per table. For demonstrations, and for nothing else."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, func, select, text

from storage.engine.bulk import BulkStatement
from storage.engine.database import Tx, insert
from storage.models import metadata, people

PastRow = Mapping[str, Any] | Sequence[Any]
"""A row by the names of its columns (what is not named has the column's default), or all its values in the columns' order."""

_NUMBERED_BY_POSTGRESQL = ("cases", "people")


async def is_empty(tx: Tx) -> bool:
    """Whether nobody has ever spoken to this bot."""
    return not await tx.scalar(select(func.count()).select_from(people))


async def write(tx: Tx, rows: Mapping[str, Sequence[PastRow]]) -> None:
    """Insert these rows, by the name of their table, in the order that foreign keys ask for."""
    if tx.dialect.name == "sqlite":
        await tx.execute(text("PRAGMA cache_size = -131072"))  # all of it at once, rather than to the disk and back
    for table in metadata.sorted_tables:
        new = rows.get(table.name)
        if not new:
            continue
        defaults = {column.name: _find_default(column) for column in table.c}
        prepared = [tuple((defaults | row).values()) if isinstance(row, dict) else tuple(row) for row in new]
        await _make_statement(table).execute(tx, prepared)
    if tx.dialect.name == "postgresql":
        for name in _NUMBERED_BY_POSTGRESQL:  # ids were given: the next one is counted from the last of them
            await tx.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name}"))  # noqa: S608 -- our own names


def _make_statement(table: Table) -> BulkStatement:
    return BulkStatement.into(lambda tx: insert(tx, table), table.c)


def _find_default(column: Any) -> Any:  # noqa: ANN401 -- a column, and whatever its default is
    """What a column holds where a row does not name it."""
    if column.default is not None:
        return column.default.arg
    number = getattr(getattr(column.server_default, "arg", None), "text", "")
    return int(number) if number.isdecimal() else None
