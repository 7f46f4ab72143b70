"""Couriers: the departments that they deliver for, as the kept totals have it."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, Integer, LargeBinary, String, bindparam, cast, literal_column, null, select

from domain.figures.breakdown import By
from domain.figures.packed_totals import DEPARTMENT, VALUE, find_part, unpack_sheet
from domain.figures.period import Period
from domain.figures.totals import Cover, compute_cover
from storage.engine.database import Tx
from storage.figures.packed_totals import select_packed
from storage.figures.sums import cover_period
from storage.figures.totals_query import give_keys, select_keys
from storage.models import delivery_totals, packed_totals

_LOOK_BACK = timedelta(days=365)


async def list_departments(tx: Tx, courier: str, now: datetime) -> frozenset[str]:
    """The departments that this courier has delivered for within a year; empty for a courier of whom nothing is known."""
    first, until = (now - _LOOK_BACK).date(), (now + timedelta(days=2)).date()  # it is tomorrow somewhere
    counts = await _count_deliveries(tx, courier, compute_cover(first, until))
    return frozenset(department for department, count in counts.items() if department and count)


async def fetch_main_departments(tx: Tx, period: Period, couriers: Sequence[str]) -> dict[str, str]:
    """The department each courier delivered most for in the period; a tie goes to the first key."""
    departments = {}
    for courier in couriers:
        counts = await _count_deliveries(tx, courier, cover_period(period))
        known = sorted((-count, department) for department, count in counts.items() if count and department)
        if known:
            departments[courier] = known[0][1]
    return departments


async def _count_deliveries(tx: Tx, courier: str, days: Cover) -> Counter[str]:
    """By department."""
    given = give_keys(tx, [days]) | {"courier": courier, "part": find_part(courier)}
    signs = dict.fromkeys(days.plus, 1) | dict.fromkeys(days.minus, -1)
    counts: Counter[str] = Counter()
    for department, count, day, packed in await tx.execute(_select_deliveries(tx.dialect.name), given):
        sign = signs[day]
        if packed is None:
            counts[department] += sign * count
            continue
        for cell, (deliveries, *_others) in unpack_sheet(packed):
            if cell[VALUE] == courier:
                counts[cell[DEPARTMENT]] += sign * deliveries
    return counts


@cache
def _select_deliveries(dialect: str) -> CompoundSelect[Any]:
    keys, t, p = select_keys(dialect), delivery_totals.c, packed_totals.c
    rows = select(t.department, t.deliveries, t.day, cast(null(), LargeBinary).label("packed")).select_from(
        keys.join(delivery_totals, keys.c.day == t.day)
    )
    rows = rows.where(t.by == By.COURIER.value, t.value == bindparam("courier", type_=String()))
    nothing = (literal_column("''", String()), literal_column("0", Integer()))
    packed = select_packed([*nothing, p.day, p.packed], keys, delivery_totals)
    packed = packed.where(p.by == By.COURIER.value, p.part == bindparam("part", type_=Integer()))
    return rows.union_all(packed)
