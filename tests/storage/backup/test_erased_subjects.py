"""Whoever is noted stays noted until it is done."""

from datetime import timedelta

from storage.backup import erased_subjects
from storage.engine.database import Database
from tests.harness.rows import NOW


async def test_noted_until_done(database: Database) -> None:
    """Some at a time, the oldest first; noted twice is noted once; nobody noted is nothing to do."""
    async with database.begin() as tx:
        await erased_subjects.note(tx, [], NOW)
        await erased_subjects.note(tx, ["p1", "rerp:" + "0" * 32], NOW)
        await erased_subjects.note(tx, ["p2"], NOW + timedelta(minutes=1))
        await erased_subjects.note(tx, ["p2"], NOW + timedelta(minutes=2))
    async with database.begin() as tx:
        first = await erased_subjects.fetch_noted(tx, 2)
        assert first == {"p1": NOW, "rerp:" + "0" * 32: NOW}
        await erased_subjects.end(tx, first)
    async with database.read() as tx:
        assert await erased_subjects.fetch_noted(tx, 2) == {"p2": NOW + timedelta(minutes=2)}
