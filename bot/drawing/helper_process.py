"""Helper process for pictures and files: drawing never delays a press, and costs no memory before the first picture.

A picture or file has a kind; `PICTURES` and `FILES` say what draws it, and from what. An export gets its own process with its own
connection, which ends with it: no picture waits for it, and its memory is given back.
"""

import asyncio
import os
import shutil
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import BinaryIO

import msgspec

from bot.drawing.export_source import ExportSource, MadeExport

EXPORT = "export"
"""The kind of file that is read from the database when its turn comes; see handlers/figures/exports.py."""


class _OwedPicture(msgspec.Struct, frozen=True):
    """`qr` is the link that a QR code encodes, `summary` the facts of a picture owed by an earlier release."""

    caption: str
    parse_mode: str
    reply_markup: msgspec.Raw = msgspec.Raw(b'{"inline_keyboard":[]}')
    picture: str = ""
    facts: msgspec.Raw = msgspec.Raw(b"null")
    language: str = "en"
    qr: str = ""


class _OwedFile(msgspec.Struct, frozen=True):
    """`dossier` is what an earlier release called a case file."""

    caption: str
    parse_mode: str
    filename: str
    file: str = "case"
    facts: msgspec.Raw = msgspec.Raw(b"null")
    language: str = "en"
    dossier: msgspec.Raw = msgspec.Raw(b"null")


@dataclass(frozen=True, slots=True)
class Document:
    """A file to upload, its name, and the fields that go with it; `instead` is what to say (HTML) if there is none.

    `content` is bytes, or an open file that is closed, and gone, once it has been sent.
    """

    content: bytes | BinaryIO
    filename: str
    fields: dict[str, str]
    instead: str = ""


class DrawingProcess:
    """One helper process, started with the first picture. `source` is what exports are read from."""

    def __init__(self, source: ExportSource | None = None) -> None:
        self._source = source
        self._pool: ProcessPoolExecutor | None = None
        self._exporting: ProcessPoolExecutor | None = None
        self._one_export = asyncio.Lock()

    async def draw(self, payload: str) -> tuple[bytes, dict[str, str]]:
        """The picture this row owes (PNG), and the fields that go with it."""
        owed = msgspec.json.decode(payload, type=_OwedPicture)
        fields = {"caption": owed.caption, "parse_mode": owed.parse_mode}
        if owed.qr:
            return await self._run(_draw_qr_code, owed.qr), fields
        image = await self._run(_draw_picture, owed.picture, bytes(owed.facts), owed.language)
        return image, fields | {"reply_markup": bytes(owed.reply_markup).decode()}

    async def file(self, payload: str) -> Document:
        """The file this row owes."""
        owed = msgspec.json.decode(payload, type=_OwedFile)
        fields = {"caption": owed.caption, "parse_mode": owed.parse_mode}
        if owed.file == EXPORT:
            made = await self._export(bytes(owed.facts), owed.language)
            return Document(_open_and_unlink(made) if made.path else b"", owed.filename, fields, made.instead)
        facts = bytes(owed.facts) if bytes(owed.facts) != b"null" else bytes(owed.dossier)
        file = await self._run(_write_file, owed.file, facts, owed.language)
        return Document(file, owed.filename, fields)

    async def _export(self, facts: bytes, language: str) -> MadeExport:
        """Make an export in a process of its own, one at a time."""
        assert self._source is not None  # noqa: S101 -- the bot has one
        async with self._one_export:
            self._exporting = ProcessPoolExecutor(1, get_context("spawn"), _end_with_parent, (os.getpid(),))
            try:
                work = asyncio.get_running_loop().run_in_executor
                return await work(self._exporting, _write_export, self._source, facts, language)
            finally:
                self._exporting.shutdown(wait=False, cancel_futures=True)
                self._exporting = None

    async def _run(self, work: Callable[..., bytes], *facts: object) -> bytes:
        """Run it in the helper process, starting one if there is none."""
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, get_context("spawn"), _end_with_parent, (os.getpid(),))
        return await asyncio.get_running_loop().run_in_executor(self._pool, work, *facts)

    def close(self) -> None:
        for pool in (self._pool, self._exporting):
            if pool is not None:
                pool.shutdown(wait=False, cancel_futures=True)


def _open_and_unlink(made: MadeExport) -> BinaryIO:
    """The file, open; its name is removed at once, so that nothing is left when we are killed."""
    assert made.path is not None  # noqa: S101 -- asked only for a file
    file = made.path.open("rb")
    shutil.rmtree(made.path.parent)
    return file


def _end_with_parent(parent: int) -> None:
    """End with the bot, even if it was killed: nobody else would end this process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the bot's to answer

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


# --- in the helper process -------------------------------------------------------------------------------------------


def _draw_picture(kind: str, facts: bytes, language: str) -> bytes:
    """One function per kind: (facts, say, language) → PNG."""
    from texts import Texts

    texts = Texts()
    return _list_picture_functions()[kind](facts, lambda key, /, **values: texts.plain(language, key, values), language)


def _list_picture_functions() -> dict[str, Callable[..., bytes]]:
    from domain.figures.control import Trend
    from domain.figures.summary import Summary
    from reports.pictures import certificate, heat, pareto, summary_picture, trend, units
    from reports.wire import unpack

    return {
        "summary": lambda facts, say, language: summary_picture.render_picture(unpack(facts, Summary), say, language),
        "units": lambda facts, say, language: units.render_picture(unpack(facts, Summary), say, language),
        "pareto": lambda facts, say, language: pareto.render_picture(unpack(facts, Summary), say, language),
        "heat": lambda facts, say, language: heat.render_picture(unpack(facts, Summary), say, language),
        "trend": lambda facts, say, language: trend.render_picture(unpack(facts, Trend), say, language),
        "certificate": lambda facts, say, language: certificate.render_picture(
            unpack(facts, certificate.Certificate), say, language
        ),
    }


def _write_file(kind: str, facts: bytes, language: str) -> bytes:
    """One function per kind: (facts, language) → the file."""
    return _list_file_functions()[kind](facts, language)


def _list_file_functions() -> dict[str, Callable[..., bytes]]:
    from reports.paper.case_file import render_case_file
    from reports.paper.report import Report
    from reports.paper.report_file import render_report
    from reports.wire import unpack
    from reports.wording.case_file import CaseFile
    from texts import Texts

    texts = Texts()
    return {
        "case": lambda facts, _language: render_case_file(unpack(facts, CaseFile)),
        "report": lambda facts, language: render_report(
            unpack(facts, Report), lambda key, /, **values: texts.plain(language, key, values), language
        ),
    }


def _write_export(source: ExportSource, facts: bytes, language: str) -> MadeExport:
    """The export these facts ask for, as a file."""
    from bot.drawing.export_writer import make_export
    from domain.figures.export import ExportRequest
    from reports.wire import unpack

    return make_export(source, unpack(facts, ExportRequest), language)


def _draw_qr_code(link: str) -> bytes:
    from reports.pictures.qr import draw_qr_code

    return draw_qr_code(link, "png")
