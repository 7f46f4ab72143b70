"""Outbox relay, the one door to Telegram: sends what is owed, in order per chat, people before staff before broadcasts, within the limits.

1. Within a chat calls keep their order (`bot.sending.chat_queues`). A row leaves the outbox only when Telegram has accepted the call; a
   call whose answer is lost is made again (at-least-once delivery).
2. In calm times a new message waits until the mark of the previous one is durable (a second at most), so that a crash repeats one
   message at most.
3. However many are waiting, at most so many new messages are in doubt (`bot.sending.doubt`; eight by default): a crash repeats no more.
   Edits are made again without anybody noticing, and are not counted; anyone who presses a message that is in doubt shows where it is,
   and from then on it is edited.
4. 429 pauses the chat it is about for as long as told, and no other; only when several private chats hear it at once do broadcasts and notices
   pause, too (`bot.sending.limits`). Nothing is dropped. 403, lost groups and refusals are written down where people see them.
5. While the Bot API is not there, one call a second is tried; the first success wakes everybody (`bot.sending.outage`).
6. The process that holds the lease acts in its name only as long as it is fresh; after a pause of the process it is asked again (fencing).
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import suppress
from heapq import heappop, heappush

from bot.process.worker import Worker
from bot.sending.announcements import Announcements
from bot.sending.api_calls import ApiCaller
from bot.sending.chat_queues import ChatQueues, QueueKey, find_key
from bot.sending.doubt import CALM_CALLS, DOUBT_LIMIT, Doubt
from bot.sending.limits import SECOND, Limits
from bot.sending.outage import BACKOFF_SECONDS, PROBE_SECONDS, Outage
from bot.sending.outcomes import CallRefused, ChatGone, Outcome, RetryLater, is_answered
from storage.engine.database import Database
from storage.engine.failures import FAILURES, describe_failure, is_outage
from storage.engine.lease import Lost
from storage.queue import outbox
from storage.queue.outbox import QUERY, OwedCall, Priority, SentCall, extract_buttons, is_shared

log = logging.getLogger(__name__)

ATTEMPTS = 5
"""A call that cannot be made (a picture that cannot be drawn) is given up after this many attempts, with its reason."""

UNMADE_SECONDS = 1.0
"""Seconds until a call that could not be made is tried again."""

COMMIT_SECONDS = 60.0
"""Seconds for which a COMMIT whose answer was lost may still take effect."""

LOOK_SECONDS = 0.5
"""Seconds between two looks for rows that no live process holds."""

ALONG_SECONDS = 0.02
"""Seconds that what another process has left waits for a transaction of ours to take it along."""

SOON_SECONDS = 0.05


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
        doubt_limit: int = DOUBT_LIMIT,
    ) -> None:
        self._telegram, self._worker, self._database, self._limits = telegram, worker, database, limits
        self._make_holder, self._check_lease, self._doubt_limit = make_holder, check_lease, doubt_limit
        self._tasks: asyncio.TaskGroup | None = None
        self.answering: asyncio.TaskGroup | None = None
        self.holder: int | None = None
        self.sent = 0
        self._timer: asyncio.TimerHandle | None = None
        self._returns_at = 0.0
        self._told, self._looked_at = asyncio.Event(), 0.0
        self._begin()

    def _begin(self) -> None:
        """Know nothing of what is owed: the table does. Nobody may be between the outbox and us meanwhile (`Worker.turn`)."""
        self._id = self._make_holder()
        self._closing = False
        # What another process sent in the last second still counts at Telegram: broadcasts wait until it no longer does.
        self._broadcasts_from = 0.0 if self._limits.unlimited else time.monotonic() + SECOND
        self._under_way: set[int] = set()
        self._mine: set[int] = set()
        self._doubted_until = 0.0
        self._outage = Outage()
        self._queues = ChatQueues(self._telegram.makes_new)
        self._announcements = Announcements()
        self._doubt = Doubt(self._doubt_limit)
        self._ready: tuple[deque[QueueKey], deque[QueueKey], deque[QueueKey]] = (deque(), deque(), deque())
        self._later: list[tuple[float, QueueKey]] = []
        self._sleeping: dict[QueueKey, float] = {}
        self._calm: deque[QueueKey] = deque()
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
                            if not begun or self._needs_look():
                                await self._look()
                            self.holder, begun = (self.holder if begun else self._id), True
                        failures = 0
                    except FAILURES as error:
                        if not failures:
                            log.warning("what is owed cannot be read (%s); trying again", describe_failure(error))
                        failures += 1
                    await self._wait_for_word()
        finally:
            self.holder, self._tasks = None, None

    async def drain(self, seconds: float = 3) -> None:
        """Start nothing more, and wait up to `seconds` for the calls under way, so that a clean stop repeats nothing."""
        self._closing = True
        end = time.monotonic() + seconds
        while self._queues.busy and time.monotonic() < end:  # noqa: ASYNC110 -- a stop is no hurry
            await asyncio.sleep(0.01)

    def look_soon(self) -> None:
        """Another process has left something to us: it is taken along by our next transaction, or looked for in a moment."""
        self._told.set()

    def is_told(self) -> bool:
        """Whether another process has left something to us; it is forgotten, because the caller looks."""
        was_told = self._told.is_set()
        self._told.clear()
        return was_told

    async def _wait_for_word(self) -> None:
        """Wait until we are told of something, or for so long that we look anyway; a transaction that begins at once takes it along."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._told.wait(), LOOK_SECONDS)
        if self._told.is_set() and self._worker.is_busy:
            await asyncio.sleep(ALONG_SECONDS)

    def _needs_look(self) -> bool:
        return self.is_told() or time.monotonic() - self._looked_at >= LOOK_SECONDS

    @property
    def backlog(self) -> int:
        return self._queues.waiting

    def take(self, calls: Sequence[OwedCall]) -> None:
        """Take over calls that were just committed."""
        self._take_in(calls)

    def _take_in(self, calls: Sequence[OwedCall]) -> bool:
        """Queue these, except those already made or being made; False if nothing is left. The caller holds `Worker.turn`."""
        marked = self._worker.list_marked()
        calls = [call for call in calls if call.id not in marked and call.id not in self._under_way]
        for chat in {call.chat_id for call in calls if call.chat_id is not None}:
            self._queues.forget_copies(chat, {call.id for call in calls})
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

    def awaits_marks(self) -> bool:
        """Whether new messages wait for marks although many are owed."""
        return bool(self._calm) and self.backlog > CALM_CALLS

    def pop_group_windows(self) -> dict[int, list[float]]:
        """When the groups written to since the last time were written to (see `Limits.pop_group_windows`)."""
        return self._limits.pop_group_windows()

    def keep_for_later(self, groups: Collection[int]) -> None:
        """What was popped for these groups could not be stored."""
        self._limits.keep_for_later(groups)

    def confirm_marks(self, marks: Sequence[SentCall]) -> None:
        """Note that these marks are durable."""
        was_full = not self._doubt.may_broadcast
        now = time.monotonic()
        for mark in marks:
            self._doubt.settle(mark.id, now)
            self._mine.discard(mark.id)
        calm = bool(self._calm) and (self._doubt.is_over or self.backlog > CALM_CALLS)
        if calm:
            self._wake_calm()
        if calm or was_full:
            self._pump()

    async def _look(self) -> None:
        """Take over rows left by a dead process or another replica, released when a group came back, or lost with a COMMIT's answer."""
        self._looked_at = time.monotonic()
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

    async def _restore_limits(self) -> None:
        """What was sent to groups before we started counts at Telegram, and so does what may have been."""
        async with self._database.read() as tx:
            windows = await outbox.list_group_windows(tx)
            in_doubt = await outbox.list_group_chats(tx)
        self._limits.restore(windows, in_doubt)

    def _queue(self, call: OwedCall) -> None:
        self._mine.add(call.id)
        if (earlier := self._queues.replace_version(call)) is not None:
            self._worker.mark(SentCall(earlier.id))
            return
        if (earlier := self._queues.withdraw_request(call)) is not None:
            self._worker.mark(SentCall(earlier.id))
        if (call.chat_id or 0) < 0 and self._telegram.makes_new(call):
            self._announcements.note(call, time.monotonic())
            if (due := self._announcements.due_at(call.chat_id or 0)) is not None:
                self._sleep(find_key(call), due)
        if self._queues.insert(call):
            self._ready[call.priority].append(find_key(call))

    # --- choosing what goes next ---

    def _pump(self) -> None:
        """Start everything that may start now; come back when the next call may."""
        if self._tasks is None or self._closing:
            return
        if self._outage.lasts:
            return  # `_probe` tries, and comes back
        now = time.monotonic()
        if self._calm and not self._doubt.holds_new(self.backlog, now):
            self._wake_calm()
        self._wake_sleepers(now)
        wakes = [self._start_ready(priority, now) for priority in Priority]
        if self._later:
            wakes.append(self._later[0][0])
        if self._calm:
            wakes.append(max(self._doubt.find_end_of_hold(self.backlog, now), now + SOON_SECONDS))
        wake = min((moment for moment in wakes if moment is not None), default=None)
        if wake is not None:
            self._return_at(wake)

    def _start_ready(self, priority: Priority, now: float) -> float | None:
        """Start what may start of this priority; when the next of it may, None if that depends on other things than time."""
        ready = self._ready[priority]
        if priority is not Priority.PEOPLE and now < self._paused_until:
            return self._paused_until if ready else None
        left: list[QueueKey] = []
        wake: float | None = None
        while ready:
            if priority is Priority.BROADCAST and not self._doubt.may_broadcast:
                break  # a mark that becomes durable wakes the sender
            key = ready.popleft()
            at = self._consider(key, now)
            if at is None:
                continue
            left.append(key)
            wake = at if wake is None else min(wake, at)
            if priority is Priority.BROADCAST:
                break  # the others of them wait for the same
        ready.extendleft(reversed(left))
        return wake

    def _consider(self, key: QueueKey, now: float) -> float | None:
        """Start what is next for this chat, or put it where it waits; if all chats together have to wait: until when."""
        queue = self._queues.get(key)
        if not queue or key in self._queues.busy:
            return None
        wait = self._find_hold(queue, now)
        if wait is not None:
            self._sleep(key, wait)
            return None
        call = queue[0]
        is_new = self._telegram.makes_new(call)
        chat = call.chat_id
        if chat is not None and call.method != QUERY:
            at = self._limits.chat_at(
                chat, now, edit=not is_new, kept=self._announcements.count_kept(call, now, is_new=is_new)
            )
            if at > now and (announcement := self._announce(key, chat, now)) is not None:
                call, is_new, at = announcement, True, now
            if at > now:
                self._sleep(key, min(at, self._find_announcement(chat, at, now)))
                return None
            at = self._find_overall(call, now, is_new=is_new)
            if at > now:
                return at
        if call.priority == Priority.BROADCAST and not self._doubt.may_broadcast:
            self._ready[Priority.BROADCAST].appendleft(key)  # the next of them: a reply waits behind it
            return None
        if is_new and self._doubt.holds_new(self.backlog, now):
            self._calm.append(key)
            return None
        self._start(key, call, now, is_new=is_new)
        return None

    def _announce(self, key: QueueKey, chat: int, now: float) -> OwedCall | None:
        """The message that names the new cards of this chat, if it is time and there is room for it; it is the next of its queue."""
        due = self._announcements.due_at(chat)
        if due is None or due > now or self._limits.chat_at(chat, now, edit=False) > now:
            return None
        announcement = self._announcements.draw(chat, self._queues.get(key) or (), now)
        if announcement is not None:
            self._queues.put_first(key, announcement)
        return announcement

    def _find_announcement(self, chat: int, otherwise: float, now: float) -> float:
        """When the new cards of this chat may be named."""
        due = self._announcements.due_at(chat)
        return otherwise if due is None else max(due, self._limits.chat_at(chat, now, edit=False))

    def _find_overall(self, call: OwedCall, now: float, *, is_new: bool) -> float:
        """When this call may be made, as far as all chats together are concerned."""
        at = self._limits.overall_at(now, person=call.priority == Priority.PEOPLE, edit=not is_new)
        if call.priority != Priority.BROADCAST:
            return at
        return max(at, self._limits.broadcast_at(now), self._broadcasts_from)

    def _start(self, key: QueueKey, call: OwedCall, now: float, *, is_new: bool) -> None:
        if call.chat_id is not None and call.method != QUERY:
            self._limits.begin(
                call.id,
                call.chat_id,
                now,
                person=call.priority == Priority.PEOPLE,
                edit=not is_new,
                broadcast=call.priority == Priority.BROADCAST,
            )
        if is_shared(call):
            self._limits.note_drawn(call.chat_id or 0, call.name, extract_buttons(call), now)
        if is_new:
            self._doubt.begin(call.id, now, broadcast=call.priority == Priority.BROADCAST)
        self._queues.busy.add(key)
        self._under_way.add(call.id)
        assert self._tasks is not None  # noqa: S101 -- `_pump` looked
        self._tasks.create_task(self._send(key, call))

    def _find_hold(self, queue: deque[OwedCall], now: float) -> float | None:
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

    def _sleep(self, key: QueueKey, until: float) -> None:
        """Look at this chat again at that moment, or when it was to be looked at before."""
        if self._sleeping.get(key, until + 1) > until:
            self._sleeping[key] = until
            heappush(self._later, (until, key))

    def _wake_sleepers(self, now: float) -> None:
        while self._later and self._later[0][0] <= now:
            until, key = heappop(self._later)
            if self._sleeping.get(key) == until:
                del self._sleeping[key]
                self._make_ready(key)

    def _wake_calm(self) -> None:
        """Look at as many of those that wait for marks as may go: a look at all of them for each mark would cost more than sending one."""
        for _ in range(min(max(self._doubt.count_free(time.monotonic()), 1), len(self._calm))):
            self._make_ready(self._calm.popleft())

    def _make_ready(self, key: QueueKey) -> None:
        queue = self._queues.get(key)
        if queue and key not in self._queues.busy:
            self._ready[queue[0].priority].append(key)

    def _return_at(self, moment: float) -> None:
        """Come back then; what was to come back earlier does, and finds out when the next one is due."""
        if self._timer is not None:
            if self._returns_at <= moment:
                return
            self._timer.cancel()
        self._returns_at = moment
        delay = max(moment - time.monotonic(), 0.001)
        self._timer = asyncio.get_running_loop().call_later(delay, self._return)

    def _return(self) -> None:
        self._timer = None
        self._pump()

    # --- one call ---

    async def _send(self, key: QueueKey, call: OwedCall) -> None:
        outcome: Outcome = RetryLater(unreached=True)
        try:
            await self._check_lease()
            outcome = await self._telegram.make_call(call)
        except Lost:
            self._doubt.forget(call.id)
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
            self._queues.busy.discard(key)
            self._under_way.discard(call.id)
            self._doubt.answer(call.id)
            self._limits.settle(call.id, time.monotonic(), answered=is_answered(outcome))
        if is_answered(outcome):
            self._wake(self._outage.note_success())
        match outcome:
            case SentCall():
                self._worker.mark(outcome)
                self.sent += 1
                self._finish(key, call)
            case RetryLater():
                self._doubt.forget(call.id)
                self._later_again(key, call, outcome)
            case ChatGone() | CallRefused():
                self._doubt.forget(call.id)
                await self._write_down(key, call, outcome)
        if self._doubt.is_over:
            self._wake_calm()
        self._pump()

    async def _write_down(self, key: QueueKey, call: OwedCall, outcome: ChatGone | CallRefused) -> None:
        """Record what could not be sent; whatever goes wrong with that ends nothing but this call."""
        known = {other.id for other in self._queues.get(key) or ()}
        self._queues.busy.add(key)  # until it is written down, nothing else goes to this chat
        try:
            await self._telegram.write_down(call, outcome)
        except FAILURES as error:
            log.warning("could not write down what became of a call (%s)", describe_failure(error))
            self._later_again(key, call, RetryLater(1))
            return
        except Exception:
            log.exception("what follows from a refused call could not be done; it is set aside")
            await self._set_aside(call, outcome.why)
            outcome = CallRefused(outcome.why)
        finally:
            self._queues.busy.discard(key)
        if isinstance(outcome, ChatGone):
            self._abandon(key, known)
        else:
            self._mine.discard(call.id)
            self._finish(key, call)

    async def _set_aside(self, call: OwedCall, why: str) -> None:
        try:
            async with self._database.begin() as tx:
                await outbox.mark_failed(tx, call.id, why)
        except FAILURES as error:
            log.warning("could not set a call aside (%s)", describe_failure(error))

    def _later_again(self, key: QueueKey, call: OwedCall, outcome: RetryLater) -> None:
        call.attempts += 1
        now = time.monotonic()
        delay = BACKOFF_SECONDS[min(call.attempts, len(BACKOFF_SECONDS)) - 1]
        if outcome.seconds is not None:
            delay = outcome.seconds
        if outcome.flood and self._limits.note_flood(call.chat_id, now, delay):
            self._paused_until = max(self._paused_until, now + delay)
        if outcome.unreached and self._outage.note_failure(key) and self._tasks is not None:
            log.warning("the Bot API does not answer; one call a second is tried until it does")
            self._tasks.create_task(self._probe())
        self._sleep(key, now + delay)

    async def _probe(self) -> None:
        """While the Bot API is not there: ask it every second, then try one owed call; its success wakes all."""
        while self._outage.lasts:
            await asyncio.sleep(PROBE_SECONDS)
            if not await self._telegram.is_reached() or self._closing:
                continue
            key = self._outage.next_to_try()
            queue = self._queues.get(key) if key is not None else None
            if key is None or not queue or key in self._queues.busy:
                self._wake(self._outage.note_success() if key is None else [])
                continue
            call = queue[0]
            self._start(key, call, time.monotonic(), is_new=self._telegram.makes_new(call))
            while key in self._queues.busy and self._outage.lasts:  # noqa: ASYNC110 -- a probe is no hurry
                await asyncio.sleep(SOON_SECONDS)
        log.warning("the Bot API answers again")
        self._pump()

    def _wake(self, keys: Sequence[QueueKey]) -> None:
        for key in keys:
            self._make_ready(key)

    def _finish(self, key: QueueKey, call: OwedCall) -> None:
        self._announcements.forget(call)
        if self._queues.remove(key, call):
            self._make_ready(key)

    def _abandon(self, key: QueueKey, known: set[int]) -> None:
        """The chat cannot be written to: these rows were held or moved in the table. What arrived since finds that out by itself."""
        self._mine -= known
        if self._queues.drop(key, known):
            self._make_ready(key)
