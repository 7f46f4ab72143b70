"""Each timer fires once, late rather than never."""

import asyncio
from datetime import timedelta

from sqlalchemy import event

from storage.engine.database import Database, Tx
from storage.queue import timers
from storage.queue.timers import Timer
from tests.harness.rows import NOW, WAIT_SECONDS, fetch_table, race, run_all_at_once

ONE = Timer("invite", "17", NOW)
LATER = Timer("case", "17", NOW + timedelta(hours=1))


async def test_due_in_order(database: Database) -> None:
    """What is due comes earliest first, the moment itself included; looking takes nothing."""
    early = Timer("expire", "17", NOW - timedelta(days=100))
    async with database.begin() as tx:
        await timers.set_all(tx, [ONE, LATER, early])
        for _ in range(2):
            assert await timers.list_due(tx, NOW) == [early, ONE]
        assert await timers.list_due(tx, NOW, limit=1) == [early]
        assert await timers.list_due(tx, NOW + timedelta(hours=1)) == [early, ONE, LATER]
        assert await timers.find_next_due(tx) == early.due_at


async def test_nothing_to_wait_for(database: Database) -> None:
    """Without timers there is no next moment."""
    async with database.begin() as tx:
        assert await timers.find_next_due(tx) is None
        assert await timers.list_due(tx, NOW) == []


async def test_when_one_is_due(database: Database) -> None:
    """Its moment, by kind and subject; none for what is not set."""
    async with database.begin() as tx:
        await timers.set_all(tx, [ONE, LATER])
        assert await timers.find_due_at(tx, LATER.kind, LATER.subject) == LATER.due_at
        assert await timers.find_due_at(tx, LATER.kind, "18") is None


async def test_set_again_is_moved(database: Database) -> None:
    """One timer per kind and subject: set again, it has the later setting's moment."""
    moved = Timer("invite", "17", NOW + timedelta(days=1))
    async with database.begin() as tx:
        await timers.set_all(tx, [ONE, LATER])
        await timers.set_all(tx, [moved])
        assert await timers.list_due(tx, NOW + timedelta(days=9)) == [LATER, moved]


async def test_cancelled(database: Database) -> None:
    """A cancelled timer never comes up; cancelling what is not there does no harm."""
    async with database.begin() as tx:
        await timers.set_all(tx, [ONE, LATER])
        await timers.cancel(tx, [("invite", "17"), ("invite", "404")])
        assert await timers.list_due(tx, LATER.due_at) == [LATER]


async def test_claimed_by_one(database: Database, second: Database) -> None:
    """Of two processes that want a timer at the same time, one has it: the other waits, and gets nothing."""
    async with database.begin() as tx:
        await timers.set_all(tx, [ONE, LATER])

    async def claim(tx: Tx) -> bool:
        return await timers.claim(tx, ONE)

    assert await race(database, second, claim) == (True, False)
    async with database.read() as tx:
        assert await timers.list_due(tx, LATER.due_at) == [LATER]


async def test_claimed_by_one_of_many(database: Database, second: Database) -> None:
    """Of twenty claims at the same time in two processes exactly one succeeds."""
    async with database.begin() as tx:
        await timers.set_all(tx, [ONE])
    assert sum(await run_all_at_once((database, second), 20, lambda tx: timers.claim(tx, ONE))) == 1


async def test_a_claim_that_fails_leaves_the_timer(database: Database, second: Database) -> None:
    """When the work of the process that claimed it fails, the timer is there for the one who waited."""
    async with database.begin() as tx:
        await timers.set_all(tx, [ONE])

    async def follow() -> bool:
        async with second.begin() as tx:
            return await timers.claim(tx, ONE)

    async with database.engine.connect() as tx:
        assert await timers.claim(tx, ONE)
        task = asyncio.create_task(follow())
        await asyncio.sleep(WAIT_SECONDS)
        assert not task.done()
        await tx.rollback()
    assert await task


async def test_claims_of_others_are_not_waited_for(database: Database, second: Database) -> None:
    """On PostgreSQL two processes fire two timers at the same moment, neither waiting for the other."""
    async with database.begin() as tx:
        await timers.set_all(tx, [ONE, LATER])
    if database.is_sqlite:  # one writer at a time: there the promise is that both come to their end
        assert await asyncio.gather(*(_claimed(one, timer) for one, timer in ((database, ONE), (second, LATER))))
        return
    async with asyncio.timeout(5), database.begin() as tx, second.begin() as other:
        assert await timers.claim(tx, ONE)
        assert await timers.claim(other, LATER)


async def _claimed(database: Database, timer: Timer) -> bool:
    async with database.begin() as tx:
        return await timers.claim(tx, timer)


async def test_a_moved_timer_is_not_claimed(database: Database) -> None:
    """A process that looked before a timer was moved does not fire it early."""
    async with database.begin() as tx:
        await timers.set_all(tx, [ONE])
        await timers.set_all(tx, [Timer("invite", "17", NOW + timedelta(days=1))])
        assert not await timers.claim(tx, ONE)
        assert await timers.find_next_due(tx) == NOW + timedelta(days=1)


async def test_a_thousand_are_one_statement(database: Database) -> None:
    """Setting and cancelling a thousand timers are one statement each."""
    statements = []
    event.listen(database.engine.sync_engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
    async with database.begin() as tx:
        await timers.set_all(tx, [Timer("invite", str(n), NOW) for n in range(1000)])
        await timers.cancel(tx, [("invite", str(n)) for n in range(1000)])
    assert len([one for one in statements if not one.startswith(("BEGIN", "PRAGMA"))]) == 2


async def test_many_are_claimed_at_once(database: Database) -> None:
    """Those that are still set and due, in the order asked for; each once, one that was moved ahead not at all."""
    wanted = [Timer("invite", str(n), NOW) for n in (3, 1, 2)] + [Timer("expire", "1", NOW)]
    async with database.begin() as tx:
        await timers.set_all(tx, wanted)
        await timers.set_all(tx, [Timer("invite", "2", NOW + timedelta(hours=1))])
        asked = [*wanted, Timer("invite", "4", NOW)]
        assert [(t.kind, t.subject) for t in await timers.claim_all(tx, asked, NOW)] == [
            ("invite", "3"),
            ("invite", "1"),
            ("expire", "1"),
        ]
        assert await timers.claim_all(tx, asked, NOW) == []
        assert await fetch_table(tx, "timers", "subject") == [("2",)]


async def test_hastened(database: Database) -> None:
    """Timers by their keys as the inbox shows them: due at once; one that is gone is set again, the others stay."""
    later, now = NOW + timedelta(hours=1), NOW
    async with database.begin() as tx:
        await timers.set_all(tx, [Timer("trend", "1", later), Timer("trend", "2", later)])
        await timers.hasten(tx, [], now)
        assert await timers.list_due(tx, now) == []
        await timers.hasten(tx, ["trend:1", "push:week"], now)
        assert {(timer.kind, timer.subject) for timer in await timers.list_due(tx, now)} == {
            ("trend", "1"),
            ("push", "week"),
        }
