"""Outage of the Bot API: after some failures in a row, one question a second instead of everybody's own patience.

Chats whose calls fail sleep longer and longer, each for itself. So after a long outage the first reply would come up to a minute late.
Once nothing succeeds any more, all of them wait together: every second `getMe` is asked, then one owed call is tried, and the first
success anywhere wakes them all.
"""

import time
from collections import deque

from bot.sending.chat_queues import QueueKey

FAILURES_LIMIT = 3
"""Failures in a row, without a success anywhere, after which it is an outage and not one chat's misfortune."""

PROBE_SECONDS = 1.0
"""Seconds between two probes."""

BACKOFF_SECONDS = (0.2, 0.5, 1, 2, 5, 10, 30, 60)
"""How long a single chat waits after its n-th failure while others succeed."""


class Outage:
    """Whether the Bot API answers at all, and who sleeps because it did not."""

    def __init__(self) -> None:
        self._failures = 0
        self._since: float | None = None
        self._sleeping: deque[QueueKey] = deque()

    @property
    def lasts(self) -> bool:
        return self._since is not None

    @property
    def seconds(self) -> float:
        """For how long nothing has succeeded."""
        return 0.0 if self._since is None else time.monotonic() - self._since

    def note_failure(self, key: QueueKey) -> bool:
        """Count a call that Telegram did not answer, or answered with 5xx; True if the outage begins with it."""
        self._failures += 1
        if key not in self._sleeping:
            self._sleeping.append(key)
        if self.lasts or self._failures < FAILURES_LIMIT:
            return False
        self._since = time.monotonic()
        return True

    def note_success(self) -> list[QueueKey]:
        """Telegram has answered: a caller that slept may try again, if everybody did."""
        woken = list(self._sleeping) if self.lasts else []
        self._failures, self._since = 0, None
        self._sleeping.clear()
        return woken

    def next_to_try(self) -> QueueKey | None:
        """Whose call is tried next; each in turn, so that one that Telegram chokes on holds up nobody."""
        return self._sleeping.popleft() if self._sleeping else None
