"""A stage for faults: a local Telegram, a database of its own, one process of the bot or three, ten groups, and a supervisor.

The supervisor starts again whatever process has ended, as systemd or Docker would.
"""

import asyncio
import os
import random
import signal
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
from sqlalchemy.engine import make_url

from playground.people.client import TelegramClient
from playground.people.connection import Participant
from playground.people.presence import WorldWatch
from playground.server import Server
from storage.engine.database import Database
from storage.engine.failures import FAILURES
from tests.harness.bot_process import Bot, parse_start_parameter
from tests.harness.commit_proxy import CommitProxy
from tests.harness.fault_players import complains
from tests.harness.own_postgres import OwnPostgres
from tests.harness.patroni import Cluster
from tests.harness.pgbouncer import PgBouncer

START_AGAIN_SECONDS = 0.2
LEADER_SECONDS = 1.0
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
    is_pooled: bool = False
    """Whether PgBouncer is between them and the database."""
    is_clustered: bool = False
    """Whether the database is two servers under Patroni."""

    @property
    def name(self) -> str:
        way = "webhook" if self.is_webhook else "polling"
        engine = f"{self.engine} behind PgBouncer" if self.is_pooled else self.engine
        engine += " under Patroni" if self.is_clustered else ""
        return f"{engine}, {way}, {'1 process' if self.processes == 1 else f'{self.processes} processes'}"


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
    pooler: PgBouncer | None
    cluster: Cluster | None
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
            await self.telegram.seat(department.chat, self.boss).see("This group now belongs to")

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

    def note_kill(self, pid: int) -> bool:
        """Whether a kill at a call is meant for one of the processes that are there; it strikes now."""
        is_ours = any(bot.alive and bot.pid == pid for bot in self.bots)
        if is_ours:
            self.interrupt(time.time())
        return is_ours

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
        if self.cluster is not None:
            await self.cluster.mend()
        if self.pooler is not None:
            await self.pooler.mend()
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


def locate_file(database: Database) -> str:
    """The SQLite file."""
    return str(make_url(database.url).database)
