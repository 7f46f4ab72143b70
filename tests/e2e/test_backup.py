"""A backup is written while the bot works; what is restored of it goes on with every conversation."""

import asyncio

import pytest
from sqlalchemy import func, select

from storage.engine.crypto import Keyring
from storage.engine.database import Database
from storage.models import deliveries
from tests.harness.bot_process import SECRET
from tests.harness.stage import StoryStage

pytestmark = pytest.mark.both_engines
KEY = "9b1d64e0f7a25c83d6e91f40ab7c2e58"
EACH = 20
GOOD = {"delivered_at": "2026-11-23T10:15:00+08:00", "customer": {"phone": "+8613800138001"}, "department": "transport"}


async def test_the_copy_goes_on(stage: StoryStage) -> None:
    """Deliveries come in meanwhile; the copy is of one moment, its totals match, and what was written while no bot ran reaches the case."""
    bot, path = stage.bot, str(stage.bot.folder / "a.backup")
    bot.extra["HUIFANG_BACKUP_KEY"] = KEY
    number = await stage.set_up_accepted_case("It was thrown over the fence")
    await stage.wait_until_quiet()
    sent, ended = 0, asyncio.Event()

    async def send() -> None:
        nonlocal sent
        while not ended.is_set():
            waybills = [f"B{sent}-{n}" for n in range(EACH)]
            results = await bot.deliver([GOOD | {"waybill": name} for name in waybills])
            assert {result["status"] for result in results} == {"accepted"}
            sent += 1

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(send())
        while not sent:  # noqa: ASYNC110 -- the task above counts
            await asyncio.sleep(0.01)
        before = sent
        assert "opened and counted" in await bot.huifang("backup", path)
        after = sent
        ended.set()
    assert after > before
    await bot.stop()
    await stage.customer.say("The driver laughed")  # Telegram has it still
    bot.database = f"sqlite+aiosqlite:///{bot.folder / 'copy.db'}"
    said = await bot.huifang("restore", path)
    assert "restored and compared" in said
    assert "0 calls were owed" in said
    assert await bot.huifang("totals") == "the totals match the raw rows"
    copy = Database(bot.database, Keyring([SECRET]))
    async with copy.read() as tx:
        kept = await tx.scalar(select(func.count()).where(deliveries.c.waybill.startswith("B")).select_from(deliveries))
    await copy.close()
    assert kept is not None
    assert before * EACH <= kept <= (after + 1) * EACH
    assert kept % EACH == 0
    bot.extra["HUIFANG_BACKUPS"] = str(bot.folder / "kept")
    await bot.start()
    await stage.customer.see("I have kept your message")
    await stage.customer.press(f"It belongs to {number}")
    await stage.customer.see(f"{number}: passed on")
    assert "nothing is wrong" in await bot.huifang("check")
    await stage.set_up_resolved_case("We paid for the vase")
    await stage.at("transport", stage.zhao).press("Approve")
    await stage.customer.see("We paid for the vase")
    await stage.customer.press("Solved")
    await stage.customer.see(f"{number} is solved")
    while "into " not in (said := await bot.huifang("check")) or "no good one yet" in said:
        pass  # the running bot makes its first
    assert next(path.name for path in (bot.folder / "kept").iterdir()) in said
