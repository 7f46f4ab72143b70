"""The morning digest: who reads what, and when."""

from datetime import UTC, datetime

import pytest

from domain.timer_kinds import TimerKind
from handlers.cases.watch import digests
from handlers.turns.batch import Batch
from storage.queue.timers import Timer
from tests.harness.in_process import GROUP, Desk, list_texts

MANAGEMENT = -1003


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        ((2026, 11, 23, 0, 59), (2026, 11, 23, 1, 0)),  # Monday 08:59 in Shanghai → 09:00
        ((2026, 11, 23, 1, 0), (2026, 11, 24, 1, 0)),
        ((2026, 11, 27, 4, 0), (2026, 11, 30, 1, 0)),  # Friday noon → Monday
    ],
)
async def test_the_next_working_morning(desk: Desk, now: tuple[int, ...], morning: tuple[int, ...]) -> None:
    """At nine in the company's time zone, on days on which somebody works."""
    desk.clock.moment = datetime(*now, tzinfo=UTC)  # type: ignore[misc,arg-type]  # year to minute

    async def work(batch: Batch) -> None:
        assert digests.find_next_morning(batch) == datetime(*morning, tzinfo=UTC)  # type: ignore[misc,arg-type]  # the same

    await desk.batch(work)


async def test_each_its_own_and_management_all(desk: Desk) -> None:
    """A department reads its own late cases, another one nothing, management the late ones of everybody; then it is set anew."""
    await desk.bind("transport")
    await desk.bind("service", -1002)
    await desk.bind("management", MANAGEMENT)
    await desk.file_complaint(department="transport")

    async def set_it(batch: Batch) -> None:
        digests.set_morning_timer(batch)

    await desk.batch(set_it)
    calls = [call for call in await desk.ring(hours=21) if "Good morning" in "".join(list_texts([call]))]
    assert [call.chat_id for call in calls] == [GROUP, MANAGEMENT]
    assert all("Overdue: 1" in text for text in list_texts(calls))
    again = [call for call in await desk.ring(hours=24) if "Good morning" in "".join(list_texts([call]))]
    assert [call.chat_id for call in again] == [GROUP, MANAGEMENT]


async def test_a_calendar_that_ends_soon(desk: Desk) -> None:
    """Holidays are published year by year: a month before they end, management is told what to do."""
    await desk.bind("management", MANAGEMENT)

    async def work(batch: Batch) -> None:
        await digests.on_timer(batch, Timer(TimerKind.MORNING_DIGEST, TimerKind.MORNING_DIGEST, batch.now))

    assert (await desk.batch(work)).calls == []
    reach = desk.services.company.calendar.known_until
    assert reach is not None
    desk.clock.moment = datetime(reach.year, reach.month, reach.day, 4, tzinfo=UTC)
    (call,) = (await desk.batch(work)).calls
    assert (call.chat_id, reach.isoformat() in list_texts([call])[0]) == (MANAGEMENT, True)


async def test_nothing_late_is_no_message(desk: Desk) -> None:
    """Where nothing is late nobody is disturbed."""
    await desk.bind("transport")
    await desk.bind("management", MANAGEMENT)

    async def work(batch: Batch) -> None:
        await digests.on_timer(batch, Timer(TimerKind.MORNING_DIGEST, TimerKind.MORNING_DIGEST, batch.now))

    assert (await desk.batch(work)).calls == []
