"""`huifang check` beside the running bot: what it says of a fresh installation, of a company at work, and of what goes wrong."""

import pytest

from bot.process.telegram import BotApi
from playground.people.client import TelegramClient
from tests.harness.bot_process import TOKEN, Bot, run_huifang
from tests.harness.stage import StoryStage


async def check(bot: Bot, *options: str) -> tuple[int, str]:
    code, out, err = await run_huifang(["check", *options], bot.environment | {"COLUMNS": "400"})
    assert err == ""
    return code, out


async def test_a_fresh_installation(bot: Bot, telegram: TelegramClient) -> None:
    """Nothing is wrong, and it says what comes next: the first manager, then the groups."""
    code, out = await check(bot)
    assert code == 0, out
    assert "/start CODE" in out
    assert "none has a group yet" in out
    boss = await telegram.user("Boss")
    await telegram.private(boss).start(bot.manager_code)
    await telegram.private(boss).see("first manager")
    code, out = await check(bot)
    assert code == 0, out
    assert "/start CODE" not in out


@pytest.mark.both_engines
async def test_a_company_at_work(stage: StoryStage) -> None:
    """Each group is asked about at Telegram; one that the bot was removed from is wrong, with its cure."""
    code, out = await check(stage.bot)
    assert code == 0, out
    for line in ("database", "menus", "group of transport", "group of quality", "privacy mode", "clock"):
        assert line in out
    assert "without a group: service" not in out
    assert "without a head: service" in out
    await stage.telegram.member(stage.groups["quality"], "kicked", by=stage.boss)
    await stage.wait_until_quiet()
    code, out = await check(stage.bot)
    assert code == 1
    assert "group of quality" in out
    assert "lost: nothing can be sent to it" in out
    assert "add the bot to it again" in out


@pytest.mark.parametrize("webhook", [True])
async def test_somebody_takes_the_webhook(stage: StoryStage) -> None:
    """Another program sets its own: no update comes. The check says so, `--fix` sets ours again, and what waited is handled."""
    async with BotApi(stage.server.url, TOKEN) as other:
        await other.call("setWebhook", '{"url":"http://127.0.0.1:9/other"}')
    code, out = await check(stage.bot)
    assert code == 1
    assert "another program uses this token" in out
    await stage.manager.say("/roles")
    code, out = await check(stage.bot, "--fix")
    assert code == 0, out
    assert "fixed" in out
    assert "set to http://127.0.0.1" in out
    await stage.manager.see("Boss")


async def test_without_a_network(bot: Bot, telegram: TelegramClient) -> None:
    """Telegram does not answer: that is one line, and everything else is looked at."""
    await telegram.fault("outage", times=0)
    code, out = await check(bot)
    assert code == 1
    assert "check HUIFANG_BOT_API and the network" in out
    assert "reachable, migrations done" in out
    assert "disk" in out or "postgresql" in bot.database
    await telegram.heal()
