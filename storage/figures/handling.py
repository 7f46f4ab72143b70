"""Complaint handling statistics for several periods at once: how cases went, how long they took, which deadlines fell due.

What was decided is read from kept totals; what only time decides, from the few complaints that wait for an answer or were answered
lately, and from the deadlines that still run. Each is one statement for all periods.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from math import ceil, fsum
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Table,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    type_coerce,
)

from domain.cases.deadlines import Stage
from domain.cases.handling import Outcome
from domain.figures.breakdown import By
from domain.figures.casework import ATTITUDE, CaseworkColumn, DurationKind, DurationTable
from domain.figures.figures import Tally
from domain.figures.handling import HandlingCounts, HandlingTimes, KeptDeadlines, expect_repeats, find_rank
from domain.figures.maturity import find_settled_before
from domain.figures.period import Period
from domain.figures.totals import Cover, compute_cover
from storage.engine.bulk import among
from storage.engine.columns import UtcDateTime
from storage.engine.database import Tx
from storage.figures import sums
from storage.figures.sums import cover_period
from storage.figures.totals_query import FigureQuery, Sums
from storage.models import courses, deadlines, duration_totals

__all__ = ["ATTITUDE"]

UNIT_COLUMNS = {
    By.DEPARTMENT: courses.c.department,
    By.CATEGORY: courses.c.category,
    By.COURIER: courses.c.courier,
    By.ROUTE: courses.c.route,
    By.STATION: courses.c.station,
    By.SERVICE: courses.c.service,
    By.CUSTOMER_TYPE: courses.c.customer_type,
    By.PRIORITY: courses.c.priority,
}
"""The column that holds the unit; cases have no unit by hour of delivery."""

_HALF_A_MONTH = timedelta(days=15)
_WHILE_UNSETTLED = (
    CaseworkColumn.RECTIFIED,
    CaseworkColumn.SPOKEN,
    CaseworkColumn.FIRST,
    CaseworkColumn.SECOND,
    CaseworkColumn.THIRD,
)
"""What the totals have of every answered complaint, and the figures only of those that have settled."""


def filter_cases(table: Table, wish: FigureQuery) -> list[ColumnElement[bool]]:
    """The complaints of the requested departments and unit."""
    where: list[ColumnElement[bool]] = []
    if wish.departments is not None:
        where.append(table.c.department.in_(wish.departments))
    if wish.value is not None and wish.by in UNIT_COLUMNS:
        where.append(UNIT_COLUMNS[wish.by] == wish.value)
    return where


async def fetch_handling(
    tx: Tx, periods: Sequence[Period], wish: FigureQuery, now: datetime, opened: Sequence[int] | None = None
) -> list[HandlingCounts]:
    """What became of the complaints opened in each of these periods; `opened` is how many they are, where it is known."""
    if wish.value is None or wish.by not in UNIT_COLUMNS:
        opened = opened if wish.value is None else None
        wish = FigureQuery(wish.period, departments=wish.departments)
    days = [cover_period(period) for period in periods]
    if opened is None:
        opened = await _count_opened(tx, periods, wish)
    kept = await sums.fetch_casework(tx, days, wish)
    ended = await sums.fetch_ended_deadlines(tx, days, wish)
    lately = await _fetch_lately(tx, periods, wish, now)
    overdue = await _count_overdue(tx, periods, wish, now)
    durations = await _fetch_durations(tx, periods, wish)
    return [
        _make_counts(opened[n], kept[n], lately[n], _make_stages(ended[n], overdue[n]), durations[n])
        for n in range(len(periods))
    ]


async def fetch_expected_repeats(tx: Tx, wish: FigureQuery, within_days: float) -> float:
    """How many of the period's complaints would repeat by chance alone (`domain.figures.handling.expect_repeats`).

    Of a window that is no whole number of days, so much of the days that it touches.
    """
    period, days = wish.period, ceil(within_days)
    window = compute_cover(period.last + timedelta(days=1 - days), period.last + timedelta(days=1))
    by_category = FigureQuery(period, By.CATEGORY, departments=wish.departments)
    opened, recent = [
        _count_opened_by_unit(counted)
        for counted in await sums.fetch_counts(tx, [cover_period(period), window], by_category)
    ]
    part = within_days / days if days else 0
    counts = [(recent.get(category, 0) * part, count) for category, count in opened.items() if count]
    shares = await _fetch_unit_shares(tx, wish) if counts else []
    return fsum(expect_repeats(count, window_count, shares) for window_count, count in counts)


async def _count_opened(tx: Tx, periods: Sequence[Period], wish: FigureQuery) -> list[int]:
    counted = await sums.fetch_counts(tx, [cover_period(period) for period in periods], wish, units=False)
    return [sum(_count_opened_by_unit(one).values()) for one in counted]


def _count_opened_by_unit(counted: Sums) -> dict[str, int]:
    opened: dict[str, int] = {}
    for (unit, _), counts in counted.items():
        opened[unit] = opened.get(unit, 0) + counts[sums.OPENED_PLACE]
    return opened


def _make_counts(
    opened: int,
    kept: dict[str, int],
    lately: "_Lately",
    stages: dict[Stage, KeptDeadlines],
    durations: DurationTable,
) -> HandlingCounts:
    if not opened:
        return HandlingCounts(stages=stages)
    # While totals are counted anew, beside a bot that runs, they can be behind what was answered lately.
    parts = zip(_WHILE_UNSETTLED, lately.unsettled, strict=True)
    settled, *others = (max(kept[column] - count, 0) for column, count in parts)
    known = kept | {column.value: count for column, count in zip(_WHILE_UNSETTLED[1:], others, strict=True)}
    handling = Tally.of({score: known.pop(f"handled{score}") for score in range(1, 6)})
    times = {measure.value: _make_times(durations, measure) for measure in DurationKind}
    return HandlingCounts(
        opened=opened,
        settled=settled,
        handling=handling,
        unanswered=lately.unanswered,
        oldest=lately.oldest,
        stages=stages,
        **known,  # type: ignore[arg-type]  # the counts, by the names of the fields
        **times,  # type: ignore[arg-type]  # the times, by theirs
    )


def _make_times(durations: DurationTable, measure: DurationKind) -> HandlingTimes:
    """Median and 90th percentile."""
    count = durations.count(measure)
    if not count:
        return HandlingTimes()
    median, p90 = (float(durations.find_rank(measure, find_rank(count, share))) for share in (0.5, 0.9))
    return HandlingTimes(count, median, p90)


def _make_stages(ended: dict[Stage, list[int]], overdue: dict[Stage, int]) -> dict[Stage, KeptDeadlines]:
    stages = {}
    for stage in Stage:
        due, kept, promised = ended.get(stage, [0, 0, 0])
        if all_due := due + overdue.get(stage, 0):
            stages[stage] = KeptDeadlines(all_due, kept, promised)
    return stages


# --- durations -------------------------------------------------------------------------------------------------------


async def _fetch_durations(tx: Tx, periods: Sequence[Period], wish: FigureQuery) -> list[DurationTable]:
    t = duration_totals.c
    spans = [_list_months(period) for period in periods]
    months = sorted({month for span in spans for month, *_ in span})
    by = By.ALL if wish.by is By.DEPARTMENT else wish.by
    where = [t.by == by.value, among(tx, t.month, months)]
    if wish.departments is not None:
        where.append(among(tx, t.department, wish.departments))
    if wish.value is not None:
        where.append((t.department if wish.by is By.DEPARTMENT else t.value) == wish.value)
    packed: dict[str, list[bytes]] = {}
    for month, durations in await tx.execute(select(t.month, t.durations).where(*where)):
        packed.setdefault(month, []).append(durations)
    return [
        DurationTable(
            (one for month, _, _, whole in span if whole for one in packed.get(month, ())),
            ((one, first, last) for month, first, last, whole in span if not whole for one in packed.get(month, ())),
        )
        for span in spans
    ]


def _list_months(period: Period) -> list[tuple[str, int, int, bool]]:
    """The months that the period touches: the first and the last day inside, and whether it is the whole month."""
    months, first = [], period.first
    while first <= period.last:
        following = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
        last = min(following - timedelta(days=1), period.last)
        # Nothing was opened on a day that is yet to come.
        whole = first.day == 1 and (last == following - timedelta(days=1) or (period.running and last == period.last))
        months.append((f"{first:%Y-%m}", first.day, last.day, whole))
        first = following
    return months


# --- what only time decides ------------------------------------------------------------------------------------------


class _Lately(NamedTuple):
    """Of a period: complaints without an answer, the age of the oldest, and what the answers that have not settled count as."""

    unanswered: int
    oldest: float | None
    unsettled: Sequence[int]


class _Shape(NamedTuple):
    """What distinguishes one statement from another; each is built once, because building costs as much as running it."""

    periods: int
    by: By
    one: bool
    scoped: bool


def _make_shape(periods: Sequence[Period], wish: FigureQuery) -> _Shape:
    return _Shape(len(periods), wish.by, wish.value is not None, wish.departments is not None)


def _give(periods: Sequence[Period], wish: FigureQuery, now: datetime) -> dict[str, Any]:
    given: dict[str, Any] = {"now": now, "departments": list(wish.departments or ()), "value": wish.value}
    given |= {f"start{n}": period.start for n, period in enumerate(periods)}
    return given | {f"end{n}": period.end for n, period in enumerate(periods)}


async def _fetch_lately(tx: Tx, periods: Sequence[Period], wish: FigureQuery, now: datetime) -> list[_Lately]:
    shape, given = _make_shape(periods, wish), _give(periods, wish, now)
    (waiting,) = await tx.execute(_select_waiting(shape), given)
    settled = {"settled": find_settled_before(now, wish.period.zone)}
    (unsettled,) = await tx.execute(_select_unsettled(shape), given | settled)
    width = len(_WHILE_UNSETTLED)
    lately = []
    for n in range(len(periods)):
        count, oldest = waiting[2 * n : 2 * n + 2]
        age = (now - oldest).total_seconds() if oldest is not None else None
        lately.append(_Lately(count, age, unsettled[width * n : width * (n + 1)]))
    return lately


async def _count_overdue(tx: Tx, periods: Sequence[Period], wish: FigureQuery, now: datetime) -> list[dict[Stage, int]]:
    """The deadlines of each period that have passed and still run."""
    rows = (await tx.execute(_select_overdue(_make_shape(periods, wish)), _give(periods, wish, now))).all()
    return [{Stage(stage): counts[n] for stage, *counts in rows if counts[n]} for n in range(len(periods))]


@cache
def _select_waiting(shape: _Shape) -> Select[Any]:
    """Per period: how many complaints wait for an answer, and since when."""
    c = courses.c
    columns: list[ColumnElement[Any]] = []
    for n in range(shape.periods):
        inside = _filter_period(c.opened_at, n)
        columns += [func.count().filter(inside), type_coerce(func.min(c.opened_at).filter(inside), UtcDateTime())]
    waits = (c.answered_at.is_(None), c.outcome == literal_column(f"'{Outcome.NONE.value}'"))
    return select(*columns).where(*waits, *_filter_units(shape))


@cache
def _select_unsettled(shape: _Shape) -> Select[Any]:
    """Per period: what the complaints answered in the last days count as, in the order of `_WHILE_UNSETTLED`."""
    c = courses.c
    said = c.outcome.in_([Outcome.SATISFIED.value, Outcome.DISSATISFIED.value])
    flags = (
        c.answered_at.is_not(None),
        or_(said, c.rounds > 1, c.solved_in > 0),
        and_(c.solved_in == 1, ~c.reopened),
        c.solved_in == 2,  # noqa: PLR2004 -- the second round
        c.solved_in == 3,  # noqa: PLR2004 -- the third
    )
    columns: list[ColumnElement[Any]] = [
        func.count().filter(and_(_filter_period(c.opened_at, n), flag)) for n in range(shape.periods) for flag in flags
    ]
    lately = c.answered_at > bindparam("settled", type_=UtcDateTime())
    counted = c.outcome != literal_column(f"'{Outcome.MERGED.value}'")
    return select(*columns).where(lately, counted, *_filter_units(shape))


@cache
def _select_overdue(shape: _Shape) -> Select[Any]:
    """Per stage, one number for each period."""
    d = deadlines.c
    counts: list[ColumnElement[Any]] = [func.count().filter(_filter_period(d.due_at, n)) for n in range(shape.periods)]
    passed = d.due_at < bindparam("now", type_=UtcDateTime())
    # Grouped by an expression: by the bare column SQLite would walk all deadlines in the order of their index.
    stage = d.stage.concat("")
    columns: list[ColumnElement[Any]] = [stage, *counts]
    statement = select(*columns).where(d.ended_at.is_(None), d.counts, passed).group_by(stage)
    if shape.scoped:
        statement = statement.where(d.department.in_(bindparam("departments", expanding=True)))
    if shape.one and shape.by is By.DEPARTMENT:
        return statement.where(d.department == bindparam("value", type_=String()))
    if shape.one:
        of_unit = UNIT_COLUMNS[shape.by] == bindparam("value", type_=String())
        statement = statement.join(courses, courses.c.case == d.case).where(of_unit)
    return statement


def _filter_period(column: ColumnElement[Any], n: int) -> ColumnElement[bool]:
    """In the period with this number."""
    return and_(
        column >= bindparam(f"start{n}", type_=UtcDateTime()), column < bindparam(f"end{n}", type_=UtcDateTime())
    )


def _filter_units(shape: _Shape) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if shape.scoped:
        where.append(courses.c.department.in_(bindparam("departments", expanding=True)))
    if shape.one:
        where.append(UNIT_COLUMNS[shape.by] == bindparam("value", type_=String()))
    return where


# --- repeats by chance -----------------------------------------------------------------------------------------------


async def _fetch_unit_shares(tx: Tx, wish: FigureQuery) -> list[float]:
    """Each unit's share of the deliveries around the period's end: by courier if most have one, else by station, else by department."""
    last = wish.period.last
    months = sorted({f"{day:%Y-%m}" for day in (last, last - _HALF_A_MONTH)})
    for by in (By.COURIER, By.STATION):
        counts = await sums.fetch_deliveries_by_unit(tx, months, replace(wish, by=by, value=None))
        known = sum(count for key, count in counts.items() if key)
        if 2 * known > sum(counts.values()):
            return [count / known for key, count in counts.items() if key and count]
    (counted,) = await sums.fetch_counts(tx, [Cover(tuple(months), ())], replace(wish, by=By.DEPARTMENT, value=None))
    counts = {}
    for (unit, _), (deliveries, *_others) in counted.items():
        counts[unit] = counts.get(unit, 0) + deliveries
    known = sum(count for key, count in counts.items() if key)
    return [count / known for key, count in counts.items() if key and count]
