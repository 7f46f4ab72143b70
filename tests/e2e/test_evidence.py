"""What customers attach is kept sealed in a store of our own: nothing loses it, and nobody reads it without its row (G10)."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import select

from playground.world.files import StoredFile
from storage.models import evidence
from tests.harness.stage import StoryStage, find_case_number

pytestmark = pytest.mark.both_engines


async def _keep_in_folder(stage: StoryStage, name: str = "evidence", **more: str) -> Path:
    """The bot keeps evidence in a folder from now on."""
    folder = stage.bot.folder / name
    await stage.bot.stop()
    stage.bot.extra |= {"HUIFANG_EVIDENCE": str(folder)} | more
    await stage.bot.start()
    return folder


async def _file_with_everything(stage: StoryStage) -> str:
    """A complaint with an album of two photos, a voice message and a document; its number."""
    await stage.rate_delivery(2)
    customer = stage.customer
    await customer.press("File a complaint")
    number = find_case_number(await customer.see("is filed and passed on"))
    await customer.album(2, caption="Look at this")
    await customer.say(voice=True)
    await customer.say(document=True)
    await stage.at("transport", stage.li).see("Look at this")
    await stage.wait_until_quiet()
    return number


async def _wait_until_kept(stage: StoryStage, count: int) -> None:
    while True:
        states = [row.state for row in await stage.rows(select(evidence.c.state))]
        if states == ["kept"] * count:
            return
        await asyncio.sleep(0.02)


def _list_attached(stage: StoryStage) -> list[StoredFile]:
    return list(stage.server.world.files)


async def test_kept_sealed(stage: StoryStage) -> None:
    """An album, a voice message and a file of a complaint are in the folder, each as an object that shows nothing of it."""
    folder = await _keep_in_folder(stage)
    await _file_with_everything(stage)
    await _wait_until_kept(stage, 4)
    objects = [path.read_bytes() for path in folder.glob("??/*")]
    assert len(objects) == 4
    for attached in _list_attached(stage):
        assert not any(attached.data[:64] in sealed for sealed in objects)
