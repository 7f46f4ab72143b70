"""Every update once; what cannot be handled is set aside, never lost."""

from datetime import timedelta

import pytest

from storage.engine.database import Database, Tx
from storage.queue import inbox
from storage.queue.inbox import ATTEMPTS, KEEP, Arrived, Parked
from tests.harness.rows import NOW, all_at_once, race, stored

ONE = Arrived("telegram", "17", b'{"update_id":17}')
OTHER = Arrived("telegram", "18", b'{"update_id":18}')


async def test_recorded_once(database: Database) -> None:
    """A key counts once within a statement, once across transactions, and once for each source."""
    async with database.begin() as tx:
        known = await inbox.record(tx, [ONE, OTHER, ONE], NOW)
        assert known == {("telegram", "17"), ("telegram", "18")}
    async with database.begin() as tx:
        assert await inbox.record(tx, [ONE, Arrived("answer", "17", b"")], NOW) == {("answer", "17")}
        assert await inbox.record(tx, [ONE, OTHER], NOW) == set()
        assert await inbox.record(tx, [], NOW) == set()


@pytest.mark.parametrize("key", ["007", "1.0", "null", "true", "'\"\\", "很😀", "", "a" * 64])
async def test_keys_are_texts(database: Database, key: str) -> None:
    """A key stays the text it is, also where it looks like something else."""
    async with database.begin() as tx:
        assert await inbox.record(tx, [Arrived("telegram", key, b"")], NOW) == {("telegram", key)}
        assert [row[1] for row in await stored(tx, "inbox")] == [key]
        assert await inbox.record(tx, [Arrived("telegram", key, b"")], NOW) == set()


async def test_recorded_once_by_two(database: Database, second: Database) -> None:
    """Of two processes that receive the same update at the same time, one handles it."""

    async def record(tx: Tx) -> int:
        return len(await inbox.record(tx, [ONE], NOW))

    assert await race(database, second, record) == (1, 0)
    many = await all_at_once((database, second), 20, lambda tx: inbox.record(tx, [OTHER], NOW))
    assert sum(map(len, many)) == 1


async def test_given_back_when_nothing_was_done(database: Database) -> None:
    """A transaction that fails has received nothing: the same update is new again."""
    async with database.engine.connect() as tx:
        await inbox.record(tx, [ONE], NOW)
        await tx.rollback()
    async with database.begin() as tx:
        assert await inbox.record(tx, [ONE], NOW) == {("telegram", "17")}


async def test_parked_after_five(database: Database) -> None:
    """Four failures wait, the fifth parks, with the last error and the moment of the first."""
    async with database.begin() as tx:
        for attempt in range(1, ATTEMPTS):
            at = NOW + timedelta(minutes=attempt)
            assert not await inbox.keep_waiting(tx, ONE, "1:1", f"error {attempt}", at)
            assert await inbox.waiting(tx) == [ONE]
            assert await inbox.parked(tx) == []
        assert await inbox.keep_waiting(tx, ONE, "1:1", "error 5", NOW + timedelta(hours=1))
        assert await inbox.waiting(tx) == []
        assert await inbox.parked(tx) == [Parked("telegram", "17", "error 5", NOW + timedelta(minutes=1))]
        assert [await inbox.count(tx, state) for state in ("done", "waiting", "parked")] == [0, 0, 1]


async def test_attempts_survive_a_claim(database: Database) -> None:
    """Taking an event up again does not forget how often it failed."""
    async with database.begin() as tx:
        for _ in range(ATTEMPTS - 1):
            assert not await inbox.keep_waiting(tx, ONE, "", "no", NOW)
            assert await inbox.claim(tx, ONE)
        assert await inbox.keep_waiting(tx, ONE, "", "no", NOW)


@pytest.mark.parametrize("payload", [b'{"text":"\xe5\xbe\x88"}', b"\xff\xfe\x00 \xed\xa0\x80", b"{}"])
async def test_payload_comes_back_byte_by_byte(database: Database, payload: bytes) -> None:
    """What waits is tried again as it arrived, also where it is no text."""
    async with database.begin() as tx:
        await inbox.keep_waiting(tx, Arrived("telegram", "1", payload), "", "no", NOW)
        assert await inbox.waiting(tx) == [Arrived("telegram", "1", payload)]


async def test_waiting_in_order(database: Database) -> None:
    """What failed first is tried first, so many at a time; what has no payload is no event and stands in nobody's way."""
    async with database.begin() as tx:
        for n in range(4):
            await inbox.keep_waiting(tx, Arrived("timer", f"invite:{n}", b""), "", "no", NOW)
        await inbox.keep_waiting(tx, OTHER, "", "no", NOW + timedelta(minutes=1))
        await inbox.keep_waiting(tx, ONE, "", "no", NOW + timedelta(minutes=2))
        assert await inbox.waiting(tx, 3) == [OTHER, ONE]
        assert await inbox.waiting(tx, 1) == [OTHER]


async def test_claimed_by_one(database: Database, second: Database) -> None:
    """A waiting event is taken up by one of two processes, and its words are gone from the table."""
    async with database.begin() as tx:
        await inbox.keep_waiting(tx, ONE, "", "no", NOW)

    async def claim(tx: Tx) -> bool:
        return await inbox.claim(tx, ONE)

    assert await race(database, second, claim) == (True, False)
    async with database.read() as tx:
        assert await stored(tx, "inbox", "state", "payload", "error") == [("done", None, None)]


async def test_replayed(database: Database) -> None:
    """A parked event gets five more attempts, and is new to nobody meanwhile."""
    async with database.begin() as tx:
        for _ in range(ATTEMPTS):
            await inbox.keep_waiting(tx, ONE, "", "no", NOW)
        assert not await inbox.claim(tx, ONE)
        assert await inbox.replay(tx) == 1
        assert await inbox.replay(tx) == 0
        assert await inbox.waiting(tx) == [ONE]
        assert await inbox.record(tx, [ONE], NOW) == set()
        assert [await inbox.keep_waiting(tx, ONE, "", "no", NOW) for _ in range(5)] == [False] * 4 + [True]


async def test_swept(database: Database) -> None:
    """Keys go after three days; what waits or is parked stays as long as it takes."""
    async with database.begin() as tx:
        await inbox.record(tx, [ONE], NOW - KEEP - timedelta(seconds=1))
        await inbox.record(tx, [OTHER], NOW - KEEP)
        await inbox.keep_waiting(tx, Arrived("telegram", "1", b"x"), "", "no", NOW - KEEP * 10)
        for _ in range(ATTEMPTS):
            await inbox.keep_waiting(tx, Arrived("telegram", "2", b"x"), "", "no", NOW - KEEP * 10)
        await inbox.sweep(tx, NOW)
        kept = await stored(tx, "inbox", "key", "state")
        assert kept == [("1", "waiting"), ("18", "done"), ("2", "parked")]
