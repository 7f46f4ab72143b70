"""One door to writing, the same promises on both engines."""

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import insert, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from storage import canary, installation
from storage.engine import schema
from storage.engine.address import Address
from storage.engine.crypto import Keyring
from storage.engine.database import BUSY_SECONDS, Database, Tx, lock, number_lock, upsert
from storage.engine.failures import CannotOpenError, find_reason
from storage.models import groups, identities
from storage.models import meta as facts
from tests.harness.databases import SECRET
from tests.harness.fault_arena import locate_file
from tests.harness.pgbouncer import needs_pgbouncer, run_pgbouncer
from tests.harness.rows import NOW, WAIT_SECONDS, fetch_table
from tests.harness.strikes_at_databases import READ_ONLY, WRITABLE, set_write_version


class Wrong(Exception):
    """Something went wrong in the middle."""


async def test_sqlite_is_durable(database: Database) -> None:
    """Every connection of the pool, not only the first, syncs each commit, keeps foreign keys and waits for the other writer."""
    if not database.is_sqlite:
        async with database.read() as tx:
            assert await tx.scalar(text("SHOW synchronous_commit")) == "on"
        return
    async with database.read() as first, database.read() as second, database.read() as third:
        for tx in (first, second, third):
            assert await tx.scalar(text("PRAGMA synchronous")) == 2
            assert await tx.scalar(text("PRAGMA journal_mode")) == "wal"
            assert await tx.scalar(text("PRAGMA foreign_keys")) == 1
            assert await tx.scalar(text("PRAGMA busy_timeout")) == BUSY_SECONDS * 1000
            assert await tx.scalar(text("PRAGMA recursive_triggers")) == 1


async def test_a_failure_does_not_tell_what_was_written(database: Database) -> None:
    """Errors go to the log, and what a statement was given does not."""
    with pytest.raises(DBAPIError) as caught:
        async with database.begin() as tx:
            await tx.execute(insert(identities), {"kind": "phone", "hash": "+8613800138000", "person": 404})
    assert "+8613800138000" not in str(caught.value)


async def test_foreign_keys_hold(database: Database) -> None:
    """A row about somebody who does not exist is refused."""
    with pytest.raises(IntegrityError):
        async with database.begin() as tx:
            await tx.execute(insert(identities), {"kind": "phone", "hash": "h", "person": 404})


async def test_all_or_nothing(database: Database) -> None:
    """Whatever raises inside a transaction takes back everything it wrote."""
    with pytest.raises(Wrong):  # noqa: PT012 -- the transaction is what is tested
        async with database.begin() as tx:
            await installation.put(tx, "a", "1")
            await installation.put(tx, "b", "2")
            raise Wrong

    async def put_and_fail(tx: Tx) -> None:
        await installation.put(tx, "a", "2")
        raise Wrong

    with pytest.raises(Wrong):
        await database.transact(put_and_fail)
    async with database.begin() as tx:
        await installation.put(tx, "c", "3")
    await database.transact(lambda tx: installation.put(tx, "d", "4"))
    assert sorted(await database.look(lambda tx: fetch_table(tx, "meta"))) == [("c", "3"), ("d", "4")]


async def test_cancelled_is_taken_back(database: Database) -> None:
    """A transaction that is cancelled half way leaves nothing, and the next writer does not wait for it."""
    wrote = asyncio.Event()

    async def never_ends() -> None:
        async with database.begin() as tx:
            await installation.put(tx, "a", "1")
            wrote.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(never_ends())
    await wrote.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    async with asyncio.timeout(5), database.begin() as tx:
        assert await installation.get(tx, "a") is None


async def test_unseen_until_committed(database: Database, second: Database) -> None:
    """Nobody sees what is not committed; afterwards everybody does."""
    async with database.begin() as tx:
        await installation.put(tx, "a", "1")
        async with second.read() as other:
            assert await installation.get(other, "a") is None
    async with second.read() as other:
        assert await installation.get(other, "a") == "1"


async def test_a_look_is_consistent(database: Database, second: Database) -> None:
    """A reader sees one moment, however long it reads and whatever is committed meanwhile."""
    async with database.begin() as tx:
        await installation.put(tx, "a", "1")
    async with second.read() as look:
        assert await installation.get(look, "a") == "1"
        async with database.begin() as tx:
            await installation.put(tx, "a", "2")
        assert await installation.get(look, "a") == "1"
    async with second.read() as look:
        assert await installation.get(look, "a") == "2"


async def test_a_look_keeps_nothing(database: Database) -> None:
    """What is written while only looking is thrown away, and the connection writes normally afterwards."""
    async with database.read() as look:
        await look.execute(insert(facts), {"key": "a", "value": "1"})
    await database.look(lambda tx: tx.execute(insert(facts), {"key": "a", "value": "1"}))
    async with database.begin() as tx:
        assert await installation.get(tx, "a") is None
        if not database.is_sqlite:
            assert await tx.scalar(text("SHOW transaction_isolation")) == "read committed"
        await installation.put(tx, "b", "2")
    async with database.read() as tx:
        assert await fetch_table(tx, "meta") == [("b", "2")]


async def test_readers_do_not_stop_writers(database: Database, second: Database) -> None:
    """While somebody looks, others write; while somebody writes, others look."""
    async with second.read() as look:
        await installation.get(look, "a")
        async with asyncio.timeout(5), database.begin() as tx:
            await installation.put(tx, "a", "1")
            async with second.read() as other:
                assert await installation.get(other, "a") is None


async def test_reading_then_writing_never_meets_another(database: Database, second: Database) -> None:
    """Twenty transactions that read a number and write the next one, in two processes, lose none."""
    async with database.begin() as tx:
        await installation.put(tx, "n", "0")

    async def add(replica: Database) -> None:
        async with replica.begin() as tx:
            await lock(tx, ["n"])
            stored = await installation.get(tx, "n")
            await installation.put(tx, "n", str(int(stored or 0) + 1))

    await asyncio.gather(*(add(one) for _ in range(10) for one in (database, second)))
    async with database.read() as tx:
        assert await installation.get(tx, "n") == "20"


async def test_kept_connection(database: Database, second: Database) -> None:
    """A kept connection commits what returns, takes back what raised, and goes on working."""

    async def put_and_fail(tx: Tx) -> None:
        await installation.put(tx, "a", "2")
        raise Wrong

    async def put_after_the_other(tx: Tx) -> str | None:
        await installation.put(tx, "a", "3")
        return await installation.get(tx, "b")

    async with database.keep_connection() as kept:
        await kept.transact(lambda tx: installation.put(tx, "a", "1"))
        with pytest.raises(Wrong):
            await kept.transact(put_and_fail)
        with pytest.raises(DBAPIError):
            await kept.transact(lambda tx: tx.execute(insert(facts), {"key": "a", "value": "again"}))
        async with second.begin() as tx:
            assert await installation.get(tx, "a") == "1"
            await installation.put(tx, "b", "1")
        assert await kept.transact(put_after_the_other) == "1"
    async with database.read() as tx:
        assert await fetch_table(tx, "meta") == [("a", "3"), ("b", "1")]


async def test_writers_of_one_process_take_turns(database: Database) -> None:
    """On SQLite a kept connection and a passing writer never wait for the file's lock, only for one another."""
    order = []

    async def passing() -> None:
        async with database.begin() as tx:
            order.append("passing")
            await installation.put(tx, "b", "1")

    async with database.begin() as tx:
        await installation.put(tx, "a", "1")
        task = asyncio.create_task(passing())
        await asyncio.sleep(WAIT_SECONDS)
        assert order == ([] if database.is_sqlite else ["passing"])
    await task


@pytest.mark.parametrize("is_kept", [False, True])
async def test_a_file_that_may_be_written_again_is_written(database: Database, is_kept: bool) -> None:  # noqa: FBT001 -- parameters
    """While the file is read-only nothing is written and it is said why; afterwards the same process writes, in connections opened anew."""
    if not database.is_sqlite:
        return  # PostgreSQL says it of each transaction
    file = Path(locate_file(database))

    async def write() -> None:
        if is_kept:
            async with database.keep_connection() as kept:
                await kept.transact(lambda tx: installation.put(tx, "key", "value"))
        else:
            async with database.begin() as tx:
                await installation.put(tx, "key", "value")

    await write()
    set_write_version(file, READ_ONLY)
    for _ in range(2):
        with pytest.raises(DBAPIError) as caught:
            await write()
        assert find_reason(caught.value) == "the file is read-only"
    await database.ping()
    set_write_version(file, WRITABLE)
    with suppress(DBAPIError):  # in the connection that was opened for looking, while the file was read-only
        await write()
    await write()


async def test_names_are_locked(database: Database, second: Database) -> None:
    """A name that is held is waited for by everyone who wants it too, in any order of names, until the transaction ends."""
    done: list[str] = []

    async def want(*names: str) -> None:
        async with second.begin() as tx:
            await lock(tx, names)
            done.append(names[0])

    async with database.begin() as tx:
        await lock(tx, ["b", "a", "b"])
        tasks = [asyncio.create_task(want("x")), asyncio.create_task(want("a", "c"))]
        await asyncio.sleep(WAIT_SECONDS)
        assert done == ([] if database.is_sqlite else ["x"])
    await asyncio.gather(*tasks)
    assert sorted(done) == ["a", "x"]


async def test_no_names_no_lock(database: Database) -> None:
    """Nothing to lock is not an error."""
    async with database.begin() as tx:
        await lock(tx, [])


async def test_upsert_keeps(database: Database) -> None:
    """A row of the same key is replaced, but for the columns that are to be kept."""
    row = {"chat_id": 1, "department": "north", "language": "en", "state": "here", "reason": None, "updated_at": NOW}

    async def write(tx: Tx, **changes: str) -> None:
        await tx.execute(upsert(tx, groups, "language"), row | changes)

    async with database.begin() as tx:
        await write(tx)
        await write(tx, department="south", language="zh")
        assert await fetch_table(tx, "groups", "department", "language") == [("south", "en")]
        await tx.execute(update(groups).values(language="de"))
        await write(tx)
        assert await fetch_table(tx, "groups", "department", "language") == [("north", "de")]


@needs_pgbouncer
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_pooler_in_transaction_mode(database: Database) -> None:
    """Whatever connection of the server answers next: statements, many rows and locks work, and a lock for longer is taken past it."""
    async with run_pgbouncer(database.url, pool_size=2) as pooler:
        pooled = Database(Address(pooler.place(database.url), database.url), Keyring([SECRET]))

        async def count(n: int) -> None:
            for _ in range(10):
                async with pooled.begin() as tx:
                    await lock(tx, [f"n{n % 2}"])
                    stored = await installation.get(tx, f"n{n % 2}")
                    await installation.put(tx, f"n{n % 2}", str(int(stored or 0) + 1))
                async with pooled.read() as tx:
                    await installation.get(tx, "n0")

        await asyncio.gather(*map(count, range(6)))
        async with pooled.read() as tx:
            assert await fetch_table(tx, "meta") == [("n0", "30"), ("n1", "30")]
        await pooled.check_direct()
        await pooled.close()
        for address in (
            Address(pooler.place(database.url)),
            Address(pooler.place(database.url), pooler.place(database.url)),
        ):
            unsafe = Database(address, Keyring([SECRET]))
            with pytest.raises(CannotOpenError, match="goes through a pooler"):
                await unsafe.check_direct()
            await unsafe.close()


@needs_pgbouncer
@pytest.mark.parametrize("empty_database_url", ["postgresql"], indirect=True)
async def test_a_schema_behind_a_pooler(empty_database_url: str) -> None:
    """The pooler has to lead into the schema; one that does not is refused before anything is made in the wrong place."""
    url = empty_database_url
    async with run_pgbouncer(url, entries={"east_bot": "connect_query='SET search_path TO east'"}) as pooler:
        lost = Database(Address(pooler.place(url), url, "east"), Keyring([SECRET]))
        with pytest.raises(CannotOpenError, match="works in the schema public"):
            await canary.prepare(lost)
        assert await schema.fetch_revision(lost) is None
        await lost.close()
        led = Database(Address(pooler.place(url, "east_bot"), url, "east"), Keyring([SECRET]))
        await canary.prepare(led)
        direct = Database(Address(url, "", "east"), Keyring([SECRET]))
        assert await schema.fetch_revision(direct) == schema.find_newest_revision()
        await direct.close()
        await led.close()


async def test_locks_are_of_a_schema(database: Database) -> None:
    """Two bots in one database lock the same names and do not meet; without a schema a lock is what it was in earlier releases."""
    assert number_lock("a") == 4681665781835383343
    if database.is_sqlite:
        return
    east, west = (Database(Address(database.url, "", name), Keyring([SECRET])) for name in ("east", "west"))
    async with asyncio.timeout(5), east.begin() as tx, west.begin() as other:
        await lock(tx, ["a"])
        await lock(other, ["a"])
    for each in (east, west):
        await each.close()


async def test_its_version(database: Database) -> None:
    """The engine and its number, without what a distribution adds."""
    engine, _, number = (await database.fetch_version()).partition(" ")
    assert engine == ("SQLite" if database.is_sqlite else "PostgreSQL")
    assert all(part.isdecimal() for part in number.split("."))
