"""Rows by the thousand, in whatever order they are given."""

from datetime import UTC, datetime

from sqlalchemy import insert, select

from storage import past
from storage.engine.database import Database
from storage.models import grants, people

AT = datetime(2026, 11, 1, tzinfo=UTC)


async def test_rows_of_several_tables(database: Database) -> None:
    """What others point to comes first; columns not named have their defaults; numbers go on behind those given."""
    rows = {
        "grants": [{"person": 7, "role": "head", "department": "transport", "granted_at": AT}],
        "people": [{"id": 7, "telegram_id": 70, "language": "en", "name": "Zhao", "created_at": AT}],
    }
    async with database.begin() as tx:
        assert await past.is_empty(tx)
        await past.write(tx, rows)
        assert not await past.is_empty(tx)
        assert (await tx.execute(select(grants.c.person, grants.c.role))).one() == (7, "head")
        assert (await tx.execute(select(people.c.name, people.c.reach, people.c.zone))).one() == ("Zhao", "unknown", "")
        newcomer = {"telegram_id": 71, "language": "en", "name": "Li", "created_at": AT}
        assert (await tx.execute(insert(people).values(newcomer).returning(people.c.id))).scalar() == 8
