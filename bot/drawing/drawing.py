"""Pictures and files are drawn in a helper process: they never delay a press, and cost no memory before the first one is asked for.

A picture or a file has a kind; `PICTURES` and `FILES` say what draws it, and from what. An export has a process of its
own, which reads from a connection of its own and ends with it: no picture waits for it, and its memory is given back.
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

from bot.drawing.export_source import Made, Source

EXPORT = "export"
"""The kind of file that is read from the database when its turn comes; handlers/figures/exporting.py."""


class _Owed(msgspec.Struct, frozen=True):
    """`qr` is the link that a picture is the code of, `summary` the facts of a picture that an earlier release owed."""

    caption: str
    parse_mode: str
    reply_markup: msgspec.Raw = msgspec.Raw(b'{"inline_keyboard":[]}')
    picture: str = ""
    facts: msgspec.Raw = msgspec.Raw(b"null")
    language: str = "en"
    qr: str = ""


class _OwedFile(msgspec.Struct, frozen=True):
    """`dossier` is what a file of a case was called by an earlier release."""

    caption: str
    parse_mode: str
    filename: str
    file: str = "case"
    facts: msgspec.Raw = msgspec.Raw(b"null")
    language: str = "en"
    dossier: msgspec.Raw = msgspec.Raw(b"null")


@dataclass(frozen=True, slots=True)
class Document:
    """A file to upload, its name, and the fields that go with it; `instead` is what to say (HTML) where there is none.

    `content` is bytes, or a file that is closed, and gone, once it was sent.
    """

    content: bytes | BinaryIO
    filename: str
    fields: dict[str, str]
    instead: str = ""


class Drawing:
    """One helper process, started with the first picture. `source` is what exports are read from."""

    def __init__(self, source: Source | None = None) -> None:
        self._source = source
        self._pool: ProcessPoolExecutor | None = None
        self._exporting: ProcessPoolExecutor | None = None
        self._one_export = asyncio.Lock()

    async def draw(self, payload: str) -> tuple[bytes, dict[str, str]]:
        """The picture that this row owes, and the fields that go with it."""
        owed = msgspec.json.decode(payload, type=_Owed)
        fields = {"caption": owed.caption, "parse_mode": owed.parse_mode}
        if owed.qr:
            return await self._run(_draw_code, owed.qr), fields
        image = await self._run(_draw, owed.picture, bytes(owed.facts), owed.language)
        return image, fields | {"reply_markup": bytes(owed.reply_markup).decode()}

    async def file(self, payload: str) -> Document:
        """The file that this row owes."""
        owed = msgspec.json.decode(payload, type=_OwedFile)
        fields = {"caption": owed.caption, "parse_mode": owed.parse_mode}
        if owed.file == EXPORT:
            made = await self._export(bytes(owed.facts), owed.language)
            return Document(_taken(made) if made.path else b"", owed.filename, fields, made.instead)
        facts = bytes(owed.facts) if bytes(owed.facts) != b"null" else bytes(owed.dossier)
        file = await self._run(_write, owed.file, facts, owed.language)
        return Document(file, owed.filename, fields)

    async def _export(self, facts: bytes, language: str) -> Made:
        """In a process of its own, one export at a time."""
        assert self._source is not None  # noqa: S101 -- the bot has one
        async with self._one_export:
            self._exporting = ProcessPoolExecutor(1, get_context("spawn"), _follow, (os.getpid(),))
            try:
                work = asyncio.get_running_loop().run_in_executor
                return await work(self._exporting, _write_export, self._source, facts, language)
            finally:
                self._exporting.shutdown(wait=False, cancel_futures=True)
                self._exporting = None

    async def _run(self, work: Callable[..., bytes], *facts: object) -> bytes:
        """In the helper process, which is started where there is none."""
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, get_context("spawn"), _follow, (os.getpid(),))
        return await asyncio.get_running_loop().run_in_executor(self._pool, work, *facts)

    def close(self) -> None:
        for pool in (self._pool, self._exporting):
            if pool is not None:
                pool.shutdown(wait=False, cancel_futures=True)


def _taken(made: Made) -> BinaryIO:
    """The file, open; its name is gone already, so that nothing is left when we are killed."""
    assert made.path is not None  # noqa: S101 -- asked only for a file
    file = made.path.open("rb")
    shutil.rmtree(made.path.parent)
    return file


def _follow(parent: int) -> None:
    """End with the bot, also when it was killed: nobody else would end this process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the bot's to answer

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


# --- in the helper process -------------------------------------------------------------------------------------------


def _draw(kind: str, facts: bytes, language: str) -> bytes:
    """One function a kind: (facts, say, language) → PNG."""
    from texts import Texts

    texts = Texts()
    return _pictures()[kind](facts, lambda key, /, **values: texts.plain(language, key, values), language)


def _pictures() -> dict[str, Callable[..., bytes]]:
    from domain.figures.control import Trend
    from domain.figures.summary import Summary
    from reports.pictures import certificate, heat, pareto, picture, trend, units
    from reports.wire import unpack

    return {
        "summary": lambda facts, say, language: picture.picture(unpack(facts, Summary), say, language),
        "units": lambda facts, say, language: units.picture(unpack(facts, Summary), say, language),
        "pareto": lambda facts, say, language: pareto.picture(unpack(facts, Summary), say, language),
        "heat": lambda facts, say, language: heat.picture(unpack(facts, Summary), say, language),
        "trend": lambda facts, say, language: trend.picture(unpack(facts, Trend), say, language),
        "certificate": lambda facts, say, language: certificate.picture(
            unpack(facts, certificate.Certificate), say, language
        ),
    }


def _write(kind: str, facts: bytes, language: str) -> bytes:
    """One function a kind: (facts, language) → the file."""
    return _files()[kind](facts, language)


def _files() -> dict[str, Callable[..., bytes]]:
    from reports.paper.case_file import case_file
    from reports.paper.report import Report
    from reports.paper.report_file import report_file
    from reports.wire import unpack
    from reports.wording.dossier import Dossier
    from texts import Texts

    texts = Texts()
    return {
        "case": lambda facts, _language: case_file(unpack(facts, Dossier)),
        "report": lambda facts, language: report_file(
            unpack(facts, Report), lambda key, /, **values: texts.plain(language, key, values), language
        ),
    }


def _write_export(source: Source, facts: bytes, language: str) -> Made:
    """The export that these facts ask for, in a file."""
    from bot.drawing.exporting import make
    from domain.figures.export import Wanted
    from reports.wire import unpack

    return make(source, unpack(facts, Wanted), language)


def _draw_code(link: str) -> bytes:
    from reports.pictures.qr import qr

    return qr(link, "png")
