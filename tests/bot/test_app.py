"""The process: ready when it says so, ended by a signal, and patient with a Telegram that is away."""

import asyncio
import shutil
from pathlib import Path

import aiohttp
import pytest

from bot.app import _build_services, build_dialogues
from bot.clock import Ids
from playground.people.client import TelegramClient
from playground.server import Server
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from storage.queue import inbox
from tests.harness.bot_process import SECRET, Bot
from tests.harness.in_process import COMPANY, EXAMPLE, Desk
from tests.harness.text_fragments import VOCABULARY

NOT_AT_START = {
    *("alembic", "sqlalchemy.orm", "holidays.countries", "httpcore", "anyio", "rich", "pygments"),
    *("multiprocessing", "typst", "segno", "xlsxwriter", "python_calamine", "bot.web.openapi"),
    *("handlers.past.loading", "reports.export", "reports.pictures.summary_picture", "reports.paper.report_file"),
}


@pytest.fixture
def bot(server: Server, template: Path, tmp_path: Path) -> Bot:
    shutil.copytree(EXAMPLE.parent, tmp_path, dirs_exist_ok=True)
    shutil.copyfile(template, tmp_path / "huifang.db")
    return Bot(tmp_path, server.url, f"sqlite+aiosqlite:///{tmp_path / 'huifang.db'}")


def test_every_dialogue_is_there() -> None:
    """By its own name."""
    assert COMPANY.survey is not None
    dialogues = build_dialogues(COMPANY, {"delivery@1": COMPANY.survey}, VOCABULARY)
    assert set(dialogues) == {
        "rating",
        "complaint",
        "adding",
        "letter",
        "answering",
        "form",
        "reason",
        "telling",
        "campaign",
        "inquiry",
        "triage",
        "standard",
    }
    assert all(name == one.name for name, one in dialogues.items())


async def test_a_group_of_a_department_that_is_gone(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """Its key was renamed in the company file: the start names it, and goes on."""
    await desk.bind("lorries")
    keyring, clock = desk.database.keyring, desk.clock
    services = await _build_services(desk.database, COMPANY, keyring, clock, Ids(), "bot")
    assert services.bot == "bot"
    assert "a group is bound to lorries, a department that the company file does not have" in caplog.text


async def test_from_start_to_a_clean_stop(bot: Bot, telegram: TelegramClient) -> None:
    """As an operator starts it: code once, address, ready, in this order; what is handed in is answered; SIGTERM ends it with 0.

    The next start imports nothing that only a command, a migration or a picture needs.
    """
    bot.forked = False
    async with bot:
        assert [line.partition(":")[0].partition(" on ")[0] for line in bot.lines] == [
            "manager code",
            "listening",
            "ready",
        ]
        async with aiohttp.ClientSession() as http, http.get(f"{bot.url}/readyz") as response:
            assert response.status == 200
        wang = telegram.private(await telegram.user("Wang"))
        await wang.start()
        await wang.see("Example Express")
        await bot.stop()
        assert await bot.ended() == 0
        bot.lines.clear()
        bot.extra = {"PYTHONPROFILEIMPORTTIME": "1"}
        await bot.start()
        assert not any(line.startswith("manager code") for line in bot.lines)
        imported = {
            line.rpartition("|")[2].strip() for line in bot.log().splitlines() if line.startswith("import time")
        }
        assert "bot.app" in imported
        assert sorted(imported & NOT_AT_START) == []
    assert "Traceback" not in bot.log()


async def test_a_telegram_that_is_away_at_start(bot: Bot, telegram: TelegramClient) -> None:
    """It is waited for, and SIGTERM ends the waiting too."""
    outage = await telegram.fault("outage", times=0)
    await bot.start(wait=False)
    await asyncio.sleep(2)
    assert bot.alive
    await telegram.heal(outage)
    async with asyncio.timeout(20):
        while "ready" not in bot.lines:  # noqa: ASYNC110 -- nobody can signal
            await asyncio.sleep(0.05)
    await bot.stop()
    await telegram.fault("outage", times=0)
    waited = bot.log().count("cannot be reached yet")
    await bot.start(wait=False)
    async with asyncio.timeout(20):
        while bot.log().count("cannot be reached yet") == waited:  # noqa: ASYNC110 -- the same
            await asyncio.sleep(0.05)
    async with asyncio.timeout(10):
        await bot.stop()
    assert await bot.ended() == 0
    assert "Traceback" not in bot.log()


async def test_a_port_that_is_taken_is_one_line(bot: Bot, server: Server) -> None:
    """Exit 1, without a traceback."""
    bot.extra = {"HUIFANG_LISTEN": server.url.partition("//")[2]}
    await bot.start(wait=False)
    async with asyncio.timeout(20):
        assert await bot.ended() == 1
    await bot.stop()
    assert (
        "huifang: HUIFANG_LISTEN: another program listens there already; stop it, or choose another port" in bot.log()
    )
    assert "Traceback" not in bot.log()


async def test_a_wrong_secret_ends_before_anything_is_taken(bot: Bot, telegram: TelegramClient, server: Server) -> None:
    """Exit 1 with one line, while the update waits at Telegram; with the right secret it is answered."""
    async with bot:
        wang = telegram.private(await telegram.user("Wang"))
        await wang.start()
        await wang.see("Example Express")
        await bot.stop()
        await wang.say("hello")
        asked = len(await telegram.calls("getUpdates")) + len(await telegram.calls("getMe"))
        bot.extra = {"HUIFANG_SECRET": "0c" + SECRET[2:]}
        await bot.start(wait=False)
        async with asyncio.timeout(20):
            assert await bot.ended() == 1
        await bot.stop()
        assert len(await telegram.calls("getUpdates")) + len(await telegram.calls("getMe")) == asked
        assert "HUIFANG_SECRET: this database was sealed with another secret; put that one back" in bot.log()
        assert "Traceback" not in bot.log()
        assert server.world.updates.pending == 1
        bot.extra = {}
        await bot.start()
        await telegram.settle()
        assert server.world.updates.pending == 0


async def test_the_webhooks_secret_is_the_installations(bot: Bot, telegram: TelegramClient) -> None:
    """Random, the same at every start, and nothing that follows from the operator's secret."""
    bot.webhook = True
    async with bot:
        await bot.stop()
        await bot.start()
    first, second = [call["params"]["secret_token"] for call in await telegram.calls("setWebhook")]
    assert first == second != Keyring([SECRET]).sign(b"webhook", 32).hex()


async def test_the_webhook_is_set_with_its_secret(bot: Bot, telegram: TelegramClient, server: Server) -> None:
    """Only the kinds of updates that are read; an update by that way is answered."""
    bot.webhook = True
    async with bot:
        (call,) = await telegram.calls("setWebhook")
        assert call["params"]["url"] == f"{bot.url}/telegram"
        assert len(call["params"]["secret_token"]) == 64
        assert set(call["params"]["allowed_updates"]) == {
            "message",
            "edited_message",
            "callback_query",
            "my_chat_member",
            "chat_member",
        }
        assert "drop_pending_updates" not in call["params"]
        wang = telegram.private(await telegram.user("Wang"))
        await wang.start()
        await wang.see("Example Express")
    assert server.world.updates.pending == 0
    database = Database(bot.database, Keyring([SECRET]))
    async with database.read() as tx:
        assert await inbox.count(tx, "done") == 1
    await database.close()
