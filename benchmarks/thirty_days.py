"""Thirty busy days: whether what a press takes grows with what there has been.

Run `python benchmarks/thirty_days.py`; README.md beside it says what is measured.
"""

import argparse
import asyncio
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Protocol

import asyncpg
import bulk_load
import contenders
import days_picture
from botapi import Api, serve
from customers import Crowd
from days_picture import Day
from size import Place, played, running

TABLES = ("inbox", "outbox", "sessions", "timers", "messages", "audit")
DAY_SECONDS = 86_400
LEFT_OPEN = 0.3
"""The share of customers who never finish: their surveys stay open for a week, and expire."""

PRESSES, THINK_SECONDS = 60, 0.01
"""Conversations of the lone customer after each day, five presses each, and how long one thinks."""


@dataclass
class Engine:
    """One kind of database, the days that were played on it, and how to look into it from outside."""

    name: str
    look: "Looker"
    days: list[Day] = field(default_factory=list)


class Looker(Protocol):
    """Answers one number."""

    async def fetch(self, statement: str) -> int: ...


@dataclass
class SqliteFile:
    """A database in a file."""

    path: Path

    async def fetch(self, statement: str) -> int:
        connection = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=30)
        try:
            return int(connection.execute(statement).fetchone()[0])
        finally:
            connection.close()


@dataclass
class PostgresqlServer:
    """A database at a server."""

    uri: str

    async def fetch(self, statement: str) -> int:
        connection = await asyncpg.connect(self.uri)
        try:
            return int(await connection.fetchval(statement))
        finally:
            await connection.close()


class Links:
    """The links of the deliveries so far, each once."""

    def __init__(self, bot: contenders.Bot) -> None:
        self._bot = bot

    def __iter__(self) -> "Links":
        return self

    def __next__(self) -> str:
        return self._bot.payloads.pop()


@dataclass
class Company:
    """What goes on from day to day: one bot, its customers, the next number of a delivery, how far its clock was moved."""

    place: Place
    clock: Path
    bot: contenders.Bot
    token: str
    crowd: Crowd
    engine: Engine
    next_delivery: int = 0
    moved: int = 0

    async def play_day(self, number: int, conversations: int) -> Day:
        """One day's deliveries and conversations, then a lone customer who is timed, then the night."""
        finish = int(conversations * (1 - LEFT_OPEN))
        await self._deliver(conversations + PRESSES)
        settled, cpu, began = self.crowd.settled, self.bot.cpu(), time.perf_counter()
        await played(self.crowd, self.bot, finish, 7)
        await played(self.crowd, self.bot, conversations - finish, 3)
        count = self.crowd.settled - settled
        rate, each = count / (time.perf_counter() - began), (self.bot.cpu() - cpu) / count * 1000
        self.crowd.latencies.clear()
        self.crowd.think = THINK_SECONDS
        await played(self.crowd, self.bot, PRESSES, 7, connections=1)
        self.crowd.think = None
        taken = [seconds * 1000 for seconds in self.crowd.latencies]
        rows = {table: await self.engine.look.fetch(f"SELECT count(*) FROM {table}") for table in TABLES}
        await self._sleep()
        return Day(number, median(taken), quantiles(taken, n=100)[98], each, rate, rows)

    async def _deliver(self, count: int) -> None:
        numbers = range(self.next_delivery, self.next_delivery + count)
        self.next_delivery += count
        await contenders.deliver(self.bot, self.token, self.place.url, numbers, time.time() + self.moved)

    async def _sleep(self) -> None:
        """A day later: until everything that was due by then has been done."""
        self.moved += DAY_SECONDS
        self.clock.write_text(str(self.moved))
        now = datetime.fromtimestamp(time.time() + self.moved - 5, UTC)
        overdue = f"SELECT count(*) FROM timers WHERE due_at < '{now:%Y-%m-%d %H:%M:%S}'"
        while await self.engine.look.fetch(overdue):
            self.bot.check()
            await asyncio.sleep(0.2)
        await asyncio.sleep(1)


@asynccontextmanager
async def opened(engine: Engine, folder: Path, database: str) -> AsyncIterator[Company]:
    """A company on its first morning."""
    api = Api(0)
    server, base = await serve(api)
    url, clock = f"http://127.0.0.1:{contenders.free_port()}", folder / "clock"
    own = {"HUIFANG_DATABASE": database, "HUIFANG_CLOCK": str(clock)}
    place = Place(folder, url, {**os.environ, **contenders.huifang_settings(base, url), **own})
    await contenders.found(folder, place.environment)
    try:
        async with running(place) as (bot, _):
            token = await contenders.create_token(folder, place.environment)
            crowd = Crowd(api, api.webhook.result(), Links(bot), None)
            yield Company(place, clock, bot, token, crowd, engine)
    finally:
        server.close()


async def played_days(engine: Engine, folder: Path, database: str, days: int, conversations: int) -> None:
    async with opened(engine, folder, database) as company:
        for number in range(1, days + 1):
            day = await company.play_day(number, conversations)
            engine.days.append(day)
            rows = "  ".join(f"{table} {count:,}" for table, count in day.rows.items())
            print(
                f"{engine.name:<10} day {number:>2}: {day.p50:.2f} / {day.p99:.2f} ms, {day.cpu:.2f} ms of CPU an update, "
                f"{day.rate:,.0f}/s  {rows}",
                flush=True,
            )


async def on_both(folder: Path, names: list[str], days: int, conversations: int) -> list[Engine]:
    engines = []
    if "sqlite" in names:
        path = folder / "sqlite" / "huifang.db"
        engines.append(Engine("SQLite", SqliteFile(path)))
        await played_days(engines[-1], path.parent, f"sqlite+aiosqlite:///{path}", days, conversations)
    if "postgresql" in names:
        with bulk_load.server(folder / "postgresql") as uri:
            own = await bulk_load.emptied(uri)
            engines.append(Engine("PostgreSQL", PostgresqlServer(own)))
            database = bulk_load.in_python(own)
            await played_days(engines[-1], folder / "postgresql", database, days, conversations)
    return engines


def summarised(engine: Engine, value: Callable[[Day], float]) -> str:
    """The medians of the first and the last five days, and the ratio."""
    first, last = (median(map(value, part)) for part in (engine.days[1:6], engine.days[-5:]))
    return f"{first:.2f} → {last:.2f} ({last / first:.2f})"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--conversations", type=int, default=2000, help="a day; each begins with a delivery")
    parser.add_argument("--engines", nargs="+", default=["sqlite", "postgresql"], choices=["sqlite", "postgresql"])
    parser.add_argument("--picture", type=Path, help="write the curves here, as SVG")
    parser.add_argument("--data", type=Path, help="where the databases are: a real disk")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="huifang-days-", dir=given.data) as name:
        for kind in ("sqlite", "postgresql"):
            (Path(name) / kind).mkdir()
        engines = asyncio.run(on_both(Path(name), given.engines, given.days, given.conversations))
    for engine in engines:
        print(f"{engine.name}: p50 ms {summarised(engine, lambda day: day.p50)}", end=", ")
        print(f"p99 ms {summarised(engine, lambda day: day.p99)}, CPU ms {summarised(engine, lambda day: day.cpu)}")
    if given.picture is not None:
        given.picture.write_text(days_picture.draw({engine.name: engine.days for engine in engines}), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
