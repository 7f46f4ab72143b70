"""Packing of kept totals (`domain.figures.packed_totals`): rows of a key that has many of them become columns.

1. A reader reads rows and packed cells in one statement, so that it sees neither both nor none of what was packed meanwhile.
2. Packing goes by slices of bounded work, each a transaction of its own: what is packed and the rows add up after every one.
   Those who add to the totals wait for one slice at most; what they have locked stays a row until the next time.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Select, Table, any_, bindparam, delete, func, literal_column, select

from domain.cases.deadlines import Stage
from domain.figures.casework import CaseworkColumn
from domain.figures.packed_totals import VALUE, CellKey, Sheet, add_cells, find_part, pack_sheet, unpack_sheet
from domain.figures.totals import TotalsCell, TotalsEntries, TotalsEntry
from storage.engine.bulk import BulkStatement, among
from storage.engine.database import Tx, lock, upsert
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


class PackablePart(NamedTuple):
    """The units whose cells are packed into one value; `dimension` is that of the rows, or the stage, empty where they have none."""

    dimension: str
    values: tuple[str, ...]


async def list_parts(tx: Tx, key: PackableKey) -> list[PackablePart]:
    """What of the key can be packed by itself, those of one dimension beside each other."""
    table = _find_packed_table(key)
    t, dimension = table.c, _find_dimension(table)
    where = (t.by == key.by, t.day == key.day)
    parts: dict[tuple[str, int], list[str]] = defaultdict(list)
    if dimension is None:
        rows = [("", value) for value in (await tx.execute(select(t.value).where(*where).distinct())).scalars()]
    else:
        rows = [(name, value) for name, value in await tx.execute(select(dimension, t.value).where(*where).distinct())]
    for name, value in rows:
        parts[name, find_part(value)].append(value)
    return [PackablePart(name, tuple(parts[name, part])) for name, part in sorted(parts)]


async def pack(tx: Tx, key: PackableKey) -> None:
    """Add all of the key's rows to its packed cells."""
    await _pack_rows(tx, key, await _take_rows(tx, _find_packed_table(key), key, None, None))


async def pack_slice(tx: Tx, key: PackableKey, part: PackablePart, most: int) -> int:
    """Add at most so many of the part's rows to the packed cells; how many they were."""
    await lock(
        tx, ["packing of totals"]
    )  # else two packers could both find no packed cells, and the later replace the earlier's
    rows = await _take_rows(tx, _find_packed_table(key), key, part, most)
    await _pack_rows(tx, key, rows)
    return len(rows)


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


def _find_packed_table(key: PackableKey) -> Table:
    return next(table for table in PACKED_TABLES if table.name == key.table)


def _find_dimension(table: Table) -> Column[str] | None:
    return next((table.c[name] for name in ("dimension", "stage") if name in table.c), None)


_Row = tuple[str, CellKey, tuple[int, ...]]


async def _take_rows(tx: Tx, table: Table, key: PackableKey, part: PackablePart | None, most: int | None) -> list[_Row]:
    """The rows, deleted; on PostgreSQL without those that somebody is adding to."""
    t, dimension = table.c, _find_dimension(table)
    where = [t.by == key.by, t.day == key.day]
    if part is not None:
        where.append(among(tx, t.value, part.values))
        if dimension is not None:
            where.append(dimension == part.dimension)
    if tx.dialect.name == "postgresql":
        place: ColumnElement[Any] = literal_column("ctid")
        free = select(place).select_from(table).where(*where).limit(most).with_for_update(skip_locked=True)
        taken = delete(table).where(place == any_(func.array(free.scalar_subquery()))).returning(table)
        rows = (await tx.execute(taken)).mappings().all()
    else:
        rows = (await tx.execute(select(table).where(*where).limit(most))).mappings().all()
        keys = [column.name for column in table.primary_key]
        await _DELETE_ROWS[table.name].execute(tx, [[row[name] for name in keys] for row in rows])
    names = [column.name for column in t if not column.primary_key]
    return [_read_row(row, names) for row in rows]


def _delete_rows(table: Table) -> BulkStatement:
    keys = list(table.primary_key)
    statement = delete(table).where(*(column == bindparam(column.name, type_=column.type) for column in keys))
    return BulkStatement.into(lambda _: statement, keys)


_DELETE_ROWS = {table.name: _delete_rows(table) for table in PACKED_TABLES}


def _read_row(row: Mapping[Any, Any], names: Sequence[str]) -> tuple[str, CellKey, tuple[int, ...]]:
    cell = (row["department"], row["value"], row["stratum"])
    return _find_name(row, names), cell, tuple(row[name] for name in names)


def _find_name(row: Mapping[Any, Any], names: Sequence[str]) -> str:
    if "stage" in row:
        return f"=due:{row['stage']}"
    return str(row.get("dimension", _CASEWORK if CaseworkColumn.RECTIFIED in names else ""))


async def _pack_rows(tx: Tx, key: PackableKey, rows: Iterable[_Row]) -> None:
    sheets: dict[tuple[str, int], Sheet] = defaultdict(dict)
    for dimension, cell, counts in rows:
        add_cells(sheets[dimension, find_part(cell[VALUE])], [(cell, counts)])
    await _add_sheets(tx, key.by, key.day, sheets)


async def _add_sheets(tx: Tx, by: str, day: str, sheets: Mapping[tuple[str, int], Sheet]) -> None:
    p = packed_totals.c
    if not sheets:
        return
    dimensions, parts = (sorted(set(names)) for names in zip(*sheets, strict=True))
    among_them = (p.dimension.in_(dimensions), p.part.in_(parts))
    known = select(packed_totals).where(p.by == by, p.day == day, *among_them).with_for_update()
    for row in await tx.execute(known):
        if (row.dimension, row.part) in sheets:
            add_cells(sheets[row.dimension, row.part], unpack_sheet(row.packed))
    packed = [(by, day, *place, pack_sheet(sheets[place])) for place in sorted(sheets)]
    await _PUT.execute(tx, packed)


_PUT = BulkStatement.into(lambda tx: upsert(tx, packed_totals), packed_totals.c)
