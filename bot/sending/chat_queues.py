"""FIFO queues, one per chat: what is owed to a chat goes out in order. A call that is about no chat has a queue of its own.

1. Two versions of one message are one call: the later takes the earlier's place, unless that one is under way.
2. A message that is requested again before it was sent is sent once, with its newest words, at the place of the newest request.
3. A new card goes before what is said under other cards, before their redrawing and before notices; so does what answers staff in a group.
"""

from collections import deque
from collections.abc import Callable, Collection

from storage.queue.outbox import SHOW, OwedCall, Priority, answers_card, is_card, is_notice, is_shared

QueueKey = tuple[str, int]
"""What a queue is about: a chat, or a single call."""


def find_key(call: OwedCall) -> QueueKey:
    return ("chat", call.chat_id) if call.chat_id is not None else ("call", call.id)


class ChatQueues:
    """The calls that wait, by chat; `busy` are the queues whose first call is under way, `makes_new` tells a new message from an edit."""

    def __init__(self, makes_new: Callable[[OwedCall], bool]) -> None:
        self._makes_new = makes_new
        self._queues: dict[QueueKey, deque[OwedCall]] = {}
        self.busy: set[QueueKey] = set()
        self.waiting = 0

    def get(self, key: QueueKey) -> deque[OwedCall] | None:
        return self._queues.get(key)

    def replace_version(self, call: OwedCall) -> OwedCall | None:
        """Put an edit in the place of the waiting version of the same message; that version, None if none waits."""
        if call.method != SHOW or call.fresh:
            return None
        key = find_key(call)
        queue = self._queues.get(key, deque())
        for n, earlier in reversed(list(enumerate(queue))):
            if earlier.name == call.name and earlier.method == SHOW and not self._is_under_way(key, n):
                # It keeps the earlier one's place; a press on the message itself says that the earlier one did arrive
                # (`ApiCaller._place`).
                call.fresh, call.reply_to = earlier.fresh, earlier.reply_to or call.reply_to
                call.message_id = call.message_id or earlier.message_id
                queue[n] = call
                return earlier
        return None

    def withdraw_request(self, call: OwedCall) -> OwedCall | None:
        """Take out an earlier request for the same new message, which this one repeats; None if none waits."""
        if call.method != SHOW or not call.fresh:
            return None
        key = find_key(call)
        queue = self._queues.get(key, deque())
        for n, earlier in reversed(list(enumerate(queue))):
            same = (earlier.name, earlier.method, earlier.fresh) == (call.name, SHOW, True)
            if same and not self._is_under_way(key, n):
                del queue[n]
                self.waiting -= 1
                return earlier
        return None

    def insert(self, call: OwedCall) -> bool:
        """Queue a call at its place; whether its queue has to be looked at because of it."""
        key = find_key(call)
        queue = self._queues.setdefault(key, deque())
        place = self._find_place(queue, call, key)
        queue.insert(place, call)
        self.waiting += 1
        return key not in self.busy and (place == 0 or call.priority < queue[0].priority)

    def put_first(self, key: QueueKey, call: OwedCall) -> None:
        """Put a call before everything else that waits in its queue, which is not busy."""
        self._queues.setdefault(key, deque()).appendleft(call)
        self.waiting += 1

    def forget_copies(self, chat: int, ids: Collection[int]) -> None:
        """Drop these calls to a chat: their rows were read again from the table."""
        queue = self._queues.get(("chat", chat))
        if queue is not None:
            kept = deque(call for call in queue if call.id not in ids)
            self.waiting -= len(queue) - len(kept)
            self._queues["chat", chat] = kept

    def remove(self, key: QueueKey, call: OwedCall) -> bool:
        """Take out the first call, which is done with; whether others wait behind it."""
        queue = self._queues.get(key)
        if queue and queue[0] is call:
            queue.popleft()
            self.waiting -= 1
        if queue:
            return True
        self._queues.pop(key, None)
        return False

    def drop(self, key: QueueKey, ids: Collection[int]) -> bool:
        """Take out all of these; whether others wait."""
        queue = self._queues.pop(key, deque())
        left = deque(call for call in queue if call.id not in ids)
        self.waiting -= len(queue) - len(left)
        if left:
            self._queues[key] = left
        return bool(left)

    def _is_under_way(self, key: QueueKey, place: int) -> bool:
        return place == 0 and key in self.busy

    def _find_place(self, queue: deque[OwedCall], call: OwedCall, key: QueueKey) -> int:
        """The end of the queue, or for a new card the first place that it may take."""
        place = len(queue)
        if self._makes_new(call) and (is_card(call) or self._answers_staff(call)):
            first = 1 if key in self.busy else 0
            while place > first and self._yields(queue[place - 1]):
                place -= 1
        return place

    def _yields(self, call: OwedCall) -> bool:
        """Whether a new card may go before this call: a notice, what stands under another card, or a change of a message that stands."""
        return is_notice(call) or answers_card(call) or (is_shared(call) and not self._makes_new(call))

    def _answers_staff(self, call: OwedCall) -> bool:
        return call.priority == Priority.PEOPLE and (call.chat_id or 0) < 0
