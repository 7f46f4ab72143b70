"""What figures are read from, in a few statements whatever the period: kept totals, the courses of complaints, their deadlines, what is open.

`departments` are those that the reader may see, None for all. A unit is one value of a breakdown. A department's deliveries are those that it
delivered, its complaints those that it leads.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, case, func, or_, select

from domain.breakdown import By
from domain.case import UNSOLVED, Case, State
from domain.casework import Casework, Kept, Times, quantile
from domain.course import Outcome
from domain.deadlines import Stage
from domain.figures import Counts, Nps, Strata, Stratum, Tally, add
from domain.period import Period, previous
from domain.summary import Summary, Unit
from domain.totals import FOUR_LEVELS, NPS, RECOMMEND, Column, Cover, cover
from storage.bulk import among
from storage.cases import pick
from storage.database import Tx
from storage.models import cases, courses, deadlines, delivery_totals, rating_totals

OVERALL = "overall"
ATTITUDE = "attitude"
"""The category of complaints about how people were treated, in the company's file as `init` writes it."""

SETTLED_AFTER = timedelta(days=7)
_UNSOLVED = [state.value for state in UNSOLVED]
_COUNTS = tuple(column.value for column in Column)
_ANSWERS = ("one", "two", "three", "four", "five")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: everything, or one unit of a breakdown (`value`), or everything by units."""

    period: Period
    by: By = By.ALL
    value: str | None = None
    departments: tuple[str, ...] | None = None


async def summary(tx: Tx, wish: Wish, now: datetime) -> Summary:
    """Everything one summary shows; the units' names are their keys, which the caller replaces by words for people."""
    period, before = wish.period, previous(wish.period)
    one = wish if wish.value is not None else replace(wish, by=By.ALL)
    dimensions = await rated(tx, _cover(period), one)
    open_now, overdue = await _open(tx, wish, None), await _open(tx, wish, now)
    units: dict[str, Counts] = {}
    if wish.value is None:
        units = await by_unit(tx, _cover(period), wish)
    categories = await by_unit(tx, _cover(period), replace(one, by=By.CATEGORY)) if one.value is None else {}
    keys = sorted({*units, *(open_now if wish.by in {By.ALL, By.DEPARTMENT} else ())} - {""}) + (
        [""] if "" in units else []
    )
    return Summary(
        period,
        await counted(tx, _cover(period), one, dimensions.pop(OVERALL, {})),
        await counted(tx, _cover(before), one),
        by=wish.by,
        unit=Unit(wish.value, wish.value) if wish.value is not None else None,
        seen=wish.departments or (),
        nps=_nps(dimensions.pop(NPS, {})),
        recommend=_recommend(dimensions.pop(RECOMMEND, {})),
        four_levels=_tally(dimensions.pop(FOUR_LEVELS + OVERALL, {})),
        dimensions={key: strata for key, strata in dimensions.items() if not key.startswith(FOUR_LEVELS)},
        units=tuple(
            Unit(
                key,
                key,
                units.get(key, Counts()),
                *((open_now.get(key, 0), overdue.get(key, 0)) if wish.by in {By.ALL, By.DEPARTMENT} else ()),
            )
            for key in keys
        ),
        categories=tuple(Unit(key, key, counts) for key, counts in categories.items() if counts.opened),
        casework=await casework(tx, period, one, now),
        casework_before=await casework(tx, before, one, now),
        open_now=sum(open_now.values()),
        overdue_now=sum(overdue.values()),
    )


async def summary_units(tx: Tx, wish: Wish) -> list[str]:
    """The units of the wished breakdown in the period."""
    return list(await by_unit(tx, _cover(wish.period), replace(wish, value=None)))


async def counted(tx: Tx, days: Cover, wish: Wish, overall: Strata | None = None) -> Counts:
    """The totals of everything, or of the wished unit; `overall` where its ratings are known already."""
    found = await by_unit(tx, days, replace(wish, by=By.ALL) if wish.value is None else wish, overall)
    return add(found.values())


async def by_unit(tx: Tx, days: Cover, wish: Wish, overall: Strata | None = None) -> dict[str, Counts]:
    """The totals of each unit of the wished breakdown (without one: of each department), by its value."""
    table = delivery_totals
    unit = _unit(table, wish.by)
    sums = [func.sum(table.c[name]).label(name) for name in _COUNTS]
    found: dict[str, Counts] = {}
    for sign, keys in ((1, days.plus), (-1, days.minus)):
        if not keys:
            continue
        statement = (
            select(unit, table.c.stratum, *sums).where(*_where(tx, table, keys, wish)).group_by(unit, table.c.stratum)
        )
        for key, stratum, deliveries, *counts in await tx.execute(statement):
            one = Counts({stratum: Stratum(sign * deliveries)}, *(sign * count for count in counts))
            found[key] = add([found[key], one]) if key in found else one
    if overall is not None:
        ratings: Mapping[str, Strata] = {"": overall}
        found = {"": add(found.values())}
    else:
        ratings = await _ratings(tx, days, wish)
    for key, strata in ratings.items():
        known = found.get(key, Counts())
        found[key] = replace(known, strata=_joined(known.strata, strata))
    return {
        key: one
        for key, one in found.items()
        if one != Counts() and (one.deliveries or one.tally.n or any(getattr(one, name) for name in _COUNTS))
    }


async def rated(tx: Tx, days: Cover, wish: Wish) -> dict[str, Strata]:
    """Every dimension's answers, by priority, of everything or of the wished unit; strata hold no deliveries here."""
    return await _tallies(tx, days, wish, rating_totals.c.dimension, None)


async def series(tx: Tx, periods: Sequence[Period], wish: Wish) -> list[Counts]:
    """The totals of several periods, in their order, of everything or of the wished unit."""
    return [await counted(tx, _cover(period), wish) for period in periods]


async def casework(tx: Tx, period: Period, wish: Wish, now: datetime) -> Casework:
    """How the complaints opened in the period were handled, and the deadlines that fell due in it."""
    c = courses.c
    cohort = and_(
        c.opened_at >= period.start, c.opened_at < period.end, c.outcome != Outcome.MERGED.value, *_of(courses, wish)
    )
    answered = c.answered_at.is_not(None)
    spoken = c.outcome.in_([Outcome.SATISFIED.value, Outcome.DISSATISFIED.value, Outcome.SILENT.value])
    settled = and_(answered, or_(spoken, c.answered_at <= now - SETTLED_AFTER))
    said = {name: and_(answered, c.outcome == outcome.value) for name, outcome in _LAST_WORDS.items()}
    solved = {
        name: and_(settled, c.solved_in == n, ~c.reopened if n == 1 else answered)
        for n, name in enumerate(("first", "second", "third"), 1)
    }
    flags: dict[str, ColumnElement[bool]] = {
        "rectified": answered,
        **said,
        "settled": settled,
        **solved,
        "reopened": and_(answered, c.reopened),
        "repeated": c.repeated,
        "attitude_valid": and_(c.valid, c.category == ATTITUDE),
        **{f"handled{n}": c.handling == n for n in range(1, 6)},
    }
    sums = [func.coalesce(func.sum(case((flag, 1), else_=0)), 0).label(name) for name, flag in flags.items()]
    row = (await tx.execute(select(func.count().label("opened"), *sums).where(cohort))).one()
    known = dict(row._mapping)  # noqa: SLF001 -- SQLAlchemy's public name
    handling = Tally.of({n: known.pop(f"handled{n}") for n in range(1, 6)})
    waiting = and_(cohort, ~answered, c.outcome == Outcome.NONE.value)
    count, oldest = (await tx.execute(select(func.count(), func.min(c.opened_at)).where(waiting))).one()
    found = Casework(**{name: int(value) for name, value in known.items()})  # type: ignore[arg-type]  # the columns are its counts
    return replace(
        found,
        handling=handling,
        replied=await _times(tx, c.replied, cohort),
        resolved=await _times(tx, c.resolved, cohort),
        finished=await _times(tx, c.finished, cohort),
        unanswered=count,
        oldest=(now - oldest).total_seconds() if oldest is not None else None,
        stages=await _stages(tx, period, wish, now),
    )


_LAST_WORDS = {"satisfied": Outcome.SATISFIED, "dissatisfied": Outcome.DISSATISFIED, "silent": Outcome.SILENT}


async def cases_behind(tx: Tx, wish: Wish, *, limit: int, offset: int = 0) -> list[Case]:
    """The complaints behind the wished unit's figures, the worst first: those the company still owes an answer, then the newest."""
    open_first = case((cases.c.state.in_(_UNSOLVED), 0), else_=1)
    return await pick(tx, _behind(wish), [open_first, cases.c.created_at.desc(), cases.c.id.desc()], limit, offset)


async def count_behind(tx: Tx, wish: Wish) -> int:
    return await tx.scalar(select(func.count()).where(*_behind(wish))) or 0


def _behind(wish: Wish) -> list[ColumnElement[bool]]:
    """Opened in the period, or about a delivery of it; merged ones are where they were merged into."""
    c, period = courses.c, wish.period
    spans = [and_(at >= period.start, at < period.end) for at in (c.opened_at, c.at)]
    found = select(c.case).where(or_(*spans), *_of(courses, wish))
    return [cases.c.id.in_(found), cases.c.state != State.MERGED.value]


# --- how totals are added up -----------------------------------------------------------------------------------------


def _cover(period: Period) -> Cover:
    return cover(period.first, period.last + timedelta(days=1))


def _unit(table: Table, by: By) -> ColumnElement[Any]:
    """The column that tells the units of a breakdown apart."""
    return table.c["stratum" if by is By.PRIORITY else "department" if by in _IN_EVERY_CELL else "value"]


_IN_EVERY_CELL = frozenset({By.ALL, By.DEPARTMENT, By.PRIORITY})


def _where(tx: Tx, table: Table, keys: Sequence[str], wish: Wish) -> list[ColumnElement[bool]]:
    by = By.ALL if wish.by in _IN_EVERY_CELL else wish.by
    where = [table.c.by == by.value, among(tx, table.c.day, keys)]
    if wish.departments is not None:
        where.append(table.c.department.in_(wish.departments))
    if wish.value is not None:
        where.append(_unit(table, wish.by) == wish.value)
    return where


async def _ratings(tx: Tx, days: Cover, wish: Wish) -> dict[str, Strata]:
    """The overall answers of each unit."""
    return await _tallies(tx, days, wish, _unit(rating_totals, wish.by), OVERALL)


async def _tallies(
    tx: Tx, days: Cover, wish: Wish, key: ColumnElement[Any], dimension: str | None
) -> dict[str, Strata]:
    table = rating_totals
    sums = [func.sum(table.c[name]) for name in _ANSWERS]
    found: dict[str, dict[str, list[int]]] = {}
    for sign, keys in ((1, days.plus), (-1, days.minus)):
        if not keys:
            continue
        where = _where(tx, table, keys, wish)
        if dimension is not None:
            where.append(table.c.dimension == dimension)
        for name, stratum, *counts in await tx.execute(
            select(key, table.c.stratum, *sums).where(*where).group_by(key, table.c.stratum)
        ):
            known = found.setdefault(name, {}).setdefault(stratum, [0] * len(_ANSWERS))
            for n, count in enumerate(counts):
                known[n] += sign * int(count)
    return {
        name: {
            stratum: Stratum(0, Tally.of(dict(enumerate(counts, 1))))
            for stratum, counts in strata.items()
            if any(counts)
        }
        for name, strata in found.items()
        if any(any(counts) for counts in strata.values())
    }


def _joined(one: Strata, other: Strata) -> Strata:
    keys = sorted({*one, *other})
    return {key: one.get(key, Stratum()) + other.get(key, Stratum()) for key in keys}


def _tally(strata: Strata) -> Tally:
    return sum((one.tally for one in strata.values()), Tally())


def _nps(strata: Strata) -> Nps:
    detractors, passives, promoters, *_ = _tally(strata).counts
    return Nps(detractors, passives, promoters)


def _recommend(strata: Strata) -> tuple[int, int]:
    no, yes, *_ = _tally(strata).counts
    return yes, no + yes


# --- cases -----------------------------------------------------------------------------------------------------------

_COURSE_UNITS = {
    By.DEPARTMENT: courses.c.department,
    By.CATEGORY: courses.c.category,
    By.COURIER: courses.c.courier,
    By.ROUTE: courses.c.route,
    By.STATION: courses.c.station,
    By.SERVICE: courses.c.service,
    By.CUSTOMER_TYPE: courses.c.customer_type,
    By.PRIORITY: courses.c.priority,
}


def _of(table: Table, wish: Wish) -> list[ColumnElement[bool]]:
    """Complaints (or their deadlines) of the wished departments and unit; the hour of a delivery is no unit of cases."""
    where: list[ColumnElement[bool]] = []
    if wish.departments is not None:
        where.append(table.c.department.in_(wish.departments))
    if wish.value is not None and wish.by in _COURSE_UNITS:
        where.append(_COURSE_UNITS[wish.by] == wish.value)
    return where


async def _times(tx: Tx, column: ColumnElement[Any], cohort: ColumnElement[bool]) -> Times:
    statement = select(column).where(cohort, column.is_not(None)).order_by(column)
    found = [float(value) for value in (await tx.execute(statement)).scalars()]
    return Times(len(found), quantile(found, 0.5), quantile(found, 0.9))


async def _stages(tx: Tx, period: Period, wish: Wish, now: datetime) -> dict[Stage, Kept]:
    """What fell due in the period, by stage; what still runs is due once its moment has passed."""
    d = deadlines.c
    passed = or_(d.ended_at.is_not(None), d.due_at < now)
    due = and_(d.due_at >= period.start, d.due_at < period.end, d.counts, passed)
    kept = case((d.ended_at <= d.due_at, 1), else_=0)
    promised = case((d.ended_at <= d.promised_at, 1), else_=0)
    statement = select(d.stage, func.count(), func.sum(kept), func.sum(promised)).where(due)
    if wish.departments is not None:
        statement = statement.where(d.department.in_(wish.departments))
    if wish.value is not None and wish.by is By.DEPARTMENT:
        statement = statement.where(d.department == wish.value)
    elif wish.value is not None and wish.by in _COURSE_UNITS:
        statement = statement.join(courses, courses.c.case == d.case).where(_COURSE_UNITS[wish.by] == wish.value)
    rows = await tx.execute(statement.group_by(d.stage))
    return {Stage(stage): Kept(count, int(kept_), int(promised_)) for stage, count, kept_, promised_ in rows}


async def _open(tx: Tx, wish: Wish, overdue_at: datetime | None) -> dict[str, int]:
    """Cases that wait for the company's answer, by department; only the overdue ones where a moment is given."""
    statement = (
        select(cases.c.department, func.count()).where(cases.c.state.in_(_UNSOLVED)).group_by(cases.c.department)
    )
    if overdue_at is not None:
        statement = statement.where(cases.c.due_at < overdue_at)
    if wish.departments is not None:
        statement = statement.where(cases.c.department.in_(wish.departments))
    if wish.value is not None and wish.by in _COURSE_UNITS:
        statement = statement.where(cases.c.id.in_(select(courses.c.case).where(_COURSE_UNITS[wish.by] == wish.value)))
    return {department: count for department, count in await tx.execute(statement)}  # noqa: C416 -- rows are not tuples to the type checker
