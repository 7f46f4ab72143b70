"""Scheduler: wakes what is due, timers as well as failed events to be retried. It looks at rows and remembers nothing."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.clock import Clock, Ids
from bot.process.worker import Worker
from domain.timer_kinds import TimerKind
from storage import retention
from storage.engine.database import Database, Tx
from storage.engine.failures import FAILURES, describe_failure
from storage.queue import growth, inbox, timers
from storage.queue.timers import Timer

log = logging.getLogger(__name__)

TICK_SECONDS = 0.5
"""Seconds between two looks if no timer is due sooner."""

SOONEST_SECONDS = 0.05
SWEEP = timedelta(hours=1)

PAUSE_SECONDS = 0.01
"""Seconds between two pieces of a sweep."""

FOR_GOOD = 0
"""Months after which the audit log is forgotten: never."""

LONGEST_MONTH = timedelta(days=31)

COMPARE_SECONDS = 10.0
"""Seconds between two comparisons of our clock with the database's."""

WATCH_SECONDS = 10.0
"""Seconds between two counts of what waits for somebody."""


class Alarm:
    """Several replicas may look at the same row; only the one that claims it acts."""

    def __init__(
        self, database: Database, worker: Worker, clock: Clock, ids: Ids | None = None, log_kept_months: int = FOR_GOOD
    ) -> None:
        self._database, self._worker, self._clock, self._ids = database, worker, clock, ids
        self._log_kept_months = log_kept_months
        self._swept: datetime | None = None
        self._compared_at = -COMPARE_SECONDS
        self._watched_at = -WATCH_SECONDS

    async def run(self) -> None:
        """Wake what is due until cancelled; whatever goes wrong, it looks again."""
        failures = 0
        while True:
            try:
                await self._look()
                await self._look_after()
                failures = 0
            except FAILURES as error:
                if not failures:
                    log.warning("the timers cannot be read (%s); trying again", describe_failure(error))
                failures += 1
            except Exception:
                log.exception("the timers could not be woken; trying again")
            await asyncio.sleep(await self._pause())

    async def _look_after(self) -> None:
        """Sweep old keys every hour; count what waits for somebody; compare our clock with the database's.

        So the ids of several processes are in one order.
        """
        now = self._clock.now()
        if self._swept is None or now - self._swept >= SWEEP:
            await self._sweep(now)
            self._swept = now
        if time.monotonic() - self._watched_at >= WATCH_SECONDS:
            await self._watch_growth(now)
            self._watched_at = time.monotonic()
        if self._ids is not None and time.monotonic() - self._compared_at >= COMPARE_SECONDS:
            self._ids.follow(await self._database.measure_clock())
            self._compared_at = time.monotonic()

    async def _watch_growth(self, now: datetime) -> None:
        """Have management told when more waits for somebody than when it was told last."""
        async with self._database.read() as tx:
            news = await growth.is_news(tx)
        if news:
            async with self._database.begin() as tx:
                await timers.set_all(tx, [Timer(TimerKind.GROWTH, TimerKind.GROWTH, now)])

    async def _sweep(self, now: datetime) -> None:
        """Each piece is a transaction of its own: others write in between."""
        sweeps: list[Callable[[Tx], Awaitable[bool]]] = [lambda tx: inbox.sweep(tx, now)]
        if self._log_kept_months:
            before = now - self._log_kept_months * LONGEST_MONTH
            sweeps.append(lambda tx: retention.forget_before(tx, before))
        for sweep in sweeps:
            more = True
            while more:
                async with self._database.begin() as tx:
                    more = await sweep(tx)
                await asyncio.sleep(PAUSE_SECONDS)
        async with self._database.begin() as tx:
            await retention.make_months(tx)

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
            entered += [self._worker.enter(event, again=True) for event in waiting]
            await asyncio.gather(*entered, return_exceptions=True)
            if waiting:
                return
