"""Pictures are drawn in a helper process that ends with the bot."""

import asyncio
import os
import signal
import subprocess
import sys
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select

from bot.drawing.export_source import ExportSource
from bot.drawing.helper_process import DRAWING_SECONDS, DrawingProcess
from domain.figures.export import ExportRequest
from domain.figures.period import parse_period
from domain.people import Role
from reports.pictures.qr import draw_qr_code
from reports.wire import pack
from storage.engine.database import Database
from storage.models import outbox
from tests.harness.bot_process import SECRET
from tests.harness.in_process import BOSS, COMPANY, NOON, Desk
from tests.reports.wording.test_case_file import FILE


async def test_a_picture_of_what_is_owed(desk: Desk) -> None:
    """The row's figures become a PNG; words, markup and buttons go with it; nothing is started before."""
    await desk.grant(BOSS, Role.MANAGER)
    await desk.say(BOSS, "/summary month")
    ((payload,),) = await desk.rows(select(outbox.c.payload))
    drawing = DrawingProcess()
    assert not drawing.drawing.started
    image, fields = await drawing.draw(payload)
    assert image.startswith(b"\x89PNG\r\n\x1a\n")
    assert fields["parse_mode"] == "HTML"
    assert fields["caption"]
    assert "inline_keyboard" in msgspec.json.decode(fields["reply_markup"])
    drawing.close()


async def test_a_picture_says_it_in_the_companys_own_words(desk: Desk) -> None:
    """What stands in a picture is said as the company says it everywhere else."""
    await desk.grant(BOSS, Role.MANAGER)
    await desk.say(BOSS, "/summary month")
    ((payload,),) = await desk.rows(select(outbox.c.payload))
    own = replace(
        COMPANY,
        wording=(
            ("en", "picture-replied", "picture-replied = Answered after\n"),
            ("en", "picture-none", "picture-none = nothing\n"),
        ),
    )
    pictures = []
    for company in (COMPANY, own):
        drawing = DrawingProcess(ExportSource(desk.database.address, (SECRET,), company))
        pictures.append((await drawing.draw(payload))[0])
        drawing.close()
    assert pictures[0] != pictures[1]


async def test_a_code_of_what_is_owed() -> None:
    """A row with a link becomes its QR code, without buttons. The process that drew it ends when there is nothing else to draw."""
    body = {"caption": "SF1", "parse_mode": "HTML", "qr": "https://t.me/huifang_bot?start=d1"}
    drawing = DrawingProcess()
    drawing.drawing.idle_seconds = 0.01
    image, fields = await drawing.draw(msgspec.json.encode(body).decode())
    assert image == draw_qr_code(body["qr"], "png")
    assert fields == {"caption": "SF1", "parse_mode": "HTML"}
    async with asyncio.timeout(20):
        while drawing.drawing.started:  # noqa: ASYNC110 -- nobody can signal
            await asyncio.sleep(0.01)


async def test_a_file_of_what_is_owed() -> None:
    """The row's facts become a PDF of the name that the row says, with its caption."""
    body = {"caption": "<b>C-1</b>", "parse_mode": "HTML", "filename": "C-1.pdf", "dossier": FILE}
    drawing = DrawingProcess()
    document = await drawing.file(msgspec.json.encode(body).decode())
    drawing.close()
    assert isinstance(document.content, bytes)
    assert document.content.startswith(b"%PDF-")
    assert document.filename == "C-1.pdf"
    assert document.fields == {"caption": "<b>C-1</b>", "parse_mode": "HTML"}


async def test_an_export_is_written_by_a_process_of_its_own(sqlite: Database) -> None:
    """It reads from the database itself; its file is open and has no name any more; the process is gone, and no other was started."""
    source = ExportSource(sqlite.address, (SECRET,), COMPANY)
    wanted = ExportRequest(parse_period("2026-10", NOON, COMPANY.zone))
    body = {"caption": "", "parse_mode": "HTML", "filename": "x.xlsx", "file": "export", "facts": pack(wanted)}
    drawing = DrawingProcess(source)
    document = await drawing.file(msgspec.json.encode(body).decode())
    assert not isinstance(document.content, bytes)
    with document.content as file:
        assert file.read(2) == b"PK"
        assert not os.path.exists(file.name)  # noqa: ASYNC240, PTH110 -- quick
    assert (document.filename, document.instead) == ("x.xlsx", "")
    assert not drawing.drawing.started
    assert not drawing.exporting.started
    drawing.close()


CODE = msgspec.json.encode({"caption": "", "parse_mode": "HTML", "qr": "https://t.me/huifang_bot?start=d1"}).decode()


def _list_helpers() -> set[int]:
    """The helper processes that run, or were ended and not yet collected."""
    return {child.pid for child in active_children() if child.pid is not None}


async def _wait_for_helper(known: set[int]) -> int:
    """The helper process that is not one of those known, as soon as there is one."""
    async with asyncio.timeout(30):
        while not _list_helpers() - known:  # noqa: ASYNC110 -- nobody can signal
            await asyncio.sleep(0.005)
    return (_list_helpers() - known).pop()


async def test_a_killed_helper_is_replaced() -> None:
    """Killed while it has nothing to do (as by the kernel, out of memory): the next picture is drawn by a new one."""
    drawing, known = DrawingProcess(), _list_helpers()
    await drawing.draw(CODE)
    helper = await _wait_for_helper(known)
    os.kill(helper, signal.SIGKILL)
    image, _ = await drawing.draw(CODE)
    assert image.startswith(b"\x89PNG")
    assert not _alive(helper)
    drawing.close()


async def test_what_a_killed_helper_was_drawing_is_drawn_once_more() -> None:
    """Killed at work: the same picture comes from a new process. Killed again: the row is tried later, and then comes."""
    drawing, known = DrawingProcess(), _list_helpers()
    drawn = asyncio.create_task(drawing.draw(CODE))
    os.kill(await _wait_for_helper(known), signal.SIGKILL)
    image, _ = await drawn
    assert image.startswith(b"\x89PNG")
    drawing.close()
    known = _list_helpers()
    refused = asyncio.create_task(drawing.draw(CODE))
    first = await _wait_for_helper(known)
    os.kill(first, signal.SIGKILL)
    os.kill(await _wait_for_helper({*known, first}), signal.SIGKILL)
    with pytest.raises(BrokenProcessPool):
        await refused
    assert (await drawing.draw(CODE))[0] == image
    drawing.close()


async def test_a_helper_that_hangs_is_killed() -> None:
    """It is given its time and no more; what comes next is drawn by a new one."""
    drawing, known = DrawingProcess(), _list_helpers()
    await drawing.draw(CODE)
    helper = await _wait_for_helper(known)
    os.kill(helper, signal.SIGSTOP)
    drawing.drawing.seconds = 0.2
    with pytest.raises(TimeoutError, match="not drawn within"):
        await drawing.draw(CODE)
    drawing.drawing.seconds = DRAWING_SECONDS
    image, _ = await drawing.draw(CODE)
    assert image.startswith(b"\x89PNG")
    assert not _alive(helper)
    drawing.close()


async def test_a_helper_that_hangs_does_not_hold_up_the_end() -> None:
    """Closing kills it, whatever it is doing."""
    drawing, known = DrawingProcess(), _list_helpers()
    await drawing.draw(CODE)
    helper = await _wait_for_helper(known)
    os.kill(helper, signal.SIGSTOP)
    drawing.close()
    async with asyncio.timeout(10):
        while _alive(helper):  # noqa: ASYNC110 -- nobody can signal
            await asyncio.sleep(0.005)


async def test_a_killed_export_is_written_once_more(sqlite: Database) -> None:
    """Its process killed at work: a new one writes the file. One that hangs is killed after its own, longer time."""
    source = ExportSource(sqlite.address, (SECRET,), COMPANY)
    wanted = ExportRequest(parse_period("2026-10", NOON, COMPANY.zone))
    body = {"caption": "", "parse_mode": "HTML", "filename": "x.xlsx", "file": "export", "facts": pack(wanted)}
    payload = msgspec.json.encode(body).decode()
    drawing = DrawingProcess(source)
    assert drawing.exporting.seconds > drawing.drawing.seconds
    known = _list_helpers()
    written = asyncio.create_task(drawing.file(payload))
    os.kill(await _wait_for_helper(known), signal.SIGKILL)
    document = await written
    assert not isinstance(document.content, bytes)
    with document.content as file:
        assert file.read(2) == b"PK"
    drawing.exporting.seconds = 0.5
    known = _list_helpers()
    hung = asyncio.create_task(drawing.file(payload))
    os.kill(await _wait_for_helper(known), signal.SIGSTOP)
    with pytest.raises(TimeoutError):
        await hung
    assert not drawing.exporting.started
    drawing.close()


async def test_a_row_that_owes_no_picture_raises() -> None:
    """And no process is started for it."""
    drawing = DrawingProcess()
    with pytest.raises(msgspec.MsgspecError):
        await drawing.draw('{"text":"x"}')
    with pytest.raises(msgspec.MsgspecError):
        await drawing.file('{"caption":"x"}')
    assert not drawing.drawing.started
    drawing.close()


PARENT = """
import os, sys, time
from multiprocessing import get_context
from concurrent.futures import ProcessPoolExecutor
from bot.drawing.helper_process import _end_with_parent
if __name__ == "__main__":
    pool = ProcessPoolExecutor(1, get_context("spawn"), _end_with_parent, (os.getpid(),))
    print(pool.submit(os.getpid).result(), flush=True)
    time.sleep(60)
"""


async def test_the_helper_ends_with_a_killed_bot(tmp_path: Path) -> None:
    """SIGKILL leaves nobody to end it: it sees that its parent is gone."""
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    root = Path(__file__).parents[3]
    env = {**os.environ, "PYTHONPATH": str(root)}
    process = await asyncio.create_subprocess_exec(sys.executable, str(script), env=env, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    async with asyncio.timeout(30):
        helper = int(await process.stdout.readline())
    os.kill(helper, 0)
    process.send_signal(signal.SIGKILL)
    await process.wait()
    async with asyncio.timeout(10):
        while _alive(helper):  # noqa: ASYNC110 -- nobody can signal
            await asyncio.sleep(0.05)


def _alive(pid: int) -> bool:
    """Whether it runs; a process that ended and was not yet collected does not."""
    try:
        os.kill(pid, 0)
        return not Path("/proc").exists() or " Z " not in Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_the_bot_itself_draws_nothing() -> None:
    """What draws and writes is imported in the helper process alone: it costs the bot no memory (law 10)."""
    heavy = {"typst", "xlsxwriter", "matplotlib", "PIL", "numpy", "python_calamine"}
    asked = f"import bot.app, sys; print(sorted({heavy!r} & set(sys.modules)))"
    completed = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert completed.stdout == "[]\n"
