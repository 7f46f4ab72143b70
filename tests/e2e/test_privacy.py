"""What a person reads and decides about their own data, through the real process (G8)."""

import asyncio

import pytest
from sqlalchemy import select

from storage.engine.crypto import Keyring
from storage.engine.database import Database
from storage.models import audit, cases, deliveries, people
from storage.privacy import rotation
from tests.harness.bot_process import SECRET, start_huifang
from tests.harness.stage import StoryStage

GOOD = {"delivered_at": "2026-11-23T10:15:00+08:00", "customer": {"phone": "+8613800138001"}, "department": "transport"}
AGREES = "you agree"
NEW = "24ce91df1f47dc9ce757af6d1b9fb25fbd53ccde64de81d46ad0bf1be74eb608"


async def fetch_consent(stage: StoryStage) -> int:
    (row,) = await stage.rows(select(people.c.consent).where(people.c.telegram_id == stage.wang.id))
    return int(row.consent)


async def test_asked_under_the_summary_and_given_by_confirm(stage: StoryStage) -> None:
    """A rating by buttons never asks. The complaint's summary does, Confirm agrees, /privacy shows it and takes it back with one tap."""
    await stage.open_survey()
    customer = stage.customer
    await customer.press("5")
    assert await fetch_consent(stage) == 0
    await customer.say("/complain")
    await customer.see("Which delivery")
    await customer.press("SF1")
    await customer.see("What is it about")
    await customer.press("Other")
    await customer.see("What happened")
    await customer.say(
        "My number is 139 0013 9000, my WeChat: wang_2026, I live at 12 River Road, flat 5b. It never came"
    )
    await customer.see("Would you like to add photos")
    await customer.press("Done")
    await customer.see("What would you like us to do")
    await customer.press("Skip")
    await customer.see("How can we reach you")
    await customer.press("Skip")
    summary = await customer.see("Please check your complaint")
    assert AGREES in summary["text"]
    assert await fetch_consent(stage) == 0
    assert not await stage.rows(select(cases.c.id))
    await customer.press("Confirm")
    await customer.see("is filed and passed on")
    assert await fetch_consent(stage) == 1
    card = await stage.at("service", stage.boss).see("It never came")
    for hidden in ("139", "9000 my", "wang_2026", "12 River", "5b"):
        assert hidden not in card["text"]
    await customer.say("/privacy")
    page = await customer.see("What we keep about you")
    assert "You have agreed" in page["text"]
    await customer.press("Take back my consent")
    await customer.see("You have not agreed yet")
    assert await fetch_consent(stage) == 0
    logged = await stage.rows(select(audit.c.what).where(audit.c.what.like("consent.%")).order_by(audit.c.id))
    assert [one.what for one in logged] == ["consent.give", "consent.withdraw"]


@pytest.mark.both_engines
async def test_the_secret_is_changed_while_people_talk(stage: StoryStage) -> None:
    """A draft begun under the old secret is confirmed under the new one alone; the number still leads to its owner."""
    bot, customer = stage.bot, stage.customer
    await stage.open_survey()
    await customer.contact()
    await customer.see("I will ask you here")
    await customer.say("/complain")
    await customer.see("Which delivery")
    await customer.press("SF1")
    await customer.see("What is it about")
    await customer.press("Other")
    await customer.see("What happened")
    assert "nothing has started" in await fail(stage, "rotate-key", secrets=f"{NEW},{SECRET}")
    await bot.stop()
    bot.extra["HUIFANG_SECRET"] = f"{NEW},{SECRET}"
    await bot.start()
    rotation = asyncio.create_task(bot.huifang("rotate-key"))
    await customer.say("A herring lay in it")
    await customer.see("Would you like to add photos")
    await customer.press("Done")
    await customer.see("What would you like us to do")
    said = await rotation
    assert "can be removed from HUIFANG_SECRET" in said
    assert "no row needs one any more" in await bot.huifang("check")
    await bot.stop()
    bot.extra["HUIFANG_SECRET"] = NEW
    await bot.start()
    await customer.press("Skip")
    await customer.see("How can we reach you")
    await customer.press("Skip")
    await customer.see("A herring lay in it")
    await customer.press("Confirm")
    await customer.see("is filed and passed on")
    await stage.report_delivery("SF2")
    stage.database = Database(stage.database.url, Keyring([NEW]))
    owners = await stage.rows(
        select(deliveries.c.waybill, deliveries.c.person, deliveries.c.phone).order_by(deliveries.c.id)
    )
    assert [one.waybill for one in owners] == ["SF1", "SF2"]
    assert owners[0].person == owners[1].person is not None
    assert {one.phone for one in owners} == {"+8613800138000"}
    await stage.database.close()


@pytest.mark.both_engines
async def test_a_rotation_that_is_killed_goes_on(stage: StoryStage) -> None:
    """Kill -9 in the middle: the bot knows nothing of it, and the second attempt does the rest and nothing twice."""
    bot = stage.bot
    for batch in range(4):
        items = [GOOD | {"waybill": f"R{batch}-{n}"} for n in range(1000)]
        assert {result["status"] for result in await bot.deliver(items)} == {"accepted"}
    await bot.stop()
    bot.extra["HUIFANG_SECRET"] = f"{NEW},{SECRET}"
    await bot.start()
    both = Database(stage.database.url, Keyring([NEW, SECRET]))

    async def count_left() -> int:
        async with both.read() as tx:
            return sum((await rotation.count_old(tx)).values())

    before = await count_left()
    assert before > 4000
    with (bot.folder / "rotation.log").open("wb") as log:
        process = await start_huifang(["rotate-key"], bot.environment, log.fileno())
        while await count_left() == before:  # noqa: ASYNC110 -- another process counts down
            await asyncio.sleep(0.01)
        process.kill()
        await process.wait()
    left = await count_left()
    assert 0 < left < before
    said = await bot.huifang("rotate-key")
    assert int(said.split()[0]) <= left
    assert await count_left() == 0
    await both.close()
    await stage.open_survey("AFTER")


async def fail(stage: StoryStage, *arguments: str, secrets: str) -> str:
    """What a command says that fails with these secrets."""
    before = stage.bot.extra.get("HUIFANG_SECRET", SECRET)
    stage.bot.extra["HUIFANG_SECRET"] = secrets
    try:
        with pytest.raises(RuntimeError) as failed:
            await stage.bot.huifang(*arguments)
    finally:
        stage.bot.extra["HUIFANG_SECRET"] = before
    return str(failed.value)
