"""Case deadlines and escalation nudges: what each clock said when it stopped and which nudges were sent, written once and never changed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, case, func, select

from domain.cases.case import Case, CaseKind
from domain.cases.deadlines import Deadline, Stage
from domain.figures.totals import DeadlineFact, make_deadline_fact
from storage.cases import handling
from storage.engine.database import Tx, insert
from storage.models import courses, deadlines, nudges


async def upsert_deadlines(tx: Tx, about: Case, clocks: Sequence[Deadline], *, fell_away: bool = False) -> None:
    """Write what the clocks say now. A clock that has stopped is never written again, so a later calendar does not rewrite it.

    A promise belongs to the department that had the case when the clock stopped. Only complaints enter the figures; a deadline that
    fell away before it was due (`fell_away`) enters none.
    """
    rows = [make_row(about, one, fell_away=fell_away) for one in clocks]
    if not rows:
        return
    statement = insert(tx, deadlines)
    now = statement.excluded
    led_by = case((now.ended_at.is_(None), now.department), else_=deadlines.c.department)
    changed = {"due_at": now.due_at, "ended_at": now.ended_at, "counts": now.counts, "department": led_by}
    keys = ["case", "stage", "since"]
    running = deadlines.c.ended_at.is_(None)
    await tx.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed, where=running), rows)


async def list_counted(tx: Tx, about: int) -> dict[tuple[str, int], DeadlineFact]:
    """The deadlines of this complaint that have ended and are in the figures, by stage and since when."""
    rows = await tx.execute(COUNTED_ROWS.where(deadlines.c.case == about))
    return {(row.deadline_stage, row.deadline_since): make_fact(row) for row in rows}


_COUNTED = [
    deadlines.c[name].label(f"deadline_{name}")
    for name in ("stage", "since", "due_at", "ended_at", "promised_at", "department")
]
COUNTED_ROWS = (
    select(courses, *_COUNTED)
    .select_from(deadlines.join(courses, courses.c.case == deadlines.c.case))
    .where(deadlines.c.ended_at.is_not(None), deadlines.c.counts)
)
"""Every deadline that is in the totals, beside its complaint."""


def make_fact(row: Row[Any]) -> DeadlineFact:
    """What a row of `COUNTED_ROWS` counts as."""
    ended, due = row.deadline_ended_at, row.deadline_due_at
    return make_deadline_fact(
        handling.make_fact(row),
        row.deadline_department,
        Stage(row.deadline_stage),
        due,
        kept=ended <= due,
        promised=ended <= row.deadline_promised_at,
    )


def make_row(about: Case, clock: Deadline, *, fell_away: bool = False) -> dict[str, Any]:
    """What this clock of the case says, as the table has it."""
    return {
        "case": about.id,
        "stage": clock.stage.value,
        "since": clock.since,
        "started_at": clock.started_at,
        "due_at": clock.due_at,
        "ended_at": clock.ended_at,
        "promised_at": clock.promised_at or clock.due_at,
        "department": about.department,
        "counts": about.kind is CaseKind.COMPLAINT and not (fell_away and not clock.is_missed_at(clock.due_at)),
    }


async def count_overdue(tx: Tx, now: datetime) -> int:
    """How many deadlines still run and are passed."""
    running = select(func.count()).where(deadlines.c.ended_at.is_(None), deadlines.c.due_at <= now)
    return await tx.scalar(running) or 0


async def record_nudge(tx: Tx, about: int, deadline: Deadline, percent: int, now: datetime) -> bool:
    """Note that a nudge is sent; False if it was sent before."""
    row = {"case": about, "stage": deadline.stage.value, "since": deadline.since, "percent": percent, "at": now}
    return (await tx.execute(insert(tx, nudges).on_conflict_do_nothing(), row)).rowcount == 1


async def fetch_nudge_keys(tx: Tx, about: int) -> set[tuple[str, int, int]]:
    """(stage, since, percent) of each nudge sent."""
    rows = await tx.execute(select(nudges.c.stage, nudges.c.since, nudges.c.percent).where(nudges.c.case == about))
    return {(row.stage, row.since, row.percent) for row in rows}


async def fetch_due_dates(tx: Tx, ids: Sequence[int]) -> dict[tuple[int, str, int], datetime]:
    """When each finished stage was due, as promised at the time: by (case, stage, since)."""
    columns = (deadlines.c.case, deadlines.c.stage, deadlines.c.since, deadlines.c.due_at)
    rows = await tx.execute(select(*columns).where(deadlines.c.case.in_(list(ids))))
    return {(about, stage, since): due for about, stage, since, due in rows}


async def list_nudges(tx: Tx, about: int) -> list[tuple[datetime, str, int]]:
    """The nudges of a case in order: when, about which stage, at what percentage of its time."""
    columns = (nudges.c.at, nudges.c.stage, nudges.c.percent)
    statement = select(*columns).where(nudges.c.case == about).order_by(nudges.c.at, nudges.c.since, nudges.c.percent)
    return [(at, stage, percent) for at, stage, percent in await tx.execute(statement)]
