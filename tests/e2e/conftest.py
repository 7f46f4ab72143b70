"""A local Telegram, the real bot, and a company in its chats."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from playground.people.client import TelegramClient
from playground.server import Server, serve
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from storage.people import tokens
from tests.harness.bot_process import SECRET, TOKEN, Bot, write_company
from tests.harness.stage import BOUND, StoryStage


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `huifang init --yes` writes, once for all stories."""
    folder = tmp_path_factory.mktemp("company")
    write_company(folder)
    return folder


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with serve(token=TOKEN, port=0) as running:
        running.world.is_own_bot = lambda _pid: True  # a test's bots are its own
        running.world.callbacks.seconds = 3600  # however busy the machine, no press is too old to be answered
        yield running


@pytest.fixture
async def telegram(server: Server) -> AsyncIterator[TelegramClient]:
    async with TelegramClient(server.url) as client:
        yield client


@pytest.fixture
def webhook() -> bool:
    """How the updates come; a story that wants a webhook parametrises this."""
    return False


@pytest.fixture
async def bot(server: Server, database_url: str, tmp_path: Path, company: Path, webhook: bool) -> AsyncIterator[Bot]:  # noqa: FBT001 -- a fixture
    shutil.copytree(company, tmp_path, dirs_exist_ok=True)
    async with Bot(tmp_path, server.url, database_url, webhook=webhook) as running:
        yield running


@pytest.fixture
async def stage(
    server: Server, telegram: TelegramClient, bot: Bot, database_url: str, tmp_path: Path
) -> AsyncIterator[StoryStage]:
    """The company, signed in, bound and granted; afterwards nothing may have been refused or left unanswered."""
    async with _opened(database_url) as opened:
        async with opened.begin() as tx:
            await tokens.create(tx, "erp", "hf_test", datetime.now(UTC))
        (tmp_path / "token-erp").write_text("hf_test")
        made = await _staged(server, telegram, bot, opened)
        yield made
        if bot.alive:
            await made.check()


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[Database]:
    database = Database(url, Keyring([SECRET]))
    try:
        yield database
    finally:
        await database.close()


async def _staged(server: Server, telegram: TelegramClient, bot: Bot, opened: Database) -> StoryStage:
    """Everybody signs in, the groups are bound, the head is granted."""
    boss, zhao = await telegram.user("Boss"), await telegram.user("Zhao")
    li, chen = await telegram.user("Li"), await telegram.user("Chen")
    wang = await telegram.user("Wang", phone="+8613800138000")
    manager = telegram.private(boss)
    await manager.start(bot.manager_code)
    await manager.see("first manager")
    groups = {}
    for department in BOUND:
        members = [boss, zhao, li, chen] if department == "transport" else [boss, await telegram.user(department)]
        groups[department] = await telegram.group(department.capitalize(), members)
        await telegram.say(groups[department], boss, f"/bind {department}")
    made = StoryStage(server, telegram, bot, opened, boss, zhao, li, chen, wang, groups)
    for department in BOUND:
        await made.at(department, boss).see("This group now belongs to")
    hello = await made.at("transport", zhao).say("Good morning")
    await made.at("transport", boss).say("/grant head", reply_to=hello["message_id"])
    await made.at("transport", boss).see("Zhao is now head")
    return made
