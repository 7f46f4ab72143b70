"""Size: how long a start takes and how much memory a bot has, beside the database of a large company.

Run `python benchmarks/size.py`; README.md beside it says what is measured.
"""

import argparse
import asyncio
import contextlib
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

import aiohttp
import bulk_load
import company_rows
import contenders
from botapi import Api, serve
from contenders import Bot
from customers import UPDATES, Crowd

from storage import installation
from storage.engine.crypto import Keyring

TABLES = ("people", *company_rows.TABLES)
SAMPLES = 6
CONNECTIONS = 64
Say = Callable[[str], None]


@dataclass(frozen=True)
class Extent:
    """How large the company is, how often the bot is started beside it, and for how long it is watched."""

    deliveries: int = 10_000_000
    customers: int = 1_000_000
    conversations: int = 100_000
    starts: int = 5
    seconds: float = 120


@dataclass(frozen=True)
class Start:
    """From the moment the program is executed until /readyz says ready; seconds by the clock and of the processor."""

    seconds: float
    cpu: float


@dataclass(frozen=True)
class Place:
    """Where a bot runs, and with what."""

    folder: Path
    url: str
    environment: dict[str, str]


async def filled(folder: Path, extent: Extent, environment: dict[str, str], uri: str | None, say: Say) -> None:
    """Build the company in the database of this environment: SQLite's file, or PostgreSQL at `uri`."""
    keyring = Keyring([environment["HUIFANG_SECRET"]])
    drawn = folder / "company.duckdb"
    drawn.unlink(missing_ok=True)
    company = company_rows.made(drawn, company_rows.answers_for(extent.deliveries))
    company_rows.add_customers(company, extent.customers, keyring.seal("王小明", b"people.name"))
    database = await bulk_load.opened(environment["HUIFANG_DATABASE"], keyring)
    async with database.begin() as tx:
        await installation.put(tx, "totals", "Asia/Shanghai")  # they are there
        await installation.put(tx, "installed", "yes")
    await database.close()
    if uri is None:
        bulk_load.into_sqlite(company, folder / "huifang.db", TABLES)
    else:
        await bulk_load.into_postgresql(company, uri, folder, TABLES)
        await bulk_load.settled(uri, TABLES)
    say(", ".join(f"{company_rows.rows(company, table):,} {table}" for table in TABLES[:4]))
    company.close()
    drawn.unlink()


@contextlib.asynccontextmanager
async def running(place: Place) -> AsyncIterator[tuple[Bot, Start]]:
    """A bot that says it is ready, and what its start took; it is stopped when the block ends."""
    began = time.perf_counter()
    bot = contenders.launch("huifang", place.folder, place.environment, [contenders.huifang_program(), "run"])
    try:
        async with aiohttp.ClientSession() as session:
            while not await _is_ready(session, place.url):
                bot.check()
                await asyncio.sleep(0.005)
        yield bot, Start(time.perf_counter() - began, bot.cpu())
    finally:
        await contenders.end(bot.process)


async def _is_ready(session: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with session.get(f"{url}/readyz") as answer:
            return answer.status == 200
    except aiohttp.ClientError:
        return False


async def watched(bot: Bot, seconds: float) -> list[float]:
    """Resident megabytes of all its processes, looked at several times."""
    sizes = []
    for _ in range(SAMPLES):
        await asyncio.sleep(seconds / SAMPLES)
        bot.check()
        sizes.append(sum(bot.resident_sizes().values()) / 1e6)
    return sizes


async def played(crowd: Crowd, bot: Bot, conversations: int, updates: int, *, connections: int = CONNECTIONS) -> None:
    """So many conversations of so many updates each. Raises SystemExit when one of them fails."""
    crowd.updates = updates
    await crowd.seat(min(connections, conversations), conversations)
    while not crowd.everyone_left.is_set():
        bot.check()
        await asyncio.sleep(0.2)
    await crowd.api.all_answered()
    if crowd.failures:
        raise SystemExit(f"{len(crowd.failures)} conversations failed: {crowd.failures[0]}")


async def measured(name: str, place: Place, api: Api, extent: Extent, say: Say) -> None:
    """Open the conversations, then the starts, a bot at rest, one at work, and the same one at rest again."""
    busy = extent.conversations // 5
    async with running(place) as (bot, _):
        await contenders.hand_in(bot, place.environment, place.url, extent.conversations + 2 * busy)
        crowd = Crowd(api, api.webhook.result(), iter(bot.payloads), None)
        await played(crowd, bot, extent.conversations, 3)
        say(f"{name}: {extent.conversations:,} conversations are open, {_megabytes(await watched(bot, 3))} MB")
    starts = []
    for _ in range(extent.starts):
        async with running(place) as (_, start):
            starts.append(start)
    wall, spent = [start.seconds for start in starts], [start.cpu for start in starts]
    print(f"{name}: start {median(wall):.2f} s ({min(wall):.2f}–{max(wall):.2f}), CPU {median(spent):.2f} s")
    async with running(place) as (bot, _):
        print(f"{name}: at rest, {extent.seconds:.0f} s: {_megabytes(await watched(bot, extent.seconds))} MB")
        for turn in ("first", "second"):
            settled, cpu, began = crowd.settled, bot.cpu(), time.perf_counter()
            await played(crowd, bot, busy, UPDATES)
            count = crowd.settled - settled
            rate, each = count / (time.perf_counter() - began), (bot.cpu() - cpu) / count * 1000
            sizes = _megabytes(await watched(bot, extent.seconds / 2))
            print(f"{name}: after {turn} {count:,} updates ({rate:,.0f}/s, {each:.2f} ms of CPU): {sizes} MB")


def _megabytes(sizes: list[float]) -> str:
    return " ".join(f"{size:.1f}" for size in sizes)


async def on_engine(name: str, folder: Path, extent: Extent, uri: str | None, say: Say) -> None:
    api = Api(0)
    server, base = await serve(api)
    try:
        url = f"http://127.0.0.1:{contenders.free_port()}"
        database = bulk_load.in_python(uri) if uri else f"sqlite+aiosqlite:///{folder / 'huifang.db'}"
        environment = {**os.environ, **contenders.huifang_settings(base, url), "HUIFANG_DATABASE": database}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed bot has its bytecode
        place = Place(folder, url, environment)
        await contenders.found(folder, environment)
        await filled(folder, extent, environment, uri, say)
        await measured(name, place, api, extent, say)
    finally:
        server.close()


async def on_both(folder: Path, extent: Extent, engines: list[str], say: Say) -> None:
    if "sqlite" in engines:
        await on_engine("SQLite", folder / "sqlite", extent, None, say)
    if "postgresql" in engines:
        with bulk_load.server(folder / "postgresql") as uri:
            await on_engine("PostgreSQL", folder / "postgresql", extent, await bulk_load.emptied(uri), say)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--small", action="store_true", help="a hundredth of it, to try")
    parser.add_argument("--engines", nargs="+", default=["sqlite", "postgresql"], choices=["sqlite", "postgresql"])
    parser.add_argument("--data", type=Path, help="where the databases are: 15 GB of a real disk at full size")
    given = parser.parse_args()
    extent = Extent()
    if given.small:
        extent = replace(extent, deliveries=100_000, customers=10_000, conversations=1000, seconds=12)
    begin = time.perf_counter()

    def say(what: str) -> None:
        print(f"{time.perf_counter() - begin:>5.0f} s  {what}", flush=True)

    with tempfile.TemporaryDirectory(prefix="huifang-size-", dir=given.data) as name:
        for engine in ("sqlite", "postgresql"):
            (Path(name) / engine).mkdir()
        asyncio.run(on_both(Path(name), extent, given.engines, say))
    return 0


if __name__ == "__main__":
    sys.exit(main())
