"""Kept totals added up: over any periods at once, by unit, dimension and priority, in one statement a table.

A period is covered by months and days, some of which are taken away again (`domain.totals.cover`); they go to the database as rows
(which period, day, sign), so that the statement is the same for any periods.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import msgspec
from sqlalchemy import ARRAY, ColumnElement, FromClause, Integer, String, Table, bindparam, case, func, literal, select

from domain.breakdown import By
from domain.figures import Counts, Strata, Stratum, Tally
from domain.period import Period
from domain.totals import Column, Cover, cover
from storage.database import Tx
from storage.models import delivery_totals, rating_totals

OVERALL = "overall"
IN_EVERY_CELL = frozenset({By.ALL, By.DEPARTMENT, By.PRIORITY})
_COUNTS = tuple(column.value for column in Column)
_ANSWERS = ("one", "two", "three", "four", "five")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: everything, or one unit of a breakdown (`value`), or everything by units.

    `departments` are those that the reader may see, None for all. A department's deliveries are those that it delivered, its complaints those
    that it leads.
    """

    period: Period
    by: By = By.ALL
    value: str | None = None
    departments: tuple[str, ...] | None = None


def covered(period: Period) -> Cover:
    return cover(period.first, period.last + timedelta(days=1))


Sums = dict[tuple[str, str], list[int]]
"""By unit and priority."""


async def counted(tx: Tx, days: Sequence[Cover], wish: Wish, *, units: bool = True) -> list[Sums]:
    """What was counted in each of these covers, in the order of `Column`; without `units` all under the empty one."""
    table = delivery_totals
    found: list[Sums] = [{} for _ in days]
    unit = unit_of(table, wish.by) if units else literal("")
    for (span, *key), sums in await _summed(tx, days, wish, table, _COUNTS, [unit, table.c.stratum]):
        found[span][key[0], key[1]] = sums
    return found


async def answered(tx: Tx, days: Sequence[Cover], wish: Wish, *, units: bool = True) -> list[dict[str, Sums]]:
    """How often each answer was given in each of these covers, by dimension; only the overall ratings are told apart by unit."""
    table = rating_totals
    found: list[dict[str, Sums]] = [{} for _ in days]
    whole = case((table.c.dimension == OVERALL, unit_of(table, wish.by)), else_="") if units else literal("")
    groups = [table.c.dimension, whole, table.c.stratum]
    for (span, *key), sums in await _summed(tx, days, wish, table, _ANSWERS, groups):
        found[span].setdefault(key[0], {})[key[1], key[2]] = sums
    return found


async def overall(tx: Tx, days: Sequence[Cover], wish: Wish) -> list[Sums]:
    """The overall ratings alone, by unit."""
    table = rating_totals
    found: list[Sums] = [{} for _ in days]
    only = [table.c.dimension == OVERALL]
    for (span, *key), sums in await _summed(
        tx, days, wish, table, _ANSWERS, [unit_of(table, wish.by), table.c.stratum], only
    ):
        found[span][key[0], key[1]] = sums
    return found


def joined(counts: Sums, ratings: Sums) -> dict[str, Counts]:
    """Counts and ratings of each unit; what came to nothing is left out."""
    parts: dict[str, dict[str, Stratum]] = {}
    rest: dict[str, list[int]] = {}
    for (unit, stratum), (deliveries, *others) in counts.items():
        parts.setdefault(unit, {})[stratum] = Stratum(deliveries)
        known = rest.setdefault(unit, [0] * len(others))
        for n, count in enumerate(others):
            known[n] += count
    for (unit, stratum), given in ratings.items():
        deliveries = parts.get(unit, {}).get(stratum, _NONE).deliveries
        parts.setdefault(unit, {})[stratum] = Stratum(deliveries, _tally(given))
    nothing = [0] * (len(_COUNTS) - 1)
    found = {
        unit: Counts({key: one for key, one in sorted(strata.items()) if one != _NONE}, *rest.get(unit, nothing))
        for unit, strata in parts.items()
    }
    return {unit: one for unit, one in found.items() if one != _NOTHING}


def strata(sums: Sums) -> Strata:
    """All units together, without deliveries."""
    found: dict[str, list[int]] = {}
    for (_, stratum), given in sums.items():
        known = found.setdefault(stratum, [0] * len(given))
        for n, count in enumerate(given):
            known[n] += count
    return {stratum: Stratum(0, _tally(given)) for stratum, given in sorted(found.items()) if any(given)}


def unit_of(table: Table, by: By) -> ColumnElement[Any]:
    """The column that tells the units of a breakdown apart; without one, departments."""
    return table.c["stratum" if by is By.PRIORITY else "department" if by in IN_EVERY_CELL else "value"]


_NONE, _NOTHING = Stratum(), Counts()


def _tally(given: Iterable[int]) -> Tally:
    return Tally.of(dict(enumerate(given, 1)))


async def _summed(
    tx: Tx,
    days: Sequence[Cover],
    wish: Wish,
    table: Table,
    columns: Sequence[str],
    groups: Sequence[ColumnElement[Any]],
    only: Sequence[ColumnElement[bool]] = (),
) -> list[tuple[tuple[Any, ...], list[int]]]:
    """Cover and groups, and the sums of the columns."""
    keys = _keys(tx, days)
    by = By.ALL if wish.by in IN_EVERY_CELL else wish.by
    where = [table.c.by == by.value, table.c.day == keys.c.day, *only]
    if wish.departments is not None:
        where.append(table.c.department.in_(wish.departments))
    if wish.value is not None:
        where.append(unit_of(table, wish.by) == wish.value)
    group = [keys.c.span, *groups]
    sums = [func.sum(keys.c.sign * table.c[name]) for name in columns]
    statement = select(*group, *sums).select_from(keys).join(table, keys.c.day == table.c.day)
    width = len(group)
    rows = await tx.execute(statement.where(*where).group_by(*[one for one in group if not _is_constant(one)]))
    return [(tuple(row[:width]), [int(one) for one in row[width:]]) for row in rows]


def _is_constant(column: ColumnElement[Any]) -> bool:
    return column.__visit_name__ == "bindparam"


def _keys(tx: Tx, days: Sequence[Cover]) -> FromClause:
    """Rows of which cover, day (or month), and sign."""
    rows = [
        (n, day, sign) for n, one in enumerate(days) for keys, sign in ((one.plus, 1), (one.minus, -1)) for day in keys
    ]
    if tx.dialect.name == "postgresql":
        spans, names, signs = zip(*rows, strict=True) if rows else ((), (), ())
        columns: Mapping[str, tuple[Sequence[Any], Any]] = {
            "span": (spans, Integer()),
            "day": (names, String()),
            "sign": (signs, Integer()),
        }
        arrays = [bindparam(None, list(values), type_=ARRAY(kind)) for values, kind in columns.values()]
        found = func.unnest(*arrays).table_valued("span", "day", "sign", name="k")
        return found.render_derived(name="k")
    each = func.json_each(msgspec.json.encode(rows).decode()).table_valued("value")
    parts = [func.json_extract(each.c.value, f"$[{n}]").label(name) for n, name in enumerate(("span", "day", "sign"))]
    return select(*parts).subquery("k")
