"""Update queue to the bot, and long polling.

1. An update waits until it is confirmed: by a later offset, or by the webhook's 2xx.
2. Of two concurrent polls the older gets 409, as at Telegram.
3. A repeated or reordered update is *sticky*: an offset beyond it does not confirm it before it was delivered.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any

from playground.shape.wire import CallRefusedError, Json

HISTORY = 20_000
LONGEST_POLL_SECONDS = 50
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})

UpdateListener = Callable[["QueuedUpdate"], None]


@dataclass(slots=True)
class QueuedUpdate:
    seq: int
    body: Json
    lane: int
    sticky: bool = False
    deliveries: int = 0

    @property
    def update_id(self) -> int:
        return int(self.body["update_id"])


class Updates:
    def __init__(self) -> None:
        self.confirmed = 0
        self.delivered = 0
        self.touched = monotonic()
        self.allowed: frozenset[str] | None = None
        self.webhook: UpdateListener | None = None
        self.waiting: OrderedDict[int, QueuedUpdate] = OrderedDict()
        self._history: OrderedDict[int, QueuedUpdate] = OrderedDict()
        self.next_id = 710_000_001
        self._seq = 0
        self._poll: asyncio.Future[None] | None = None

    @property
    def pending(self) -> int:
        return len(self.waiting)

    def wants(self, kind: str) -> bool:
        return kind not in NOT_BY_DEFAULT if self.allowed is None else kind in self.allowed

    def allow(self, kinds: list[str] | None) -> None:
        """`allowed_updates`: None keeps the last choice, an empty list restores the default."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    def make(self, kind: str, payload: Json, lane: int) -> QueuedUpdate:
        """A new update, numbered but not sent yet."""
        body = {"update_id": self.next_id, kind: payload}
        self.next_id += 1
        return self._entry(body, lane)

    def inject(self, body: Json, lane: int = 0) -> QueuedUpdate:
        """Send any update unchanged; it gets a number only if it has none."""
        if "update_id" not in body:
            body = {"update_id": self.next_id, **body}
        self.next_id = max(self.next_id, int(body["update_id"]) + 1)
        entry = self._entry(body, lane)
        self.send(entry)
        return entry

    def repeat(self, update_id: int) -> bool:
        """Deliver a known update again; False if it is unknown."""
        old = self._history.get(update_id)
        if old is not None:
            self.send(self._entry(old.body, old.lane, sticky=True))
        return old is not None

    def send(self, entry: QueuedUpdate) -> None:
        self.touched = monotonic()
        self.waiting[entry.seq] = entry
        if self.webhook is not None:
            self.webhook(entry)
        else:
            self._wake()

    def done(self, entry: QueuedUpdate) -> None:
        """Note that the webhook accepted it."""
        if self.waiting.pop(entry.seq, None) is not None:
            self.confirmed += 1
            self.touched = monotonic()

    def drop(self) -> None:
        """Discard what is waiting (`drop_pending_updates`)."""
        self.waiting.clear()

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Json]:
        self.interrupt("terminated by other getUpdates request; make sure that only one bot instance is running")
        self._confirm(offset)
        if not self.waiting and seconds > 0:
            poll = self._poll = asyncio.get_running_loop().create_future()
            try:
                async with asyncio.timeout(min(seconds, LONGEST_POLL_SECONDS)):
                    await poll
            except TimeoutError:
                return []
            finally:
                if self._poll is poll:
                    self._poll = None
        batch = [entry for entry, _ in zip(self.waiting.values(), range(limit), strict=False)]
        for entry in batch:
            entry.deliveries += 1
        self.delivered += len(batch)
        return [entry.body for entry in batch]

    def interrupt(self, reason: str) -> None:
        """End a poll in progress with a conflict (409)."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(CallRefusedError(409, f"Conflict: {reason}"))

    def close(self) -> None:
        self._wake()

    def _entry(self, body: Json, lane: int, *, sticky: bool = False) -> QueuedUpdate:
        self._seq += 1
        entry = QueuedUpdate(self._seq, body, lane, sticky)
        self._history[entry.update_id] = entry
        if len(self._history) > HISTORY:
            self._history.popitem(last=False)
        return entry

    def _wake(self) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            while len(self.waiting) > -offset:
                self._pop()
            return
        while self.waiting:
            first = next(iter(self.waiting.values()))
            if first.update_id >= offset or (first.sticky and not first.deliveries):
                return
            self._pop()

    def _pop(self) -> None:
        self.waiting.popitem(last=False)
        self.confirmed += 1
        self.touched = monotonic()


def count_updates(updates: Updates) -> dict[str, Any]:
    return {"pending": updates.pending, "confirmed": updates.confirmed, "delivered": updates.delivered}
