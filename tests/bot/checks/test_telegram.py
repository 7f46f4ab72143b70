"""Telegram, as `huifang check` sees it: a local one that is strict."""

from bot.checks.finding import State, ok
from bot.checks.telegram import check_telegram
from playground.people.client import TelegramClient
from playground.server import Server
from tests.bot.checks.conftest import MakeInspection
from tests.harness.bot_process import TOKEN


async def test_the_token(inspect: MakeInspection, server: Server, telegram: TelegramClient) -> None:
    """Right with the bot's name; wrong when Telegram does not know it, is away, or does not answer; unknown when not set."""
    given = inspect(TOKEN=TOKEN, BOT_API=server.url)
    assert await check_telegram(given) == [ok("token", f"@playground_bot at {server.url}")]
    assert (await check_telegram(inspect()))[0].state is State.LOOK
    (finding,) = await check_telegram(inspect(TOKEN="1:wrong", BOT_API=server.url))
    assert (finding.state, finding.cure) == (State.WRONG, "check HUIFANG_TOKEN and HUIFANG_BOT_API")
    assert "1:wrong" not in finding.said
    await telegram.fault("outage", times=0)
    (finding,) = await check_telegram(given)
    assert finding.state is State.WRONG
    assert TOKEN not in finding.said
