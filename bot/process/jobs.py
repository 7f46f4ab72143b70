"""Jobs of the worker: an update or a due timer that somebody waits for, what it says, and what waits before it in its lane."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from handlers import route
from handlers.turns import inbound
from handlers.turns.inbound import Arrival
from storage.engine.database import Tx
from storage.queue import inbox
from storage.queue import timers as timer_rows
from storage.queue.inbox import RawEvent
from storage.queue.timers import Timer

_Parsed = tuple[Arrival | None, bytes, bool | None]


@dataclass(slots=True)
class Job:
    """One incoming event. `again` is True if it failed before and is in the inbox already; `hurries` if others would wait with it."""

    event: RawEvent | Timer
    done: "asyncio.Future[None]"
    again: bool = False
    hurries: bool = False
    entered: float = field(init=False, default_factory=time.monotonic)
    lane: str = field(init=False, default="")
    """Whose turn it takes: the lane of an update that is new and can be read."""
    parsed: _Parsed | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        if isinstance(self.event, RawEvent) and not self.again:
            with suppress(msgspec.MsgspecError, RecursionError):  # it fails by itself, when its turn comes
                self.parsed = _parse(self.event)
                self.lane = self.parsed[0].lane if self.parsed[0] is not None else ""


@dataclass(slots=True)
class ParsedJob:
    """A job whose update could be parsed; `event` is the job's."""

    job: Job
    event: RawEvent
    arrival: Arrival
    update: bytes
    member: bool | None = None


def parse_updates(jobs: Sequence[Job]) -> list[ParsedJob]:
    """The updates in our own terms, without those that mean nothing to us. Raises msgspec.MsgspecError for a broken one."""
    parsed = []
    for job in jobs:
        assert isinstance(job.event, RawEvent)  # noqa: S101 -- chosen by the caller
        arrival, update, member = job.parsed or _parse(job.event)
        if arrival is not None:
            parsed.append(ParsedJob(job, job.event, arrival, update, member))
    return parsed


def _parse(event: RawEvent) -> _Parsed:
    """What an event is about, its update, and what Telegram answered when it was asked about the sender's membership."""
    update, member = event.payload, None
    if event.source == "answer":
        answer = msgspec.json.decode(update, type=route.MembershipAnswer)
        update, member = answer.update.encode(), answer.status in route.MEMBER_STATUSES
    return inbound.parse_update(update), update, member


async def hold_back(tx: Tx, fresh: list[ParsedJob], again: list[ParsedJob], now: datetime) -> list[ParsedJob]:
    """What may be handled now: an event waits for those that wait before it in its lane. What was told to wait is kept.

    `fresh` was recorded in this transaction; `again` is in the inbox already, and each of them is taken up by one process only.
    """
    if not fresh and not again:
        return []
    first = await inbox.list_first_waiting(tx)
    if not first and not again:
        return fresh
    taken = [parsed for parsed in again if not _is_behind(parsed, first, taken_up=again)]
    todo = [parsed for parsed in taken if await inbox.claim(tx, parsed.event)]
    behind = [parsed for parsed in fresh if _is_behind(parsed, first, taken_up=todo)]
    await inbox.hold_back(tx, [(parsed.event, parsed.arrival.lane) for parsed in behind], now)
    return todo + [parsed for parsed in fresh if parsed not in behind]


def _is_behind(parsed: ParsedJob, first: dict[str, tuple[int, str]], taken_up: Sequence[ParsedJob]) -> bool:
    """Whether something waits before this event in its lane that is not taken up together with it."""
    place = first.get(parsed.arrival.lane)
    if place is None or place >= inbox.order_of(parsed.event.key):
        return False
    return not any(inbox.order_of(other.event.key) == place for other in taken_up)


async def record_new(tx: Tx, jobs: Sequence[Job], now: datetime) -> dict[tuple[str, str], bool]:
    """The keys that were not known before this transaction."""
    arrived = [job.event for job in jobs if isinstance(job.event, RawEvent) and not job.again]
    if not arrived:
        return {}
    return dict.fromkeys(await inbox.record(tx, arrived, now), True)


def inbox_key(job: Job) -> tuple[str, str]:
    assert isinstance(job.event, RawEvent)  # noqa: S101 -- chosen by the caller
    return job.event.source, job.event.key


def find_lane(event: RawEvent) -> str:
    """The lane an event belongs to; none if it cannot be read."""
    try:
        arrival, _, _ = _parse(event)
    except (msgspec.MsgspecError, RecursionError):
        return ""
    return arrival.lane if arrival is not None else ""


def refuse(jobs: Sequence[Job], error: Exception) -> None:
    """Tell those who submitted these that they are not safe; whether they listen is their affair."""
    for job in jobs:
        if not job.done.done():
            job.done.set_exception(error)
            job.done.exception()


def as_arrived(timer: Timer) -> RawEvent:
    """A timer as the inbox counts its attempts; what is retried is the timer's own row."""
    return RawEvent(inbox.TIMER, f"{timer.kind}:{timer.subject}"[: timer_rows.KEY_LENGTH], b"")


def describe_event(event: RawEvent | Timer) -> str:
    return f"{event.source} {event.key}" if isinstance(event, RawEvent) else f"timer {event.kind} {event.subject}"
