"""What `/summary` is counted from: ratings by delivery, cases by when they were opened, what is open now.

Cohort of ratings: deliveries completed in the period (an invitation about no delivery counts by its own date). A rating that was set aside
after an appeal is in none of them: neither among the ratings nor among the surveys that were sent and answered, as if it had not been asked.
The case that it became counts like any other.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from domain.case import UNSOLVED, State
from domain.figures import DepartmentLine, Summary, Tally
from domain.period import Period, previous
from domain.survey import Kind
from storage.database import Tx
from storage.models import answers, cases, deliveries, invitations

OVERALL = "overall"
LEVELS = 5
_UNSOLVED = [state.value for state in UNSOLVED]


async def summary(tx: Tx, period: Period, now: datetime, names: Mapping[str, str]) -> Summary:
    """Everything one summary shows; `names` are the departments' names in the reader's language, by key."""
    before = previous(period)
    tallies = await _tallies(tx, period)
    overall = {department: counts for (dimension, department), counts in tallies.items() if dimension == OVERALL}
    dimensions: dict[str, Tally] = {}
    for (dimension, _), tally in tallies.items():
        if dimension not in {OVERALL, ""}:
            dimensions[dimension] = dimensions.get(dimension, Tally()) + tally
    opened = await _opened(tx, period)
    open_now, overdue = await _open(tx, None), await _open(tx, now)
    keys = sorted({key for key in (*overall, *opened, *open_now) if key})
    lines = tuple(
        DepartmentLine(
            names.get(key, key),
            overall.get(key, Tally()),
            opened.get(key, 0),
            open_now.get(key, 0),
            overdue.get(key, 0),
        )
        for key in keys
    )
    sent, answered = await _response(tx, period)
    return Summary(
        period=period,
        tally=sum(overall.values(), Tally()),
        previous=sum((t for (d, _), t in (await _tallies(tx, before)).items() if d == OVERALL), Tally()),
        dimensions=dimensions,
        departments=lines,
        deliveries=await _deliveries(tx, period),
        deliveries_previous=await _deliveries(tx, before),
        surveys_sent=sent,
        answered=answered,
        complaints_opened=sum(opened.values()),
        complaints_previous=sum((await _opened(tx, before)).values()),
        open_now=sum(open_now.values()),
        overdue_now=sum(overdue.values()),
    )


def _in(column: Any, period: Period) -> ColumnElement[bool]:  # noqa: ANN401 -- any column of moments
    return and_(column >= period.start, column < period.end)


def _cohort(period: Period) -> ColumnElement[bool]:
    asked = or_(
        _in(deliveries.c.delivered_at, period),
        and_(invitations.c.delivery.is_(None), _in(invitations.c.created_at, period)),
    )
    return and_(asked, invitations.c.excluded.is_(False))


async def _tallies(tx: Tx, period: Period) -> dict[tuple[str, str], Tally]:
    """Ratings of five levels by dimension and department; four levels are another form, and never added to these."""
    source = answers.join(invitations, answers.c.invitation == invitations.c.id)
    source = source.outerjoin(deliveries, invitations.c.delivery == deliveries.c.id)
    columns = (answers.c.dimension, invitations.c.department, answers.c.score)
    rated = and_(answers.c.kind == Kind.RATING.value, answers.c.levels == LEVELS, answers.c.score.is_not(None))
    statement = select(*columns, func.count()).select_from(source).where(rated, _cohort(period))
    counts: dict[tuple[str, str], dict[int, int]] = {}
    for dimension, department, score, count in await tx.execute(statement.group_by(*columns)):
        counts.setdefault((dimension, department), {})[score] = count
    return {key: Tally.of(scores) for key, scores in counts.items()}


async def _response(tx: Tx, period: Period) -> tuple[int, int]:
    """Surveys that reached a chat, and how many of them were answered."""
    source = invitations.outerjoin(deliveries, invitations.c.delivery == deliveries.c.id)
    reached = and_(invitations.c.state != "undelivered", _cohort(period))
    sent = await tx.scalar(select(func.count()).select_from(source).where(reached)) or 0
    has_answer = select(answers.c.invitation).where(answers.c.invitation == invitations.c.id).exists()
    answered = await tx.scalar(select(func.count()).select_from(source).where(reached, has_answer)) or 0
    return sent, answered


async def _deliveries(tx: Tx, period: Period) -> int:
    return (
        await tx.scalar(select(func.count()).select_from(deliveries).where(_in(deliveries.c.delivered_at, period))) or 0
    )


async def _opened(tx: Tx, period: Period) -> dict[str, int]:
    """Cases opened in the period, by department; one that was merged counts once, where it was merged into."""
    where = (_in(cases.c.created_at, period), cases.c.state != State.MERGED.value)
    statement = select(cases.c.department, func.count()).where(*where).group_by(cases.c.department)
    return {department: count for department, count in await tx.execute(statement)}  # noqa: C416 -- rows are not tuples to the type checker


async def _open(tx: Tx, overdue_at: datetime | None) -> dict[str, int]:
    """Cases that wait for the company's answer, by department; only the overdue ones where a moment is given."""
    statement = (
        select(cases.c.department, func.count()).where(cases.c.state.in_(_UNSOLVED)).group_by(cases.c.department)
    )
    if overdue_at is not None:
        statement = statement.where(cases.c.due_at < overdue_at)
    return {department: count for department, count in await tx.execute(statement)}  # noqa: C416
