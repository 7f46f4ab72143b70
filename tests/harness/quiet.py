"""Waiting for the end of everything: events, never seconds."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from time import monotonic

from sqlalchemy import func, select

from playground.people.client import TelegramClient
from storage.engine.database import Database
from storage.models import inbox, outbox, timers, unindexed

PATIENCE_SECONDS = 200.0


async def wait_until_quiet(
    telegram: TelegramClient,
    database: Database,
    now: Callable[[], datetime],
    *,
    is_alive: Callable[[], bool] = lambda: True,
    within: float = PATIENCE_SECONDS,
) -> None:
    """Wait until no timer is due, no event waits, nothing is owed to Telegram or to the search, and Telegram has nothing for the bot.

    `now` is the bot's clock. Raises AssertionError, with what is still open, after `within` seconds.
    """
    end, reason = monotonic() + within, "the bot is dead"
    while monotonic() < end:
        if is_alive():
            await telegram.settle(quiet_ms=60, timeout=max(end - monotonic(), 0.1))
            async with database.read() as tx:
                due = await tx.execute(select(timers.c.kind, timers.c.subject).where(timers.c.due_at <= now()))
                waiting = await tx.execute(select(inbox.c.source, inbox.c.key).where(inbox.c.state == "waiting"))
                owed = await tx.execute(
                    select(outbox.c.method, func.count()).where(outbox.c.state == "owed").group_by(outbox.c.method)
                )
                words = await tx.execute(select(unindexed.c.contribution))
                left = {"due": due.all(), "waiting": waiting.all(), "owed": owed.all(), "words": words.all()}
            if not any(left.values()) and is_alive():
                return
            reason = str(left)
        await asyncio.sleep(0.02)
    raise AssertionError(f"not quiet after {within} s: {reason}")
