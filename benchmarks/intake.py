"""Deliveries taken in over HTTP, a second: in arrays of a thousand, of a hundred, and one by one on eight connections.

Beside Huifang the floor: the same HTTP server, one row a delivery in durable SQLite, nothing checked and nothing answered but a link. Both in
the same run, one after the other; the bot on core 0, the client on core 1.
"""

import argparse
import asyncio
import os
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir

import contenders
import msgspec
from aiohttp import ClientSession
from botapi import Api, serve

API_CORE = 1
BOTS = ("floor", "huifang")
SIZES = {1000: 20_000, 100: 8_000, 1: 2_000}
"""Deliveries by the length of their arrays."""

CONNECTIONS = 8
"""So many arrays of one at the same time; of longer ones a single sender has one under way."""


@dataclass(frozen=True, slots=True)
class Pace:
    """One bot, one length of arrays, one round: deliveries a second, and µs of the bot's processor time for each."""

    bot: str
    size: int
    rate: float
    micros: float


async def measure(name: str, data: Path) -> list[Pace]:
    """One round of one bot, all lengths. Raises BotFailedError when a delivery is not accepted."""
    api = Api(0)
    server, base = await serve(api)
    try:
        async with contenders.start(name, base, api.webhook, 1, data=data, uvloop=True) as bot:
            url = str(api.webhook.result()["url"]).removesuffix("/telegram")
            settings = {**os.environ, **contenders.huifang_settings(base, url)}
            token = await contenders.create_token(bot.folder, settings, "intake") if name == "huifang" else "none"
            paces, first = [], 1
            for size, count in SIZES.items():
                paces.append(await _hand_in(bot, url, token, size, range(first, first + count)))
                first += count
            return paces
    finally:
        server.close()


async def _hand_in(bot: contenders.Bot, url: str, token: str, size: int, numbers: range) -> Pace:
    moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    arrays = iter(
        [
            msgspec.json.encode([contenders.make_delivery(n, moment) for n in numbers[at : at + size]])
            for at in range(0, len(numbers), size)
        ]
    )
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    async def send() -> None:
        """Raises BotFailedError when a delivery is not accepted."""
        for array in arrays:
            async with session.post(f"{url}/api/v1/deliveries", data=array, headers=headers) as answer:
                if answer.status != 200 or b"accepted" not in await answer.read():
                    raise contenders.BotFailedError(f"{bot.name} answered {answer.status}: {await answer.text()}")

    before, began = bot.cpu(), time.perf_counter()
    async with ClientSession() as session, asyncio.TaskGroup() as tasks:
        for _ in range(CONNECTIONS if size == 1 else 1):
            tasks.create_task(send())
    took = time.perf_counter() - began
    return Pace(bot.name, size, len(numbers) / took, (bot.cpu() - before) / len(numbers) * 1e6)


async def all_rounds(rounds: int, data: Path) -> list[Pace]:
    return [pace for _ in range(rounds) for name in BOTS for pace in await measure(name, data)]


def print_paces(paces: list[Pace]) -> None:
    """One line for each length of arrays: medians, and the ratio of rates."""
    print(f"{'arrays of':>9} {'floor/s':>9} {'huifang/s':>10} {'x floor':>8} {'floor µs':>9} {'huifang µs':>11}")
    for size in SIZES:
        rates, micros = (
            [statistics.median(getattr(one, of) for one in paces if (one.bot, one.size) == (bot, size)) for bot in BOTS]
            for of in ("rate", "micros")
        )
        ratio = rates[1] / rates[0]
        print(f"{size:>9,} {rates[0]:>9,.0f} {rates[1]:>10,.0f} {ratio:>8.2f} {micros[0]:>9,.0f} {micros[1]:>11,.0f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--data", type=Path, default=Path(gettempdir()), help="where the databases are; a real disk")
    given = parser.parse_args()
    os.sched_setaffinity(0, {API_CORE})
    paces: list[Pace] = []
    try:
        paces = asyncio.run(all_rounds(given.rounds, given.data))
    except* contenders.BotFailedError as failed:
        print(*failed.exceptions, sep="\n", file=sys.stderr)
    if paces:
        print_paces(paces)
    return 0 if paces else 1


if __name__ == "__main__":
    sys.exit(main())
