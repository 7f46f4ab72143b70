"""Sliding-window counter of calls whose arrival nobody sees: at most so many arrive in any span, however long each is on its way.

1. Telegram counts a call when it arrives. We know that it left before and was answered after that. So a call takes its place when it is
   begun, and gives it back one span after the moment by which it had arrived for certain, and not before it is answered.
2. No call is on its way for less than the quickest round trip of the last minutes, which an earlier call and a later one share: what was
   answered at A and what is sent at B arrive at least B - A and that round trip apart (`RoundTrips`). So an even network costs nothing, however
   slow it is; what varies costs what it varies.
3. A call that is not answered at all has arrived after LOST_SECONDS, or never.

Pure bookkeeping over the moments it is given (seconds of a monotonic clock).
"""

from bisect import bisect_right, insort
from math import inf

LOST_SECONDS = 3.0
"""Seconds after which a call that is not answered holds no place because it may still arrive."""

MEMORY_SECONDS = 120.0
"""Seconds for which a quick answer tells how quick the network can be, at least."""

ENOUGH_ANSWERS = 50
"""How many answers have to be known before the quickest of them says anything."""

TRUSTED_PART = 0.9
"""How much of the quickest round trip is relied on: the next one may be a little quicker."""


class RoundTrips:
    """The quickest of the last minutes, once there were enough of them."""

    def __init__(self) -> None:
        self._since, self._count = 0.0, 0
        self._lately = self._before = inf

    @property
    def quickest(self) -> float:
        """Seconds that an answer takes at the least; 0 as long as too little is known."""
        return min(self._lately, self._before) * TRUSTED_PART if self._count >= ENOUGH_ANSWERS else 0.0

    def note(self, seconds: float, now: float) -> None:
        if now - self._since > MEMORY_SECONDS:
            self._since, self._before, self._lately = now, self._lately, inf
        self._count += 1
        self._lately = min(self._lately, seconds)


class Window:
    """At most `count` arrivals in any span of `seconds`."""

    __slots__ = ("_arrived", "_under_way", "count", "seconds")

    def __init__(self, count: int, seconds: float) -> None:
        self.count, self.seconds = count, seconds
        self._arrived: list[float] = []
        self._under_way: dict[int, float] = {}

    def free_at(self, now: float, kept: int = 0) -> float:
        """When the next call may be begun, leaving `kept` places to others.

        Where that depends on answers that are not there yet, it is the latest moment it can be.
        """
        self._forget(now)
        excess = len(self._arrived) + len(self._under_way) - max(self.count - kept, 1)
        if excess < 0:
            return now
        if excess < len(self._arrived):
            return self._arrived[excess] + self.seconds
        waited_for = sorted(self._under_way.values())[excess - len(self._arrived)]
        return max(waited_for + LOST_SECONDS, now) + self.seconds

    def begin(self, call: int, now: float) -> None:
        """This call is being sent."""
        self._under_way[call] = now

    def settle(self, call: int, by: float) -> None:
        """It is answered: it had arrived by then."""
        begun = self._under_way.pop(call, None)
        if begun is not None:
            self.note(max(by, begun))

    def note(self, moment: float) -> None:
        """Something arrived by then that we did not send, or not now."""
        insort(self._arrived, moment)
        if len(self._arrived) > 2 * self.count:
            del self._arrived[0]

    def list_since(self, moment: float) -> list[float]:
        return [noted for noted in (*self._arrived, *self._under_way.values()) if noted > moment]

    def idle(self, now: float) -> bool:
        self._forget(now)
        return not self._arrived and not self._under_way

    def _forget(self, now: float) -> None:
        """Give back the places of what arrived a span ago, and of what was never answered."""
        while self._under_way:
            call, begun = next(iter(self._under_way.items()))  # the oldest: they are begun in order
            if now - begun <= LOST_SECONDS:
                break
            self.settle(call, begun + LOST_SECONDS)
        del self._arrived[: bisect_right(self._arrived, now - self.seconds)]


class EvenSpacing:
    """Evenly spaced sending (GCRA): so many a second, a few at once after a pause."""

    BURST_SECONDS = 0.05
    """For so long a pause it catches up."""

    def __init__(self, rate: float) -> None:
        self._between = 1 / rate
        self._due = 0.0

    def free_at(self, now: float) -> float:
        return max(now, self._due - self.BURST_SECONDS)

    def note(self, now: float) -> None:
        self._due = max(self._due, now) + self._between
