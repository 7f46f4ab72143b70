"""A stage for faults: a local Telegram, a database of its own, one process of the bot or three, ten groups, and a supervisor.

The supervisor starts again whatever process has ended, as systemd or Docker would.
"""

import asyncio
import atexit
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import aiohttp
from sqlalchemy.engine import make_url

from playground.people.client import TelegramClient
from playground.people.connection import Participant
from playground.people.presence import WorldWatch
from playground.server import Server, serve
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from storage.engine.failures import FAILURES
from storage.people import tokens
from tests.harness.bot_process import SECRET, TOKEN, Bot, ask_around_the_clock, parse_start_parameter
from tests.harness.commit_proxy import CommitProxy
from tests.harness.databases import create_database, make_sqlite_file
from tests.harness.fault_players import complains
from tests.harness.own_postgres import OwnPostgres
from tests.harness.replicas import run_replicas

DEPARTMENT = """
[departments.d{n}]
name = {{ en = "Department {n}", zh = "{n}" }}
"""
START_AGAIN_SECONDS = 0.2
LEADER_SECONDS = 1.0
CLOSING_SECONDS = 20.0
LOOK_SECONDS = 60.0
"""Seconds that a database which was struck has to be there again."""


class NotStruckError(Exception):
    """Nothing was there to be struck."""


@dataclass(frozen=True)
class Setup:
    """How the bot is run."""

    engine: str
    is_webhook: bool
    processes: int = 1

    @property
    def name(self) -> str:
        way = "webhook" if self.is_webhook else "polling"
        return f"{self.engine}, {way}, {'1 process' if self.processes == 1 else f'{self.processes} processes'}"


@dataclass
class Department:
    """A group; `chat` changes when it becomes a supergroup."""

    key: str
    chat: int
    staff: Participant


@dataclass
class Interruption:
    """From when to when a process was not itself: killed, stopped, without its lease."""

    began: float
    ended: float


@dataclass
class Arena:
    setup: Setup
    folder: Path
    server: Server
    telegram: TelegramClient
    watch: WorldWatch
    database: Database
    bots: list[Bot]
    postgres: OwnPostgres | None
    proxy: CommitProxy | None
    http: aiohttp.ClientSession
    boss: Participant
    departments: list[Department] = field(default_factory=list)
    customers: list[Participant] = field(default_factory=list)
    interruptions: list[Interruption] = field(default_factory=list)
    ends: int = 0
    """How many times a process had to be started again."""
    is_closing: bool = False
    starting: int = 0
    """How many processes are being started just now."""
    struck_at: float = 0.0
    """When the first fault struck, 0 if none did."""
    whole_at: float = 0.0
    """When everything was whole again."""

    @property
    def complaining(self) -> list[Participant]:
        """The customers who will complain."""
        return [person for n, person in enumerate(self.customers) if complains(n)]

    async def bind_groups(self, number: int, *, has_topics: bool) -> None:
        """So many groups, each a department; every second one is a basic group, which may still become a supergroup, or all have topics."""
        for n in range(number):
            staff = await self.telegram.user(f"Li{n}")
            kind = "group" if n % 2 and not has_topics else "supergroup"
            chat = await self.telegram.group(f"Department {n}", [self.boss, staff], kind=kind, forum=has_topics)
            if has_topics:
                await self.telegram.member(chat, "administrator", by=self.boss, rights={"can_manage_topics": True})
            self.departments.append(Department(f"d{n}", chat, staff))
            await self.telegram.seat(chat, self.boss).say(f"/bind d{n}")
        for department in self.departments:
            await self.telegram.seat(department.chat, self.boss).see("is now the department")

    async def invite(self, number: int) -> list[tuple[Participant, str, str, Department]]:
        """So many customers with a delivery each: who, the link's start parameter, the waybill, whose delivery it was."""
        at = (datetime.now(UTC) - timedelta(minutes=10)).isoformat()
        people, items = [], []
        for n in range(number):
            person = await self.telegram.user(f"Customer {n}", phone=f"+8613{n:09}")
            who = {"phone": person.phone, "language": "en"}
            department = self.departments[n % len(self.departments)]
            items.append({"waybill": f"W{n}", "delivered_at": at, "customer": who, "department": department.key})
            people.append((person, department))
            self.customers.append(person)
        results = await self.bots[0].deliver(items)
        return [
            (person, parse_start_parameter(result["link"]), f"W{n}", department)
            for n, ((person, department), result) in enumerate(zip(people, results, strict=True))
        ]

    def interrupt(self, began: float, ended: float | None = None) -> None:
        self.interruptions.append(Interruption(began, time.time() if ended is None else ended))

    def take_over(self, began: float) -> None:
        """The database was away: another process may have the lease now, and a single one goes on with what it has in memory."""
        if len(self.bots) > 1:
            self.interrupt(began)

    async def find_sender(self) -> Bot:
        """The process that sends now; any one while none does."""
        for bot in self.bots:
            with suppress(aiohttp.ClientError, TimeoutError, ValueError):
                async with (
                    asyncio.timeout(LEADER_SECONDS),
                    self.http.get(f"{bot.url}/readyz") as answer,
                ):
                    if answer.status == 200 and bot.alive:
                        return bot
        return next((bot for bot in self.bots if bot.alive), self.bots[0])

    def signal(self, bot: Bot, number: signal.Signals) -> bool:
        """A signal to this process, if it is there."""
        if not bot.alive:
            return False
        with suppress(ProcessLookupError):
            os.kill(bot.pid, number)
        return True

    async def supervise(self, bot: Bot) -> None:
        """Start it again whenever it has ended. Runs until cancelled."""
        while True:
            await bot.ended()
            if self.is_closing:
                return
            now = time.time()
            self.ends += 1
            self.starting += 1
            try:
                await bot.kill()
                await bot.start()
            except RuntimeError:  # it ended again: its database is not there yet, for instance
                await asyncio.sleep(START_AGAIN_SECONDS)
            finally:
                self.starting -= 1
            self.interrupt(now, now)

    async def heal(self) -> None:
        """Whatever is still broken is whole again."""
        self.server.world.faults.remove()
        if self.proxy is not None:
            self.proxy.lose_every = self.proxy.cut_in = 0
        for bot in self.bots:
            self.signal(bot, signal.SIGCONT)
        if self.postgres is not None:
            await self.postgres.mend()
        self.whole_at = time.time()

    async def look_anew(self) -> None:
        """The harness's own connections may be broken: it takes new ones, as soon as the database does."""
        async with asyncio.timeout(LOOK_SECONDS):
            while True:
                try:
                    await self.database.close()
                    await self.database.ping()
                except FAILURES:
                    await asyncio.sleep(START_AGAIN_SECONDS)
                else:
                    return

    def find_slowest_time(self) -> datetime:
        """The time on the clock that is most behind: what is due there is due everywhere."""
        return min(bot.now() for bot in self.bots)

    def log(self) -> str:
        return self.bots[0].log()


Strike = Callable[[Arena, random.Random], Awaitable[None]]
"""Breaks something, once."""


@asynccontextmanager
async def open_arena(
    setup: Setup, folder: Path, groups: int, postgres: OwnPostgres | None, *, has_topics: bool = False
) -> AsyncIterator[Arena]:
    """The bot at work in this set-up, its groups bound; whatever was stopped or broken is ended at the end."""
    _write_company(folder, groups, has_topics=has_topics)
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(serve(token=TOKEN, port=0))
        server.world.callbacks.seconds = 3600
        telegram = await stack.enter_async_context(TelegramClient(server.url))
        http = await stack.enter_async_context(aiohttp.ClientSession())
        proxy, url = None, f"sqlite+aiosqlite:///{folder / 'huifang.db'}"
        own = postgres if setup.engine == "PostgreSQL" else None
        if own is not None:
            url = await stack.enter_async_context(create_database(own.uri, await own.make_template()))
            proxy = await stack.enter_async_context(CommitProxy(url))
        database = await _open_database(url)
        stack.push_async_callback(database.close)
        watch = WorldWatch(server.world)
        watching = asyncio.create_task(watch.run())
        stack.callback(watching.cancel)
        seen = url if proxy is None else proxy.url
        bots = await stack.enter_async_context(_run_bots(setup, folder, server, seen))
        server.world.is_own_bot = lambda pid: any(bot.alive and bot.pid == pid for bot in bots)
        boss = await telegram.user("Boss")
        arena = Arena(setup, folder, server, telegram, watch, database, bots, own, proxy, http, boss)
        await telegram.private(boss).start(bots[0].manager_code)
        await telegram.private(boss).see("manager")
        await arena.bind_groups(groups, has_topics=has_topics)
        guards = [asyncio.create_task(arena.supervise(bot)) for bot in bots]
        try:
            yield arena
        finally:
            await _close(arena, guards)


async def _close(arena: Arena, guards: list["asyncio.Task[None]"]) -> None:
    """End what runs, whatever state it is in, and leave a database server that can be used again."""
    arena.is_closing = True
    for guard in guards:
        guard.cancel()
    with suppress(TimeoutError, OSError, RuntimeError):
        async with asyncio.timeout(CLOSING_SECONDS):
            await asyncio.gather(*guards, return_exceptions=True)
            await asyncio.gather(*(bot.kill() for bot in arena.bots), return_exceptions=True)
    await arena.heal()


@asynccontextmanager
async def _run_bots(setup: Setup, folder: Path, server: Server, database: str) -> AsyncIterator[list[Bot]]:
    clocks = [{"HUIFANG_CLOCK": str(folder / f"clock-{n}")} for n in range(setup.processes)]
    if setup.is_webhook:
        async with run_replicas(folder, server.url, database, clocks) as balancer:
            yield balancer.replicas
        return
    async with AsyncExitStack() as stack:
        bots = [Bot(folder, server.url, database, extra=clock) for clock in clocks]
        for bot in bots:
            await stack.enter_async_context(bot)
        yield bots


async def _open_database(url: str) -> Database:
    database = Database(url, Keyring([SECRET]))
    async with database.begin() as tx:
        await tokens.create(tx, "erp", "hf_test", datetime.now(UTC))
    return database


def _write_company(folder: Path, groups: int, *, has_topics: bool) -> None:
    """The company's files, with so many departments more, and its empty database."""
    shutil.copytree(_make_company(), folder, dirs_exist_ok=True)
    config = folder / "huifang.toml"
    text = config.read_text("utf-8")
    if has_topics:
        text = text.replace("topics = false", "topics = true")
    config.write_text(text + "".join(DEPARTMENT.format(n=n) for n in range(groups)), "utf-8")


@cache
def _make_company() -> Path:
    """What `huifang init --yes` writes, and a migrated SQLite file: made once for all cells."""
    folder = Path(tempfile.mkdtemp(prefix="huifang-company-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    command = [sys.executable, "-m", "bot", "init", "--yes"]
    environment = {"HUIFANG_CONFIG": str(folder / "huifang.toml"), "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run(command, env=environment, check=True, capture_output=True)
    ask_around_the_clock(folder)
    (folder / "token-erp").write_text("hf_test")
    make_sqlite_file(folder / "huifang.db")
    return folder


def locate_file(database: Database) -> str:
    """The SQLite file."""
    return str(make_url(database.url).database)
