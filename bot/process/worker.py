"""Micro-batching event worker (claim, handle, finish): all events waiting now share one short transaction, without the network.

1. A submitted update is answered after the commit that contains it; a batch of one waits for nobody, a burst of one person waits for
   the others (`fair_queue`).
2. A batch that fails is run again one event at a time. A single event that fails is kept with its error, tried five times, then
   parked where people see it (dead-letter queue). It blocks nobody but those who come after it in its lane: they wait for it.
3. When it is the database that fails, no event is to blame: everybody is told that nothing is safe, and comes again. A COMMIT whose answer
   was lost may have taken effect: a key that is done stays done, and the sender looks for what it was never handed.
4. A timer that failed five times is shown as parked, and tried again every hour: clocks, digests and pushes do not stop for good.
5. The sender's "sent" marks ride along in the same transactions; while new messages wait for marks, they go alone, and events gather.
6. On SQLite a transaction runs in the database's own thread (ADR 21): what the event loop changes meanwhile is read before it.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import timedelta
from typing import Protocol

from bot.clock import Clock
from bot.process.error_report import describe_error
from bot.process.fair_queue import FairQueue
from bot.process.jobs import (
    Job,
    ParsedJob,
    as_arrived,
    describe_event,
    find_lane,
    hold_back,
    inbox_key,
    parse_updates,
    record_new,
    refuse,
)
from bot.process.logs import hash_lane, note
from bot.process.measures import Counters
from handlers import route, timers
from handlers.people import arrivals
from handlers.turns.batch import Batch
from handlers.turns.flush import flush
from handlers.turns.services import Services
from storage.engine.database import Database, KeptConnection, Tx, lock
from storage.engine.failures import FAILURES, describe_failure, is_outage
from storage.queue import inbox, outbox
from storage.queue import timers as timer_rows
from storage.queue.inbox import RawEvent
from storage.queue.outbox import OwedCall, SentCall
from storage.queue.timers import Timer

log = logging.getLogger(__name__)

IDLE_MARKS_SECONDS = 0.002
"""Seconds that "sent" marks wait for events to share a transaction with."""

GATHER_SECONDS = 0.05
"""Seconds for which events gather at most while new messages wait for marks: those take a millisecond alone, a batch takes a hundred."""

RECONNECT_SECONDS = (0.1, 0.2, 0.5, 1.0)
"""Seconds between attempts to reach the database; the last for as long as it takes."""

TIMER_RETRY, PARKED_TIMER_RETRY = timedelta(minutes=1), timedelta(hours=1)
"""When a timer that failed is tried again, and one that failed five times."""


class StoppedError(OSError):
    """The process is stopping and takes nothing more; a caller that submitted something does so again, elsewhere or later."""


class Outlet(Protocol):
    """Where calls go once they are owed: the sender."""

    @property
    def holder(self) -> int | None: ...

    def take(self, calls: Sequence[OwedCall]) -> None: ...

    def tell(self, calls: Sequence[OwedCall]) -> None: ...

    def confirm_marks(self, marks: Sequence[SentCall]) -> None: ...

    def doubt_commits(self) -> None: ...

    def list_known(self) -> set[int] | None: ...

    def awaits_marks(self) -> bool: ...

    def pop_group_windows(self) -> dict[int, list[float]]: ...

    def keep_for_later(self, groups: Collection[int]) -> None: ...

    def is_told(self) -> bool: ...


class Worker:
    """The only writer of conversations; one loop per process."""

    def __init__(self, database: Database, services: Services, clock: Clock) -> None:
        self._database, self._services, self._clock = database, services, clock
        self._jobs = FairQueue()
        self._marks: list[SentCall] = []
        self._wake = asyncio.Event()
        self._working = False
        self._gathers_until: float | None = None
        self._stopped = False
        self.outlet: Outlet | None = None
        self.tell_sender: Callable[[], None] = lambda: None
        """Called when calls were left to the process that sends."""
        self.counters = Counters()
        self.timers_moved = asyncio.Event()
        self.turn = asyncio.Lock()
        """The holder of this lock knows that no batch is between the outbox and the sender."""

    async def submit(self, event: RawEvent | Timer, *, again: bool = False) -> None:
        """Submit an event; returns when it is safe (handled, or kept for another attempt)."""
        await self.enter(event, again=again)

    def enter(self, event: RawEvent | Timer, *, again: bool = False, hurries: bool = False) -> "asyncio.Future[None]":
        """Like `submit`, without waiting: the future is done when the event is safe."""
        job = Job(event, asyncio.get_running_loop().create_future(), again, hurries)
        if self._stopped:
            refuse([job], StoppedError("the process is stopping"))
            return job.done
        self._jobs.put(job)
        self._wake.set()
        return job.done

    async def drain(self, seconds: float = 2) -> None:
        """Wait up to `seconds` until everything submitted is written."""
        end = asyncio.get_running_loop().time() + seconds
        while (self._jobs or self._marks or self._working) and asyncio.get_running_loop().time() < end:  # noqa: ASYNC110
            await asyncio.sleep(0.01)

    def stop(self) -> None:
        """Take nothing more: who waits is told that nothing is safe, and comes again."""
        self._stopped = True
        refuse(self._jobs.take_all(), StoppedError("the process is stopping"))

    async def park(self, event: RawEvent, error: str) -> None:
        """Set aside what nobody can read, where people see it. Raises one of FAILURES when it could not be kept."""
        async with self._database.begin() as tx:
            self.counters.parked += await inbox.park(tx, event, error, self._clock.now())
        log.error("an update cannot be read and was parked: %s: %s", event.key, error)

    @property
    def waiting(self) -> int:
        """How many events wait for a transaction."""
        return len(self._jobs)

    @property
    def is_busy(self) -> bool:
        """Whether a transaction follows at once."""
        return bool(self._jobs)

    def mark(self, sent: SentCall) -> None:
        """Telegram has accepted a call; recorded with the next transaction."""
        self._marks.append(sent)
        self._wake.set()

    def list_marked(self) -> set[int]:
        """The calls that Telegram has accepted and whose marks are not durable yet; for the holder of `turn`."""
        return {mark.id for mark in self._marks}

    async def run(self) -> None:
        """Handle what comes, until cancelled; a database that fails is waited for."""
        failures = 0
        while True:
            try:
                async with self._database.keep_connection() as kept:
                    while True:
                        await self._wait()
                        self._working = True
                        async with self.turn:
                            await self._cycle(kept)
                        self._working, failures = False, 0
            except FAILURES as error:
                self._working = False
                refuse(self._jobs.take_all(), error)
                if not failures:
                    log.warning("the database does not take what comes (%s); trying again", describe_failure(error))
                await asyncio.sleep(RECONNECT_SECONDS[min(failures, len(RECONNECT_SECONDS) - 1)])
                failures += 1
                self._wake.set()

    async def transact(self, work: Callable[[Batch], Awaitable[None]]) -> None:
        """Write something of the sender's own, with everything it owes."""
        async with self.turn:
            try:
                async with self._database.begin() as tx:
                    batch = Batch(tx, self._services, self._clock.now())
                    await work(batch)
                    earlier = await self._flush(batch)
            except Exception as error:
                self._doubt(error)
                raise
            self._hand_over(batch, earlier)

    @property
    def _holder(self) -> int | None:
        return self.outlet.holder if self.outlet is not None else None

    async def _wait(self) -> None:
        await self._wake.wait()
        if not self._jobs or self._gathers_until is not None:
            await asyncio.sleep(IDLE_MARKS_SECONDS)
        self._wake.clear()

    async def _cycle(self, kept: KeptConnection) -> None:
        jobs = self._take_jobs()
        marks, self._marks = self._marks, []
        if not jobs and not marks:
            return
        began = asyncio.get_running_loop().time()
        try:
            await self._settle(kept, jobs, marks)
        except Exception as error:
            # Not safe: those who submitted these are told, and submit them again.
            refuse(jobs, error)
            raise
        ended = asyncio.get_running_loop().time()
        self._jobs.charge(ended - began, ended)
        if jobs:
            self.counters.transactions.observe(ended - began)
            if log.isEnabledFor(logging.DEBUG):
                self._tell_of(jobs, len(marks), ended - began)

    def _tell_of(self, jobs: Sequence[Job], marks: int, seconds: float) -> None:
        """The transaction and each of its events, for whoever looks closely."""
        ms = round(seconds * 1000, 2)
        log.debug("a transaction", extra=note("batch.committed", events=len(jobs), marks=marks, ms=ms))
        for job in jobs:
            lane, kind = hash_lane(self._services.keyring, job.lane), describe_event(job.event).partition(" ")[0]
            waited = round((time.monotonic() - job.entered) * 1000, 2)
            log.debug("an event", extra=note("event.handled", lane=lane, source=kind, ms=waited))

    def _take_jobs(self) -> list[Job]:
        """The jobs of the next batch; none while they gather."""
        loop = asyncio.get_running_loop()
        if self._jobs and self.outlet is not None and self.outlet.awaits_marks():
            if self._gathers_until is None:
                self._gathers_until = loop.time() + GATHER_SECONDS
                loop.call_at(self._gathers_until, self._wake.set)
            if loop.time() < self._gathers_until:
                return []
        self._gathers_until = None
        jobs = self._jobs.take(loop.time())
        if (opening := self._jobs.find_opening(loop.time())) is not None:
            loop.call_at(opening, self._wake.set)
        return jobs

    async def _settle(self, kept: KeptConnection, jobs: list[Job], marks: list[SentCall]) -> None:
        """Handle them all in one transaction; if that fails, one by one."""
        try:
            await self._handle(kept, jobs, marks)
        except Exception as error:  # noqa: BLE001 -- law 6: whatever it was, find the event that did it
            self._put_back(marks)
            self._raise_outage(error)
            if len(jobs) <= 1:
                await self._count_failure(kept, jobs, error)
                return
            for job in jobs:
                try:
                    await self._handle(kept, [job], [])
                except Exception as single:  # noqa: BLE001 -- the same
                    self._raise_outage(single)
                    await self._count_failure(kept, [job], single)

    def _put_back(self, marks: list[SentCall]) -> None:
        self._marks = marks + self._marks
        if self._marks:
            self._wake.set()

    def _raise_outage(self, error: Exception) -> None:
        """Raise what is the database's fault. Whatever was being committed may be in it: the sender has to look."""
        if self._doubt(error):
            raise error

    def _doubt(self, error: Exception) -> bool:
        """Whether it is the database's fault; then the sender looks for what may have been committed."""
        outage = is_outage(error)
        if outage and self.outlet is not None:
            self.outlet.doubt_commits()
        return outage

    async def _count_failure(self, kept: KeptConnection, jobs: list[Job], error: Exception) -> None:
        """A lone event failed: count the attempt in a transaction of its own. If even that fails, nobody is told it is safe."""
        if not jobs:
            log.warning("marks could not be kept (%s); trying again", describe_error(error))
            await asyncio.sleep(0.2)
            return
        job = jobs[0]
        self.counters.failed += 1
        reason = describe_error(error)
        parked = await kept.transact(lambda tx: self._keep(tx, job.event, reason))
        self.counters.parked += parked
        if parked:
            about = note("event.parked", lane=self._hash_lane(job.event), error=type(error).__name__)
            log.error(
                "an event failed for the last time and was parked: %s",
                describe_event(job.event),
                exc_info=error,
                extra=about,
            )
        else:
            about = note("event.failed", lane=self._hash_lane(job.event), error=type(error).__name__)
            log.error("an event failed and will be tried again: %s: %s", describe_event(job.event), reason, extra=about)
        if not job.done.done():
            job.done.set_result(None)

    def _hash_lane(self, event: RawEvent | Timer) -> str:
        """Whose turn it was, as the log names it."""
        return hash_lane(self._services.keyring, find_lane(event)) if isinstance(event, RawEvent) else ""

    async def _keep(self, tx: Tx, event: RawEvent | Timer, error: str) -> bool:
        now = self._clock.now()
        if isinstance(event, RawEvent):
            return await inbox.record_failure(tx, event, find_lane(event), error, now)
        if not await timer_rows.claim(tx, event):
            return False  # it was moved, cancelled, or done after all
        parked = await inbox.record_failure(tx, as_arrived(event), "", error, now)
        wait = PARKED_TIMER_RETRY if parked else TIMER_RETRY
        await timer_rows.set_all(tx, [Timer(event.kind, event.subject, now + wait)])
        return parked

    async def _handle(self, kept: KeptConnection, jobs: list[Job], marks: list[SentCall]) -> None:
        understood = parse_updates([job for job in jobs if isinstance(job.event, RawEvent)])
        windows = self.outlet.pop_group_windows() if marks and self.outlet is not None else {}

        async def write(tx: Tx) -> tuple[Batch, list[OwedCall] | None]:
            if marks:
                await outbox.record_sent(tx, marks)
            if windows:
                await outbox.save_group_windows(tx, windows)
            batch = Batch(tx, self._services, self._clock.now())
            await self._answer(batch, jobs, understood)
            return batch, await self._flush(batch)

        try:
            batch, earlier = await kept.transact(write)
        except Exception:
            if self.outlet is not None:
                self.outlet.keep_for_later(windows)  # they go with the marks, and those are put back
            raise
        self.counters.batches += 1
        self.counters.handled += len(jobs)
        self.counters.missed += batch.missed_deadlines
        if batch.set_timers:
            self.timers_moved.set()
        if marks and self.outlet is not None:
            self.outlet.confirm_marks(marks)
        since = min((job.entered for job in jobs), default=0.0)
        for call in batch.calls:
            call.since = since
        self._hand_over(batch, earlier)
        now = time.monotonic()
        for job in jobs:
            self.counters.commits.observe(now - job.entered)
            if not job.done.done():
                job.done.set_result(None)

    async def _answer(self, batch: Batch, jobs: Sequence[Job], understood: Sequence[ParsedJob]) -> None:
        """Handle what is new and what may be tried again."""
        tx, now = batch.tx, batch.now
        fresh = await record_new(tx, jobs, now)
        todo = [parsed for parsed in understood if not parsed.job.again and fresh.pop(inbox_key(parsed.job), False)]
        todo = await hold_back(tx, todo, [parsed for parsed in understood if parsed.job.again], now)
        if todo:
            await self._prepare(batch, todo)
        for parsed in todo:
            await route.route(batch, parsed.arrival, parsed.update, member=parsed.member)
        due = [job.event for job in jobs if isinstance(job.event, Timer)]
        if due:
            claimed = await timer_rows.claim_all(tx, due, now)
            await timers.fire_all(batch, claimed)
            await inbox.forget_attempts(tx, [as_arrived(timer).key for timer in claimed])

    async def _flush(self, batch: Batch) -> list[OwedCall] | None:
        """Write what is owed. If we send: return what is already owed to the same chats without our knowing, because that goes first."""
        holder = self._holder
        await flush(batch, holder)
        if holder is None:
            return None
        chats = {call.chat_id for call in batch.calls if call.chat_id is not None}
        if not chats or self._database.is_sqlite:  # SQLite has one process: nobody else owes anything
            return []
        known = self.outlet.list_known() if self.outlet is not None else None
        if known is not None:
            known |= {call.id for call in batch.calls}
        if self.outlet is not None and self.outlet.is_told():
            chats = set()  # any: what other processes have left is taken along
        return await outbox.take(batch.tx, holder, chats=chats, known=known)

    def _hand_over(self, batch: Batch, earlier: list[OwedCall] | None) -> None:
        """`earlier` is None if the rows were left to the process that sends."""
        if self.outlet is None:
            return
        if earlier is None and batch.calls:
            self.tell_sender()
        elif earlier is not None and batch.calls:
            self.outlet.take([*earlier, *(call for call in batch.calls if not call.held)])
        if batch.silent:
            self.outlet.tell(batch.silent)

    async def _prepare(self, batch: Batch, todo: Sequence[ParsedJob]) -> None:
        """Lock the lanes, read what all of them need, register new persons."""
        lanes = {one.arrival.lane for one in todo}
        await lock(batch.tx, lanes)
        senders = {one.arrival.sender.telegram_id: one.arrival.sender for one in todo}
        meant = {delivery for one in todo if (delivery := route.find_linked_delivery(one.arrival)) is not None}
        if meant:
            await batch.frozen(sorted(meant))
        await batch.prepare(lanes, senders)
        await arrivals.register_senders(batch, [one.arrival for one in todo])
