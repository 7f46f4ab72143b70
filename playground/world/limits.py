"""Rate limiting as Telegram does it: sliding windows, in seconds of the server's own clock.

1. Overall: 30 messages in any second, or as many as `allow` says.
2. One chat: one per second, with a small burst allowed (token bucket).
3. One group: 20 in any minute; edits count here, as they do at Telegram.
4. A refused call uses nothing up.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil
from time import monotonic

from playground.shape.wire import make_too_many_requests

OVERALL = (30, 1.0)
GROUP = (20, 60.0)
CHAT_BURST = 5
CHAT_RATE = 1.0
_REMEMBERED = 50_000


@dataclass(slots=True)
class _Window:
    most: int
    seconds: float
    times: deque[float] = field(default_factory=deque)

    def wait(self, now: float, count: int) -> float:
        """Seconds until `count` more fit."""
        while self.times and self.times[0] <= now - self.seconds:
            self.times.popleft()
        excess = len(self.times) + count - self.most
        if excess <= 0:
            return 0.0
        return self.times[min(excess, len(self.times)) - 1] + self.seconds - now if self.times else 0.0

    def take(self, now: float, count: int) -> None:
        self.times.extend([now] * count)


class SendLimits:
    def __init__(self, *, strict: bool = False, clock: Callable[[], float] = monotonic) -> None:
        self.strict = strict
        self._clock = clock
        self._overall = _Window(*OVERALL)
        self._groups: dict[int, _Window] = {}
        self._chats: OrderedDict[int, float] = OrderedDict()
        """When a chat's whole burst is available again: a token bucket that refills by itself."""

    def allow(self, overall: int) -> None:
        """Allow this many messages per second from now on, as Telegram does for paid broadcasts."""
        self._overall.most = overall

    def send(self, chat: int, *, group: bool, count: int = 1) -> None:
        """Let `count` messages to `chat` pass. Raises CallRefusedError (429, with the seconds to wait) when they are too many."""
        if not self.strict:
            return
        now = self._clock()
        full_at = max(self._chats.get(chat, now), now) + count / CHAT_RATE
        wait = max(self._overall.wait(now, count), full_at - now - max(CHAT_BURST, count) / CHAT_RATE)
        window = self._group(chat) if group else None
        if window is not None:
            wait = max(wait, window.wait(now, count))
        if wait > 0:
            raise make_too_many_requests(max(1, ceil(wait)))
        self._overall.take(now, count)
        if window is not None:
            window.take(now, count)
        self._chats[chat] = full_at
        self._chats.move_to_end(chat)
        if len(self._chats) > _REMEMBERED:
            self._chats.popitem(last=False)

    def edit(self, chat: int, *, group: bool) -> None:
        """Let one edit pass. Raises CallRefusedError (429, with the seconds to wait) when it is one too many."""
        if not (self.strict and group):
            return
        now = self._clock()
        window = self._group(chat)
        wait = window.wait(now, 1)
        if wait > 0:
            raise make_too_many_requests(max(1, ceil(wait)))
        window.take(now, 1)

    def _group(self, chat: int) -> _Window:
        return self._groups.setdefault(chat, _Window(*GROUP))
