"""Facts about the installation, and numbers that are given out once."""

from itertools import count

from storage import installation
from storage.engine.database import Database, Tx
from tests.harness.rows import race, run_all_at_once


async def test_facts(database: Database) -> None:
    """A fact that was put is there, one that was put again is the later one, one that never was is None."""
    async with database.begin() as tx:
        assert await installation.get(tx, "bot") is None
        await installation.put(tx, "bot", "huifang_bot")
        await installation.put(tx, "bot", "回访")
        assert await installation.get(tx, "bot") == "回访"


async def test_a_code_is_taken_once(database: Database, second: Database) -> None:
    """The first manager's code works for one of two who use it at the same time, and never for a wrong guess."""
    async with database.begin() as tx:
        await installation.put(tx, "code", "secret")
        assert not await installation.take(tx, "code", "guess")

    async def take(tx: Tx) -> bool:
        return await installation.take(tx, "code", "secret")

    assert await race(database, second, take) == (True, False)
    async with database.read() as tx:
        assert await installation.get(tx, "code") is None


async def test_numbers_begin_at_one(database: Database) -> None:
    """Each sequence counts for itself, from 1."""
    async with database.begin() as tx:
        assert [await installation.next_number(tx, "C-261123") for _ in range(3)] == [1, 2, 3]
        assert await installation.next_number(tx, "C-261124") == 1


async def test_numbers_are_unique(database: Database, second: Database) -> None:
    """Fifty transactions at the same time in two processes get fifty numbers without a gap."""

    async def next_number(tx: Tx) -> int:
        return await installation.next_number(tx, "C-261123")

    assert sorted(await run_all_at_once((database, second), 50, next_number)) == list(range(1, 51))


async def test_a_number_taken_back_is_given_again(database: Database) -> None:
    """A transaction that comes to nothing leaves no gap."""
    async with database.engine.connect() as tx:
        assert await installation.next_number(tx, "C") == 1
        await tx.rollback()
    async with database.begin() as tx:
        assert await installation.next_number(tx, "C") == 1


async def test_what_is_put_once_stays(database: Database, second: Database) -> None:
    """Of two replicas that make a secret at once both have the same; it stands sealed."""
    values = count(1)

    async def make(tx: Tx) -> str:
        return await installation.put_sealed_once(tx, database.keyring, "webhook", f"secret {next(values)}")

    agreed = await race(database, second, make)
    assert agreed[0] == agreed[1]
    async with database.begin() as tx:
        assert await make(tx) == agreed[0]
        (kept,) = await installation.list_starting_with(tx, "web")
        assert await installation.list_starting_with(tx, "web%") == []
    assert b"secret" not in bytes.fromhex(kept)
