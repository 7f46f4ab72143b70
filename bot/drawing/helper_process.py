"""Helper process for pictures and files: drawing never delays a press, and costs no memory before the first picture.

1. A picture or file has a kind, by which the helper finds what draws it, and from what.
2. An export gets its own process with its own connection, which ends with it: no picture waits for it, and its memory is given back.
3. A process that was killed (out of memory) is replaced, and what it was drawing is drawn once more; one that takes too long is killed.
4. One that has had nothing to do for a while ends, and gives its memory back.
"""

import asyncio
import logging
import os
import shutil
import signal
import threading
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, BinaryIO, TypeVar

import msgspec

from bot.drawing.case_photos import CasePhotos, read_photos
from bot.drawing.export_source import ExportSource, MadeExport

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

    from texts import OwnWording, Texts

log = logging.getLogger(__name__)

CASE = "case"
"""The kind of file that shows photos, which are read from the store of evidence."""

EXPORT = "export"
"""The kind of file that is read from the database when its turn comes; see handlers/figures/exports.py."""

OWN_DATA = "mydata"
"""The same of what is kept about a person; see handlers/privacy/my_data.py."""

DRAWING_SECONDS = 60.0
"""Seconds for one picture or document, with the start of the process. The largest report takes less than ten on a busy machine."""

EXPORT_SECONDS = 1800.0
"""Seconds for one export. A year of a large company takes some minutes."""

IDLE_SECONDS = 300.0
"""Seconds without work after which the helper process ends. Another start takes half a second of a picture."""

Made = TypeVar("Made")


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
    file: str = CASE
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


class ReplaceableProcess:
    """One process that does one piece of work at a time, started with the first; `seconds` is the limit of each.

    It ends when it has had no work for `idle_seconds`.
    """

    def __init__(self, seconds: float, idle_seconds: float = IDLE_SECONDS) -> None:
        self.seconds, self.idle_seconds = seconds, idle_seconds
        self._pool: ProcessPoolExecutor | None = None
        self._one_at_a_time = asyncio.Lock()
        self._rest: asyncio.TimerHandle | None = None

    @property
    def started(self) -> bool:
        return self._pool is not None

    async def run(self, work: Callable[..., Made], *facts: object, once: bool = False) -> Made:
        """Run it there; if the process is killed, once more in a new one. With `once` the process ends with the work.

        Raises:
            TimeoutError: when it took too long; the process was killed, and the next work gets a new one.
            BrokenExecutor: when the second process was killed, too.
        """
        async with self._one_at_a_time:
            if self._rest is not None:
                self._rest.cancel()
            try:
                try:
                    return await self._try(work, *facts)
                except BrokenExecutor:
                    log.warning("the helper process was killed; a new one does its work")
                    self.end()
                return await self._try(work, *facts)
            except TimeoutError:
                log.warning("the helper process took more than %.0f s and was killed", self.seconds)
                self.end()
                raise TimeoutError(f"not drawn within {self.seconds:.0f} s") from None
            except BrokenExecutor:
                self.end()
                raise
            finally:
                if once:
                    self.end()
                self._rest = asyncio.get_running_loop().call_later(self.idle_seconds, self.end)

    async def _try(self, work: Callable[..., Made], *facts: object) -> Made:
        if self._pool is None:
            from concurrent.futures import ProcessPoolExecutor
            from multiprocessing import get_context

            self._pool = ProcessPoolExecutor(1, get_context("spawn"), _end_with_parent, (os.getpid(),))
        async with asyncio.timeout(self.seconds):
            return await asyncio.get_running_loop().run_in_executor(self._pool, work, *facts)

    def end(self) -> None:
        """Kill the process, whatever it is doing: one that hangs would hold up the end of the bot."""
        pool, self._pool = self._pool, None
        if pool is not None:
            for process in list((pool._processes or {}).values()):  # noqa: SLF001 -- Python 3.14 calls it kill_workers()
                process.kill()
            pool.shutdown(wait=False, cancel_futures=True)


class DrawingProcess:
    """Draws what rows of the outbox owe. `source` is what exports are read from, `find_photos` finds what the file of a case shows."""

    def __init__(
        self,
        source: ExportSource | None = None,
        find_photos: Callable[[bytes], Awaitable[CasePhotos]] | None = None,
    ) -> None:
        self._source, self._find_photos = source, find_photos
        self._wording: OwnWording = source.company.wording if source is not None else ()
        self.drawing = ReplaceableProcess(DRAWING_SECONDS)
        self.exporting = ReplaceableProcess(EXPORT_SECONDS)

    async def draw(self, payload: str) -> tuple[bytes, dict[str, str]]:
        """The picture this row owes (PNG), and the fields that go with it."""
        owed = msgspec.json.decode(payload, type=_OwedPicture)
        fields = {"caption": owed.caption, "parse_mode": owed.parse_mode}
        if owed.qr:
            return await self.drawing.run(_draw_qr_code, owed.qr), fields
        image = await self.drawing.run(_draw_picture, owed.picture, bytes(owed.facts), owed.language, self._wording)
        return image, fields | {"reply_markup": bytes(owed.reply_markup).decode()}

    async def file(self, payload: str) -> Document:
        """The file this row owes."""
        owed = msgspec.json.decode(payload, type=_OwedFile)
        fields = {"caption": owed.caption, "parse_mode": owed.parse_mode}
        if owed.file in {EXPORT, OWN_DATA}:
            write = _write_export if owed.file == EXPORT else _write_own_data
            made = await self.exporting.run(write, self._source, bytes(owed.facts), owed.language, once=True)
            return Document(_open_and_unlink(made) if made.path else b"", owed.filename, fields, made.instead)
        facts = bytes(owed.facts) if bytes(owed.facts) != b"null" else bytes(owed.dossier)
        if owed.file == CASE:
            photos = await self._find_photos(facts) if self._find_photos is not None else CasePhotos()
            file = await self.drawing.run(_write_case_file, facts, photos)
        else:
            file = await self.drawing.run(_write_file, owed.file, facts, owed.language, self._wording)
        return Document(file, owed.filename, fields)

    def close(self) -> None:
        for process in (self.drawing, self.exporting):
            process.end()


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


def _draw_picture(kind: str, facts: bytes, language: str, wording: "OwnWording" = ()) -> bytes:
    """One function per kind: (facts, say, language) → PNG."""
    texts = _read_texts(wording)
    return _list_picture_functions()[kind](facts, lambda key, /, **values: texts.plain(language, key, values), language)


@cache
def _read_texts(wording: "OwnWording") -> "Texts":
    """Read with the first picture: they never change."""
    from texts import Texts

    return Texts(own=wording)


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


def _write_file(kind: str, facts: bytes, language: str, wording: "OwnWording" = ()) -> bytes:
    """One function per kind: (facts, language) → the file."""
    return _list_file_functions(wording)[kind](facts, language)


def _list_file_functions(wording: "OwnWording") -> dict[str, Callable[..., bytes]]:
    from reports.paper.report import Report
    from reports.paper.report_file import render_report
    from reports.wire import unpack

    texts = _read_texts(wording)
    return {
        "report": lambda facts, language: render_report(
            unpack(facts, Report), lambda key, /, **values: texts.plain(language, key, values), language
        ),
    }


def _write_case_file(facts: bytes, photos: CasePhotos) -> bytes:
    """The file of a case, with the photos that are kept of it."""
    from reports.paper.case_file import render_case_file
    from reports.wire import unpack
    from reports.wording.case_file import CaseFile

    return render_case_file(unpack(facts, CaseFile), read_photos(photos))


def _write_export(source: ExportSource, facts: bytes, language: str) -> MadeExport:
    """The export these facts ask for, as a file."""
    from bot.drawing.export_writer import make_export
    from domain.figures.export import ExportRequest
    from reports.wire import unpack

    return make_export(source, unpack(facts, ExportRequest), language)


def _write_own_data(source: ExportSource, facts: bytes, language: str) -> MadeExport:
    """What a person is given of their own data."""
    from bot.drawing.own_data_writer import make_own_data
    from domain.own_data import OwnDataRequest
    from reports.wire import unpack

    return make_own_data(source, unpack(facts, OwnDataRequest), language)


def _draw_qr_code(link: str) -> bytes:
    from reports.pictures.qr import draw_qr_code

    return draw_qr_code(link, "png")
