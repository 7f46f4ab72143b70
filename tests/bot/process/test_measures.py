"""What a process measures of itself."""

from bot.process.measures import BOUNDS_SECONDS, Counters, Histogram, SendingMeasures
from storage.queue.outbox import Priority


def test_a_histogram() -> None:
    """A bound belongs to its own bucket; what is beyond all of them is counted, too."""
    histogram = Histogram()
    for seconds in (0, BOUNDS_SECONDS[0], BOUNDS_SECONDS[0] * 1.01, BOUNDS_SECONDS[-1] + 1):
        histogram.observe(seconds)
    assert (histogram.counts[:2], histogram.counts[-1], sum(histogram.counts)) == ([2, 1], 1, 4)
    assert tuple(sorted(set(BOUNDS_SECONDS))) == BOUNDS_SECONDS


def test_each_process_has_its_own() -> None:
    """Nothing is shared between two of them; every priority is measured."""
    Counters().commits.observe(1)
    assert sum(Counters().commits.counts) == 0
    assert {*SendingMeasures().deliveries} == {*Priority}
