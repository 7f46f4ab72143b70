"""Aggregation of kept totals: what was counted, rated and handled in any periods at once, as sums by unit and priority.

Each is one statement per table (`storage.figures.totals_query`).
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from operator import add

from sqlalchemy import Integer, LargeBinary, String, cast, func, literal_column, null, select

from domain.cases.deadlines import Stage
from domain.figures.casework import CaseworkColumn, DeadlineColumn
from domain.figures.figures import Counts, Strata, Stratum, Tally
from domain.figures.packed_totals import add_first_counts
from domain.figures.period import Period
from domain.figures.totals import Cover, TotalsColumn, compute_cover
from storage.engine.database import Tx
from storage.figures.totals_query import EveryDepartment, FigureQuery, Sums, fetch_sums
from storage.models import casework_totals, deadline_totals, delivery_totals, packed_totals, rating_totals

_COUNTS = tuple(column.value for column in TotalsColumn)
OPENED_PLACE = _COUNTS.index(TotalsColumn.OPENED.value)
"""Where the sums of `fetch_counts` have the complaints opened."""


def cover_period(period: Period) -> Cover:
    return compute_cover(period.first, period.last + timedelta(days=1))


async def fetch_counts(tx: Tx, days: Sequence[Cover], wish: FigureQuery, *, units: bool = True) -> list[Sums]:
    """What was counted in each of these covers, in the order of `Column`; with `units` False everything is under the empty key."""
    by_cover: list[Sums] = [{} for _ in days]
    for span, _, unit, stratum, sums in await fetch_sums(tx, days, wish, delivery_totals, units=units):
        by_cover[span][unit, stratum] = sums
    return by_cover


async def fetch_ratings(
    tx: Tx, days: Sequence[Cover], wish: FigureQuery, *, units: bool = True
) -> list[dict[str, Sums]]:
    """How often each answer was given in each of these covers, by dimension; only the overall ratings are broken down by unit."""
    by_cover: list[dict[str, Sums]] = [{} for _ in days]
    for span, dimension, unit, stratum, sums in await fetch_sums(tx, days, wish, rating_totals, units=units):
        by_cover[span].setdefault(dimension, {})[unit, stratum] = sums
    return by_cover


async def fetch_overall_ratings(tx: Tx, days: Sequence[Cover], wish: FigureQuery) -> list[Sums]:
    """The overall ratings only, by unit."""
    by_cover: list[Sums] = [{} for _ in days]
    for span, _, unit, stratum, sums in await fetch_sums(tx, days, wish, rating_totals, only_overall=True):
        by_cover[span][unit, stratum] = sums
    return by_cover


async def fetch_by_department(tx: Tx, days: Sequence[Cover]) -> list[tuple[Sums, Sums]]:
    """What was counted in each of these covers, and the overall ratings, by department and priority."""
    counts: list[Sums] = [{} for _ in days]
    ratings: list[Sums] = [{} for _ in days]
    for by_cover, table in ((counts, delivery_totals), (ratings, rating_totals)):
        rows = await fetch_sums(tx, days, EveryDepartment(), table, only_overall=table is rating_totals)
        for span, _, unit, stratum, sums in rows:
            by_cover[span][unit, stratum] = sums
    return list(zip(counts, ratings, strict=True))


async def fetch_casework(tx: Tx, days: Sequence[Cover], wish: FigureQuery) -> list[dict[str, int]]:
    """How the complaints opened in each of these covers were handled, by the columns of `CaseworkColumn`."""
    by_cover = [dict.fromkeys(CaseworkColumn, 0) for _ in days]
    for span, _, _, _, sums in await fetch_sums(tx, days, wish, casework_totals, units=False):
        for column, count in zip(CaseworkColumn, sums, strict=True):
            by_cover[span][column] += count
    return [{column.value: count for column, count in counts.items()} for counts in by_cover]


async def fetch_ended_deadlines(tx: Tx, days: Sequence[Cover], wish: FigureQuery) -> list[dict[Stage, list[int]]]:
    """The deadlines due in each of these covers that have ended, by stage, in the order of `DeadlineColumn`."""
    by_cover: list[dict[Stage, list[int]]] = [{} for _ in days]
    for span, stage, _, _, sums in await fetch_sums(tx, days, wish, deadline_totals, units=False):
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
    packed = select(literal_column("''", String()), literal_column("0", Integer()), p.packed)
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


_NONE, _NO_TALLY = Stratum(), Tally()


def _make_tally(given: Iterable[int]) -> Tally:
    ones, twos, threes, fours, fives = given
    return Tally((ones, twos, threes, fours, fives))
