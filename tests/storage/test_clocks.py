"""What a stopped clock had said stays, and nobody is nudged twice."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from domain.deadlines import Deadline, Stage
from storage import clocks, models
from storage.database import Database
from tests.storage.rows import NOW, filed

DEADLINE = Deadline(Stage.ACCEPT, 1, NOW, NOW + timedelta(hours=2), NOW + timedelta(hours=1), working=True)


async def test_a_stopped_clock_is_kept_once(database: Database) -> None:
    """The same end again, or with another date, changes nothing."""
    async with database.begin() as tx:
        case = await filed(tx)
        await clocks.keep(tx, case.id, [DEADLINE])
        await clocks.keep(tx, case.id, [])
    async with database.begin() as tx:
        await clocks.keep(tx, case.id, [DEADLINE])
        rows = (await tx.execute(select(models.deadlines))).all()
    assert [(row.stage, row.since, row.due_at, row.ended_at) for row in rows] == [
        ("accept", 1, DEADLINE.due_at, DEADLINE.ended_at)
    ]


async def test_a_nudge_is_given_once(database: Database) -> None:
    """The first to note it gives it; stage, event and percent make it another one."""
    async with database.begin() as tx:
        case = await filed(tx)
        assert await clocks.told(tx, case.id, DEADLINE, 50, NOW)
    async with database.begin() as tx:
        assert not await clocks.told(tx, case.id, DEADLINE, 50, NOW + timedelta(days=1))
        assert await clocks.told(tx, case.id, DEADLINE, 80, NOW)
        assert await clocks.known(tx, case.id) == {("accept", 1, 50), ("accept", 1, 80)}


@pytest.mark.parametrize("table", ["deadlines", "nudges"])
async def test_they_are_never_rewritten(database: Database, table: str) -> None:
    """The database itself refuses to change or forget them."""
    async with database.begin() as tx:
        case = await filed(tx)
        await clocks.keep(tx, case.id, [DEADLINE])
        await clocks.told(tx, case.id, DEADLINE, 50, NOW)
    for change in (f"UPDATE {table} SET since = 2", f"DELETE FROM {table}"):  # noqa: S608 -- two names of ours
        with pytest.raises(DBAPIError):
            async with database.begin() as tx:
                await tx.execute(text(change))


async def test_what_was_told_and_kept_can_be_read(database: Database) -> None:
    """The nudges in order with their moments; when what has ended was due, of several cases at once."""
    async with database.begin() as tx:
        case, other = await filed(tx), await filed(tx, "C-261123-0002")
        await clocks.told(tx, case.id, DEADLINE, 80, NOW + timedelta(hours=2))
        await clocks.told(tx, case.id, DEADLINE, 50, NOW)
        await clocks.keep(tx, case.id, [DEADLINE])
        assert await clocks.given(tx, case.id) == [(NOW, "accept", 50), (NOW + timedelta(hours=2), "accept", 80)]
        assert await clocks.given(tx, other.id) == []
        assert await clocks.kept(tx, [case.id, other.id]) == {(case.id, "accept", 1): DEADLINE.due_at}
