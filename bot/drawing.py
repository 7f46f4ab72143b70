"""Pictures and files are drawn in a helper process: they never delay a press, and cost no memory before the first one is asked for."""

import asyncio
import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import msgspec

from handlers.summaries import Packed, unpack


class _Owed(msgspec.Struct, frozen=True):
    caption: str
    parse_mode: str
    reply_markup: msgspec.Raw
    summary: msgspec.Raw
    language: str


class _OwedCode(msgspec.Struct, frozen=True):
    """What a picture says beside it; `qr` is the link that it is the code of, empty for a picture of figures."""

    caption: str
    parse_mode: str
    qr: str = ""


class _OwedFile(msgspec.Struct, frozen=True):
    caption: str
    parse_mode: str
    filename: str
    dossier: msgspec.Raw


class Drawing:
    """One helper process, started with the first picture."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    async def draw(self, payload: str) -> tuple[bytes, dict[str, str]]:
        """The picture that this row owes, and the fields that go with it."""
        code = msgspec.json.decode(payload, type=_OwedCode)
        if code.qr:
            return await self._run(_draw_code, code.qr), {"caption": code.caption, "parse_mode": code.parse_mode}
        owed = msgspec.json.decode(payload, type=_Owed)
        image = await self._run(_draw, bytes(owed.summary), owed.language)
        fields = {
            "caption": owed.caption,
            "parse_mode": owed.parse_mode,
            "reply_markup": bytes(owed.reply_markup).decode(),
        }
        return image, fields

    async def file(self, payload: str) -> tuple[bytes, str, dict[str, str]]:
        """The PDF that this row owes, its name, and the fields that go with it."""
        owed = msgspec.json.decode(payload, type=_OwedFile)
        file = await self._run(_draw_file, bytes(owed.dossier))
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


def _draw(summary: bytes, language: str) -> bytes:
    """Runs in the helper process."""
    from reports.picture import picture
    from texts import Texts

    texts = Texts()
    counted = unpack(msgspec.json.decode(summary, type=Packed))
    return picture(counted, lambda key, /, **values: texts.plain(language, key, values), language)


def _draw_code(link: str) -> bytes:
    """Runs in the helper process."""
    from reports.qr import qr

    return qr(link, "png")


def _draw_file(dossier: bytes) -> bytes:
    """Runs in the helper process."""
    from reports.case_file import case_file
    from reports.dossier import Dossier

    return case_file(msgspec.json.decode(dossier, type=Dossier))
