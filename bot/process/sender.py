"""Outbox relay, the one door to Telegram: sends what is owed, in order per chat, people before staff before broadcasts, within the limits.

1. A row leaves the outbox only when Telegram has accepted the call; a call whose answer is lost is made again (at-least-once delivery).
2. In calm times a new message waits until the mark of the previous one is durable (a second at most), so that a crash repeats one
   message at most.
3. However many are waiting, at most `DOUBT_LIMIT` new messages are under way or accepted without a durable mark: a crash repeats no more
   than these. Edits are made again without anybody noticing, and are not counted; whoever presses a message that is in doubt shows
   where it is, and from then on it is edited.
4. 429 pauses the chat it is about for as long as told, and what waits there goes out paced; only when several chats hear it at once
   everybody pauses. Nothing is dropped. 403, lost groups and refusals are written down where people see them.
5. While the Bot API is not there, one call a second is tried; the first success wakes everybody (`bot.process.outage`).
6. Whoever holds the lease acts in its name only as long as it is fresh; after a pause of the process it is asked again (fencing).
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from heapq import heappop, heappush
from math import ceil

from bot.process.api_calls import ApiCaller, CallRefused, ChatGone, RetryLater
from bot.process.limits import SECOND_SECONDS, Limits
from bot.process.outage import BACKOFF_SECONDS, PROBE_SECONDS, Lane, Outage
from bot.process.worker import Worker
from storage.engine.database import Database
from storage.engine.failures import FAILURES, describe_failure, is_outage
from storage.engine.lease import Lost
from storage.queue import outbox
from storage.queue.outbox import QUERY, SHOW, OwedCall, Priority, SentCall, extract_buttons, is_shared

log = logging.getLogger(__name__)

CALM_CALLS = 8
"""With at most this many calls waiting, new messages go one at a time (rule 2 of this module)."""

DOUBT_LIMIT = 8
"""How many new messages may be under way, or accepted and not yet marked: a crash repeats no more than these."""

DOUBT_RANGE = (2, DOUBT_LIMIT - 2)
"""Minimum and maximum of broadcast messages among them. It is kept as low as 30 messages/s allow, given how long the latest ones were
in doubt."""

DOUBT_SECONDS = 3.0
"""Seconds after which a call that Telegram does not answer no longer holds up new messages to other chats. One that it has accepted does,
however long the database takes for its mark."""

NEEDED = 30 * 1.25
"""Messages per second that doubt must not hold back, with a quarter to spare."""

ATTEMPTS = 5
"""A call that cannot be made (a picture that cannot be drawn) is given up after this many attempts, with its reason."""

UNMADE_SECONDS = 1.0
"""Seconds until a call that could not be made is tried again."""

PATIENCE_SECONDS = 1.0
"""Seconds that a new message waits for the previous one; a call that Telegram does not answer must not hold up everybody."""

COMMIT_SECONDS = 60.0
"""Seconds for which a COMMIT whose answer was lost may still take effect."""

LOOK_SECONDS = 0.5
"""Seconds between two looks for rows that no live process holds."""

SOON_SECONDS = 0.05

FLOODED_CHATS = 3
"""With so many chats told to wait (429) at the same time, the limit is everybody's."""


async def _need_no_lease() -> None:
    """For a sender that is alone."""


class Sender:
    """Runs in the process that holds the lease."""

    def __init__(
        self,
        telegram: ApiCaller,
        worker: Worker,
        database: Database,
        limits: Limits,
        make_holder: Callable[[], int],
        check_lease: Callable[[], Awaitable[None]] = _need_no_lease,
    ) -> None:
        self._telegram, self._worker, self._database, self._limits = telegram, worker, database, limits
        self._make_holder, self._check_lease = make_holder, check_lease
        self._tasks: asyncio.TaskGroup | None = None
        self.answering: asyncio.TaskGroup | None = None
        self.holder: int | None = None
        self.sent = 0
        self._timer: asyncio.TimerHandle | None = None
        self._begin()

    def _begin(self) -> None:
        """Know nothing of what is owed: the table does. Nobody may be between the outbox and us meanwhile (`Worker.turn`)."""
        self._id = self._make_holder()
        self._closing = False
        # What another process sent in the last second still counts at Telegram: broadcasts wait until it no longer does.
        self._broadcasts_from = 0.0 if self._limits.unlimited else time.monotonic() + SECOND_SECONDS
        self._under_way: set[int] = set()
        self._mine: set[int] = set()
        self._doubted_until = 0.0
        self._outage = Outage()
        self._queues: dict[Lane, deque[OwedCall]] = {}
        self._ready: tuple[deque[Lane], deque[Lane], deque[Lane]] = (deque(), deque(), deque())
        self._later: list[tuple[float, Lane]] = []
        self._calm: deque[Lane] = deque()
        self._busy: set[Lane] = set()
        self._unsettled: dict[int, float] = {}
        self._doubtful: dict[int, float] = {}
        self._in_doubt_for = 0.0
        self._waiting = 0
        self._paused_until = 0.0

    async def run(self) -> None:
        """Send until cancelled; the lease must be held."""
        try:
            async with asyncio.TaskGroup() as tasks:
                begun, failures = False, 0
                while True:
                    try:
                        async with self._worker.turn:
                            if not begun:
                                await self._restore_limits()
                                self._begin()
                                self._tasks = tasks
                            # What was owed before goes before what is committed from now on.
                            await self._look()
                            self.holder, begun = (self.holder if begun else self._id), True
                        failures = 0
                    except FAILURES as error:
                        if not failures:
                            log.warning("what is owed cannot be read (%s); trying again", describe_failure(error))
                        failures += 1
                    await asyncio.sleep(LOOK_SECONDS)
        finally:
            self.holder, self._tasks = None, None

    async def drain(self, seconds: float = 3) -> None:
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
        self._take_in(calls)

    def _take_in(self, calls: Sequence[OwedCall]) -> bool:
        """Queue these, except those already made or being made; False if nothing is left. Whoever calls holds `Worker.turn`."""
        settled = self._worker.list_marked() | self._under_way
        calls = [call for call in calls if call.id not in settled]
        for chat in {call.chat_id for call in calls if call.chat_id is not None}:
            self._forget_duplicates(chat, {call.id for call in calls})
        for call in calls:
            self._queue(call)
        self._pump()
        return bool(calls)

    def tell(self, calls: Sequence[OwedCall]) -> None:
        """Answer presses without a text: each answered once, by whichever process handled it, and forgotten."""
        assert self.answering is not None  # noqa: S101 -- set in app.py before anything is handled
        for call in calls:
            self.answering.create_task(self._answer(call))

    async def _answer(self, call: OwedCall) -> None:
        try:
            await self._telegram.make_call(call)
        except Exception as error:  # noqa: BLE001 -- law 6: nothing that is said of one press may end the process
            log.warning("a press was not answered: %s: %s", type(error).__name__, error)

    def doubt_commits(self) -> None:
        """The answer to a COMMIT was lost: rows may be owed in our name that we were never handed.

        They are looked for a while, at each look and before each call to the same chats: a server that waits for its disk or its standby
        may finish such a COMMIT long after its client has gone.
        """
        self._doubted_until = time.monotonic() + COMMIT_SECONDS

    def list_known(self) -> set[int] | None:
        """The calls we know of, if there may be others in our name."""
        return self._mine | self._under_way if time.monotonic() < self._doubted_until else None

    def pop_group_windows(self) -> dict[int, list[float]]:
        """When the groups written to since the last time were written to (see `Limits.pop_group_windows`)."""
        return self._limits.pop_group_windows()

    def confirm_marks(self, marks: Sequence[SentCall]) -> None:
        """Note that these marks are durable."""
        was_full = len(self._doubtful) >= self._doubt()
        now = time.monotonic()
        for mark in marks:
            self._unsettled.pop(mark.id, None)
            self._mine.discard(mark.id)
            if (since := self._doubtful.pop(mark.id, None)) is not None:
                self._in_doubt_for += (now - since - self._in_doubt_for) / 8
        calm = bool(self._calm) and (not self._unsettled or self._waiting > CALM_CALLS)
        if calm:
            self._wake_calm()
        if calm or was_full:
            self._pump()

    async def _look(self) -> None:
        """Take over rows left by a dead process or another replica, released when a group came back, or lost with a COMMIT's answer."""
        while True:
            known = self.list_known()
            try:
                async with self._database.begin() as tx:
                    calls = await outbox.take(tx, self._id, known=known)
            except BaseException:
                self.doubt_commits()
                raise
            if not self._take_in(calls):
                return

    def _forget_duplicates(self, chat: int, ids: set[int]) -> None:
        """A row read again from the table replaces its copy in memory."""
        queue = self._queues.get(("chat", chat))
        if queue is not None:
            kept = deque(call for call in queue if call.id not in ids)
            self._waiting -= len(queue) - len(kept)
            self._queues["chat", chat] = kept

    async def _restore_limits(self) -> None:
        """What was sent to groups before we started counts at Telegram, and so does what may have been."""
        async with self._database.read() as tx:
            windows = await outbox.list_group_windows(tx)
            in_doubt = await outbox.list_group_chats(tx)
        self._limits.restore(windows, in_doubt)

    def _queue(self, call: OwedCall) -> None:
        self._mine.add(call.id)
        lane: Lane = ("chat", call.chat_id) if call.chat_id is not None else ("call", call.id)
        queue = self._queues.setdefault(lane, deque())
        if call.method == SHOW and not call.fresh:
            for n, earlier in reversed(list(enumerate(queue))):
                if earlier.name == call.name and earlier.method == SHOW and not (n == 0 and lane in self._busy):
                    # Two versions of the same message: only the last is worth a call. It keeps the earlier one's place; a press on the
                    # message itself says that the earlier one did arrive (`ApiCaller._place`).
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
        if self._outage.lasts:
            return  # `_probe` tries, and comes back
        now = time.monotonic()
        if self._calm and not self._is_new_held(now):
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
            until = max(self._held_until(), now + SOON_SECONDS)
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
        if is_new and self._is_new_held(now):
            self._calm.append(lane)
            return
        self._start(lane, call, now, is_new=is_new)

    def _is_new_held(self, now: float) -> bool:
        """Whether a new message must wait for the marks of earlier ones."""
        if len(self._unsettled) >= DOUBT_LIMIT and self._count_doubtful(now) >= DOUBT_LIMIT:
            return True
        return self._waiting <= CALM_CALLS and now < self._calm_until()

    def _count_doubtful(self, now: float) -> int:
        """How many new messages a crash could repeat, without those that Telegram has left unanswered for long."""
        return sum(
            call not in self._under_way or now - since < DOUBT_SECONDS for call, since in self._unsettled.items()
        )

    def _start(self, lane: Lane, call: OwedCall, now: float, *, is_new: bool) -> None:
        if call.chat_id is not None and call.method != QUERY:
            self._limits.note(call.chat_id, now, edit=not is_new)
        if is_shared(call):
            self._limits.note_drawn(call.chat_id or 0, call.name, extract_buttons(call), now)
        if is_new:
            self._unsettled[call.id] = now
            if call.priority == Priority.BROADCAST:
                self._doubtful[call.id] = now
        self._busy.add(lane)
        self._under_way.add(call.id)
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

    def _held_until(self) -> float:
        """When to look again whether a new message may go although marks are missing."""
        if self._waiting <= CALM_CALLS:
            return self._calm_until()
        started = (since for call, since in self._unsettled.items() if call in self._under_way)
        return min(started, default=time.monotonic()) + DOUBT_SECONDS  # marks that become durable wake us by themselves

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
            await self._check_lease()
            outcome = await self._telegram.make_call(call)
        except Lost:
            self._forget(call)
            return  # somebody else sends by now; the lease's watch ends this reign
        except Exception as error:  # noqa: BLE001 -- law 6: a call that cannot even be made must not stop the others
            log.warning("a call of %s could not be made: %s: %s", call.method, type(error).__name__, error)
            call.failures += not is_outage(error)
            outcome = (
                RetryLater(UNMADE_SECONDS)
                if call.failures < ATTEMPTS
                else CallRefused(f"{type(error).__name__}: {error}")
            )
        finally:
            self._busy.discard(lane)
            self._under_way.discard(call.id)
        if not (isinstance(outcome, RetryLater) and outcome.unreached):
            self._wake(self._outage.note_success())
        match outcome:
            case SentCall():
                self._worker.mark(outcome)
                self.sent += 1
                self._finish(lane, call)
            case RetryLater():
                self._forget(call)
                self._later_again(lane, call, outcome)
            case ChatGone() | CallRefused():
                self._forget(call)
                await self._write_down(lane, call, outcome)
        if not self._unsettled:
            self._wake_calm()
        self._pump()

    async def _write_down(self, lane: Lane, call: OwedCall, outcome: ChatGone | CallRefused) -> None:
        """Record what could not be sent; whatever goes wrong with that ends nothing but this call."""
        known = {other.id for other in self._queues.get(lane, ())}
        self._busy.add(lane)  # until it is written down, nothing else goes to this chat
        try:
            await self._telegram.write_down(call, outcome)
        except FAILURES as error:
            log.warning("could not write down what became of a call (%s)", describe_failure(error))
            self._later_again(lane, call, RetryLater(1))
            return
        except Exception:
            log.exception("what follows from a refused call could not be done; it is set aside")
            await self._set_aside(call, outcome.why)
            outcome = CallRefused(outcome.why)
        finally:
            self._busy.discard(lane)
        if isinstance(outcome, ChatGone):
            self._abandon(lane, known)
        else:
            self._mine.discard(call.id)
            self._finish(lane, call)

    async def _set_aside(self, call: OwedCall, why: str) -> None:
        try:
            async with self._database.begin() as tx:
                await outbox.mark_failed(tx, call.id, why)
        except FAILURES as error:
            log.warning("could not set a call aside (%s)", describe_failure(error))

    def _forget(self, call: OwedCall) -> None:
        """It was not accepted, so nothing about it is in doubt."""
        self._unsettled.pop(call.id, None)
        self._doubtful.pop(call.id, None)

    def _later_again(self, lane: Lane, call: OwedCall, outcome: RetryLater) -> None:
        call.attempts += 1
        now = time.monotonic()
        delay = BACKOFF_SECONDS[min(call.attempts, len(BACKOFF_SECONDS)) - 1]
        if outcome.seconds is not None:
            delay = outcome.seconds
        if outcome.flood and self._limits.note_flood(call.chat_id, now, delay) >= FLOODED_CHATS:
            self._paused_until = max(self._paused_until, now + delay)
        if outcome.unreached and self._outage.note_failure(lane) and self._tasks is not None:
            log.warning("the Bot API does not answer; one call a second is tried until it does")
            self._tasks.create_task(self._probe())
        heappush(self._later, (now + delay, lane))

    async def _probe(self) -> None:
        """While the Bot API is not there: ask it every second, then try one owed call; its success wakes all."""
        while self._outage.lasts:
            await asyncio.sleep(PROBE_SECONDS)
            if not await self._telegram.is_reached() or self._closing:
                continue
            lane = self._outage.next_to_try()
            queue = self._queues.get(lane) if lane is not None else None
            if lane is None or not queue or lane in self._busy:
                self._wake(self._outage.note_success() if lane is None else [])
                continue
            call = queue[0]
            self._start(lane, call, time.monotonic(), is_new=self._telegram.makes_new(call))
            while lane in self._busy and self._outage.lasts:  # noqa: ASYNC110 -- a probe is no hurry
                await asyncio.sleep(SOON_SECONDS)
        log.warning("the Bot API answers again")
        self._pump()

    def _wake(self, lanes: Sequence[Lane]) -> None:
        for lane in lanes:
            self._make_ready(lane)

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
        self._mine -= known
        if left:
            self._queues[lane] = left
            self._make_ready(lane)
