"""A transaction of SQLite is one call in its connection's thread, and keeps what transactions promise."""

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage import installation
from storage.engine import schema
from storage.engine.crypto import Keyring
from storage.engine.database import Database, Tx
from storage.engine.sqlite_thread import is_running_here
from tests.harness.databases import SECRET


@pytest.fixture
async def own(tmp_path: Path) -> AsyncIterator[Database]:
    """A database as the bot opens it, with its driver's own thread."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'huifang.db'}", Keyring([SECRET]))
    await schema.migrate(database)
    yield database
    await database.close()


async def _count(tx: Tx) -> int:
    """One read and one write, as a handler does them."""
    count = int(await installation.get(tx, "n") or 0) + 1
    await installation.put(tx, "n", str(count))
    return count


async def test_one_hop(own: Database) -> None:
    """However many statements there are, the thread is handed one call; and they run where nothing has to be handed over."""
    threads = set()

    async def work(tx: Tx) -> int:
        for _ in range(4):
            await _count(tx)
            threads.add(threading.current_thread())
            assert is_running_here()
        return await _count(tx)

    async with own.engine.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
    async with own.keep_connection() as kept:
        assert await kept.transact(work) == 5
        handed_over = 0
        put = driver._tx.put_nowait

        class Counting:
            def put_nowait(self, item: object) -> None:
                nonlocal handed_over
                handed_over += 1
                put(item)

        driver._tx = Counting()
        assert await kept.transact(work) == 10
        assert handed_over == 1
    assert threads == {driver._thread}
    assert not is_running_here()


async def test_nothing_else_may_be_awaited(own: Database) -> None:
    """A transaction that waits for anything but its database is taken back, and it is said why."""

    async def work(tx: Tx) -> None:
        await _count(tx)
        await asyncio.sleep(0)

    async with own.keep_connection() as kept:
        with pytest.raises(RuntimeError, match="awaits something other than its database"):
            await kept.transact(work)
        assert await kept.transact(_count) == 1


async def test_anyone_who_is_cancelled_waits_for_the_end(own: Database) -> None:
    """It is committed whole, and only then may the connection be used again."""
    begun, may_end = threading.Event(), threading.Event()

    async def work(tx: Tx) -> None:
        await _count(tx)
        begun.set()
        may_end.wait(60)
        await _count(tx)

    async with own.keep_connection() as kept:
        task = asyncio.create_task(kept.transact(work))
        await asyncio.to_thread(begun.wait, 60)
        for _ in range(2):  # anyone who stops may be in a hurry
            task.cancel()
            for _ in range(3):
                await asyncio.sleep(0)
            assert not task.done()
        may_end.set()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await kept.transact(_count) == 3
