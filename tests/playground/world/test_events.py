"""The ring of events."""

from __future__ import annotations

from playground.world.events import Events


def test_a_listener_resumes_where_it_stopped() -> None:
    """As far as the ring reaches."""
    events = Events(ring=3)
    for number in range(5):
        events.publish("x", {"n": number})
    assert [number for number, _, _ in events.since(3)] == [4, 5]
    assert [number for number, _, _ in events.since(0)] == [3, 4, 5]
    assert events.since(5) == []


async def test_a_listener_hears_what_comes_and_the_end() -> None:
    """`None` is the end."""
    events = Events()
    queue = events.join()
    events.publish("x", {})
    assert await queue.get() == (1, "x", {})
    events.close()
    assert await queue.get() is None


async def test_a_listener_that_never_reads_is_dropped() -> None:
    """It does not keep memory, nor hold anybody up."""
    events = Events()
    queue = events.join()
    for _ in range(queue.maxsize + 1):
        events.publish("x", {})
    assert not events._listeners
