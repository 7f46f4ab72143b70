"""Leadership: the process that holds the lease sends and polls, for as long as it holds it, and as often as it gets it."""

import asyncio
import logging

from bot.process.logs import note
from bot.process.measures import ProcessReading
from bot.process.polling import Polling
from bot.process.worker import Worker
from bot.sending.sender import Sender
from domain.company import TelegramRules
from storage.engine.lease import Lease, Lost

log = logging.getLogger(__name__)

UPDATES_LATE_SECONDS = TelegramRules().late_updates_seconds
"""Seconds without an update taken, or an empty answer, after which the process no longer calls itself ready, unless the company file
says otherwise."""


class Leader:
    """Takes the lease and works in its name; `polling` is None with a webhook."""

    def __init__(
        self, lease: Lease, sender: Sender, polling: Polling | None, late_seconds: float = UPDATES_LATE_SECONDS
    ) -> None:
        self._lease, self._sender, self._polling = lease, sender, polling
        self._late_seconds = late_seconds

    async def run(self) -> None:
        """Lead until cancelled. A lease that is lost (the database was restarted) is waited for again."""
        while True:
            await self._lease.take()
            log.info("this process sends", extra=note("lease.taken"))
            try:
                async with asyncio.TaskGroup() as tasks:
                    tasks.create_task(self._sender.run())
                    if self._polling is not None:
                        tasks.create_task(self._polling.run())
                    try:
                        await self._lease.watch()
                    finally:
                        await self._sender.drain()  # what is under way is under way: its answers still count
            except* Lost:
                log.warning("the lease was lost with its connection; waiting for it", extra=note("lease.lost"))
            finally:
                await self._lease.release()

    async def wait_until_settled(self) -> None:
        """Return once this process sends, or stands by because another does."""
        while self._sender.holder is None and not self._lease.is_refused:  # noqa: ASYNC110 -- at the start, a moment
            await asyncio.sleep(0.01)

    def find_trouble(self) -> str | None:
        """Why this process neither sends nor takes updates; None if it does."""
        if not self._lease.is_held:
            return "standby: another process sends"
        if self._sender.holder is None:
            return "not sending yet"
        if self._polling is not None and self._polling.late_seconds > self._late_seconds:
            why = self._polling.trouble or "no answer"
            return f"no update could be taken for {self._polling.late_seconds:.0f} s: {why}"
        return None

    def read_process(self, worker: Worker) -> ProcessReading:
        """What this process, with this worker, knows of itself, for /metrics."""
        late = self._polling.late_seconds if self._polling is not None and self._lease.is_held else 0.0
        return ProcessReading(
            worker.counters,
            self._sender.measures,
            is_ready=self.find_trouble() is None,
            is_leader=self._lease.is_held,
            waiting_events=worker.waiting,
            waiting_calls=self._sender.backlog,
            outage_seconds=self._sender.outage_seconds,
            updates_late_seconds=late,
        )
