"""Exactly one process sends and polls; a dead one holds nothing."""

import asyncio
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.engine.crypto import Keyring
from storage.engine.database import Database
from storage.engine.lease import RETRY, Lease, Lost
from tests.harness.bot_process import SECRET

HOLD = """
import asyncio, sys
from storage.engine.lease import Lease
from storage.engine.crypto import Keyring
from storage.engine.database import Database

async def main():
    lease = Lease(Database(sys.argv[1], Keyring(["x"])))
    await lease.take()
    print("mine", flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


async def refused(lease: Lease) -> bool:
    """Whether somebody else has it; who asked once does not keep the connection."""
    is_refused = not await lease._try()
    await lease._stop_asking()
    return is_refused


async def test_one_at_a_time(database: Database) -> None:
    """The second waits for the first to let go, and gets it then."""
    other = Database(database.url, Keyring([SECRET]))
    first, second = Lease(database), Lease(other)
    await first.take()
    assert await refused(second)
    waiting = asyncio.create_task(second.take())
    await asyncio.sleep(0.3)
    assert not waiting.done()
    await first.release()
    async with asyncio.timeout(5):
        await waiting
    assert await refused(first)
    await second.release()
    await second.release()
    await other.close()


async def test_a_killed_process_holds_nothing(database: Database) -> None:
    """SIGKILL: the successor has it within a second."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLD, database.url, stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[3]
    )
    assert process.stdout is not None
    async with asyncio.timeout(20):
        assert (await process.stdout.readline()) == b"mine\n"
    lease = Lease(database)
    assert await refused(lease)
    process.kill()
    await process.wait()
    async with asyncio.timeout(5):
        await lease.take()
    await lease.release()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_lost_connection_is_noticed(database: Database) -> None:
    """PostgreSQL dropped the connection that holds the lease: somebody else may have it, so this process must end."""
    lease = Lease(database)
    await lease.take()
    watching = asyncio.create_task(lease.watch())
    async with database.engine.connect() as connection:
        held = "SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_database d ON d.oid = database"
        await connection.execute(text(f"{held} WHERE locktype = 'advisory' AND datname = current_database()"))
    while not lease._is_closed():  # noqa: ASYNC110 -- the driver hears of it in a moment
        await asyncio.sleep(0.01)
    with pytest.raises(Lost):
        await lease.check()  # before the lease is stale: nothing more is sent in its name
    with pytest.raises(Lost):
        async with asyncio.timeout(5):
            await watching
    await lease.release()


async def test_a_server_that_refuses_is_waited_for(caplog: pytest.LogCaptureFixture) -> None:
    """A process that waits for the lease goes on waiting, and says once why it cannot even ask."""
    nobody = Database("postgresql+asyncpg://huifang@127.0.0.1:1/huifang", Keyring([SECRET]))
    waiting = asyncio.create_task(Lease(nobody).take())
    await asyncio.sleep(RETRY * 3)
    assert not waiting.done()
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await nobody.close()
    assert [record.getMessage() for record in caplog.records if record.levelname == "WARNING"] == [
        "the lease cannot be asked for (the server cannot be reached); trying again"
    ]


async def test_memory_is_ones_own() -> None:
    """A database that nobody else can see needs no lock."""
    database = Database("sqlite+aiosqlite:///:memory:", Keyring([SECRET]))
    first, second = Lease(database), Lease(database)
    await first.take()
    await second.take()
    await first.release()
    await database.close()
