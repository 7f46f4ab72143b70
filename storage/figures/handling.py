"""Complaint handling statistics for several periods at once: how cases went, how long they took, which deadlines fell due."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    String,
    Table,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    union_all,
)

from domain.cases.deadlines import Stage
from domain.cases.handling import Outcome
from domain.figures.breakdown import By
from domain.figures.figures import Tally
from domain.figures.handling import HandlingCounts, HandlingTimes, KeptDeadlines, expect_repeats, quantile
from domain.figures.maturity import find_settled_before
from domain.figures.period import Period
from storage.engine.columns import UtcDateTime
from storage.engine.database import Tx
from storage.figures.sums import FigureQuery
from storage.models import courses, deadlines, delivery_totals

ATTITUDE = "attitude"
"""The category of complaints about how people were treated, in the company's file as `init` writes it."""

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
_LAST_WORDS = {"satisfied": Outcome.SATISFIED, "dissatisfied": Outcome.DISSATISFIED, "silent": Outcome.SILENT}
_TIMES = ("replied", "resolved", "finished")
_STAGES = [stage.value for stage in Stage]
"""All stages, listed explicitly, so that each is a range of the deadlines' index and comes in its order."""


def filter_cases(table: Table, wish: FigureQuery) -> list[ColumnElement[bool]]:
    """The complaints of the requested departments and unit."""
    where: list[ColumnElement[bool]] = []
    if wish.departments is not None:
        where.append(table.c.department.in_(wish.departments))
    if wish.value is not None and wish.by in UNIT_COLUMNS:
        where.append(UNIT_COLUMNS[wish.by] == wish.value)
    return where


async def fetch_handling(tx: Tx, periods: Sequence[Period], wish: FigureQuery, now: datetime) -> list[HandlingCounts]:
    """What became of the complaints opened in each of these periods."""
    shape = _HandlingShape(
        tx.dialect.name,
        len(periods),
        wish.by,
        wish.value is not None and wish.by in UNIT_COLUMNS,
        wish.departments is not None,
    )
    given: dict[str, Any] = {"now": now, "settled": find_settled_before(now, wish.period.zone)}
    given |= {"departments": list(wish.departments or ()), "value": wish.value}
    given |= {f"start{n}": one.start for n, one in enumerate(periods)} | {
        f"end{n}": one.end for n, one in enumerate(periods)
    }
    counts, names = [HandlingCounts() for _ in periods], list(_make_flags())
    for n, opened, unanswered, oldest, replied, resolved, finished, *rest in await tx.execute(
        _select_counts(shape), given
    ):
        if not opened:
            continue
        known: dict[str, Any] = dict(zip(names, rest, strict=True))
        known |= {name: _make_times(given_) for name, given_ in zip(_TIMES, (replied, resolved, finished), strict=True)}
        handling = Tally.of({score: known.pop(f"handled{score}") for score in range(1, 6)})
        age = (now - oldest).total_seconds() if oldest is not None else None
        counts[n] = HandlingCounts(opened=opened, **known, handling=handling, unanswered=unanswered, oldest=age)
    stages: list[dict[Stage, KeptDeadlines]] = [{} for _ in periods]
    for n, stage, due, in_time, as_promised in await tx.execute(_select_stages(shape), given):
        stages[n][Stage(stage)] = KeptDeadlines(due, in_time, as_promised)
    return [replace(one, stages=stages[n]) for n, one in enumerate(counts)]


async def fetch_expected_repeats(tx: Tx, wish: FigureQuery, within: timedelta) -> float:
    """How many of the period's complaints would repeat by chance alone (`domain.figures.handling.expect_repeats`)."""
    c, period = courses.c, wish.period
    begin, recent = min(period.start, period.end - within), c.opened_at >= period.end - within
    counted = func.count().filter(recent), func.count().filter(c.opened_at >= period.start)
    where = [c.opened_at >= begin, c.opened_at < period.end, c.outcome != Outcome.MERGED.value]
    statement = select(*counted).where(*where, *filter_cases(courses, wish)).group_by(c.category)
    counts = [(window, opened) for window, opened in await tx.execute(statement) if opened]
    shares = await _fetch_unit_shares(tx, wish) if counts else []
    return sum(expect_repeats(opened, window, shares) for window, opened in counts)


async def _fetch_unit_shares(tx: Tx, wish: FigureQuery) -> list[float]:
    """Each unit's share of the deliveries around the period's end: by courier if most have one, else by station, else by department."""
    t, last = delivery_totals.c, wish.period.last
    months = sorted({f"{day:%Y-%m}" for day in (last, last - _HALF_A_MONTH)})
    for by, unit in ((By.COURIER, t.value), (By.STATION, t.value), (By.ALL, t.department)):
        statement = select(unit, func.sum(t.deliveries)).where(t.by == by.value, t.day.in_(months)).group_by(unit)
        if wish.departments is not None:
            statement = statement.where(t.department.in_(wish.departments))
        counts = {key: int(count) for key, count in await tx.execute(statement) if count}
        known = sum(count for key, count in counts.items() if key)
        if by is By.ALL or 2 * known > sum(counts.values()):
            return [count / known for key, count in counts.items() if key]
    return []


def _make_times(gathered: str | Sequence[int] | None) -> HandlingTimes:
    """Median and 90th percentile of seconds aggregated into one value; sorted here, which is faster than in either database."""
    seconds = sorted(msgspec.json.decode(gathered, type=list[int]) if isinstance(gathered, str) else gathered or [])
    return HandlingTimes(
        len(seconds), *(None if (value := quantile(seconds, share)) is None else float(value) for share in (0.5, 0.9))
    )


class _HandlingShape(NamedTuple):
    """What distinguishes one statement from another; each is built once, because building costs as much as running it."""

    dialect: str
    periods: int
    by: By
    one: bool
    scoped: bool


def _filter_period(column: ColumnElement[Any], n: int) -> ColumnElement[bool]:
    """In the period with this number. Each period is its own part of the statement, so rows come by index and need no sorting."""
    return and_(
        column >= bindparam(f"start{n}", type_=UtcDateTime()), column < bindparam(f"end{n}", type_=UtcDateTime())
    )


def _filter_cohort(shape: _HandlingShape, n: int) -> ColumnElement[bool]:
    """Complaints opened in the period with this number; a merged one counts as the one it was merged into."""
    c = courses.c
    where = [_filter_period(c.opened_at, n), c.outcome != literal_column(f"'{Outcome.MERGED.value}'")]
    if shape.scoped:
        where.append(c.department.in_(bindparam("departments", expanding=True)))
    if shape.one:
        where.append(UNIT_COLUMNS[shape.by] == bindparam("value", type_=String()))
    return and_(*where)


def _make_flags() -> dict[str, ColumnElement[bool]]:
    """What is counted about a complaint, by the fields of `Casework`."""
    c = courses.c
    answered = c.answered_at.is_not(None)
    said = c.outcome.in_([Outcome.SATISFIED.value, Outcome.DISSATISFIED.value])
    spoken = or_(said, c.rounds > 1, c.solved_in > 0)  # before an appeal to the regulator, too, which is answered anew
    settled = and_(answered, c.answered_at <= bindparam("settled", type_=UtcDateTime()))
    return {
        "rectified": answered,
        **{name: and_(answered, c.outcome == outcome.value) for name, outcome in _LAST_WORDS.items()},
        "settled": settled,
        "spoken": and_(settled, spoken),
        "first": and_(settled, c.solved_in == 1, ~c.reopened),
        "second": and_(settled, c.solved_in == 2),  # noqa: PLR2004 -- the second round
        "third": and_(settled, c.solved_in == 3),  # noqa: PLR2004 -- the third
        "reopened": and_(answered, c.reopened),
        "repeated": c.repeated,
        "attitude_valid": and_(c.valid, c.category == ATTITUDE),
        **{f"handled{score}": c.handling == score for score in range(1, 6)},
    }


@cache
def _select_counts(shape: _HandlingShape) -> CompoundSelect[Any]:
    """One row per period."""
    c = courses.c
    waiting = and_(c.answered_at.is_(None), c.outcome == Outcome.NONE.value)
    open_ones = [func.count().filter(waiting), func.min(c.opened_at).filter(waiting)]
    flagged = [func.count().filter(flag) for flag in _make_flags().values()]
    gather = func.array_agg if shape.dialect == "postgresql" else func.json_group_array
    times = [gather(c[name]).filter(c[name].is_not(None)) for name in _TIMES]
    counted = (func.count(c.case), *open_ones, *times, *flagged)
    return union_all(
        *(select(_label_period(n), *counted).where(_filter_cohort(shape, n)) for n in range(shape.periods))
    )


@cache
def _select_stages(shape: _HandlingShape) -> CompoundSelect[Any]:
    """What fell due in each period, by stage; a running deadline is due once its moment has passed."""
    return union_all(*(_select_period_stages(shape, n) for n in range(shape.periods)))


def _select_period_stages(shape: _HandlingShape, n: int) -> Select[Any]:
    d = deadlines.c
    passed = or_(d.ended_at.is_not(None), d.due_at < bindparam("now", type_=UtcDateTime()))
    kept, promised = (func.count().filter(d.ended_at <= moment) for moment in (d.due_at, d.promised_at))
    statement = select(_label_period(n), d.stage, func.count(), kept, promised)
    statement = statement.where(d.stage.in_(_STAGES), _filter_period(d.due_at, n), d.counts, passed)
    if shape.scoped:
        statement = statement.where(d.department.in_(bindparam("departments", expanding=True)))
    if shape.one and shape.by is By.DEPARTMENT:
        statement = statement.where(d.department == bindparam("value", type_=String()))
    elif shape.one:
        unit = UNIT_COLUMNS[shape.by] == bindparam("value", type_=String())
        statement = statement.join(courses, courses.c.case == d.case).where(unit)
    return statement.group_by(d.stage)


def _label_period(n: int) -> ColumnElement[int]:
    return literal_column(str(n), Integer).label("period")
