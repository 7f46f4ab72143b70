"""SQL of kept totals: their sums over any periods at once, by unit, dimension and priority, in one statement per table.

A period is covered by months and days, some of them subtracted again (`totals.compute_cover`); they go to the database as rows
(period, day, sign), so that the statement is the same for any periods. Of breakdowns with many units most cells are packed
(`storage.figures.packed_totals`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import add, sub
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    CompoundSelect,
    FromClause,
    Integer,
    LargeBinary,
    Row,
    Select,
    String,
    Table,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    null,
    select,
)

from domain.figures.breakdown import By
from domain.figures.packed_totals import DEPARTMENT, STRATUM, VALUE, find_part, unpack_sheet
from domain.figures.period import Period
from domain.figures.totals import OVERALL, Cover
from storage.engine.database import Tx
from storage.figures.packed_totals import find_table, select_packed
from storage.models import metadata, packed_totals

IN_EVERY_CELL = frozenset({By.ALL, By.DEPARTMENT, By.PRIORITY})
"""Breakdowns whose units every cell tells apart."""

_DIMENSIONS = ("dimension", "stage")
"""Columns that tell counts apart as no unit does."""


@dataclass(frozen=True, slots=True)
class FigureQuery:
    """What is asked for: everything, one unit of a breakdown (`value`), or everything by unit.

    `departments` are those the reader may see, None for all. A department's deliveries are those it delivered; its complaints are
    those it leads.
    """

    period: Period
    by: By = By.ALL
    value: str | None = None
    departments: tuple[str, ...] | None = None


class EveryDepartment(NamedTuple):
    """Everything by department, without a period."""

    by: By = By.DEPARTMENT
    value: None = None
    departments: None = None


Sums = dict[tuple[str, str], Sequence[int]]
"""By unit and priority."""

SummedRow = tuple[int, str, str, str, Sequence[int]]
"""Cover, dimension, unit, priority, and the sums of the columns."""


async def fetch_sums(
    tx: Tx,
    days: Sequence[Cover],
    wish: FigureQuery | EveryDepartment,
    table: Table,
    *,
    units: bool = True,
    only_overall: bool = False,
) -> list[SummedRow]:
    """The sums of this table in each of these covers; with `units` False all units are one, under the empty key."""
    given = give_keys(tx, days) | {"departments": list(wish.departments or ()), "value": wish.value}
    one_unit, scoped = wish.value is not None, wish.departments is not None
    shape = _TotalsShape(tx.dialect.name, table.name, wish.by, one_unit, scoped, units, only_overall)
    if wish.value is not None:
        given["part"] = find_part("" if wish.by in IN_EVERY_CELL else wish.value)
    covers: dict[str, list[tuple[int, int]]] = {}
    for span, day, sign in _list_keys(days):
        covers.setdefault(day, []).append((span, sign))
    return _add_packed((await tx.execute(_make_statement(shape), given)).all(), covers, wish, shape)


def _add_packed(
    rows: Sequence[Row[Any]],
    covers: Mapping[str, Sequence[tuple[int, int]]],
    wish: FigureQuery | EveryDepartment,
    shape: "_TotalsShape",
) -> list[SummedRow]:
    """The rows together with the packed cells among them, which have their day instead of a unit; `covers`: those that a day is in."""
    sums: dict[tuple[int, str], Sums] = {}
    for row in rows:
        span, name, unit, stratum, *counts, packed = tuple(row)
        if packed is None:
            known, more = sums.setdefault((span, name), {}), list(map(int, counts))
            before = known.get((unit, stratum))
            known[unit, stratum] = more if before is None else [*map(add, before, more)]
        else:
            _, dimension = find_table(name)
            shown = shape.units and (not dimension or dimension == OVERALL)
            sheet = _select_cells(packed, wish, units=shown)
            for cover, sign in covers[unit]:
                _add_sheet(sums.setdefault((cover, dimension), {}), sheet, sign)
    return [
        (span, dimension, unit, stratum, counts)
        for (span, dimension), units in sums.items()
        for (unit, stratum), counts in units.items()
    ]


def _select_cells(packed: bytes, wish: FigureQuery | EveryDepartment, *, units: bool) -> Sums:
    """The cells asked for, by unit and priority, added up before they are added to any cover: most covers share most days."""
    place, departments, value = _find_unit_place(wish.by), wish.departments, wish.value
    cells: Sums = {}
    for cell, counts in unpack_sheet(packed):
        if (departments is None or cell[DEPARTMENT] in departments) and (value is None or cell[place] == value):
            key = (cell[place] if units else "", cell[STRATUM])
            known = cells.get(key)
            cells[key] = counts if known is None else [*map(add, known, counts)]
    return cells


def _add_sheet(known: Sums, cells: Sums, sign: int) -> None:
    """Add these, or subtract them."""
    combine = add if sign > 0 else sub
    for key, counts in cells.items():
        if key in known:
            known[key] = [*map(combine, known[key], counts)]
        else:
            known[key] = counts if sign > 0 else [-count for count in counts]


def _find_unit_place(by: By) -> int:
    """Where the key of a packed cell has the unit, as `find_unit_column` says of a row."""
    return STRATUM if by is By.PRIORITY else DEPARTMENT if by in IN_EVERY_CELL else VALUE


class _TotalsShape(NamedTuple):
    """What distinguishes one statement from another."""

    dialect: str
    table: str
    by: By
    one: bool
    scoped: bool
    units: bool
    only_overall: bool


@cache
def _make_statement(shape: _TotalsShape) -> CompoundSelect[Any]:
    """The rows, and in the same statement what is packed: in between nobody can pack any.

    Built once per shape: building costs as much as running it.
    """
    rows = _select_rows(shape)
    keys, table = select_keys(shape.dialect), metadata.tables[shape.table]
    p = packed_totals.c
    nothing = [literal_column("0", Integer()) for column in table.c if not column.primary_key]
    columns: list[ColumnElement[Any]] = [literal_column("0", Integer()), p.dimension, p.day, _EMPTY, *nothing, p.packed]
    packed = select_packed(columns, keys, table).where(p.by == _find_cell(shape.by).value)
    if shape.one:
        packed = packed.where(p.part == bindparam("part", type_=Integer()))
    if shape.only_overall:
        packed = packed.where(p.dimension == OVERALL)
    return rows.add_columns(cast(null(), LargeBinary).label("packed")).union_all(packed)


def _find_cell(by: By) -> By:
    return By.ALL if by in IN_EVERY_CELL else by


def _select_rows(shape: _TotalsShape) -> Select[Any]:
    table = metadata.tables[shape.table]
    keys = select_keys(shape.dialect)
    unit = find_unit_column(table, shape.by)
    where = [table.c.by == _find_cell(shape.by).value]
    if shape.scoped:
        where.append(table.c.department.in_(bindparam("departments", expanding=True)))
    if shape.one:
        where.append(unit == bindparam("value", type_=String()))
    groups = [keys.c.span, table.c.stratum]
    dimension: ColumnElement[Any] = literal_column("''")
    shown: ColumnElement[Any] = unit if shape.units else literal_column("''")
    for name in _DIMENSIONS:
        if name in table.c:
            dimension = table.c[name]
            groups.append(dimension)
    if shape.only_overall:
        where.append(dimension == OVERALL)
    elif shape.units and "dimension" in table.c:
        shown = case((dimension == OVERALL, unit), else_=literal_column("''"))
    if shape.units:
        shown = shown.label("unit")
        groups.append(shown)
    sums = [func.sum(keys.c.sign * column) for column in table.c if not column.primary_key]
    source = keys.join(table, keys.c.day == table.c.day)
    return (
        select(keys.c.span, dimension, shown, table.c.stratum, *sums)
        .select_from(source)
        .where(*where)
        .group_by(*groups)
    )


_EMPTY: ColumnElement[Any] = literal_column("''", String())


def _list_keys(days: Sequence[Cover]) -> list[tuple[int, str, int]]:
    return [
        (n, day, sign) for n, one in enumerate(days) for keys, sign in ((one.plus, 1), (one.minus, -1)) for day in keys
    ]


def give_keys(tx: Tx, days: Sequence[Cover]) -> dict[str, object]:
    """The parameters of `select_keys`."""
    keys = _list_keys(days)
    if tx.dialect.name != "postgresql":
        return {"keys": msgspec.json.encode(keys).decode()}
    spans, names, signs = map(list, zip(*keys, strict=True)) if keys else ([], [], [])
    return {"spans": spans, "days": names, "signs": signs}


@cache
def select_keys(dialect: str) -> FromClause:
    """Rows of cover number, day (or month) and sign; the same one every time, so that a statement can join it twice."""
    if dialect == "postgresql":
        spans, signs = (bindparam(name, type_=ARRAY(Integer())) for name in ("spans", "signs"))
        return (
            func.unnest(spans, bindparam("days", type_=ARRAY(String())), signs)
            .table_valued("span", "day", "sign")
            .render_derived(name="k")
        )
    each = func.json_each(bindparam("keys", type_=String())).table_valued("value")
    parts = [func.json_extract(each.c.value, f"$[{n}]").label(name) for n, name in enumerate(("span", "day", "sign"))]
    return select(*parts).cte("k").prefix_with("MATERIALIZED")  # else the JSON is read again for every row


def find_unit_column(table: Table, by: By) -> ColumnElement[Any]:
    """The column that holds the unit of a breakdown; without a breakdown, the department."""
    return table.c["stratum" if by is By.PRIORITY else "department" if by in IN_EVERY_CELL else "value"]
