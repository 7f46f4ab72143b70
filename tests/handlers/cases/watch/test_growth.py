"""What management hears when more waits for somebody."""

from domain.people import Role
from domain.timer_kinds import TimerKind
from storage.queue import inbox, timers
from storage.queue.inbox import RawEvent
from storage.queue.timers import Timer
from tests.harness.in_process import Desk, TelegramUser, list_texts

BOSS = TelegramUser(1, "Boss")
MANAGEMENT = -1003


async def ring(desk: Desk) -> list[tuple[int | None, str]]:
    now = desk.clock.now()
    async with desk.database.begin() as tx:
        await timers.set_all(tx, [Timer(TimerKind.GROWTH, TimerKind.GROWTH, now)])
    return [(call.chat_id, *list_texts([call])) for call in await desk.ring()]  # type: ignore[misc]  # one text each


async def park(desk: Desk, count: int) -> None:
    async with desk.database.begin() as tx:
        for n in range(count):
            await inbox.park(tx, RawEvent("telegram", f"{count}-{n}", b"{"), "broken", desk.clock.now())


async def test_told_once_for_each_step(desk: Desk) -> None:
    """The first event that could not be handled, then ten of them; to the managers, and to their group once there is one."""
    await desk.say(BOSS, "Hello")
    await desk.grant(BOSS, Role.MANAGER)
    assert await ring(desk) == []
    await park(desk, 1)
    ((chat, words),) = await ring(desk)
    assert (chat, "could not be handled: 1." in words, "huifang parked" in words) == (BOSS.id, True, True)
    await park(desk, 2)
    assert await ring(desk) == []
    await desk.bind("management", MANAGEMENT)
    await park(desk, 8)
    ((chat, words),) = await ring(desk)
    assert (chat, "could not be handled: 11." in words) == (MANAGEMENT, True)
    assert await ring(desk) == []
