"""Packing of kept totals (`domain.figures.packed_totals`): rows of a key that has many of them become columns.

1. A reader reads rows and packed cells in one statement, so that it sees neither both nor none of what was packed meanwhile.
2. Whoever adds to the totals never waits for a packer longer than one key takes; what they have locked stays a row until the next time.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, Table, and_, delete, func, select, text

from domain.cases.deadlines import Stage
from domain.figures.casework import CaseworkColumn
from domain.figures.packed_totals import VALUE, CellKey, Sheet, add_cells, find_part, pack_sheet, unpack_sheet
from domain.figures.totals import TotalsCell, TotalsEntries, TotalsEntry
from storage.engine.bulk import BulkStatement
from storage.engine.database import Tx, upsert
from storage.figures import totals
from storage.models import casework_totals, deadline_totals, delivery_totals, packed_totals, rating_totals

PACKED_TABLES = (delivery_totals, rating_totals, casework_totals, deadline_totals)
ROWS_TO_PACK = 50
"""A key with fewer rows is read as quickly as it is."""

_CASEWORK = "=casework"
_DEADLINES = {f"=due:{stage}": stage.value for stage in Stage}
"""What packed cells are called that belong neither to `delivery_totals`, where it is nothing, nor to `rating_totals`, where it is the
dimension; no survey can give a dimension such a name.
"""


class PackableKey(NamedTuple):
    """A breakdown and a day or month whose rows are many."""

    table: str
    by: str
    day: str


async def list_packable(tx: Tx) -> list[PackableKey]:
    """The keys that are worth it."""
    keys = []
    for table in PACKED_TABLES:
        t = table.c
        counted = select(t.by, t.day).group_by(t.by, t.day).having(func.count() >= ROWS_TO_PACK)
        keys += [PackableKey(table.name, by, day) for by, day in await tx.execute(counted)]
    return keys


async def pack(tx: Tx, key: PackableKey) -> None:
    """Add the key's rows to its packed cells."""
    table = next(table for table in PACKED_TABLES if table.name == key.table)
    sheets: dict[tuple[str, int], Sheet] = defaultdict(dict)
    for dimension, cell, counts in await _take_rows(tx, table, key):
        add_cells(sheets[dimension, find_part(cell[VALUE])], [(cell, counts)])
    await _add_sheets(tx, key.by, key.day, sheets)


async def pack_day(tx: Tx, day: str) -> None:
    """Pack what of this day is worth it."""
    for table in PACKED_TABLES:
        t = table.c
        counted = select(t.by).where(t.day == day).group_by(t.by).having(func.count() >= ROWS_TO_PACK)
        for by in (await tx.execute(counted)).scalars().all():
            await pack(tx, PackableKey(table.name, by, day))


async def pack_days(tx: Tx, days: Sequence[str], month: str) -> None:
    """Add the packed cells of these days to those of the month, of which there are none."""
    p = packed_totals.c
    sheets: dict[str, dict[tuple[str, int], Sheet]] = defaultdict(lambda: defaultdict(dict))
    for row in await tx.execute(select(packed_totals).where(p.day.in_(days))):
        add_cells(sheets[row.by][row.dimension, row.part], unpack_sheet(row.packed))
    for by in sorted(sheets):
        await _add_sheets(tx, by, month, sheets[by])


async def delete_packed(tx: Tx, day: str) -> None:
    """Forget what is packed of this day or month."""
    await tx.execute(delete(packed_totals).where(packed_totals.c.day == day))


async def fetch_packed_entries(tx: Tx, day: str) -> TotalsEntries:
    """What the packed cells of this day hold."""
    entries = TotalsEntries()
    for row in await tx.execute(select(packed_totals).where(packed_totals.c.day == day)):
        table, dimension = find_table(row.dimension)
        names = totals.list_names(table)
        for (department, value, stratum), counts in unpack_sheet(row.packed):
            cell = TotalsCell(row.by, day, department, value, stratum)
            entries.update({TotalsEntry(cell, dimension, name): n for name, n in zip(names, counts, strict=True) if n})
    return entries


def find_table(name: str) -> tuple[Table, str]:
    """The table that packed cells of this name belong to, and the dimension or the stage that they have there."""
    if name in _DEADLINES:
        return deadline_totals, _DEADLINES[name]
    if name == _CASEWORK:
        return casework_totals, ""
    return (rating_totals, name) if name else (delivery_totals, "")


def select_packed(columns: Iterable[ColumnElement[Any]], keys: Any, table: Table) -> Select[Any]:  # noqa: ANN401 -- the keys asked for
    """The packed cells of these keys that belong to this table; each once, however many covers have its day."""
    return select(*columns).where(packed_totals.c.day.in_(select(keys.c.day)), _belong_to(table))


def _belong_to(table: Table) -> ColumnElement[bool]:
    name = packed_totals.c.dimension
    if table is delivery_totals:
        return name == ""
    if table is casework_totals:
        return name == _CASEWORK
    if table is deadline_totals:
        return name.in_(list(_DEADLINES))
    return name.not_in(["", _CASEWORK, *_DEADLINES])


async def _take_rows(tx: Tx, table: Table, key: PackableKey) -> list[tuple[str, CellKey, tuple[int, ...]]]:
    """The rows, deleted; on PostgreSQL without those that somebody is adding to."""
    t = table.c
    of_key = and_(t.by == key.by, t.day == key.day)
    if tx.dialect.name == "postgresql":
        rows = (await tx.execute(_TAKE_ON_POSTGRESQL[key.table], {"by": key.by, "day": key.day})).mappings().all()
    else:
        rows = (await tx.execute(select(table).where(of_key))).mappings().all()
        await tx.execute(delete(table).where(of_key))
    names = [column.name for column in t if not column.primary_key]
    return [_read_row(row, names) for row in rows]


def _read_row(row: Mapping[Any, Any], names: Sequence[str]) -> tuple[str, CellKey, tuple[int, ...]]:
    cell = (row["department"], row["value"], row["stratum"])
    return _find_name(row, names), cell, tuple(row[name] for name in names)


def _find_name(row: Mapping[Any, Any], names: Sequence[str]) -> str:
    if "stage" in row:
        return f"=due:{row['stage']}"
    return str(row.get("dimension", _CASEWORK if CaseworkColumn.RECTIFIED in names else ""))


_TAKE_ON_POSTGRESQL = {
    table.name: text(
        f"DELETE FROM {table.name} WHERE ctid = ANY(ARRAY("  # noqa: S608 -- our own names
        f'SELECT ctid FROM {table.name} WHERE "by" = :by AND day = :day FOR UPDATE SKIP LOCKED)) RETURNING *'
    )
    for table in PACKED_TABLES
}


async def _add_sheets(tx: Tx, by: str, day: str, sheets: Mapping[tuple[str, int], Sheet]) -> None:
    p = packed_totals.c
    dimensions = sorted({dimension for dimension, _ in sheets})
    if not dimensions:
        return
    known = select(packed_totals).where(p.by == by, p.day == day, p.dimension.in_(dimensions)).with_for_update()
    for row in await tx.execute(known):
        if (row.dimension, row.part) in sheets:
            add_cells(sheets[row.dimension, row.part], unpack_sheet(row.packed))
    packed = [(by, day, *place, pack_sheet(sheets[place])) for place in sorted(sheets)]
    await _PUT.execute(tx, packed)


_PUT = BulkStatement.into(lambda tx: upsert(tx, packed_totals), packed_totals.c)
