"""Report queries: the period's complaints that are worth a look, and the corrective measures planned or due in it.

`departments` are those the reader may see, None for all. Nothing personal is read except the words of measures, which are staff's.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, select, true

from domain.cases.case import UNSOLVED, CaseEvent, CaseState, Need
from domain.cases.deadlines import Stage
from domain.cases.handling import Outcome
from domain.figures.period import Period
from storage.engine.database import Tx
from storage.models import case_events, cases, courses, deadlines

_UNSOLVED = [state.value for state in UNSOLVED]


@dataclass(frozen=True, slots=True)
class PressingCase:
    """A complaint worth a look; `late`: answered, or still to be answered, past the promise; `seconds` to its last answer, None without one."""

    number: str
    category: str
    department: str
    severity: str
    state: CaseState
    opened_at: datetime
    seconds: int | None
    rounds: int
    late: bool
    reopened: bool
    appealed: bool
    dissatisfied: bool


@dataclass(frozen=True, slots=True)
class CorrectiveMeasure:
    """A corrective measure; `ended_at` is None while it is running."""

    number: str
    department: str
    measure: str
    goal: str
    due_at: datetime
    ended_at: datetime | None


async def list_pressing_cases(
    tx: Tx,
    period: Period,
    departments: Collection[str] | None,
    serious: Collection[str],
    now: datetime,
    limit: int,
) -> tuple[list[PressingCase], int]:
    """The most pressing complaints opened in the period, and how many there are: serious, late, in several rounds, or reopened.

    Open and late first, then the regulator's, then serious ones, then by rounds, then late ones; among equals the longest first.
    """
    c = courses.c
    late = _is_late(now)
    waits = and_(late, cases.c.state.in_(_UNSOLVED))
    severe = cases.c.severity.in_(list(serious))
    where = [
        c.opened_at >= period.start,
        c.opened_at < period.end,
        c.outcome.not_in([Outcome.MERGED.value, Outcome.WITHDRAWN.value]),
        or_(severe, late, c.rounds > 1, c.reopened, cases.c.appealed),
        *_filter_departments(c.department, departments),
    ]
    joined = courses.join(cases, cases.c.id == c.case)
    age = case((c.finished.is_(None), 1), else_=0)
    orders = [
        _order_first(waits),
        _order_first(cases.c.appealed),
        _order_first(severe),
        c.rounds.desc(),
        _order_first(late),
    ]
    columns = (
        cases.c.number,
        c.category,
        c.department,
        cases.c.severity,
        cases.c.state,
        c.opened_at,
        c.finished,
        c.rounds,
        late.label("late"),
        c.reopened,
        cases.c.appealed,
        c.outcome == Outcome.DISSATISFIED.value,
    )
    statement = select(*columns).select_from(joined).where(*where)
    statement = statement.order_by(*orders, age.desc(), c.finished.desc(), c.opened_at, c.case).limit(limit)
    rows = [replace(look := PressingCase(*row), state=CaseState(look.state)) for row in await tx.execute(statement)]
    count = await tx.scalar(select(func.count()).select_from(joined).where(*where))
    return rows, count or 0


async def list_measures(
    tx: Tx, period: Period, departments: Collection[str] | None, now: datetime, limit: int
) -> tuple[list[CorrectiveMeasure], dict[str, int]]:
    """Measures that fell due or were planned in the period, overdue first; and how many were kept, late, overdue, running."""
    d = deadlines.c
    keeping = case(
        (and_(d.ended_at.is_not(None), d.ended_at <= d.due_at), "kept"),
        (d.ended_at.is_not(None), "late"),
        (d.due_at < now, "overdue"),
        else_="running",
    )
    where = [
        d.stage == Stage.RECTIFY.value,
        d.due_at >= period.start,
        or_(d.due_at < period.end, d.started_at < period.end),
        *_filter_departments(d.department, departments),
    ]
    joined = deadlines.join(
        case_events,
        and_(
            case_events.c.case == d.case, case_events.c.version == d.since, case_events.c.event == CaseEvent.PLAN.value
        ),
    )
    counted = select(keeping, func.count()).select_from(joined).where(*where).group_by(keeping)
    counts = {name: int(count) for name, count in await tx.execute(counted)}
    rank = case((keeping == "overdue", 0), (keeping == "late", 1), (keeping == "running", 2), else_=3)
    statement = (
        select(cases.c.number, d.department, case_events.c.facts, d.due_at, d.ended_at)
        .select_from(joined.join(cases, cases.c.id == d.case))
        .where(*where)
        .order_by(rank, d.due_at, d.case, d.since)
        .limit(limit)
    )
    return [_make_measure(*row) for row in await tx.execute(statement)], counts


def _make_measure(
    number: str, department: str, packed: str, due_at: datetime, ended_at: datetime | None
) -> CorrectiveMeasure:
    facts = json.loads(packed)
    return CorrectiveMeasure(
        number, department, facts.get(Need.MEASURE, ""), facts.get(Need.GOAL, ""), due_at, ended_at
    )


def _is_late(now: datetime) -> ColumnElement[bool]:
    """Whether an answer owed to the customer was not given in time."""
    d = deadlines.c
    missed = or_(d.ended_at > d.due_at, and_(d.ended_at.is_(None), d.due_at < now))
    return exists(select(literal(1)).where(d.case == courses.c.case, d.stage == Stage.ANSWER.value, missed))


def _order_first(flag: ColumnElement[bool]) -> ColumnElement[int]:
    """Sort the rows for which it is true first."""
    return case((flag, 0), else_=1)


def _filter_departments(
    column: ColumnElement[str], departments: Collection[str] | None
) -> Sequence[ColumnElement[bool]]:
    return [true() if departments is None else column.in_(list(departments))]
