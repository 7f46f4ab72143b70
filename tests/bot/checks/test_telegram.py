"""Telegram, as `huifang check` sees it: a local one that is strict."""

from pathlib import Path

from bot.checks.finding import Finding, Inspection, State, ok
from bot.checks.telegram import ask_telegram, check_privacy_mode
from bot.checks.webhook import check_webhook
from bot.process.telegram import BotApi
from playground.people.client import TelegramClient
from playground.server import Server
from storage import installation
from storage.engine.database import Database
from tests.bot.checks.conftest import MakeInspection
from tests.harness.bot_process import TOKEN


async def ask(inspection: Inspection) -> list[Finding]:
    return await ask_telegram(inspection, None, (), fix=False)


async def test_the_token(asking: MakeInspection, server: Server, telegram: TelegramClient) -> None:
    """Right with the bot's name; wrong when Telegram does not know it, is away, or does not answer; unknown when not set."""
    assert await ask(asking()) == [
        ok("token", f"@playground_bot at {server.url}"),
        ok("clock", "agrees with Telegram's"),
    ]
    assert (await ask(asking(TOKEN="")))[0].state is State.LOOK
    (finding,) = await ask(asking(TOKEN="1:wrong"))
    assert finding.state is State.WRONG
    assert finding.said.startswith("Telegram does not know it: ")
    assert "BotFather" in finding.cure
    assert "1:wrong" not in finding.said
    await telegram.fault("outage", times=0)
    (finding,) = await ask(asking())
    assert finding.state is State.WRONG
    assert finding.said.startswith(f"not looked at: {server.url} cannot be reached")
    assert TOKEN not in finding.said


async def test_a_clock_that_is_wrong(asking: MakeInspection, tmp_path: Path) -> None:
    """Compared with the moment of Telegram's answer: by how much, and which way."""
    offset = tmp_path / "clock"
    for seconds, words in ((90, "90 s ahead of Telegram's"), (-90, "90 s behind Telegram's")):
        offset.write_text(str(seconds))
        finding = (await ask(asking(CLOCK=str(offset))))[1]
        assert (finding.what, finding.state) == ("clock", State.WRONG)
        assert finding.said in {words, words.replace("90", "91"), words.replace("90", "89")}
        assert "timedatectl" in finding.cure


async def test_the_privacy_mode(asking: MakeInspection, server: Server, api: BotApi) -> None:
    """Either is right: what the bot needs it sees in both."""
    for reads_all, words in ((False, "on: "), (True, "off: ")):
        server.world.abilities["can_read_all_group_messages"] = reads_all
        async with api.library() as bot:
            (finding,) = await check_privacy_mode(bot, asking(), ())
        assert (finding.state, finding.said[: len(words)]) == (State.OK, words)


async def test_one_question_that_is_refused(asking: MakeInspection, telegram: TelegramClient) -> None:
    """What Telegram does not say now is a line of its own; the others are asked all the same."""
    await telegram.fault("500", method="getWebhookInfo", times=0)
    findings = await ask_telegram(asking(), None, (check_webhook, check_privacy_mode), fix=False)
    assert [(finding.what, finding.state) for finding in findings[2:]] == [
        ("webhook", State.LOOK),
        ("privacy mode", State.OK),
    ]


async def test_another_bot(asking: MakeInspection, database: Database) -> None:
    """A token of another bot than the one this database remembers: its chats are not this one's."""
    async with database.begin() as tx:
        await installation.put(tx, "bot", "older_bot")
    finding = (await ask_telegram(asking(), database, (), fix=False))[0]
    assert (finding.what, finding.state) == ("token", State.LOOK)
    assert finding.said.startswith("@playground_bot, and this database was last used by @older_bot")
    async with database.begin() as tx:
        await installation.put(tx, "bot", "playground_bot")
    assert (await ask_telegram(asking(), database, (), fix=False))[0].state is State.OK
