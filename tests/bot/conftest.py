"""The bot's parts around a local Telegram, in the test's own process."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.drawing.helper_process import DrawingProcess
from bot.process.telegram import BotApi
from bot.sending.api_calls import ApiCaller as Outside
from bot.sending.limits import Limits
from playground.people.client import TelegramClient
from playground.server import Server, serve
from tests.harness.bot_process import TOKEN
from tests.harness.in_process import EXAMPLE, Desk, desk, sqlite
from tests.harness.live_sender import LiveSender

__all__ = ["desk", "sqlite"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The example company's files, to be changed."""
    shutil.copytree(EXAMPLE.parent, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    async with serve(token=TOKEN, port=0) as running:
        running.world.is_own_bot = lambda _pid: True  # a test's bots are its own
        yield running


@pytest.fixture
async def telegram(server: Server) -> AsyncIterator[TelegramClient]:
    async with TelegramClient(server.url) as client:
        yield client


@pytest.fixture
async def api(server: Server) -> AsyncIterator[BotApi]:
    async with BotApi(server.url, TOKEN) as client:
        yield client


@pytest.fixture
def rate() -> float:
    """The sender's overall limit; 0 is none."""
    return 0


@pytest.fixture
async def post(
    desk: Desk, api: BotApi, server: Server, telegram: TelegramClient, rate: float
) -> AsyncIterator[LiveSender]:
    """A sender at work beside the desk's worker."""
    drawing = DrawingProcess()
    outside = Outside(api, desk.database, desk.worker, drawing)
    made = LiveSender(desk, outside, server, telegram, Limits(rate))
    await made.start()
    yield made
    await made.stop()
    drawing.close()
    await asyncio.sleep(0)
