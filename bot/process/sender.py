"""Outbox relay, the one door to Telegram: sends what is owed, in order per chat, people before staff before broadcasts, within the limits.

1. A row leaves the outbox only when Telegram has accepted the call; a call whose answer is lost is made again (at-least-once delivery).
2. In calm times a new message waits until the mark of the previous one is durable (a second at most), so that a crash repeats one
   message at most.
3. Only a handful of broadcast messages are under way without a durable mark, whatever the load; replies do not wait for them, but a
   reply behind one in the same chat takes it along.
4. 429 pauses everything for as long as told and puts the call back; nothing is dropped. 403, lost groups and refusals are
   written down where people see them.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Sequence
from heapq import heappop, heappush
from math import ceil

from bot.process.api_calls import ApiCaller, CallRefused, ChatGone, RetryLater
from bot.process.limits import SECOND_SECONDS, Limits
from bot.process.worker import Worker
from storage.engine.database import Database
from storage.engine.failures import FAILURES
from storage.queue import outbox
from storage.queue.outbox import QUERY, SHOW, OwedCall, Priority, SentCall, extract_buttons, is_shared

log = logging.getLogger(__name__)

CALM_CALLS = 8
"""With at most this many calls waiting, new messages go one at a time (rule 2 of this module)."""

DOUBT_RANGE = (2, 8)
"""Minimum and maximum of broadcast messages accepted but not yet marked: a crash repeats no more than these. It is kept as low as
30 messages/s allow, given how long the latest ones were in doubt."""

NEEDED = 30 * 1.25
"""Messages per second that doubt must not hold back, with a quarter to spare."""

ATTEMPTS = 5
"""A call that cannot be made (a picture that cannot be drawn) is given up after this many attempts, with its reason."""

PATIENCE_SECONDS = 1.0
"""Seconds that a new message waits for the previous one; a call that Telegram does not answer must not hold up everybody."""

LOOK_SECONDS = 0.5
"""Seconds between two looks for rows that no live process holds."""

_BACKOFF_SECONDS = (0.2, 0.5, 1, 2, 5, 10, 30, 60)

Lane = tuple[str, int]


class Sender:
    """Runs in the process that holds the lease."""

    def __init__(self, telegram: ApiCaller, worker: Worker, database: Database, limits: Limits, holder: int) -> None:
        self._telegram, self._worker, self._database, self._limits = telegram, worker, database, limits
        self._id = holder
        self._queues: dict[Lane, deque[OwedCall]] = {}
        self._ready: tuple[deque[Lane], deque[Lane], deque[Lane]] = (deque(), deque(), deque())
        self._later: list[tuple[float, Lane]] = []
        self._calm: deque[Lane] = deque()
        self._busy: set[Lane] = set()
        self._unsettled: dict[int, float] = {}
        self._doubtful: dict[int, float] = {}
        self._in_doubt_for = 0.0
        self._broadcasts_from = 0.0
        self._waiting = 0
        self._paused_until = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._tasks: asyncio.TaskGroup | None = None
        self.answering: asyncio.TaskGroup | None = None
        self._closing = False
        self.holder: int | None = None
        self.sent = 0

    async def run(self) -> None:
        """Send until cancelled; the lease must be held."""
        # What another process sent in the last second still counts at Telegram: broadcasts wait until it no longer does.
        self._broadcasts_from = 0.0 if self._limits.unlimited else time.monotonic() + SECOND_SECONDS
        async with asyncio.TaskGroup() as tasks:
            self._tasks = tasks
            async with self._worker.turn:
                # What was owed before goes before what is committed from now on.
                await self._look()
                self.holder = self._id
            while True:
                await asyncio.sleep(LOOK_SECONDS)
                async with self._worker.turn:
                    await self._look()

    async def drain(self, seconds: float = 5) -> None:
        """Start nothing more, and wait up to `seconds` for the calls under way, so that a clean stop repeats nothing."""
        self._closing = True
        end = time.monotonic() + seconds
        while self._busy and time.monotonic() < end:  # noqa: ASYNC110 -- a stop is no hurry
            await asyncio.sleep(0.01)

    @property
    def backlog(self) -> int:
        return self._waiting

    def take(self, calls: Sequence[OwedCall]) -> None:
        """Take over calls that were just committed."""
        for call in calls:
            self._queue(call)
        self._pump()

    def tell(self, calls: Sequence[OwedCall]) -> None:
        """Answer presses without a text: each answered once, by whichever process handled it, and forgotten."""
        assert self.answering is not None  # noqa: S101 -- set in app.py before anything is handled
        for call in calls:
            self.answering.create_task(self._telegram.make_call(call))

    def confirm_marks(self, marks: Sequence[SentCall]) -> None:
        """Note that these marks are durable."""
        was_full = len(self._doubtful) >= self._doubt()
        now = time.monotonic()
        for mark in marks:
            self._unsettled.pop(mark.id, None)
            if (since := self._doubtful.pop(mark.id, None)) is not None:
                self._in_doubt_for += (now - since - self._in_doubt_for) / 8
        calm = self._calm and not self._unsettled
        if calm:
            self._wake_calm()
        if calm or was_full:
            self._pump()

    async def _look(self) -> None:
        """Take over rows left by a dead process or another replica, or released when a group came back."""
        while True:
            async with self._database.begin() as tx:
                calls = await outbox.take(tx, self._id)
            if not calls:
                return
            for chat in {call.chat_id for call in calls if call.chat_id is not None}:
                self._forget_duplicates(chat, {call.id for call in calls})
            self.take(calls)

    def _forget_duplicates(self, chat: int, ids: set[int]) -> None:
        """A row read again from the table replaces its copy in memory."""
        queue = self._queues.get(("chat", chat))
        if queue is not None:
            kept = deque(call for call in queue if call.id not in ids)
            self._waiting -= len(queue) - len(kept)
            self._queues["chat", chat] = kept

    def _queue(self, call: OwedCall) -> None:
        lane: Lane = ("chat", call.chat_id) if call.chat_id is not None else ("call", call.id)
        queue = self._queues.setdefault(lane, deque())
        if call.method == SHOW and not call.fresh:
            for n, earlier in reversed(list(enumerate(queue))):
                if earlier.name == call.name and earlier.method == SHOW and not (n == 0 and lane in self._busy):
                    # Two versions of the same message: only the last is worth a call. It keeps the earlier one's place.
                    call.fresh, call.reply_to = earlier.fresh, earlier.reply_to or call.reply_to
                    call.message_id = call.message_id or earlier.message_id
                    queue[n] = call
                    self._worker.mark(SentCall(earlier.id))
                    return
        if call.method == SHOW and call.fresh:
            # Requested again before it was sent: once is enough, and the newest text goes to the place of the newest request.
            for n, earlier in reversed(list(enumerate(queue))):
                if (earlier.name, earlier.method, earlier.fresh) == (call.name, SHOW, True) and not (
                    n == 0 and lane in self._busy
                ):
                    del queue[n]
                    self._waiting -= 1
                    self._worker.mark(SentCall(earlier.id))
                    break
        queue.insert(self._find_place(queue, call, lane), call)
        self._waiting += 1
        if lane not in self._busy and (len(queue) == 1 or call.priority < queue[0].priority):
            self._ready[call.priority].append(lane)

    def _find_place(self, queue: deque[OwedCall], call: OwedCall, lane: Lane) -> int:
        """The end of the queue; a new card goes before what is said under other cards and before their redrawing."""
        place = len(queue)
        if outbox.is_card(call) and self._telegram.makes_new(call):
            first = 1 if lane in self._busy else 0
            while place > first and self._yields(queue[place - 1]):
                place -= 1
        return place

    def _yields(self, call: OwedCall) -> bool:
        """Whether a new card may go before this call: it answers another card, or changes a message that stands."""
        return outbox.answers_card(call) or (is_shared(call) and not self._telegram.makes_new(call))

    # --- choosing what goes next ---

    def _pump(self) -> None:
        """Start everything that may start now; come back when the next call may."""
        if self._tasks is None or self._closing:
            return
        now = time.monotonic()
        if self._calm and (self._waiting > CALM_CALLS or self._calm_until() <= now):
            self._wake_calm()
        while self._later and self._later[0][0] <= now:
            _, lane = heappop(self._later)
            self._make_ready(lane)
        if now < self._paused_until:
            self._return_at(self._paused_until)
            return
        wake = self._later[0][0] if self._later else None
        for priority, ready in enumerate(self._ready):
            while ready:
                if priority == Priority.BROADCAST and not self._may_broadcast(now):
                    break
                free = self._limits.overall_at(now, person=priority == Priority.PEOPLE)
                if free > now and self._counts(ready[0]):
                    wake = free if wake is None else min(wake, free)
                    break
                self._consider(ready.popleft(), now)
        if self._later:
            wake = self._later[0][0] if wake is None else min(wake, self._later[0][0])
        if self._calm:
            until = self._calm_until()
            wake = until if wake is None else min(wake, until)
        if self._ready[Priority.BROADCAST] and now < self._broadcasts_from:
            wake = self._broadcasts_from if wake is None else min(wake, self._broadcasts_from)
        if wake is not None:
            self._return_at(wake)

    def _may_broadcast(self, now: float) -> bool:
        return now >= self._broadcasts_from and len(self._doubtful) < self._doubt()

    def _doubt(self) -> int:
        """How many broadcast messages may be in doubt now."""
        least, most = DOUBT_RANGE
        return min(max(least, ceil(self._in_doubt_for * NEEDED)), most)

    def _counts(self, lane: Lane) -> bool:
        return lane[0] == "chat"

    def _consider(self, lane: Lane, now: float) -> None:
        queue = self._queues.get(lane)
        if not queue or lane in self._busy:
            return
        wait = self._unhurried(queue, now)
        if wait is not None:
            heappush(self._later, (wait, lane))
            return
        call = queue[0]
        is_new = self._telegram.makes_new(call)
        if call.chat_id is not None and call.method != QUERY:
            at = self._limits.chat_at(call.chat_id, now, edit=not is_new)
            if at > now:
                heappush(self._later, (at, lane))
                return
        if call.priority == Priority.BROADCAST and not self._may_broadcast(now):
            self._ready[Priority.BROADCAST].appendleft(lane)  # the next of them: a reply waits behind it
            return
        if is_new and self._waiting <= CALM_CALLS and now < self._calm_until():
            self._calm.append(lane)
            return
        if call.chat_id is not None and call.method != QUERY:
            self._limits.note(call.chat_id, now, edit=not is_new)
        if is_shared(call):
            self._limits.note_drawn(call.chat_id or 0, call.name, extract_buttons(call), now)
        if is_new:
            self._unsettled[call.id] = now
            if call.priority == Priority.BROADCAST:
                self._doubtful[call.id] = now
        self._busy.add(lane)
        assert self._tasks is not None  # noqa: S101 -- `_pump` looked
        self._tasks.create_task(self._send(lane, call))

    def _unhurried(self, queue: deque[OwedCall], now: float) -> float | None:
        """A card drawn a moment ago gathers further changes and lets others pass: until when, if nothing else is waiting."""
        earliest = None
        for n, call in enumerate(queue):
            shared = is_shared(call)
            at = self._limits.drawn_at(call.chat_id or 0, call.name, extract_buttons(call), now) if shared else now
            if at <= now:
                queue.rotate(-n)
                return None
            earliest = at if earliest is None else min(earliest, at)
        return earliest

    def _calm_until(self) -> float:
        """Until when the next new message waits for the latest one whose mark is not durable (monotonic seconds)."""
        return max(self._unsettled.values(), default=-PATIENCE_SECONDS) + PATIENCE_SECONDS

    def _wake_calm(self) -> None:
        while self._calm:
            self._make_ready(self._calm.popleft())

    def _make_ready(self, lane: Lane) -> None:
        queue = self._queues.get(lane)
        if queue and lane not in self._busy:
            self._ready[queue[0].priority].append(lane)

    def _return_at(self, moment: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        delay = max(moment - time.monotonic(), 0.001)
        self._timer = asyncio.get_running_loop().call_later(delay, self._pump)

    # --- one call ---

    async def _send(self, lane: Lane, call: OwedCall) -> None:
        outcome: SentCall | RetryLater | ChatGone | CallRefused
        try:
            outcome = await self._telegram.make_call(call)
        except Exception as error:  # noqa: BLE001 -- law 6: a call that cannot even be made must not stop the others
            log.warning("a call of %s could not be made: %s: %s", call.method, type(error).__name__, error)
            outcome = RetryLater() if call.attempts < ATTEMPTS else CallRefused(f"{type(error).__name__}: {error}")
        finally:
            self._busy.discard(lane)
        match outcome:
            case SentCall():
                self._worker.mark(outcome)
                self.sent += 1
                self._finish(lane, call)
            case RetryLater(seconds, everybody):
                self._forget(call)
                self._later_again(lane, call, seconds, everybody=everybody)
            case ChatGone() | CallRefused():
                self._forget(call)
                known = {one.id for one in self._queues.get(lane, ())}
                try:
                    await self._telegram.write_down(call, outcome)
                except FAILURES as error:
                    log.warning("could not write down what became of a call (%s)", type(error).__name__)
                    self._later_again(lane, call, 1, everybody=False)
                else:
                    if isinstance(outcome, ChatGone):
                        self._abandon(lane, known)
                    else:
                        self._finish(lane, call)
        if not self._unsettled:
            self._wake_calm()
        self._pump()

    def _forget(self, call: OwedCall) -> None:
        """It was not accepted, so nothing about it is in doubt."""
        self._unsettled.pop(call.id, None)
        self._doubtful.pop(call.id, None)

    def _later_again(self, lane: Lane, call: OwedCall, seconds: float | None, *, everybody: bool) -> None:
        call.attempts += 1
        delay = seconds if seconds is not None else _BACKOFF_SECONDS[min(call.attempts, len(_BACKOFF_SECONDS)) - 1]
        at = time.monotonic() + delay
        if everybody:
            self._paused_until = max(self._paused_until, at)
        heappush(self._later, (at, lane))

    def _finish(self, lane: Lane, call: OwedCall) -> None:
        queue = self._queues.get(lane)
        if queue and queue[0] is call:
            queue.popleft()
            self._waiting -= 1
        if queue:
            self._make_ready(lane)
        else:
            self._queues.pop(lane, None)

    def _abandon(self, lane: Lane, known: set[int]) -> None:
        """The chat cannot be written to: these rows were held or moved in the table. What arrived since finds that out by itself."""
        queue = self._queues.pop(lane, deque())
        left = deque(call for call in queue if call.id not in known)
        self._waiting -= len(queue) - len(left)
        if left:
            self._queues[lane] = left
            self._make_ready(lane)
