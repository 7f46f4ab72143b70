"""Every update once; what cannot be handled is set aside, never lost."""

import asyncio
from datetime import timedelta

import pytest

from storage.engine.database import Database, Tx
from storage.queue import inbox
from storage.queue.inbox import ATTEMPTS_LIMIT, KEY_LIFETIME, ParkedEvent, RawEvent
from tests.harness.plans import explain
from tests.harness.rows import NOW, fetch_table, race, run_all_at_once

ONE = RawEvent("telegram", "17", b'{"update_id":17}')
OTHER = RawEvent("telegram", "18", b'{"update_id":18}')


async def test_recorded_once(database: Database) -> None:
    """A key counts once within a statement, once across transactions, and once for each source."""
    async with database.begin() as tx:
        known = await inbox.record(tx, [ONE, OTHER, ONE], NOW)
        assert known == {("telegram", "17"), ("telegram", "18")}
    async with database.begin() as tx:
        assert await inbox.record(tx, [ONE, RawEvent("answer", "17", b"")], NOW) == {("answer", "17")}
        assert await inbox.record(tx, [ONE, OTHER], NOW) == set()
        assert await inbox.record(tx, [], NOW) == set()


@pytest.mark.parametrize("key", ["007", "1.0", "null", "true", "'\"\\", "很😀", "", "a" * 64])
async def test_keys_are_texts(database: Database, key: str) -> None:
    """A key stays the text it is, also where it looks like something else."""
    async with database.begin() as tx:
        assert await inbox.record(tx, [RawEvent("telegram", key, b"")], NOW) == {("telegram", key)}
        assert [row[1] for row in await fetch_table(tx, "inbox")] == [key]
        assert await inbox.record(tx, [RawEvent("telegram", key, b"")], NOW) == set()


async def test_recorded_once_by_two(database: Database, second: Database) -> None:
    """Of two processes that receive the same update at the same time, one handles it."""

    async def record(tx: Tx) -> int:
        return len(await inbox.record(tx, [ONE], NOW))

    assert await race(database, second, record) == (1, 0)
    many = await run_all_at_once((database, second), 20, lambda tx: inbox.record(tx, [OTHER], NOW))
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
        for attempt in range(1, ATTEMPTS_LIMIT):
            at = NOW + timedelta(minutes=attempt)
            assert not await inbox.record_failure(tx, ONE, "1:1", f"error {attempt}", at)
            assert await inbox.list_waiting(tx) == [ONE]
            assert await inbox.list_parked(tx) == []
        assert await inbox.record_failure(tx, ONE, "1:1", "error 5", NOW + timedelta(hours=1))
        assert await inbox.list_waiting(tx) == []
        assert await inbox.list_parked(tx) == [ParkedEvent("telegram", "17", "error 5", NOW + timedelta(minutes=1))]
        assert [await inbox.count(tx, state) for state in ("done", "waiting", "parked")] == [0, 0, 1]


async def test_attempts_survive_a_claim(database: Database) -> None:
    """Taking an event up again and failing does not forget how often it failed; what was done stays done."""
    for n in range(ATTEMPTS_LIMIT):
        async with database.begin() as tx:
            assert await inbox.record_failure(tx, ONE, "", "no", NOW) == (n == ATTEMPTS_LIMIT - 1)
        async with database.engine.connect() as tx:
            await inbox.claim(tx, ONE)  # rolled back with what it was for
    async with database.begin() as tx:
        await inbox.replay(tx)
        assert await inbox.claim(tx, ONE)
    async with database.begin() as tx:
        assert not await inbox.record_failure(tx, ONE, "", "no", NOW)
        assert [await inbox.count(tx, state) for state in ("done", "waiting", "parked")] == [1, 0, 0]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_done_while_it_fails_elsewhere(database: Database, second: Database) -> None:
    """Two replicas get one update; one fails before the other has committed it: the failure waits, and what is done stays done."""
    handled = asyncio.Event()

    async def fail() -> bool:
        await handled.wait()
        async with second.begin() as tx:
            return await inbox.record_failure(tx, ONE, "1:1", "no", NOW)

    async with asyncio.TaskGroup() as tasks:
        failing = tasks.create_task(fail())
        async with database.begin() as tx:
            await inbox.record(tx, [ONE], NOW)
            handled.set()
            await asyncio.sleep(0.3)
            assert not failing.done()
    assert failing.result() is False
    async with database.read() as tx:
        assert await fetch_table(tx, "inbox", "state", "attempts") == [("done", 0)]


async def test_held_back_behind_the_first(database: Database) -> None:
    """Those that wait are known by lane and place, and come in the order of Telegram's numbers."""
    async with database.begin() as tx:
        await inbox.record_failure(tx, RawEvent("telegram", "99", b"x"), "1:1", "no", NOW)
        await inbox.hold_back(tx, [(RawEvent("telegram", "100", b"y"), "1:1")], NOW - timedelta(minutes=1))
        assert await inbox.list_first_waiting(tx) == {"1:1": inbox.order_of("99")}
        assert [event.key for event in await inbox.list_waiting(tx)] == ["99", "100"]


async def test_unreadable_is_parked_once(database: Database) -> None:
    """What nobody can read is seen as parked, and known when it comes again."""
    async with database.begin() as tx:
        assert await inbox.park(tx, ONE, "no", NOW)
        assert not await inbox.park(tx, ONE, "no", NOW)
        assert [event.key for event in await inbox.list_parked(tx)] == ["17"]
        assert await inbox.record(tx, [ONE], NOW) == set()


@pytest.mark.parametrize("payload", [b'{"text":"\xe5\xbe\x88"}', b"\xff\xfe\x00 \xed\xa0\x80", b"{}"])
async def test_payload_comes_back_byte_by_byte(database: Database, payload: bytes) -> None:
    """What waits is tried again as it arrived, also where it is no text."""
    async with database.begin() as tx:
        await inbox.record_failure(tx, RawEvent("telegram", "1", payload), "", "no", NOW)
        assert await inbox.list_waiting(tx) == [RawEvent("telegram", "1", payload)]


async def test_waiting_in_order(database: Database) -> None:
    """What came first is tried first, so many at a time; what has no payload is no event and stands in nobody's way."""
    async with database.begin() as tx:
        for n in range(4):
            await inbox.record_failure(tx, RawEvent("timer", f"invite:{n}", b""), "", "no", NOW)
        await inbox.record_failure(tx, OTHER, "", "no", NOW + timedelta(minutes=1))
        await inbox.record_failure(tx, ONE, "", "no", NOW + timedelta(minutes=2))
        assert await inbox.list_waiting(tx, 3) == [ONE, OTHER]
        assert await inbox.list_waiting(tx, 1) == [ONE]


async def test_claimed_by_one(database: Database, second: Database) -> None:
    """A waiting event is taken up by one of two processes, and its words are gone from the table."""
    async with database.begin() as tx:
        await inbox.record_failure(tx, ONE, "", "no", NOW)

    async def claim(tx: Tx) -> bool:
        return await inbox.claim(tx, ONE)

    assert await race(database, second, claim) == (True, False)
    async with database.read() as tx:
        assert await fetch_table(tx, "inbox", "state", "payload", "error") == [("done", None, None)]


async def test_some_are_replayed(database: Database) -> None:
    """A chosen one, with those before it in its lane and nothing else; of no lane, it alone."""
    events = [("9", "1:1"), ("10", "1:1"), ("11", "1:1"), ("12", "2:2"), ("13", ""), ("14", "")]
    async with database.begin() as tx:
        for key, lane in events:
            for _ in range(ATTEMPTS_LIMIT):
                await inbox.record_failure(tx, RawEvent("telegram", key, b"{}"), lane, "no", NOW)
        assert await inbox.replay(tx, {("telegram", "10"), ("other", "14")}) == [("telegram", "10"), ("telegram", "9")]
        assert [event.key for event in await inbox.list_waiting(tx)] == ["9", "10"]
        assert await inbox.replay(tx, {("telegram", "14")}) == [("telegram", "14")]
        assert [event.key for event in await inbox.list_parked(tx)] == ["11", "12", "13"]
        assert len(await inbox.replay(tx)) == 3
        assert await inbox.replay(tx) == []


async def test_replayed(database: Database) -> None:
    """A parked event gets five more attempts, and is new to nobody meanwhile."""
    async with database.begin() as tx:
        for _ in range(ATTEMPTS_LIMIT):
            await inbox.record_failure(tx, ONE, "", "no", NOW)
        assert not await inbox.claim(tx, ONE)
        assert await inbox.replay(tx) == [("telegram", "17")]
        assert await inbox.list_waiting(tx) == [ONE]
        assert await inbox.record(tx, [ONE], NOW) == set()
        assert [await inbox.record_failure(tx, ONE, "", "no", NOW) for _ in range(5)] == [False] * 4 + [True]


async def test_swept(database: Database) -> None:
    """Keys go after three days; what waits or is parked stays as long as it takes."""
    async with database.begin() as tx:
        await inbox.record(tx, [ONE], NOW - KEY_LIFETIME - timedelta(seconds=1))
        await inbox.record(tx, [OTHER], NOW - KEY_LIFETIME)
        await inbox.record_failure(tx, RawEvent("telegram", "1", b"x"), "", "no", NOW - KEY_LIFETIME * 10)
        for _ in range(ATTEMPTS_LIMIT):
            await inbox.record_failure(tx, RawEvent("telegram", "2", b"x"), "", "no", NOW - KEY_LIFETIME * 10)
        await inbox.sweep(tx, NOW)
        kept = await fetch_table(tx, "inbox", "key", "state")
        assert kept == [("1", "waiting"), ("18", "done"), ("2", "parked")]


async def test_what_is_done_costs_nothing(database: Database) -> None:
    """Each batch asks what waits, the alarm twice a second: the index of the few open events answers, however many keys are kept."""
    async with database.begin() as tx:
        for work in (
            inbox.list_first_waiting(tx),
            inbox.list_waiting(tx),
            inbox.list_parked(tx),
            inbox.count(tx, "parked"),
        ):
            assert await explain(database, tx, work) == ["ix_inbox_open"]
