"""Wakes what is due: timers, and events that failed and are to be tried again."""

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from bot.process.alarm import SOONEST_SECONDS, TICK_SECONDS, Alarm
from storage.models import inbox as inbox_rows
from storage.models import timers as timer_rows
from storage.queue import inbox, timers
from storage.queue.inbox import ATTEMPTS_LIMIT, KEY_LIFETIME, RawEvent
from storage.queue.timers import Timer
from tests.bot.process.test_worker import hello, poison
from tests.harness.in_process import WANG, Desk, make_delivery


@pytest.fixture
async def alarm(desk: Desk) -> AsyncIterator[Alarm]:
    made = Alarm(desk.database, desk.worker, desk.clock)
    task = asyncio.create_task(made.run())
    yield made
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def until(desk: Desk, state: str, within: float = 10) -> None:
    """Until an event of the inbox is in this state."""
    async with asyncio.timeout(within):
        while state not in {row.state for row in await desk.rows(select(inbox_rows.c.state))}:  # noqa: ASYNC110 -- nobody can signal
            await asyncio.sleep(0.05)


async def rung(desk: Desk) -> None:
    """Until no timer is due."""
    async with asyncio.timeout(10):
        while True:
            async with desk.database.read() as tx:
                if not await timers.list_due(tx, desk.clock.now()):
                    return
            await asyncio.sleep(0.05)


@pytest.mark.usefixtures("alarm")
async def test_a_timer_rings_when_it_is_due(desk: Desk) -> None:
    """Not before; and after a long stop, all that were missed."""
    invites = select(timer_rows.c.subject).where(timer_rows.c.kind == "invite")
    await desk.say(WANG, contact={"phone_number": "8613800138000", "first_name": "Wang", "user_id": WANG.id})
    await desk.deliver(make_delivery(), make_delivery("SF2"))
    await asyncio.sleep(0.7)
    assert len(await desk.rows(invites)) == 2
    desk.clock.advance(hours=2)
    await rung(desk)
    assert await desk.rows(invites) == []


async def test_it_looks_again_when_the_next_timer_is_due(desk: Desk) -> None:
    """Sooner than a tick where one is due sooner, never without a breath, and at each tick in any case."""
    made = Alarm(desk.database, desk.worker, desk.clock)
    assert await made._pause() == TICK_SECONDS
    for left, expected in ((0.2, 0.2), (0, SOONEST_SECONDS), (-5, SOONEST_SECONDS), (60, TICK_SECONDS)):
        async with desk.database.begin() as tx:
            await timers.set_all(tx, [Timer("low", "1:2", desk.clock.now() + timedelta(seconds=left))])
        assert await made._pause() == pytest.approx(expected)


@pytest.mark.usefixtures("alarm")
async def test_a_failed_event_is_tried_five_times(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """Then it is set aside, and nothing else was held up."""
    caplog.set_level(logging.CRITICAL)
    desk.poisoned = True
    await desk.worker.submit(poison(1))
    await desk.worker.submit(hello(2))
    await until(desk, "parked")
    assert desk.worker.counters.failed == ATTEMPTS_LIMIT
    assert len(await desk.fetch_owed()) == 1


@pytest.mark.usefixtures("alarm")
async def test_an_event_that_is_well_again_is_handled(desk: Desk) -> None:
    """Whatever failed before; once."""
    async with desk.database.begin() as tx:
        await inbox.record_failure(tx, hello(1), "", "some error", desk.clock.now())
    await until(desk, "done")
    await asyncio.sleep(0.6)
    assert len(await desk.fetch_owed()) == 1


async def test_two_alarms_ring_once(desk: Desk) -> None:
    """Replicas look at the same rows; claiming is what counts."""
    async with desk.database.begin() as tx:
        await timers.set_all(tx, [Timer("forget", f"{n}:11", desk.clock.now()) for n in range(50)])
    alarms = [Alarm(desk.database, desk.worker, desk.clock) for _ in range(2)]
    await asyncio.gather(*(one._look() for one in alarms))
    assert await desk.rows(select(timer_rows.c.kind)) == []
    assert desk.worker.counters.failed == 0


async def test_keys_of_long_ago_are_swept(desk: Desk) -> None:
    """At the start and each hour; what waits or is parked stays."""
    async with desk.database.begin() as tx:
        await inbox.record(
            tx, [RawEvent("telegram", "old", b"")], desk.clock.now() - KEY_LIFETIME - timedelta(seconds=1)
        )
        await inbox.record(tx, [RawEvent("telegram", "new", b"")], desk.clock.now() - KEY_LIFETIME + timedelta(hours=1))
    task = asyncio.create_task(Alarm(desk.database, desk.worker, desk.clock).run())
    async with asyncio.timeout(10):
        while len(rows := await desk.rows(select(inbox_rows.c.key))) > 1:  # noqa: ASYNC110 -- nobody can signal
            await asyncio.sleep(0.05)
    assert [row.key for row in rows] == ["new"]
    task.cancel()


@pytest.mark.usefixtures("alarm")
async def test_a_database_that_fails_is_looked_at_again(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """While the timers cannot be read nothing rings; afterwards it does."""
    caplog.set_level(logging.CRITICAL)
    await desk.deliver(make_delivery(customer={"ref": "a"}))
    async with desk.database.begin() as tx:
        await tx.execute(text("ALTER TABLE timers RENAME TO hidden"))
    desk.clock.advance(hours=2)
    await asyncio.sleep(0.7)
    async with desk.database.begin() as tx:
        await tx.execute(text("ALTER TABLE hidden RENAME TO timers"))
    await rung(desk)
