"""What customers attach is kept sealed in a store of our own: nothing loses it, and nobody reads it without its row (G10)."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import select

from playground.world.files import StoredFile
from storage.models import evidence
from tests.harness.bot_process import run_huifang
from tests.harness.stage import StoryStage, find_case_number

pytestmark = pytest.mark.both_engines
KEY = "9b1d64e0f7a25c83d6e91f40ab7c2e58"


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
    objects = _read_objects(folder).values()
    assert len(objects) == 4
    for attached in _list_attached(stage):
        assert not any(attached.data[:64] in sealed for sealed in objects)


async def test_a_backup_has_it(stage: StoryStage) -> None:
    """Restored in another place, on the other engine: each object is the one that was kept, and `check` finds all of them."""
    bot = stage.bot
    folder = await _keep_in_folder(stage, HUIFANG_BACKUP_KEY=KEY)
    await _file_with_everything(stage)
    await _wait_until_kept(stage, 4)
    path = str(bot.folder / "a.backup")
    assert "4 files of cases" in await bot.huifang("backup", path)
    assert "no files of cases" in await _huifang(stage, "backup", f"{path}-rows", HUIFANG_BACKUP_EVIDENCE="no")
    await bot.stop()
    copy, again = bot.folder / "copy", {"HUIFANG_DATABASE": f"sqlite+aiosqlite:///{bot.folder / 'copy.db'}"}
    said = await _huifang(stage, "restore", path, HUIFANG_EVIDENCE=str(copy), **again)
    assert "files of cases, compared with the backup: 4" in said
    assert _read_objects(copy) == _read_objects(folder)
    assert f"files in {copy}: 4" in await _huifang(stage, "check", HUIFANG_EVIDENCE=str(copy), **again)
    none = {"HUIFANG_DATABASE": f"sqlite+aiosqlite:///{bot.folder / 'none.db'}", "HUIFANG_EVIDENCE": "off"}
    assert "left out: 4 files of cases" in await _huifang(stage, "restore", path, **none)
    await bot.start()


async def _huifang(stage: StoryStage, *arguments: str, **changes: str) -> str:
    """Another command, with other settings."""
    code, out, err = await run_huifang(arguments, stage.bot.environment | changes)
    assert code == 0 or arguments[0] == "check", err
    return out


def _read_objects(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("??/*")}
