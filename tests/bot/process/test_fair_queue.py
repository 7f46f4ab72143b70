"""Nobody waits for another's burst: a lane has a share of each batch, and of the time; order within it stays."""

import asyncio
from itertools import count

import msgspec
import pytest

from bot.process.fair_queue import (
    BATCH_EVENTS,
    CALM_SECONDS,
    FREE_EVENTS,
    LANE_EVENTS,
    LANE_SHARE,
    LONGEST_PAUSE_SECONDS,
    STEADY_EVENTS,
    TIMERS_BESIDE,
    FairQueue,
)
from bot.process.jobs import Job
from storage.queue.inbox import RawEvent
from storage.queue.timers import Timer
from tests.harness.in_process import LI, WANG, TelegramUser
from tests.harness.rows import NOW

_NUMBERS = count(1)


def make_job(who: TelegramUser, *, again: bool = False, hurries: bool = False) -> Job:
    number = next(_NUMBERS)
    message = {
        "message_id": number,
        "date": 1,
        "chat": {"id": who.id, "type": "private"},
        "from": who.user,
        "text": "x",
    }
    raw = msgspec.json.encode({"update_id": number, "message": message})
    return Job(RawEvent("telegram", str(number), raw), asyncio.Future(), again, hurries)


def put(queue: FairQueue, jobs: list[Job]) -> list[Job]:
    for job in jobs:
        queue.put(job)
    return jobs


async def test_a_burst_delays_nobody_behind_it() -> None:
    """Eighty messages of one person, then one of another: that is in the first batch, and the eighty stay in their order."""
    queue = FairQueue()
    burst = put(queue, [make_job(WANG, hurries=True) for _ in range(80)])
    (other,) = put(queue, [make_job(LI)])
    assert queue.take(0) == [*burst[:LANE_EVENTS], other]
    batches = [queue.take(0) for _ in range(80 // LANE_EVENTS - 1)]
    assert [job for batch in batches for job in batch] == burst[LANE_EVENTS:]
    assert not queue
    assert queue.find_opening(0) is None


async def test_people_do_not_wait_for_hundreds_of_timers() -> None:
    """While somebody writes, timers come a few at a time, in their order, and the message is in the first batch; else all at once."""
    queue = FairQueue()
    timers = put(queue, [Job(Timer("invite", str(n), NOW), asyncio.Future()) for n in range(BATCH_EVENTS)])
    (other,) = put(queue, [make_job(LI)])
    assert queue.take(0) == [*timers[:TIMERS_BESIDE], other]
    assert queue.take(CALM_SECONDS / 2) == timers[TIMERS_BESIDE : 2 * TIMERS_BESIDE]
    assert queue.take(2 * CALM_SECONDS) == timers[2 * TIMERS_BESIDE :]


async def test_who_goes_on_gathers_for_a_share_of_the_time() -> None:
    """Beyond the allowance a lane pauses in proportion to what its batch took, nobody else does, and it ends by itself."""
    queue = FairQueue()
    for _ in range(int(FREE_EVENTS)):
        (job,) = put(queue, [make_job(WANG)])
        assert queue.take(0) == [job]
        queue.charge(0.005, 0)
    both = put(queue, [make_job(WANG), make_job(LI)])
    assert queue.take(0) == both  # it did not pause yet
    queue.charge(0.005, 0)
    waiting = put(queue, [make_job(WANG) for _ in range(2)])
    (other,) = put(queue, [make_job(LI)])
    assert queue.take(0) == [other]
    end = 0.005 * (LANE_SHARE - 1)
    assert queue.find_opening(0) == end
    assert queue.take(end) == waiting
    (other,) = put(queue, [make_job(LI)])
    assert queue.take(end) == [other]
    (busy,) = put(queue, [make_job(WANG)])
    assert queue.take(end) == [busy]
    queue.charge(60, end)  # however slow the machine is
    put(queue, waiting)
    assert queue.find_opening(end) == end + LONGEST_PAUSE_SECONDS
    assert queue.take_all() == waiting
    calm = end + FREE_EVENTS / STEADY_EVENTS
    for _ in range(int(FREE_EVENTS)):
        (job,) = put(queue, [make_job(WANG)])
        assert queue.take(calm) == [job]
        queue.charge(60, calm)


@pytest.mark.parametrize("people", [[WANG], [WANG, LI]])
async def test_alone_or_among_the_busy_nobody_pauses(people: list[TelegramUser]) -> None:
    """There is nobody for whose sake they would, once all of them are beyond their allowances for a second."""
    queue = FairQueue()
    for step in range(300):
        now = step / 100
        put(queue, [make_job(who) for who in people])
        queue.take(now)
        queue.charge(1, now)
        if len(people) == 1 or now > FREE_EVENTS / 100 + 1.5:
            assert queue.find_opening(now) in {None, now}


async def test_what_comes_by_polling_does_not_pause() -> None:
    """The others of the same answer would wait with it. What is tried again belongs to no lane."""
    queue = FairQueue()
    for hurries, again in ((True, False), (False, True)):
        for _ in range(100):
            (job,) = put(queue, [make_job(WANG, hurries=hurries, again=again)])
            assert queue.take(0) == [job]
            queue.charge(1, 0)
    many = put(queue, [make_job(WANG, again=True) for _ in range(BATCH_EVENTS + 1)])
    assert queue.take(0) == many[:BATCH_EVENTS]
