"""What the clocks of cases said when they stopped, and which nudges were given; both are written once and never changed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from domain.deadlines import Deadline
from storage.database import Tx, insert
from storage.models import deadlines, nudges


async def keep(tx: Tx, case: int, ended: Sequence[Deadline]) -> None:
    """Deadlines that have ended: a later calendar does not rewrite them."""
    rows = [
        {
            "case": case,
            "stage": one.stage.value,
            "since": one.since,
            "started_at": one.started_at,
            "due_at": one.due_at,
            "ended_at": one.ended_at,
        }
        for one in ended
    ]
    if rows:
        await tx.execute(insert(tx, deadlines).on_conflict_do_nothing(), rows)


async def told(tx: Tx, case: int, deadline: Deadline, percent: int, now: datetime) -> bool:
    """Note that a nudge is given; False when it was before."""
    row = {"case": case, "stage": deadline.stage.value, "since": deadline.since, "percent": percent, "at": now}
    return (await tx.execute(insert(tx, nudges).on_conflict_do_nothing(), row)).rowcount == 1


async def known(tx: Tx, case: int) -> set[tuple[str, int, int]]:
    """Stage, since and percent of the nudges given."""
    rows = await tx.execute(select(nudges.c.stage, nudges.c.since, nudges.c.percent).where(nudges.c.case == case))
    return {(row.stage, row.since, row.percent) for row in rows}


async def kept(tx: Tx, ids: Sequence[int]) -> dict[tuple[int, str, int], datetime]:
    """When what has ended was due, as it was said then: by case, stage and since."""
    columns = (deadlines.c.case, deadlines.c.stage, deadlines.c.since, deadlines.c.due_at)
    rows = await tx.execute(select(*columns).where(deadlines.c.case.in_(list(ids))))
    return {(case, stage, since): due for case, stage, since, due in rows}


async def given(tx: Tx, case: int) -> list[tuple[datetime, str, int]]:
    """The nudges of a case in order: when, about which stage, at how much of the time."""
    columns = (nudges.c.at, nudges.c.stage, nudges.c.percent)
    statement = select(*columns).where(nudges.c.case == case).order_by(nudges.c.at, nudges.c.since, nudges.c.percent)
    return [(at, stage, percent) for at, stage, percent in await tx.execute(statement)]
