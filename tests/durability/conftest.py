"""A company to break: its database and its way of getting updates are chosen by each test."""

import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from playground.people.client import TelegramClient
from playground.server import Server, serve
from storage.engine import schema
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from storage.people import tokens
from tests.harness.bot_process import SECRET, TOKEN, Bot, write_company
from tests.harness.company import LiveCompany, found_company


@pytest.fixture(scope="session")
def settings_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `huifang init --yes` writes, once for all tests."""
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
def webhook(request: pytest.FixtureRequest) -> bool:
    """How the updates come; a test chooses by parametrising this."""
    return bool(request.param)


@pytest.fixture
def staff() -> int:
    """How many work in the department."""
    return 4


@pytest.fixture
def language() -> str:
    """What everybody speaks; a test that wants another one parametrises this."""
    return "en"


@pytest.fixture
def extra() -> dict[str, str]:
    """Settings of the bot that a test wants otherwise."""
    return {}


@pytest.fixture
async def opened(database_url: str) -> AsyncIterator[Database]:
    """The bot's database, to look into from beside it; its API token is in it already."""
    database = Database(database_url, Keyring([SECRET]))
    await schema.migrate(database)
    async with database.begin() as tx:
        await tokens.create(tx, "erp", "hf_test", datetime.now(UTC))
    yield database
    await database.close()


@pytest.fixture
async def company(
    server: Server,
    telegram: TelegramClient,
    opened: Database,
    settings_folder: Path,
    tmp_path: Path,
    webhook: bool,  # noqa: FBT001 -- a fixture
    staff: int,
    language: str,
    extra: dict[str, str],
) -> AsyncIterator[LiveCompany]:
    shutil.copytree(settings_folder, tmp_path, dirs_exist_ok=True)
    (tmp_path / "token-erp").write_text("hf_test")
    async with Bot(tmp_path, server.url, opened.url, webhook=webhook, extra=extra) as bot:
        assert ("setWebhook" in {call["method"] for call in await telegram.calls()}) == webhook
        yield await found_company(server, telegram, bot, opened, staff=staff, language=language)
