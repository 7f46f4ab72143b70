"""Pictures and files are drawn in a helper process: they never delay a press, and cost no memory before the first one is asked for.

A picture or a file has a kind; `PICTURES` and `FILES` say what draws it, and from what. What has to be read first (an export) is read by the
helper process itself, from a connection of its own.
"""

import asyncio
import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import msgspec


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


class Drawing:
    """One helper process, started with the first picture."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    async def draw(self, payload: str) -> tuple[bytes, dict[str, str]]:
        """The picture that this row owes, and the fields that go with it."""
        owed = msgspec.json.decode(payload, type=_Owed)
        fields = {"caption": owed.caption, "parse_mode": owed.parse_mode}
        if owed.qr:
            return await self._run(_draw_code, owed.qr), fields
        image = await self._run(_draw, owed.picture, bytes(owed.facts), owed.language)
        return image, fields | {"reply_markup": bytes(owed.reply_markup).decode()}

    async def file(self, payload: str) -> tuple[bytes, str, dict[str, str]]:
        """The file that this row owes, its name, and the fields that go with it."""
        owed = msgspec.json.decode(payload, type=_OwedFile)
        facts = bytes(owed.facts) if bytes(owed.facts) != b"null" else bytes(owed.dossier)
        file = await self._run(_write, owed.file, facts, owed.language)
        return file, owed.filename, {"caption": owed.caption, "parse_mode": owed.parse_mode}

    async def _run(self, work: Callable[..., bytes], *facts: object) -> bytes:
        """In the helper process, which is started where there is none."""
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, get_context("spawn"), _follow, (os.getpid(),))
        return await asyncio.get_running_loop().run_in_executor(self._pool, work, *facts)

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)


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
    from domain.control import Trend
    from domain.summary import Summary
    from reports import certificate, heat, pareto, picture, trend, units
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
    from reports.case_file import case_file
    from reports.dossier import Dossier
    from reports.report import Report
    from reports.report_file import report_file
    from reports.wire import unpack
    from texts import Texts

    texts = Texts()
    return {
        "case": lambda facts, _language: case_file(unpack(facts, Dossier)),
        "report": lambda facts, language: report_file(
            unpack(facts, Report), lambda key, /, **values: texts.plain(language, key, values), language
        ),
    }


def _draw_code(link: str) -> bytes:
    from reports.qr import qr

    return qr(link, "png")
