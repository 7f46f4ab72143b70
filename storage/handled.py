"""How complaints were handled, of several periods at once: their courses, their times, the deadlines that fell due."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, case, func, literal, or_, select, union_all

from domain.breakdown import By
from domain.casework import Casework, Kept, Times
from domain.course import Outcome
from domain.deadlines import Stage
from domain.figures import Tally
from domain.period import Period
from storage.database import Tx
from storage.models import courses, deadlines
from storage.sums import Wish

ATTITUDE = "attitude"
"""The category of complaints about how people were treated, in the company's file as `init` writes it."""

SETTLED_AFTER = timedelta(days=7)
UNITS = {
    By.DEPARTMENT: courses.c.department,
    By.CATEGORY: courses.c.category,
    By.COURIER: courses.c.courier,
    By.ROUTE: courses.c.route,
    By.STATION: courses.c.station,
    By.SERVICE: courses.c.service,
    By.CUSTOMER_TYPE: courses.c.customer_type,
    By.PRIORITY: courses.c.priority,
}
"""What tells units apart; the hour of a delivery is no unit of cases."""

_LAST_WORDS = {"satisfied": Outcome.SATISFIED, "dissatisfied": Outcome.DISSATISFIED, "silent": Outcome.SILENT}
_TIMES = ("replied", "resolved", "finished")


def of(table: Table, wish: Wish) -> list[ColumnElement[bool]]:
    """Complaints of the wished departments and unit."""
    where: list[ColumnElement[bool]] = []
    if wish.departments is not None:
        where.append(table.c.department.in_(wish.departments))
    if wish.value is not None and wish.by in UNITS:
        where.append(UNITS[wish.by] == wish.value)
    return where


async def casework(tx: Tx, periods: Sequence[Period], wish: Wish, now: datetime) -> list[Casework]:
    """What became of the complaints opened in each of these periods, which must not overlap."""
    c = courses.c
    which, within = _which(c.opened_at, periods)
    cohort = and_(within, c.outcome != Outcome.MERGED.value, *of(courses, wish))
    flags = _flags(now)
    sums = [func.sum(case((flag, 1), else_=0)).label(name) for name, flag in flags.items()]
    waiting = and_(c.answered_at.is_(None), c.outcome == Outcome.NONE.value)
    open_ones = [func.sum(case((waiting, 1), else_=0)), func.min(case((waiting, c.opened_at)))]
    found = [Casework() for _ in periods]
    for n, opened, *rest in await tx.execute(
        select(which, func.count(), *sums, *open_ones).where(cohort).group_by(which)
    ):
        known: dict[str, Any] = dict(zip(flags, map(int, rest[: len(flags)]), strict=True))
        handling = Tally.of({score: known.pop(f"handled{score}") for score in range(1, 6)})
        unanswered, oldest = rest[len(flags) :]
        age = (now - oldest).total_seconds() if oldest is not None else None
        found[n] = Casework(opened=opened, **known, handling=handling, unanswered=int(unanswered), oldest=age)
    times, stages = await _times(tx, which, cohort), await _stages(tx, periods, wish, now)
    return [
        replace(one, **{name: times.get((n, name), Times()) for name in _TIMES}, stages=stages[n])  # type: ignore[arg-type]  # its own fields
        for n, one in enumerate(found)
    ]


def _which(column: ColumnElement[Any], periods: Sequence[Period]) -> tuple[ColumnElement[int], ColumnElement[bool]]:
    """The number of the period that a moment is in, and that it is in one."""
    spans = [and_(column >= one.start, column < one.end) for one in periods]
    return case(*((span, literal(n)) for n, span in enumerate(spans)), else_=-1).label("which"), or_(*spans)


def _flags(now: datetime) -> dict[str, ColumnElement[bool]]:
    """What is counted of a complaint, by the fields of `Casework`."""
    c = courses.c
    answered = c.answered_at.is_not(None)
    spoken = c.outcome.in_([outcome.value for outcome in _LAST_WORDS.values()])
    settled = and_(answered, or_(spoken, c.answered_at <= now - SETTLED_AFTER))
    return {
        "rectified": answered,
        **{name: and_(answered, c.outcome == outcome.value) for name, outcome in _LAST_WORDS.items()},
        "settled": settled,
        "first": and_(settled, c.solved_in == 1, ~c.reopened),
        "second": and_(settled, c.solved_in == 2),  # noqa: PLR2004 -- the second round
        "third": and_(settled, c.solved_in == 3),  # noqa: PLR2004 -- the third
        "reopened": and_(answered, c.reopened),
        "repeated": c.repeated,
        "attitude_valid": and_(c.valid, c.category == ATTITUDE),
        **{f"handled{score}": c.handling == score for score in range(1, 6)},
    }


async def _times(tx: Tx, which: ColumnElement[int], cohort: ColumnElement[bool]) -> Mapping[tuple[int, str], Times]:
    """Medians and ninth deciles by the nearest rank (`domain.casework.quantile`), found by the database."""
    each = union_all(
        *(
            select(which, literal(name).label("what"), courses.c[name].label("seconds")).where(
                cohort, courses.c[name].is_not(None)
            )
            for name in _TIMES
        )
    ).subquery()
    kinds = (each.c.which, each.c.what)
    rank = func.row_number().over(partition_by=kinds, order_by=each.c.seconds)
    ranked = select(
        *kinds, each.c.seconds, rank.label("rank"), func.count().over(partition_by=kinds).label("n")
    ).subquery()
    median = func.min(case((2 * ranked.c.rank >= ranked.c.n, ranked.c.seconds)))
    p90 = func.min(case((10 * ranked.c.rank >= 9 * ranked.c.n, ranked.c.seconds)))
    statement = select(ranked.c.which, ranked.c.what, func.max(ranked.c.n), median, p90)
    rows = await tx.execute(statement.group_by(ranked.c.which, ranked.c.what))
    return {(n, name): Times(count, float(half), float(most)) for n, name, count, half, most in rows}


async def _stages(tx: Tx, periods: Sequence[Period], wish: Wish, now: datetime) -> list[dict[Stage, Kept]]:
    """What fell due in each period, by stage; what still runs is due once its moment has passed."""
    d = deadlines.c
    which, within = _which(d.due_at, periods)
    passed = or_(d.ended_at.is_not(None), d.due_at < now)
    kept, promised = (case((d.ended_at <= moment, 1), else_=0) for moment in (d.due_at, d.promised_at))
    statement = select(which, d.stage, func.count(), func.sum(kept), func.sum(promised)).where(within, d.counts, passed)
    if wish.departments is not None:
        statement = statement.where(d.department.in_(wish.departments))
    if wish.value is not None and wish.by is By.DEPARTMENT:
        statement = statement.where(d.department == wish.value)
    elif wish.value is not None and wish.by in UNITS:
        statement = statement.join(courses, courses.c.case == d.case).where(UNITS[wish.by] == wish.value)
    found: list[dict[Stage, Kept]] = [{} for _ in periods]
    for n, stage, due, in_time, as_promised in await tx.execute(statement.group_by(which, d.stage)):
        found[n][Stage(stage)] = Kept(due, int(in_time), int(as_promised))
    return found
