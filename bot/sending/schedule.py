"""Priority scheduling: which owed call goes next, in order per chat, people before staff before broadcasts, within the limits.

1. Within a chat calls keep their order (`bot.sending.chat_queues`), and one is under way at a time.
2. In calm times a new message waits until the mark of the previous one is durable (a second at most), so that a crash repeats one
   message at most.
3. However many are waiting, at most so many new messages are in doubt (`bot.sending.doubt`; eight by default): a crash repeats no more.
   Edits are made again without anybody noticing, and are not counted.
4. A chat that has to wait (`bot.sending.pacing`), or whose call failed, sleeps, and no other waits for it.

Pure bookkeeping over the moments it is given (seconds of a monotonic clock): `start` is called with each call whose turn has come.
"""

from collections import deque
from collections.abc import Callable, Collection, Iterable, Sequence
from heapq import heappop, heappush

from bot.sending.chat_queues import ChatQueues, QueueKey, find_key
from bot.sending.doubt import CALM_CALLS, Doubt
from bot.sending.pacing import Pacing
from storage.queue.outbox import QUERY, OwedCall, Priority, SentCall

SOON_SECONDS = 0.05
"""Seconds after which those that wait for marks are looked at again at the earliest."""


class Schedule:
    """What waits, and what goes next; `makes_new` tells a new message from an edit."""

    def __init__(
        self,
        pacing: Pacing,
        doubt_limit: int,
        makes_new: Callable[[OwedCall], bool],
        start: Callable[[QueueKey, OwedCall], None],
    ) -> None:
        self._pacing, self._makes_new, self._start = pacing, makes_new, start
        self._queues, self._doubt = ChatQueues(makes_new), Doubt(doubt_limit)
        self._ready: tuple[deque[QueueKey], deque[QueueKey], deque[QueueKey]] = (deque(), deque(), deque())
        self._later: list[tuple[float, QueueKey]] = []
        self._sleeping: dict[QueueKey, float] = {}
        self._awaiting: deque[QueueKey] = deque()
        self.under_way: set[int] = set()
        self.unsettled: set[int] = set()
        """The calls that were queued here and whose rows are not known to have left the outbox."""

    @property
    def waiting(self) -> int:
        return self._queues.waiting

    @property
    def is_any_busy(self) -> bool:
        """Whether anything is under way, or being written down."""
        return bool(self._queues.busy)

    @property
    def awaits_marks(self) -> bool:
        """Whether new messages wait for marks although many are owed."""
        return bool(self._awaiting) and self.waiting > CALM_CALLS

    def is_busy(self, key: QueueKey) -> bool:
        """Whether a call of this queue is under way, or being written down."""
        return key in self._queues.busy

    # --- what is owed ---

    def queue(self, call: OwedCall, now: float) -> OwedCall | None:
        """Queue this call; the earlier one that needs not be made any more because of it, if there is one."""
        self.unsettled.add(call.id)
        if (earlier := self._queues.replace_version(call)) is not None:
            return earlier
        earlier = self._queues.withdraw_request(call)
        if (call.chat_id or 0) < 0 and self._makes_new(call):
            due = self._pacing.note_new(call, now)
            if due is not None:
                self.sleep(find_key(call), due)
        if self._queues.insert(call):
            self._ready[call.priority].append(find_key(call))
        return earlier

    def forget_copies(self, chat: int, ids: Collection[int]) -> None:
        """Drop these calls to a chat: their rows were read again from the table."""
        self._queues.forget_copies(chat, ids)

    def note_marks(self, marks: Sequence[SentCall], now: float) -> bool:
        """Note that these marks are durable; whether others may go because of it."""
        was_full = not self._doubt.may_broadcast
        for mark in marks:
            self._doubt.settle(mark.id, now)
            self.unsettled.discard(mark.id)
        calm = bool(self._awaiting) and (self._doubt.is_over or self.waiting > CALM_CALLS)
        if calm:
            self._wake_calm(now)
        return calm or was_full

    # --- what became of a call ---

    def end(self, key: QueueKey, call: OwedCall, now: float, *, answered: bool) -> None:
        """This call is under way no longer; what Telegram accepted stays in doubt until its mark is durable."""
        self._queues.busy.discard(key)
        self.under_way.discard(call.id)
        self._doubt.answer(call.id)
        self._pacing.settle(call, now, answered=answered)

    def note_unaccepted(self, call: OwedCall) -> None:
        """Telegram did not accept it, so nothing about it is in doubt."""
        self._doubt.forget(call.id)

    def wake_certain(self, now: float) -> None:
        """Those that wait for marks may go if nothing is in doubt any more."""
        if self._doubt.is_over:
            self._wake_calm(now)

    def finish(self, key: QueueKey, call: OwedCall) -> None:
        """It is done with; the next of its queue may go."""
        self._pacing.forget(call)
        if self._queues.remove(key, call):
            self._make_ready(key)

    def set_aside(self, key: QueueKey, call: OwedCall) -> None:
        """It is done with, and its row waits for no mark."""
        self.unsettled.discard(call.id)
        self.finish(key, call)

    def abandon(self, key: QueueKey, ids: set[int]) -> None:
        """The chat cannot be written to: these rows were held or moved in the table. What arrived since finds that out by itself."""
        self.unsettled -= ids
        if self._queues.drop(key, ids):
            self._make_ready(key)

    def occupy(self, key: QueueKey) -> set[int]:
        """Let nothing go to this chat until it is freed; the calls that wait for it now."""
        self._queues.busy.add(key)
        return {call.id for call in self._queues.get(key) or ()}

    def free(self, key: QueueKey) -> None:
        self._queues.busy.discard(key)

    def sleep(self, key: QueueKey, until: float) -> None:
        """Look at this chat again at that moment, or when it was to be looked at before."""
        if self._sleeping.get(key, until + 1) > until:
            self._sleeping[key] = until
            heappush(self._later, (until, key))

    def wake(self, keys: Iterable[QueueKey]) -> None:
        """Look at these chats at the next opportunity."""
        for key in keys:
            self._make_ready(key)

    # --- choosing what goes next ---

    def start_due(self, now: float) -> float | None:
        """Start everything that may start now; when the next call may, None if that depends on other things than time."""
        if self._awaiting and not self._doubt.holds_new(self.waiting, now):
            self._wake_calm(now)
        self._wake_sleepers(now)
        wakes = [self._start_ready(priority, now) for priority in Priority]
        if self._later:
            wakes.append(self._later[0][0])
        if self._awaiting:
            wakes.append(max(self._doubt.find_end_of_hold(self.waiting, now), now + SOON_SECONDS))
        return min((moment for moment in wakes if moment is not None), default=None)

    def start_anyway(self, key: QueueKey, now: float) -> bool:
        """Start what is next for this chat, whatever it waits for; False if there is nothing, or a call is under way."""
        queue = self._queues.get(key)
        if not queue or key in self._queues.busy:
            return False
        self._begin(key, queue[0], now, is_new=self._makes_new(queue[0]))
        return True

    def _start_ready(self, priority: Priority, now: float) -> float | None:
        """Start what may start of this priority; when the next of it may, None if that depends on other things than time."""
        ready = self._ready[priority]
        if priority is not Priority.PEOPLE and now < self._pacing.paused_until:
            return self._pacing.paused_until if ready else None
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
        wait = self._pacing.find_hold(queue, now)
        if wait is not None:
            self.sleep(key, wait)
            return None
        call = queue[0]
        is_new = self._makes_new(call)
        chat = call.chat_id
        if chat is not None and call.method != QUERY:
            at = self._pacing.chat_at(call, chat, now, is_new=is_new)
            if at > now and (announcement := self._pacing.announce(chat, queue, now)) is not None:
                self._queues.put_first(key, announcement)
                call, is_new, at = announcement, True, now
            if at > now:
                self.sleep(key, min(at, self._pacing.announcement_at(chat, at, now)))
                return None
            at = self._pacing.overall_at(call, now, is_new=is_new)
            if at > now:
                return at
        if call.priority == Priority.BROADCAST and not self._doubt.may_broadcast:
            self._ready[Priority.BROADCAST].appendleft(key)  # the next of them: a reply waits behind it
            return None
        if is_new and self._doubt.holds_new(self.waiting, now):
            self._awaiting.append(key)
            return None
        self._begin(key, call, now, is_new=is_new)
        return None

    def _begin(self, key: QueueKey, call: OwedCall, now: float, *, is_new: bool) -> None:
        self._pacing.begin(call, now, is_new=is_new)
        if is_new:
            self._doubt.begin(call.id, now, broadcast=call.priority == Priority.BROADCAST)
        self._queues.busy.add(key)
        self.under_way.add(call.id)
        self._start(key, call)

    def _wake_sleepers(self, now: float) -> None:
        while self._later and self._later[0][0] <= now:
            until, key = heappop(self._later)
            if self._sleeping.get(key) == until:
                del self._sleeping[key]
                self._make_ready(key)

    def _wake_calm(self, now: float) -> None:
        """Look at as many of those that wait for marks as may go: a look at all of them for each mark would cost more than sending one."""
        for _ in range(min(max(self._doubt.count_free(now), 1), len(self._awaiting))):
            self._make_ready(self._awaiting.popleft())

    def _make_ready(self, key: QueueKey) -> None:
        queue = self._queues.get(key)
        if queue and key not in self._queues.busy:
            self._ready[queue[0].priority].append(key)
