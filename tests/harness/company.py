"""A local Telegram, a real bot process and a small company, for tests that break things on purpose.

1. A test that kills the bot calls `revive_once` first: the process is started again as soon as it is gone, as a supervisor would.
2. `calm` is the end of every story: the bot is alive, nothing waits for it, and nothing is owed to Telegram.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from time import monotonic
from typing import Any

from sqlalchemy import Row, Select, func, select

from playground.people.client import TelegramClient
from playground.people.connection import Participant
from playground.people.seat import Seat
from playground.server import Server
from storage.engine.database import Database
from storage.models import outbox
from tests.harness.bot_process import Bot, parse_start_parameter
from tests.harness.text_fragments import find_fragment

DEPARTMENT = "transport"
PATIENCE_SECONDS = 200.0
"""Seconds that people wait for what they expect to see: many times what a restart takes, so that only what never comes is missed."""

_numbers = count(1)


@dataclass
class LiveCompany:
    """One department's group with its manager, its head and its staff; customers come as a story needs them."""

    server: Server
    telegram: TelegramClient
    bot: Bot
    database: Database
    boss: Participant
    head: Participant
    staff: list[Participant]
    group: int
    language: str = "en"

    def in_group(self, person: Participant) -> Seat:
        return self.telegram.seat(self.group, person)

    async def customers(self, number: int) -> list[tuple[Participant, str]]:
        """So many new customers with a delivery each: the person, and the start parameter of the delivery's link."""
        at = (datetime.now(UTC) - timedelta(minutes=10)).isoformat()
        people, items = [], []
        for _ in range(number):
            n = next(_numbers)
            person = await self.telegram.user(f"Customer {n}", phone=f"+8613{n:09}", language=self.language)
            who = {"phone": person.phone, "language": self.language}
            items.append({"waybill": f"W{n}", "delivered_at": at, "customer": who, "department": DEPARTMENT})
            people.append(person)
        results = await self.bot.deliver(items)
        return [(person, parse_start_parameter(result["link"])) for person, result in zip(people, results, strict=True)]

    @asynccontextmanager
    async def revive_once(self) -> AsyncIterator["asyncio.Task[float]"]:
        """Inside, a dead bot is started again in the same folder, once; the task's result is when that was done."""
        task = asyncio.create_task(self._revive())
        try:
            yield task
        finally:
            if not task.done() and self.bot.alive:
                task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            if not task.cancelled():
                task.result()

    async def _revive(self) -> float:
        await self.bot.ended()
        await self.bot.kill()
        await self.bot.start()
        return monotonic()

    async def wait_until_quiet(self, within: float = PATIENCE_SECONDS) -> None:
        """Wait until all is said: what is still owed after that was lost by the sender, and is the failure's reason."""
        end, reason = monotonic() + within, "the bot is dead"
        while monotonic() < end:
            if self.bot.alive:
                await self.telegram.settle(quiet_ms=60, timeout=max(end - monotonic(), 0.1))
                owed = await self.rows(select(outbox.c.state, func.count()).group_by(outbox.c.state))
                if not owed and self.bot.alive:
                    return
                reason = f"owed to Telegram: {[tuple(row) for row in owed]}"
            await asyncio.sleep(0.02)
        raise AssertionError(f"not calm after {within} s: {reason}\n{self.bot.log()[-2000:]}")

    async def rows(self, statement: Select[Any]) -> list[Row[Any]]:
        """What the database says."""
        async with self.database.read() as tx:
            return list(await tx.execute(statement))


async def found_company(
    server: Server, telegram: TelegramClient, bot: Bot, database: Database, *, staff: int = 4, language: str = "en"
) -> LiveCompany:
    """The manager signs in, binds the group, and names its head; everybody speaks `language`."""
    boss, head = await telegram.user("Boss", language=language), await telegram.user("Zhao", language=language)
    people = [await telegram.user(f"Li{n}", language=language) for n in range(staff)]
    group = await telegram.group("Transport", [boss, head, *people])
    await telegram.private(boss).start(bot.manager_code)
    await telegram.private(boss).see(find_fragment(language, "manager-welcome"))
    await telegram.say(group, boss, f"/bind {DEPARTMENT}")
    company = LiveCompany(server, telegram, bot, database, boss, head, people, group, language)
    await company.in_group(boss).see(find_fragment(language, "bound"))
    hello = await company.in_group(head).say("Good morning")
    await company.in_group(boss).say("/grant head", reply_to=hello["message_id"])
    await company.in_group(boss).see("Zhao")
    await company.wait_until_quiet()
    return company
