"""What customers attach is kept sealed in a store of our own: nothing loses it, and nobody reads it without its row (G10)."""

import asyncio
import hashlib
import shlex
import sys
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from playground.world.files import StoredFile
from storage.models import evidence, outbox
from tests.harness.bot_process import find_free_port, run_huifang
from tests.harness.s3_server import ACCESS, REGION, list_objects, make_bucket, serve_s3
from tests.harness.stage import MINUTE, StoryStage, find_case_number

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
    await _attach_everything(stage)
    await stage.at("transport", stage.li).see("Look at this")
    await stage.wait_until_quiet()
    return number


async def _attach_everything(stage: StoryStage) -> None:
    await stage.customer.album(2, caption="Look at this")
    await stage.customer.say(voice=True)
    await stage.customer.say(document=True)


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
    checked = await _huifang(stage, "check", HUIFANG_EVIDENCE=str(copy), **again)
    assert f"filesin{copy}:4" in "".join(checked.split())
    none = {"HUIFANG_DATABASE": f"sqlite+aiosqlite:///{bot.folder / 'none.db'}", "HUIFANG_EVIDENCE": "off"}
    assert "left out: 4 files of cases" in await _huifang(stage, "restore", path, **none)
    await bot.start()


async def test_the_file_on_paper(stage: StoryStage) -> None:
    """The PDF of the case shows the photos that are kept, and lists everything with its hash."""
    await _keep_in_folder(stage)
    number = await _file_with_everything(stage)
    await _wait_until_kept(stage, 4)
    manager = stage.manager
    await manager.say(f"/case {number}")
    shown = await manager.see(number)
    await manager.press("PDF", message_id=shown["message_id"])
    sent = await stage.telegram.wait_for(manager.chat, lambda m: "document" in m)
    pdf = PdfReader(BytesIO(await stage.telegram.file(sent["document"]["file_id"])))
    text = "".join(page.extract_text() for page in pdf.pages).replace("\n", "").replace(" ", "")
    photos = {file.data for file in _list_attached(stage) if file.kind == "photo"}
    assert sum(len(page.images) for page in pdf.pages) == len(photos)  # the same picture twice is in it once
    for attached in _list_attached(stage)[:4]:
        assert hashlib.sha256(attached.data).hexdigest() in text
    assert f"{number}-1.png" in text


async def test_a_new_bot(stage: StoryStage) -> None:
    """Another token: no file is known by its id any more, and staff get the album, the voice message and the document all the same."""
    await _keep_in_folder(stage)
    number = await _file_with_everything(stage)
    await _wait_until_kept(stage, 4)
    attached = {file.data for file in _list_attached(stage)}
    await stage.bot.stop()
    stage.server.world.files.forget_ids()
    stage.server.world.token = stage.bot.extra["HUIFANG_TOKEN"] = "123456:another-token"
    await stage.bot.start()
    stage.refusals.append("wrong file identifier")
    manager = stage.manager
    await manager.say(f"/case {number}")
    shown = await manager.see(number)
    before = stage.server.world.files.count
    await manager.press("Files", message_id=shown["message_id"])
    await stage.wait_until_quiet()
    assert stage.server.world.files.count == before + 4
    assert {file.data for file in _list_attached(stage)[before:]} == attached
    albums = [m for m in await stage.telegram.messages(manager.chat) if m.get("media_group_id")]
    assert len(albums) == 2
    (failed,) = await stage.rows(select(func.count()).where(outbox.c.state == "failed").select_from(outbox))
    assert failed == (0,)


async def test_killed_while_fetching(stage: StoryStage) -> None:
    """At the first getFile, and again while Telegram is silent: what was owed is fetched by the next process, each file once."""
    folder = await _keep_in_folder(stage)
    await stage.rate_delivery(2)
    await stage.customer.press("File a complaint")
    await stage.customer.see("is filed and passed on")
    await stage.telegram.fault("kill", method="getFile", when="after", pid=stage.bot.pid)
    await _attach_everything(stage)
    await stage.bot.ended()
    await stage.bot.kill()
    silence = await stage.telegram.fault("silence", method="getFile", times=0)
    await stage.bot.start()
    await stage.at("transport", stage.li).see("Look at this")
    await stage.bot.kill()
    await stage.telegram.heal(silence)
    await stage.bot.start()
    await _wait_until_kept(stage, 4)
    await stage.wait_until_quiet()
    assert len(_read_objects(folder)) == 4


async def test_infected(stage: StoryStage) -> None:
    """Staff are told, nothing is kept of it, and it is not sent again."""
    look = "import sys; sys.exit(open(sys.argv[-1], 'rb').read().startswith(b'%PDF'))"
    folder = await _keep_in_folder(stage, HUIFANG_EVIDENCE_SCAN=shlex.join((sys.executable, "-c", look)))
    number = await _file_with_everything(stage)
    warned = await stage.at("transport", stage.li).see("the virus scanner objects to a document")
    assert number in warned["text"]
    await stage.wait_until_quiet()
    states = sorted(row.state for row in await stage.rows(select(evidence.c.state)))
    assert states == ["infected", "kept", "kept", "kept"]
    assert len(_read_objects(folder)) == 3
    manager = stage.manager
    await manager.say(f"/case {number}")
    await manager.press("Files", message_id=(await manager.see(number))["message_id"])
    await stage.wait_until_quiet()
    assert not [m for m in await stage.telegram.messages(manager.chat) if "document" in m]


async def test_erased(stage: StoryStage) -> None:
    """With the person their files leave the store within moments, and their rows with the keys: an old copy of the folder opens nowhere."""
    folder = await _keep_in_folder(stage)
    await _file_with_everything(stage)
    await _wait_until_kept(stage, 4)
    assert len(_read_objects(folder)) == 4
    await stage.bot.huifang("erase", "--phone", stage.wang.phone or "", "--yes")
    while await stage.rows(select(evidence.c.id)):  # noqa: ASYNC110 -- another process deletes them
        await asyncio.sleep(0.02)
    assert _read_objects(folder) == {}
    assert f"filesin{folder}:0" in "".join((await stage.bot.huifang("check")).split())


async def test_in_a_bucket(stage: StoryStage) -> None:
    """While its server is away everything waits, and a command says so; then all of it is kept there, and a backup reads it."""
    port, bot = find_free_port(), stage.bot
    bucket = f"kept-{port}"
    where = {
        "": f"s3://{bucket}/huifang",
        "_ENDPOINT": f"http://127.0.0.1:{port}",
        "_REGION": REGION,
        "_ACCESS": ACCESS,
    }
    await bot.stop()
    bot.extra |= {f"HUIFANG_EVIDENCE{name}": text for name, text in where.items()} | {"HUIFANG_BACKUP_KEY": KEY}
    await bot.start()
    await _file_with_everything(stage)
    while bot.log().count("error sending request") < 4:  # noqa: ASYNC110 -- another process writes it
        await asyncio.sleep(0.02)
    assert "everything waits until it can be reached" in await _huifang(stage, "check")
    assert {row.state for row in await stage.rows(select(evidence.c.state))} == {"waiting"}
    with serve_s3(port) as url:
        await asyncio.to_thread(make_bucket, url, bucket)
        await bot.clock(MINUTE)
        await _wait_until_kept(stage, 4)
        objects = await asyncio.to_thread(list_objects, url, bucket)
        assert len([name for name in objects if name.startswith("huifang/")]) == 4
        assert "4 files of cases" in await bot.huifang("backup", str(bot.folder / "b"))


async def _huifang(stage: StoryStage, *arguments: str, **changes: str) -> str:
    """Another command, with other settings."""
    code, out, err = await run_huifang(arguments, stage.bot.environment | changes)
    assert code == 0 or arguments[0] == "check", err
    return out


def _read_objects(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("??/*")}
