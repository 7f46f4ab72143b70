"""`python -m playground.company`: this Telegram, its page, and the real bot with an example company, until Ctrl-C.

1. The page is up at once, and a few seconds later a company of fourteen months behind it.
2. The bot is a process of its own; it ends before its Telegram does.
"""

from __future__ import annotations

import argparse
import asyncio
import errno
import logging
import os
import secrets
import signal
import sys
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp
from aiohttp import web

from playground.__main__ import start
from playground.clock import MovableClock
from playground.company import cast
from playground.company.example import COMPANY
from playground.company.folder import Folder, FolderError, open_folder
from playground.company.liveliness import enliven
from playground.company.past import write_past
from playground.company.photographs import keep_photographs
from playground.company.plan import DAYS
from playground.company.process import BotProcess, ProcessError, clean_environment
from playground.company.progress import StartProgress
from playground.company.supervision import Intake, IntakeError, Supervision
from playground.page.page import add_page
from playground.server import serve
from playground.world import persistence
from playground.world.world import TOKEN, World

RATE = "0"
"""No limit on sending: nobody who tries things out should wait for it. Telegram's own limits are kept by `python -m playground --strict`."""

_SAVE_EVERY_SECONDS = 3.0

log = logging.getLogger(__name__)


class ExampleCompany:
    """The example company in its folder: founded once with its past, later resumed where it was left."""

    def __init__(self, place: Folder, http: aiohttp.ClientSession, *, days: int) -> None:
        self.clock = MovableClock(place.path / "clock")
        self.world = World(TOKEN, username="huifang_bot", name="Huifang", clock=self.clock)
        self.process = BotProcess({}, place.path / "bot.log")
        self.intake = Intake(self.process, http)
        self.supervision = Supervision(self.world, self.clock, self.process, self.intake)
        self.process.changed = self.supervision.tell
        self.world.is_own_bot = lambda pid: pid == self.process.pid
        self.progress = StartProgress(self.world)
        self._place, self._days = place, days

    def begin(self, *, fresh: bool) -> None:
        """Seat everybody: where they were, or in a new world."""
        if fresh:
            self._place.empty()
            self.clock.move(0)
        cast.settle_in(self.world)

    async def open(self, url: str, *, fresh: bool) -> None:
        """Bring everything up: the company founded with its past, the bot running as it does anywhere."""
        database = self._place.path / "huifang.db"
        self.process.environment = clean_environment(
            os.environ,
            config=str(self._place.config),
            token=self.world.token,
            bot_api=url,
            secret=self._place.about.secret,
            database=f"sqlite+aiosqlite:///{database}",
            listen="127.0.0.1:0",
            clock=str(self.clock.path),
            rate=RATE,
        )
        await self.process.start(self._found() if fresh else None)
        if fresh:
            self._place.about.lived = True
            self._place.remember()
        self.intake.token = self._place.about.intake
        self.supervision.settle(_read_zone(self._place.config))
        self.progress.end()

    async def _found(self) -> bytes:
        """Build a company with a past from nothing, while the bot's process gets itself ready to read it."""
        self.progress.tell(1)
        token = self._place.about.intake = f"hf_{secrets.token_urlsafe(32)}"
        photos, now, zone = keep_photographs(self.world), datetime.fromtimestamp(self.clock(), UTC), _read_zone(COMPANY)
        past = asyncio.create_task(asyncio.to_thread(write_past, now, zone, token, photos, self._days))
        await self.process.command("init", "--yes")
        self._place.config.write_text(enliven(self._place.config.read_text("utf-8")), "utf-8")
        self.progress.tell(2)
        written = await past
        self.progress.tell(3)
        return written

    async def keep(self) -> None:
        """Save what is said every few seconds, until cancelled."""
        saved = self.world.events.last
        while True:
            await asyncio.sleep(_SAVE_EVERY_SECONDS)
            if saved != self.world.events.last and self.supervision.settled.is_set():
                saved = self.world.events.last
                persistence.save(self.world, self._place.path)


def _read_zone(config: Path) -> ZoneInfo:
    return ZoneInfo(tomllib.loads(config.read_text("utf-8"))["company"]["timezone"])


async def run(options: argparse.Namespace, place: Folder) -> None:
    """Run everything until asked to stop. Raises OSError when the port is taken, ProcessError when the bot fails."""
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    fresh = options.fresh or not place.about.lived
    async with aiohttp.ClientSession(trust_env=False) as http:
        company = ExampleCompany(place, http, days=options.days)
        if not fresh:
            persistence.load(company.world, place.path)

        async with serve(port=options.port, world=company.world, extend=_extend_server(company)) as server:
            company.begin(fresh=fresh)
            sys.stdout.write(f"Huifang playground: {server.url}\n")
            sys.stdout.flush()
            try:
                await _run_until(stopped, company, server.url, fresh=fresh)
            finally:
                await company.process.stop()
                if place.about.lived:
                    persistence.save(company.world, place.path)


def _extend_server(company: ExampleCompany) -> Callable[[web.Application, World], None]:
    def extend(app: web.Application, _world: World) -> None:
        add_page(app)
        company.supervision.attach(app)

    return extend


async def _run_until(stopped: asyncio.Event, company: ExampleCompany, url: str, *, fresh: bool) -> None:
    """Open the company and keep it until it is to stop; a failure on the way stops it too."""
    doing = [asyncio.create_task(work) for work in (company.keep(), stopped.wait())]
    opening = asyncio.create_task(company.open(url, fresh=fresh))
    try:
        await asyncio.wait({opening, *doing}, return_when=asyncio.FIRST_COMPLETED)
        if opening.done():
            opening.result()
            await asyncio.wait(doing, return_when=asyncio.FIRST_COMPLETED)
        for task in doing:
            if task.done():
                task.result()
    finally:
        for task in (opening, *doing):
            task.cancel()
        await asyncio.gather(opening, *doing, return_exceptions=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="huifang playground", description=__doc__)
    parser.add_argument("--port", type=int, default=8088, help="where the page is; 0 picks a free one")
    parser.add_argument("--data", type=Path, help="keep everything in this folder, and go on from it")
    parser.add_argument("--fresh", action="store_true", help="begin anew, even where the folder holds a playground")
    parser.add_argument("--days", type=int, default=DAYS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    try:
        with open_folder(options.data) as place:
            start(run(options, place))
    except (FolderError, ProcessError, IntakeError, ValueError) as error:
        sys.exit(f"error: {error}")
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        sys.exit(f"error: port {options.port} is in use; choose another with --port")


if __name__ == "__main__":
    main()
