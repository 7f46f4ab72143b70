"""What a process measures of itself, for /metrics: counts and histograms that cost a fraction of a microsecond on the path of a press.

They are plain numbers here: the library that writes them for Prometheus is imported by the first scrape (`bot.web.metrics`).
"""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field

from storage.queue.outbox import Priority

BOUNDS_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 60.0)
"""Upper bounds of the buckets: a press takes a millisecond or two, a transaction of two hundred events a hundred, a broadcast its minutes."""


class Histogram:
    """How long something took, counted by bucket; the last is for what took longer than any bound."""

    __slots__ = ("counts", "sum")

    def __init__(self) -> None:
        self.counts = [0] * (len(BOUNDS_SECONDS) + 1)
        self.sum = 0.0

    def observe(self, seconds: float) -> None:
        self.counts[bisect_left(BOUNDS_SECONDS, seconds)] += 1
        self.sum += seconds


@dataclass(slots=True)
class Counters:
    """Of the worker: events from their arrival until they are committed, and the transactions they share."""

    handled: int = 0
    batches: int = 0
    failed: int = 0
    parked: int = 0
    missed: int = 0
    """Deadlines that were passed, counted when the last nudge says so."""
    commits: Histogram = field(default_factory=Histogram)
    transactions: Histogram = field(default_factory=Histogram)


def _make_deliveries() -> dict[Priority, Histogram]:
    return {priority: Histogram() for priority in Priority}


@dataclass(slots=True)
class SendingMeasures:
    """Of the sender: what became of its calls, how long Telegram took, and how long after its cause each was accepted."""

    outcomes: Counter[str] = field(default_factory=Counter)
    calls: Histogram = field(default_factory=Histogram)
    deliveries: dict[Priority, Histogram] = field(default_factory=_make_deliveries)


@dataclass(frozen=True, slots=True)
class ProcessReading:
    """What this process knows of itself."""

    counters: Counters
    sending: SendingMeasures = field(default_factory=SendingMeasures)
    is_ready: bool = False
    is_leader: bool = False
    waiting_events: int = 0
    waiting_calls: int = 0
    outage_seconds: float = 0.0
    updates_late_seconds: float = 0.0
