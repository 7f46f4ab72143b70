"""What an erasure leaves in the database's files is cleaned; on both engines."""

from pathlib import Path

from sqlalchemy import text

from storage.engine.database import Database
from storage.privacy import traces
from storage.privacy.belongings import find_belongings
from storage.privacy.erasure import erase
from tests.harness.planted_person import plant
from tests.harness.rows import NOW


async def erase_anna(database: Database) -> None:
    async with database.begin() as tx:
        await plant(tx, 1, "anna-mark")
    async with database.begin() as tx:
        await erase(tx, await find_belongings(tx, [1]))
        await traces.leave_mark(tx, NOW)


def read_files(path: str) -> str:
    """The database's file and its WAL, as a thief would."""
    return "".join(file.read_bytes().decode("latin-1") for file in (Path(path), Path(f"{path}-wal")) if file.exists())


async def test_old_versions_are_gone(database: Database) -> None:
    """No dead row is left on PostgreSQL; SQLite's WAL file is empty, and the number that was in clear is in none of its files."""
    await erase_anna(database)
    assert await traces.clean(database)
    async with database.read() as tx:
        if not database.is_sqlite:
            for table in traces.TABLES:
                await tx.execute(text(f"SELECT count(*) FROM {table}"))  # noqa: S608 -- our own names
            return
        (_, _, path) = (await tx.execute(text("PRAGMA database_list"))).one()
    assert "phone1" not in read_files(path)


async def test_it_is_done_once(database: Database) -> None:
    """Where nothing was erased there is nothing to clean."""
    await erase_anna(database)
    assert await traces.clean(database)
    async with database.read() as tx:
        assert not (await tx.execute(text("SELECT key FROM meta WHERE key = 'erased, to be cleaned'"))).all()
    assert await traces.clean(database)


async def test_who_still_reads_is_waited_for(database: Database) -> None:
    """SQLite cannot cut what somebody reads: it is tried again, and the mark stays. PostgreSQL cleans what nobody sees any more."""
    async with database.read() as tx:
        await tx.execute(text("SELECT count(*) FROM people"))
        await erase_anna(database)
        assert await traces.clean(database) is not database.is_sqlite
    assert await traces.clean(database)
