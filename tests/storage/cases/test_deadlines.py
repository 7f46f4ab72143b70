"""What a stopped clock had said stays, and nobody is nudged twice."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from domain.cases.case import CaseKind
from domain.cases.deadlines import Deadline, Stage
from storage import models
from storage.cases import deadlines
from storage.engine.database import Database
from tests.harness.rows import NOW, file_case

DEADLINE = Deadline(Stage.ACCEPT, 1, NOW, NOW + timedelta(hours=2), NOW + timedelta(hours=1), working=True)


async def test_a_stopped_clock_is_kept_once(database: Database) -> None:
    """The same end again, or with another date, changes nothing."""
    async with database.begin() as tx:
        case = await file_case(tx)
        await deadlines.upsert_deadlines(tx, case, [DEADLINE])
        await deadlines.upsert_deadlines(tx, case, [])
    async with database.begin() as tx:
        await deadlines.upsert_deadlines(tx, case, [DEADLINE])
        rows = (await tx.execute(select(models.deadlines))).all()
    assert [(row.stage, row.since, row.due_at, row.ended_at) for row in rows] == [
        ("accept", 1, DEADLINE.due_at, DEADLINE.ended_at)
    ]


async def test_a_nudge_is_given_once(database: Database) -> None:
    """The first to note it gives it; stage, event and percent make it another one."""
    async with database.begin() as tx:
        case = await file_case(tx)
        assert await deadlines.record_nudge(tx, case.id, DEADLINE, 50, NOW)
    async with database.begin() as tx:
        assert not await deadlines.record_nudge(tx, case.id, DEADLINE, 50, NOW + timedelta(days=1))
        assert await deadlines.record_nudge(tx, case.id, DEADLINE, 80, NOW)
        assert await deadlines.fetch_nudge_keys(tx, case.id) == {("accept", 1, 50), ("accept", 1, 80)}


async def test_a_running_clock_is_written_down_and_follows(database: Database) -> None:
    """While it runs its date may move and another department may owe it; the date that was promised first, and the end, stay."""
    running = replace(DEADLINE, ended_at=None, promised_at=DEADLINE.due_at)
    later = replace(running, due_at=running.due_at + timedelta(days=1))
    async with database.begin() as tx:
        case = await file_case(tx)
        await deadlines.upsert_deadlines(tx, case, [running])
        moved = replace(case, department="south")
        await deadlines.upsert_deadlines(tx, moved, [later])
        await deadlines.upsert_deadlines(tx, replace(moved, department="north"), [replace(later, ended_at=NOW)])
        (row,) = (await tx.execute(select(models.deadlines))).all()
    assert (row.due_at, row.ended_at, row.promised_at, row.department) == (later.due_at, NOW, running.due_at, "south")
    assert row.counts


@pytest.mark.parametrize(
    ("kind", "fell_away", "counts"), [("complaint", False, True), ("complaint", True, False), ("inquiry", False, False)]
)
async def test_what_is_in_the_figures(database: Database, kind: str, *, fell_away: bool, counts: bool) -> None:
    """Promises of complaints are; those that fell away before they were due are not, nor those of other cases."""
    async with database.begin() as tx:
        case = await file_case(tx, kind=CaseKind(kind))
        await deadlines.upsert_deadlines(tx, case, [DEADLINE], fell_away=fell_away)
        assert await tx.scalar(select(models.deadlines.c.counts)) is counts


@pytest.mark.parametrize("table", ["deadlines", "nudges"])
async def test_they_are_never_rewritten(database: Database, table: str) -> None:
    """The database itself refuses to change or forget them."""
    async with database.begin() as tx:
        case = await file_case(tx)
        await deadlines.upsert_deadlines(tx, case, [DEADLINE])
        await deadlines.record_nudge(tx, case.id, DEADLINE, 50, NOW)
    for change in (f"UPDATE {table} SET since = 2", f"DELETE FROM {table}"):  # noqa: S608 -- two names of ours
        with pytest.raises(DBAPIError):
            async with database.begin() as tx:
                await tx.execute(text(change))


async def test_what_was_told_and_kept_can_be_read(database: Database) -> None:
    """The nudges in order with their moments; when what has ended was due, of several cases at once."""
    async with database.begin() as tx:
        case, other = await file_case(tx), await file_case(tx, "C-261123-0002")
        await deadlines.record_nudge(tx, case.id, DEADLINE, 80, NOW + timedelta(hours=2))
        await deadlines.record_nudge(tx, case.id, DEADLINE, 50, NOW)
        await deadlines.upsert_deadlines(tx, case, [DEADLINE])
        assert await deadlines.list_nudges(tx, case.id) == [
            (NOW, "accept", 50),
            (NOW + timedelta(hours=2), "accept", 80),
        ]
        assert await deadlines.list_nudges(tx, other.id) == []
        assert await deadlines.fetch_due_dates(tx, [case.id, other.id]) == {(case.id, "accept", 1): DEADLINE.due_at}
