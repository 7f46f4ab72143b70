"""Moments are aware, words are sealed, choices are checked: by the column, no matter who writes."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError, StatementError

from domain.cases.case import CaseState
from storage.engine.columns import make_choice_type
from storage.engine.crypto import DecryptionError, Keyring
from storage.engine.database import Database
from storage.models import groups, people, timers
from tests.harness.databases import SECRET
from tests.harness.rows import NOW, add_person, fetch_table


@pytest.mark.parametrize(
    "moment",
    [
        NOW,
        datetime(2026, 11, 23, 18, 0, 0, 123456, ZoneInfo("Asia/Shanghai")),
        datetime(1999, 12, 31, 23, 59, 59, 999999, timezone(-timedelta(hours=11, minutes=30))),
    ],
)
async def test_moments_come_back_aware(database: Database, moment: datetime) -> None:
    """A moment of any zone comes back as the same moment, aware and in UTC, to the microsecond."""
    async with database.begin() as tx:
        await tx.execute(insert(timers), {"kind": "k", "subject": "s", "due_at": moment})
    async with database.read() as tx:
        stored = await tx.scalar(select(timers.c.due_at))
    assert stored == moment
    assert stored.tzinfo is UTC


async def test_a_naive_moment_is_refused(database: Database) -> None:
    """A moment without a zone is written nowhere, and compared with nothing."""
    naive = datetime(2026, 11, 23)  # noqa: DTZ001 -- the naive moment
    async with database.engine.connect() as tx:
        with pytest.raises((ValueError, StatementError), match="naive moment cannot be stored"):
            await tx.execute(insert(timers), {"kind": "k", "subject": "s", "due_at": naive})
        with pytest.raises((ValueError, StatementError), match="naive moment cannot be stored"):
            await tx.execute(select(timers).where(timers.c.due_at < naive))


async def test_moments_are_ordered_by_time(database: Database) -> None:
    """Order and comparison go by the moment, not by how its zone writes it."""
    early = datetime(2026, 11, 23, 17, 0, tzinfo=ZoneInfo("Asia/Shanghai"))  # 09:00 UTC, though its hour is later
    async with database.begin() as tx:
        rows = [{"kind": "k", "subject": str(n), "due_at": at} for n, at in enumerate([NOW, early])]
        await tx.execute(insert(timers), rows)
        ordered = await tx.execute(select(timers.c.subject).order_by(timers.c.due_at))
        assert ordered.scalars().all() == ["1", "0"]
        before = await tx.execute(select(timers.c.subject).where(timers.c.due_at < NOW))
        assert before.scalars().all() == ["1"]


async def test_nothing_stays_nothing(database: Database) -> None:
    """What is not known is NULL, not a sealed nothing; the empty text is a text."""
    async with database.begin() as tx:
        await add_person(tx, 1, name="")
        assert await fetch_table(tx, "people", "name", "username", "phone") == [("", None, None)]
        assert await tx.scalar(text("SELECT count(*) FROM people WHERE phone IS NULL")) == 1


async def test_a_value_moved_in_the_database_does_not_open(database: Database) -> None:
    """Anyone who copies a sealed name over a phone number in the database gets an error, not a phone number."""
    async with database.begin() as tx:
        await add_person(tx, 1)
        await tx.execute(text("UPDATE people SET phone = name"))
    with pytest.raises(DecryptionError, match="changed or moved"):
        async with database.read() as tx:
            (await tx.execute(select(people.c.phone))).all()


async def test_rotation(database: Database) -> None:
    """Rows of the old secret read on beside rows of the new one; without the old secret they do not."""
    async with database.begin() as tx:
        await add_person(tx, 1, "Anna")
    rotated = Database(database.url, Keyring(["a new secret", SECRET]))
    async with rotated.begin() as tx:
        await add_person(tx, 2, "王小明")
        assert await fetch_table(tx, "people", "name") == [("Anna",), ("王小明",)]
    await rotated.close()
    forgot = Database(database.url, Keyring(["a new secret"]))
    async with forgot.read() as tx:
        assert await tx.scalar(select(people.c.name).where(people.c.id == 2)) == "王小明"
        with pytest.raises(DecryptionError, match="HUIFANG_SECRET"):
            (await tx.execute(select(people.c.name).where(people.c.id == 1))).all()
    await forgot.close()


async def test_choices_are_checked_twice(database: Database) -> None:
    """A value that is not in the list is refused on the way, and by the database when it comes another way."""
    async with database.engine.connect() as tx:
        with pytest.raises((LookupError, StatementError), match="gone"):
            await tx.execute(
                insert(groups), {"chat_id": 1, "language": "en", "state": "gone", "updated_at": NOW, "department": None}
            )
    with pytest.raises(DBAPIError, match="ck_groups_state"):
        async with database.begin() as tx:
            await tx.execute(
                text(
                    "INSERT INTO groups (chat_id, language, state, updated_at) VALUES (1, 'en', 'gone', '2026-11-23 10:00:00')"
                )
            )


def test_an_enumeration_is_its_values() -> None:
    """The CHECK names what the code calls the value, not the member."""
    assert make_choice_type(CaseState, "state").enums == [state.value for state in CaseState]
    assert make_choice_type(("a", "b"), "x").enums == ["a", "b"]
