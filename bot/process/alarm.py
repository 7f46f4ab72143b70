"""Scheduler: wakes what is due, timers as well as failed events to be retried. It looks at rows and remembers nothing."""

import asyncio
import logging
from datetime import timedelta

from bot.clock import Clock
from bot.process.worker import Worker
from storage.engine.database import Database
from storage.engine.failures import FAILURES
from storage.queue import inbox, timers

log = logging.getLogger(__name__)

TICK_SECONDS = 0.5
"""Seconds between two looks if no timer is due sooner."""

SOONEST_SECONDS = 0.05
SWEEP = timedelta(hours=1)


class Alarm:
    """Several replicas may look at the same row; only the one that claims it acts."""

    def __init__(self, database: Database, worker: Worker, clock: Clock) -> None:
        self._database, self._worker, self._clock = database, worker, clock

    async def run(self) -> None:
        swept = self._clock.now() - SWEEP
        while True:
            try:
                await self._look()
                if self._clock.now() - swept >= SWEEP:
                    swept = self._clock.now()
                    async with self._database.begin() as tx:
                        await inbox.sweep(tx, swept)
            except FAILURES as error:
                log.warning("the timers could not be read (%s); trying again", type(error).__name__)
            await asyncio.sleep(await self._pause())

    async def _pause(self) -> float:
        """Seconds until the next timer is due, within bounds: a timer set in the meantime waits one tick at most."""
        try:
            async with self._database.read() as tx:
                due = await timers.find_next_due(tx)
        except FAILURES:
            return TICK_SECONDS
        left = TICK_SECONDS if due is None else (due - self._clock.now()).total_seconds()
        return min(max(left, SOONEST_SECONDS), TICK_SECONDS)

    async def _look(self) -> None:
        while True:
            async with self._database.read() as tx:
                due = await timers.list_due(tx, self._clock.now())
                waiting = await inbox.list_waiting(tx)
            if not due and not waiting:
                return
            entered = [self._worker.enter(timer) for timer in due]
            entered += [self._worker.enter(event, again=True) for event in waiting if event.source != "timer"]
            await asyncio.gather(*entered, return_exceptions=True)
            if waiting:
                return
