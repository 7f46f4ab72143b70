"""Messages in doubt: new messages under way, or accepted by Telegram without a durable mark. A crash now would repeat these.

Pure bookkeeping over the moments it is given (seconds of a monotonic clock).
"""

from math import ceil

from domain.company import TelegramRules

CALM_CALLS = 8
"""With at most this many calls waiting, new messages go one at a time."""

DOUBT_LIMIT = TelegramRules().messages_in_doubt
"""How many new messages may be in doubt, however many are waiting, unless the company file says otherwise."""

DOUBT_SECONDS = 3.0
"""Seconds after which a call that Telegram does not answer no longer holds up new messages to other chats. One that it has accepted does,
however long the database takes for its mark."""

NEEDED_RATE = 30 * 1.25
"""Messages per second that doubt must not hold back, with a quarter to spare."""

PATIENCE_SECONDS = 1.0
"""Seconds that a new message waits for the previous one; a call that Telegram does not answer must not hold up everybody."""


def find_broadcast_range(limit: int) -> tuple[int, int]:
    """Minimum and maximum of broadcasts among the messages in doubt; two places are left to others, one where there are only two.

    It is kept as low as 30 messages/s allow, given how long the latest ones were in doubt.
    """
    most = max(limit - 2, 1)
    return min(2, most), most


class Doubt:
    """Which messages are in doubt, and whether another one may be: no more than `limit`, however many are waiting."""

    def __init__(self, limit: int = DOUBT_LIMIT) -> None:
        self._limit, self._broadcast_range = limit, find_broadcast_range(limit)
        self._since: dict[int, float] = {}
        self._under_way: set[int] = set()
        self._broadcasts: dict[int, float] = {}
        self._usual_seconds = 0.0

    @property
    def is_over(self) -> bool:
        return not self._since

    @property
    def broadcasts(self) -> int:
        """How many of them are broadcasts."""
        return len(self._broadcasts)

    @property
    def may_broadcast(self) -> bool:
        """Whether another broadcast may be in doubt."""
        least, most = self._broadcast_range
        return self.broadcasts < min(max(least, ceil(self._usual_seconds * NEEDED_RATE)), most)

    def begin(self, call: int, now: float, *, broadcast: bool) -> None:
        self._since[call] = now
        self._under_way.add(call)
        if broadcast:
            self._broadcasts[call] = now

    def answer(self, call: int) -> None:
        """Telegram has answered; what it accepted stays in doubt until its mark is durable."""
        self._under_way.discard(call)

    def settle(self, call: int, now: float) -> None:
        """Its mark is durable."""
        self._since.pop(call, None)
        self._under_way.discard(call)
        if (since := self._broadcasts.pop(call, None)) is not None:
            self._usual_seconds += (now - since - self._usual_seconds) / 8

    def forget(self, call: int) -> None:
        """It was not accepted, so nothing about it is in doubt."""
        self._since.pop(call, None)
        self._under_way.discard(call)
        self._broadcasts.pop(call, None)

    def holds_new(self, waiting: int, now: float) -> bool:
        """Whether a new message must wait for the marks of earlier ones, with so many calls waiting."""
        if len(self._since) >= self._limit and self._count_doubtful(now) >= self._limit:
            return True
        return waiting <= CALM_CALLS and now < self._find_end_of_patience()

    def count_free(self, now: float) -> int:
        """How many new messages more may be in doubt."""
        taken = len(self._since)
        return self._limit - (taken if taken < self._limit else self._count_doubtful(now))

    def _count_doubtful(self, now: float) -> int:
        """How many messages a crash could repeat, without those that Telegram has left unanswered for long."""
        return sum(call not in self._under_way or now - since < DOUBT_SECONDS for call, since in self._since.items())

    def find_end_of_hold(self, waiting: int, now: float) -> float:
        """When to look again whether a new message may go although marks are missing (monotonic seconds)."""
        if waiting <= CALM_CALLS:
            return self._find_end_of_patience()
        started = (since for call, since in self._since.items() if call in self._under_way)
        return min(started, default=now) + DOUBT_SECONDS  # marks that become durable wake the sender by themselves

    def _find_end_of_patience(self) -> float:
        return max(self._since.values(), default=-PATIENCE_SECONDS) + PATIENCE_SECONDS
