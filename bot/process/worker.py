"""Micro-batching event worker (claim, handle, finish): all events waiting now share one short transaction, without the network.

1. A submitted update is answered after the commit that contains it; a batch of one waits for nobody.
2. A batch that fails is run again one event at a time. A single event that fails is kept with its error, tried five times, then
   parked where people see it (dead-letter queue); it never blocks others.
3. The sender's "sent" marks ride along in the same transactions.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import msgspec

from bot.clock import Clock
from handlers import route, timers
from handlers.surveys import invitations
from handlers.turns import inbound
from handlers.turns.batch import Batch
from handlers.turns.flush import flush
from handlers.turns.inbound import Arrival
from handlers.turns.services import Services
from storage.engine.database import Database, KeptConnection, Tx, lock
from storage.engine.failures import FAILURES
from storage.people import people
from storage.people.people import Newcomer
from storage.queue import inbox, outbox
from storage.queue import timers as timer_rows
from storage.queue.inbox import RawEvent
from storage.queue.outbox import OwedCall, SentCall
from storage.queue.timers import Timer

log = logging.getLogger(__name__)

BATCH_EVENTS = 200
"""At most this many events share a transaction."""

IDLE_MARKS_SECONDS = 0.002
"""Seconds that "sent" marks wait for events to share a transaction with."""


class Outlet(Protocol):
    """Where calls go once they are owed: the sender."""

    @property
    def holder(self) -> int | None: ...

    def take(self, calls: Sequence[OwedCall]) -> None: ...

    def tell(self, calls: Sequence[OwedCall]) -> None: ...

    def confirm_marks(self, marks: Sequence[SentCall]) -> None: ...


@dataclass(slots=True)
class Job:
    """One incoming event. `again` is True if it failed before and is in the inbox already."""

    event: RawEvent | Timer
    done: "asyncio.Future[None]"
    again: bool = False


@dataclass(slots=True)
class ParsedJob:
    """A job whose update could be parsed."""

    job: Job
    arrival: Arrival
    update: bytes
    member: bool | None = None


@dataclass(slots=True)
class Counters:
    """Counters for /metrics."""

    handled: int = 0
    batches: int = 0
    failed: int = 0
    parked: int = 0


class Worker:
    """The only writer of conversations; one loop per process."""

    def __init__(self, database: Database, services: Services, clock: Clock) -> None:
        self._database, self._services, self._clock = database, services, clock
        self._jobs: list[Job] = []
        self._marks: list[SentCall] = []
        self._wake = asyncio.Event()
        self._working = False
        self._failing: set[str] = set()
        self.outlet: Outlet | None = None
        self.counters = Counters()
        self.timers_moved = asyncio.Event()
        self.turn = asyncio.Lock()
        """The holder of this lock knows that no batch is between the outbox and the sender."""

    async def submit(self, event: RawEvent | Timer, *, again: bool = False) -> None:
        """Submit an event; returns when it is safe (handled, or kept for another attempt)."""
        await self.enter(event, again=again)

    def enter(self, event: RawEvent | Timer, *, again: bool = False) -> "asyncio.Future[None]":
        """Like `submit`, without waiting: the future is done when the event is safe."""
        job = Job(event, asyncio.get_running_loop().create_future(), again)
        self._jobs.append(job)
        self._wake.set()
        return job.done

    async def drain(self, seconds: float = 2) -> None:
        """Wait up to `seconds` until everything submitted is written."""
        end = asyncio.get_running_loop().time() + seconds
        while (self._jobs or self._marks or self._working) and asyncio.get_running_loop().time() < end:  # noqa: ASYNC110
            await asyncio.sleep(0.01)

    def mark(self, sent: SentCall) -> None:
        """Telegram has accepted a call; recorded with the next transaction."""
        self._marks.append(sent)
        self._wake.set()

    async def run(self) -> None:
        """Handle what comes, until cancelled."""
        while True:
            try:
                async with self._database.keep_connection() as kept:
                    while True:
                        await self._wait()
                        self._working = True
                        async with self.turn:
                            await self._cycle(kept)
                        self._working = False
            except FAILURES as error:
                log.warning("the database is not reachable (%s); trying again", type(error).__name__)
                await asyncio.sleep(1)

    async def transact(self, work: Callable[[Batch], Awaitable[None]]) -> None:
        """Write something of the sender's own, with everything it owes."""
        async with self.turn:
            async with self._database.begin() as tx:
                batch = Batch(tx, self._services, self._clock.now())
                await work(batch)
                earlier = await self._flush(batch)
            self._hand_over(batch, earlier)

    @property
    def _holder(self) -> int | None:
        return self.outlet.holder if self.outlet is not None else None

    async def _wait(self) -> None:
        await self._wake.wait()
        if not self._jobs:
            await asyncio.sleep(IDLE_MARKS_SECONDS)
        self._wake.clear()

    async def _cycle(self, kept: KeptConnection) -> None:
        jobs, self._jobs = self._jobs[:BATCH_EVENTS], self._jobs[BATCH_EVENTS:]
        marks, self._marks = self._marks, []
        if self._jobs:
            self._wake.set()
        if not jobs and not marks:
            return
        try:
            await self._settle(kept, jobs, marks)
        except Exception as error:
            # Not safe: those who submitted these are told, and submit them again.
            for job in jobs:
                if not job.done.done():
                    job.done.set_exception(error)
                    job.done.exception()
            raise

    async def _settle(self, kept: KeptConnection, jobs: list[Job], marks: list[SentCall]) -> None:
        """Handle them all in one transaction; if that fails, one by one."""
        try:
            await self._handle(kept, jobs, marks)
        except Exception as error:  # noqa: BLE001 -- law 6: whatever it was, find the event that did it
            if len(jobs) <= 1:
                await self._count_failure(kept, jobs, marks, error)
                return
            self._marks = marks + self._marks
            if self._marks:
                self._wake.set()
            for job in jobs:
                try:
                    await self._handle(kept, [job], [])
                except Exception as single:  # noqa: BLE001 -- the same
                    await self._count_failure(kept, [job], [], single)

    async def _count_failure(
        self, kept: KeptConnection, jobs: list[Job], marks: list[SentCall], error: Exception
    ) -> None:
        """A lone event failed: count the attempt in a transaction of its own. If even that fails, nobody is told it is safe."""
        self._marks = marks + self._marks
        if self._marks:
            self._wake.set()
        if not jobs:
            log.warning("marks could not be kept (%s); trying again", error)
            await asyncio.sleep(0.2)
            return
        job = jobs[0]
        self.counters.failed += 1
        log.error("an event failed: %s", _describe_event(job.event), exc_info=error)
        async with kept.begin() as tx:
            parked = await self._keep(tx, job.event, f"{type(error).__name__}: {error}")
        self.counters.parked += parked
        if not job.done.done():
            job.done.set_result(None)

    async def _keep(self, tx: Tx, event: RawEvent | Timer, error: str) -> bool:
        now = self._clock.now()
        if isinstance(event, RawEvent):
            return await inbox.record_failure(tx, event, "", error, now)
        kept = _as_arrived(event)
        parked = await inbox.record_failure(tx, kept, "", error, now)
        self._failing.add(kept.key)
        if await timer_rows.claim(tx, event) and not parked:
            await timer_rows.set_all(tx, [Timer(event.kind, event.subject, now + timedelta(minutes=1))])
        return parked

    async def _handle(self, kept: KeptConnection, jobs: list[Job], marks: list[SentCall]) -> None:
        now = self._clock.now()
        understood = _parse_updates([job for job in jobs if isinstance(job.event, RawEvent)])
        async with kept.begin() as tx:
            if marks:
                await outbox.record_sent(tx, marks)
            batch = Batch(tx, self._services, now)
            fresh = await _record_new(tx, jobs, now)
            for job in jobs:
                if job.again and isinstance(job.event, RawEvent) and await inbox.claim(tx, job.event):
                    fresh[_inbox_key(job)] = True
            todo = [one for one in understood if fresh.pop(_inbox_key(one.job), None)]
            if todo:
                await self._prepare(batch, todo)
            for parsed in todo:
                await route.route(batch, parsed.arrival, parsed.update, member=parsed.member)
            due = [job.event for job in jobs if isinstance(job.event, Timer)]
            if due:
                claimed = await timer_rows.claim_all(tx, due, now)
                await timers.fire_all(batch, claimed)
                for timer in claimed:
                    if (tried := _as_arrived(timer)).key in self._failing:
                        await inbox.claim(tx, tried)  # it failed before and is done now: its attempts are deleted
            earlier = await self._flush(batch)
        self.counters.batches += 1
        self.counters.handled += len(jobs)
        if batch.set_timers:
            self.timers_moved.set()
        if marks and self.outlet is not None:
            self.outlet.confirm_marks(marks)
        self._hand_over(batch, earlier)
        for job in jobs:
            if not job.done.done():
                job.done.set_result(None)

    async def _flush(self, batch: Batch) -> list[OwedCall] | None:
        """Write what is owed. If we send: return what another replica already owes the same chats, because that goes first."""
        holder = self._holder
        await flush(batch, holder)
        if holder is None:
            return None
        chats = {call.chat_id for call in batch.calls if call.chat_id is not None}
        if not chats or self._database.is_sqlite:  # SQLite has one process: nobody else owes anything
            return []
        return await outbox.take(batch.tx, holder, chats=chats)

    def _hand_over(self, batch: Batch, earlier: list[OwedCall] | None) -> None:
        """`earlier` is None if the rows were left to the process that sends."""
        if self.outlet is None:
            return
        if earlier is not None and batch.calls:
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
        company = self._services.company
        private = {one.arrival.sender.telegram_id for one in todo if one.arrival.private}
        for reach, wanted in (("open", True), ("unknown", False)):
            new = [
                Newcomer(
                    self._services.next_id(),
                    id_,
                    company.choose_language(sender.language_code),
                    sender.name,
                    sender.username,
                )
                for id_, sender in senders.items()
                if id_ not in batch.people and (id_ in private) is wanted
            ]
            if new:
                batch.people |= await people.add(batch.tx, new, reach, batch.now)
        for id_ in private:
            person = batch.people[id_]
            if not person.reachable:
                batch.people[id_] = await people.record_arrival(batch.tx, person)
                await outbox.release(batch.tx, id_)
                await invitations.resume_invitations(batch, person.id)
        for id_, sender in senders.items():
            person = batch.people[id_]
            if (sender.name, sender.username) != (person.name, person.username) and sender.name:
                await people.rename(batch.tx, person.id, sender.name, sender.username)


def _parse_updates(jobs: Sequence[Job]) -> list[ParsedJob]:
    """The updates in our own terms, without those that mean nothing to us. Raises msgspec.MsgspecError for a broken one."""
    parsed = []
    for job in jobs:
        assert isinstance(job.event, RawEvent)  # noqa: S101 -- chosen by the caller
        update, member = job.event.payload, None
        if job.event.source == "answer":
            answer = msgspec.json.decode(update, type=route.MembershipAnswer)
            update, member = answer.update.encode(), answer.status in route.MEMBER_STATUSES
        arrival = inbound.parse_update(update)
        if arrival is not None:
            parsed.append(ParsedJob(job, arrival, update, member))
    return parsed


async def _record_new(tx: Tx, jobs: Sequence[Job], now: datetime) -> dict[tuple[str, str], bool]:
    """The keys that were not known before this transaction."""
    arrived = [job.event for job in jobs if isinstance(job.event, RawEvent) and not job.again]
    if not arrived:
        return {}
    return dict.fromkeys(await inbox.record(tx, arrived, now), True)


def _inbox_key(job: Job) -> tuple[str, str]:
    assert isinstance(job.event, RawEvent)  # noqa: S101 -- chosen by the caller
    return job.event.source, job.event.key


def _as_arrived(timer: Timer) -> RawEvent:
    """A timer as the inbox counts its attempts; what is retried is the timer's own row."""
    return RawEvent("timer", f"{timer.kind}:{timer.subject}"[:64], b"")


def _describe_event(event: RawEvent | Timer) -> str:
    return f"{event.source} {event.key}" if isinstance(event, RawEvent) else f"timer {event.kind} {event.subject}"
