"""Aggregation of kept totals: over any periods at once, by unit, dimension and priority, in one statement per table.

A period is covered by months and days, some of them subtracted again (`totals.compute_cover`); they go to the database as rows
(period, day, sign), so that the statement is the same for any periods. Of breakdowns with many units most cells are packed
(`storage.figures.packed_totals`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
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

from domain.cases.deadlines import Stage
from domain.figures.breakdown import By
from domain.figures.casework import CaseworkColumn, DeadlineColumn
from domain.figures.figures import Counts, Strata, Stratum, Tally
from domain.figures.packed_totals import DEPARTMENT, STRATUM, VALUE, add_first_counts, find_part, unpack_sheet
from domain.figures.period import Period
from domain.figures.totals import OVERALL, Cover, TotalsColumn, compute_cover
from storage.engine.database import Tx
from storage.figures.packed_totals import find_table, select_packed
from storage.models import (
    casework_totals,
    deadline_totals,
    delivery_totals,
    metadata,
    packed_totals,
    rating_totals,
)

IN_EVERY_CELL = frozenset({By.ALL, By.DEPARTMENT, By.PRIORITY})
_COUNTS = tuple(column.value for column in TotalsColumn)
OPENED_PLACE = _COUNTS.index(TotalsColumn.OPENED.value)
"""Where the sums of `fetch_counts` have the complaints opened."""

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


class _Departments(NamedTuple):
    """Everything by department, without a period."""

    by: By = By.DEPARTMENT
    value: None = None
    departments: None = None


def cover_period(period: Period) -> Cover:
    return compute_cover(period.first, period.last + timedelta(days=1))


Sums = dict[tuple[str, str], Sequence[int]]
"""By unit and priority."""


async def fetch_counts(tx: Tx, days: Sequence[Cover], wish: FigureQuery, *, units: bool = True) -> list[Sums]:
    """What was counted in each of these covers, in the order of `Column`; with `units` False everything is under the empty key."""
    by_cover: list[Sums] = [{} for _ in days]
    for span, _, unit, stratum, sums in await _fetch_sums(tx, days, wish, delivery_totals, units=units):
        by_cover[span][unit, stratum] = sums
    return by_cover


async def fetch_ratings(
    tx: Tx, days: Sequence[Cover], wish: FigureQuery, *, units: bool = True
) -> list[dict[str, Sums]]:
    """How often each answer was given in each of these covers, by dimension; only the overall ratings are broken down by unit."""
    by_cover: list[dict[str, Sums]] = [{} for _ in days]
    for span, dimension, unit, stratum, sums in await _fetch_sums(tx, days, wish, rating_totals, units=units):
        by_cover[span].setdefault(dimension, {})[unit, stratum] = sums
    return by_cover


async def fetch_overall_ratings(tx: Tx, days: Sequence[Cover], wish: FigureQuery) -> list[Sums]:
    """The overall ratings only, by unit."""
    by_cover: list[Sums] = [{} for _ in days]
    for span, _, unit, stratum, sums in await _fetch_sums(tx, days, wish, rating_totals, only_overall=True):
        by_cover[span][unit, stratum] = sums
    return by_cover


async def fetch_by_department(tx: Tx, days: Sequence[Cover]) -> list[tuple[Sums, Sums]]:
    """What was counted in each of these covers, and the overall ratings, by department and priority."""
    counts: list[Sums] = [{} for _ in days]
    ratings: list[Sums] = [{} for _ in days]
    for by_cover, table in ((counts, delivery_totals), (ratings, rating_totals)):
        rows = await _fetch_sums(tx, days, _Departments(), table, only_overall=table is rating_totals)
        for span, _, unit, stratum, sums in rows:
            by_cover[span][unit, stratum] = sums
    return list(zip(counts, ratings, strict=True))


async def fetch_casework(tx: Tx, days: Sequence[Cover], wish: FigureQuery) -> list[dict[str, int]]:
    """How the complaints opened in each of these covers were handled, by the columns of `CaseworkColumn`."""
    by_cover = [dict.fromkeys(CaseworkColumn, 0) for _ in days]
    for span, _, _, _, sums in await _fetch_sums(tx, days, wish, casework_totals, units=False):
        for column, count in zip(CaseworkColumn, sums, strict=True):
            by_cover[span][column] += count
    return [{column.value: count for column, count in counts.items()} for counts in by_cover]


async def fetch_ended_deadlines(tx: Tx, days: Sequence[Cover], wish: FigureQuery) -> list[dict[Stage, list[int]]]:
    """The deadlines due in each of these covers that have ended, by stage, in the order of `DeadlineColumn`."""
    by_cover: list[dict[Stage, list[int]]] = [{} for _ in days]
    for span, stage, _, _, sums in await _fetch_sums(tx, days, wish, deadline_totals, units=False):
        known = by_cover[span].setdefault(Stage(stage), [0] * len(DeadlineColumn))
        for place, count in enumerate(sums):
            known[place] += count
    return by_cover


async def fetch_deliveries_by_unit(tx: Tx, months: Sequence[str], wish: FigureQuery) -> dict[str, int]:
    """The deliveries of these months by unit of the breakdown, which is one that not every cell tells apart."""
    t, p = delivery_totals.c, packed_totals.c
    rows = select(t.value, func.sum(t.deliveries), cast(null(), LargeBinary)).where(t.by == wish.by.value)
    if wish.departments is not None:
        rows = rows.where(t.department.in_(wish.departments))
    packed = select(_EMPTY, literal_column("0", Integer()), p.packed)
    packed = packed.where(p.by == wish.by.value, p.day.in_(months), p.dimension == "")
    counts: dict[str, int] = {}
    for unit, count, sheet in await tx.execute(rows.where(t.day.in_(months)).group_by(t.value).union_all(packed)):
        if sheet is None:
            counts[unit] = counts.get(unit, 0) + int(count)
        else:
            add_first_counts(counts, sheet, wish.departments)
    return counts


def join_sums(counts: Sums, ratings: Sums) -> dict[str, Counts]:
    """Counts and ratings of each unit; units where everything is zero are left out."""
    parts: dict[str, dict[str, tuple[int, Sequence[int] | None]]] = {}
    rest: dict[str, Sequence[int]] = {}
    for (unit, stratum), counted in counts.items():
        parts.setdefault(unit, {})[stratum] = counted[0], ratings.get((unit, stratum))
        known = rest.get(unit)
        rest[unit] = counted[1:] if known is None else [*map(add, known, counted[1:])]
    for unit, stratum in ratings.keys() - counts.keys():
        parts.setdefault(unit, {})[stratum] = 0, ratings[unit, stratum]
    joined, nothing = {}, [0] * (len(_COUNTS) - 1)
    for unit, known_strata in parts.items():
        strata = {
            stratum: Stratum(deliveries, _make_tally(given) if given is not None else _NO_TALLY)
            for stratum, (deliveries, given) in sorted(known_strata.items())
            if deliveries or (given is not None and any(given))
        }
        others = rest.get(unit, nothing)
        if strata or any(others):
            joined[unit] = Counts(strata, *others)
    return joined


def make_strata(sums: Sums, deliveries: Strata) -> Strata:
    """All units together; each priority is weighted by these deliveries."""
    by_stratum: dict[str, list[int]] = {}
    for (_, stratum), given in sums.items():
        known = by_stratum.setdefault(stratum, [0] * len(given))
        for n, count in enumerate(given):
            known[n] += count
    return {
        stratum: Stratum(deliveries.get(stratum, _NONE).deliveries, _make_tally(given))
        for stratum, given in sorted(by_stratum.items())
        if any(given)
    }


def find_unit_column(table: Table, by: By) -> ColumnElement[Any]:
    """The column that holds the unit of a breakdown; without a breakdown, the department."""
    return table.c["stratum" if by is By.PRIORITY else "department" if by in IN_EVERY_CELL else "value"]


_NONE, _NO_TALLY = Stratum(), Tally()


def _make_tally(given: Iterable[int]) -> Tally:
    ones, twos, threes, fours, fives = given
    return Tally((ones, twos, threes, fours, fives))


SummedRow = tuple[int, str, str, str, Sequence[int]]
"""Cover, dimension, unit, priority, and the sums of the columns."""


async def _fetch_sums(
    tx: Tx,
    days: Sequence[Cover],
    wish: FigureQuery | _Departments,
    table: Table,
    *,
    units: bool = True,
    only_overall: bool = False,
) -> list[SummedRow]:
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
    wish: FigureQuery | _Departments,
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


def _select_cells(packed: bytes, wish: FigureQuery | _Departments, *, units: bool) -> Sums:
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
