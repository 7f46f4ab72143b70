"""The bot cleans its database's files a little after somebody was erased."""

import asyncio

import pytest

from bot.process import trace_cleaning
from bot.process.trace_cleaning import TraceCleaning
from storage import installation
from storage.privacy import traces
from tests.harness.in_process import Desk


async def test_it_cleans_whenever_there_is_something(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until it is cancelled; the mark is gone afterwards."""
    monkeypatch.setattr(trace_cleaning, "LOOK_SECONDS", 0.01)
    task = asyncio.create_task(TraceCleaning(desk.database).run())
    for _ in range(2):
        async with desk.database.begin() as tx:
            await traces.leave_mark(tx, desk.clock.now())
        for _ in range(500):
            async with desk.database.read() as tx:
                if await installation.get(tx, traces.MARK) is None:
                    break
            await asyncio.sleep(0.01)
        else:
            raise AssertionError("not cleaned")
    task.cancel()
