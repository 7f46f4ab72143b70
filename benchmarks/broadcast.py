"""Broadcast under strict limits: invitations and notices become due at once while people press and complain; what arrives, and when.

Run `python benchmarks/broadcast.py`; README.md beside it says what is measured and what is not.
"""

import argparse
import asyncio
import contextlib
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import gettempdir

import aiohttp
import strict
from bystanders import NUMBER, Street, complain, press_surveys
from contenders import BotFailedError
from report import percentile
from senders import FIRST, Load, owe_notices, start

API_CORE = 1
SECRET = "benchmark-secret-of-one-round-0123456789"  # noqa: S105 - of a database that lives for one round
PRESSERS, COMPLAINERS = 7_000_001, 8_000_001


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bots", nargs="+", choices=["huifang", "ptb"], default=["huifang", "ptb"])
    parser.add_argument("--replicas", nargs="+", type=int, default=[1], help="of huifang; more than one on PostgreSQL")
    parser.add_argument(
        "--jitter", nargs="+", type=int, default=[0], metavar="MS", help="longest extra way there of a call"
    )
    parser.add_argument("--busy", nargs="+", type=int, default=[0], help="loops that keep the machine busy meanwhile")
    parser.add_argument("--counts", choices=strict.COUNTS, default="messages", help="what the server counts overall")
    parser.add_argument("--setting", action="append", default=[], metavar="NAME=VALUE", help="a setting of huifang")
    parser.add_argument("--invitations", type=int, default=3000)
    parser.add_argument("--notices", type=int, default=200)
    parser.add_argument("--complaints", type=int, default=200)
    parser.add_argument("--pressing", type=int, default=40)
    parser.add_argument("--pause", type=float, default=4.0, help="seconds between two presses of a person, on average")
    parser.add_argument("--longest", type=float, default=400.0, help="seconds after which a round is given up")
    parser.add_argument("--data", type=Path, default=Path(gettempdir()), help="where databases are; a real disk")
    return parser.parse_args()


async def play(name: str, replicas: int, jitter: int, busy: int, given: argparse.Namespace) -> bool:
    """One round; whether everything arrived exactly once."""
    api = strict.StrictApi(jitter / 1000, given.counts)
    server, url = await strict.serve(api)
    load = Load(given.invitations, given.notices, given.pressing * 20)
    at = time.time() + 25 + 8 * replicas
    settings = dict(one.split("=", 1) for one in given.setting)
    async with (
        start(name, url, load, replicas=replicas, data=given.data, at=at, settings=settings) as bots,
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session,
    ):
        street = Street(api, session)
        payloads = bots[0].payloads
        tasks = [
            asyncio.create_task(press_surveys(street, PRESSERS + n, payloads[n :: given.pressing], given.pause))
            for n in range(given.pressing)
        ]
        late = at - time.time()
        if late < 0:
            print(f"the bots were ready {-late:.0f} s too late", file=sys.stderr)
        await asyncio.sleep(max(late, 0))
        began, before = time.perf_counter(), [bot.cpu() for bot in bots]
        street.replies.clear()
        if name == "huifang":
            await owe_notices(_database(bots[0].folder), SECRET, given.notices)
        seconds = (given.invitations + given.notices) / strict.OVERALL
        complaints = [
            asyncio.create_task(_complain_after(street, n, seconds * n / max(given.complaints, 1)))
            for n in range(given.complaints)
        ]
        with _busy(busy):
            await _until_over(api, street, given, began)
        cpu = sum(bot.cpu() for bot in bots) - sum(before)
        for task in [*tasks, *complaints]:
            task.cancel()
        await asyncio.gather(*tasks, *complaints, return_exceptions=True)
        title = f"{name} × {replicas}" if name == "huifang" else name
        fine = _report(f"{title}, jitter {jitter} ms, {busy} busy loops", api, street, began, cpu, given)
        for bot in bots:
            bad = [line for line in bot.log().splitlines() if "Error" in line or "Traceback" in line]
            print(*bad[:5], sep="\n", file=sys.stderr, end="\n" if bad else "")
    server.close()
    return fine


def _database(folder: Path) -> str:
    return Path(folder / "database").read_text()


async def _complain_after(street: Street, number: int, seconds: float) -> None:
    await asyncio.sleep(seconds)
    await complain(street, COMPLAINERS + number, number)


@contextlib.contextmanager
def _busy(loops: int) -> Iterator[None]:
    made = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(loops)]
    for n, process in enumerate(made):
        os.sched_setaffinity(process.pid, {n % 2})
    yield
    for process in made:
        process.kill()


def _is_invited(chat: int, given: argparse.Namespace) -> bool:
    return bool(FIRST <= chat < FIRST + given.invitations)


async def _until_over(api: strict.StrictApi, street: Street, given: argparse.Namespace, began: float) -> None:
    """Until everything has arrived, or nothing has for so long that it never will."""
    while time.perf_counter() - began < given.longest:
        await asyncio.sleep(0.5)
        invited = {seen.chat for seen in api.log if _is_invited(seen.chat, given)}
        notices = sum(seen.text.startswith("Notice ") for seen in api.log)
        named = {number for seen in api.log if seen.chat < 0 for number in NUMBER.findall(seen.text)}
        over = len(invited) == given.invitations and notices >= given.notices
        if over and len(street.filed) + len(street.failures) >= given.complaints and set(street.filed) <= named:
            return


def _report(
    title: str, api: strict.StrictApi, street: Street, began: float, cpu: float, given: argparse.Namespace
) -> bool:
    bulk = [seen.at for seen in api.log if _is_invited(seen.chat, given) and seen.method in strict.SENDS]
    first, last = min(bulk, default=began), max(bulk, default=began)
    took = max(last - first, 0.001)
    counted = sum(first <= moment <= last for moment in api.overall)
    arrived = Counter(seen.chat for seen in api.log if _is_invited(seen.chat, given) and seen.method in strict.SENDS)
    notices = Counter(seen.text for seen in api.log if seen.text.startswith("Notice "))
    cards: dict[str, float] = {}
    for seen in api.log:
        for number in NUMBER.findall(seen.text) if seen.chat < 0 else ():
            cards.setdefault(number, seen.at)
    ages = [cards[number] - filed for number, filed in street.filed.items() if number in cards]
    replies = street.replies or [0.0]
    print(f"\n{title}", flush=True)
    print(f"  begun after     {first - began:6.2f} s, all invitations within {last - began:.1f} s; {cpu:.1f} s of CPU")
    print(f"  invitations/s   {len(bulk) / took:6.2f}   of what is allowed {len(bulk) / took / strict.OVERALL:6.1%}")
    print(f"  all counted/s   {counted / took:6.2f}   of what is allowed {counted / took / strict.OVERALL:6.1%}")
    print(f"  refused (429)   {dict(api.refused) or 0}")
    print(f"  replies         {_describe(replies)}, longest {max(replies) * 1000:.0f} ms")
    if ages:
        print(
            f"  cards           {_describe(ages)}, longest {max(ages) * 1000:.0f} ms; of complaints {len(street.filed)}"
        )
    twice = sum(count - 1 for count in arrived.values()) + sum(count - 1 for count in notices.values())
    missing = given.invitations - len(arrived) + given.notices - len(notices)
    print(
        f"  invitations {len(arrived)}, notices {len(notices)}, missing {missing}, twice {twice}, failures {len(street.failures)}",
        flush=True,
    )
    print(*street.failures[:3], sep="\n", end="\n" if street.failures else "", file=sys.stderr)
    return not missing and not twice


def _describe(values: list[float]) -> str:
    return f"{len(values)}: p50 {percentile(values, 50):.0f} ms, p99 {percentile(values, 99):.0f} ms"


async def play_all(given: argparse.Namespace) -> bool:
    fine = True
    for jitter in given.jitter:
        for busy in given.busy:
            for name in given.bots:
                for replicas in given.replicas if name == "huifang" else [1]:
                    random.seed(7)
                    fine &= await play(name, replicas, jitter, busy, given)
    return fine


def main() -> int:
    import uvloop

    given = arguments()
    os.sched_setaffinity(0, {API_CORE})
    try:
        return 0 if uvloop.run(play_all(given)) else 1
    except BotFailedError as failed:
        print(failed, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
