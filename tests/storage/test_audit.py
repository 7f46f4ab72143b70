"""What was changed stays written."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage import audit
from storage.audit import AuditEntry
from storage.engine.database import Database
from tests.harness.rows import NOW

CHANGES = [
    AuditEntry(1, NOW, 7, "rating", "invitation:4", "2", "5"),
    AuditEntry(2, NOW + timedelta(minutes=1), None, "case.silent", "case:17"),
    AuditEntry(3, NOW + timedelta(minutes=2), 8, "rating", "invitation:4", None, "很好"),
]


async def test_every_change_of_a_subject_in_order(database: Database) -> None:
    """What was written about a subject comes back as it was, in order, and nothing about others."""
    async with database.begin() as tx:
        await audit.write_entries(tx, CHANGES)
    async with database.read() as tx:
        assert await audit.list_entries(tx, "invitation:4") == [CHANGES[0], CHANGES[2]]
        assert await audit.list_entries(tx, "case:17") == [CHANGES[1]]
        assert await audit.list_entries(tx, "case:1") == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET what = 'nothing'",
        "UPDATE audit SET id = 99 WHERE id = 1",
        "DELETE FROM audit",
        "DELETE FROM audit WHERE id = 2",
    ],
)
async def test_nothing_is_edited(database: Database, statement: str) -> None:
    """The database itself refuses to change or delete a line, and the lines are all still there."""
    async with database.begin() as tx:
        await audit.write_entries(tx, CHANGES)
    with pytest.raises(DBAPIError, match="audit is append-only"):
        async with database.begin() as tx:
            await tx.execute(text(statement))
    async with database.read() as tx:
        assert await audit.list_entries(tx, "invitation:4") == [CHANGES[0], CHANGES[2]]
        assert await audit.list_entries(tx, "case:17") == [CHANGES[1]]


async def test_no_way_around(database: Database) -> None:
    """Emptying the table at once, or writing a line over an older one, is refused as well."""
    async with database.begin() as tx:
        await audit.write_entries(tx, CHANGES)
    over = "INSERT OR REPLACE INTO audit (id, at, what, subject) VALUES (1, '2026-11-23 10:00:00', 'x', 'x')"
    with pytest.raises(DBAPIError, match="audit is append-only"):
        async with database.begin() as tx:
            await tx.execute(text(over if database.is_sqlite else "TRUNCATE audit"))
    async with database.read() as tx:
        assert await audit.list_entries(tx, "invitation:4") == [CHANGES[0], CHANGES[2]]
