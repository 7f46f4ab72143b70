"""The messages of one chat."""

from __future__ import annotations

from playground.world.shelf import Shelf


def filled(count: int, capacity: int = 10_000) -> Shelf:
    shelf = Shelf(capacity)
    for number in range(1, count + 1):
        shelf.add({"message_id": number})
    return shelf


def test_a_page_ends_before_the_message_asked_for() -> None:
    """Oldest first, as many as asked."""
    shelf = filled(10)
    assert [m["message_id"] for m in shelf.page(before=8, limit=3)] == [5, 6, 7]
    assert [m["message_id"] for m in shelf.page(before=None, limit=2)] == [9, 10]
    assert shelf.page(before=1, limit=5) == []


def test_the_oldest_are_forgotten_and_the_newest_stay() -> None:
    """Memory has an end; at least the capacity is kept."""
    shelf = filled(25, capacity=10)
    assert 10 <= len(shelf) < 20
    assert [shelf.get(number) is not None for number in range(1, 26)].count(True) == len(shelf)
    assert shelf.get(1) is None
    assert shelf.get(25) == {"message_id": 25}


def test_a_deleted_message_leaves_a_tombstone_for_the_page_only() -> None:
    """Nobody can act on it, and anyone who holds the old object keeps it."""
    shelf = filled(2)
    held = shelf.get(2)
    shelf.delete(2)
    assert shelf.get(2) is None
    assert [m["message_id"] for m in shelf.newest()] == [1]
    assert shelf.page(before=None, limit=9)[-1] == {"message_id": 2, "deleted": True}
    assert held == {"message_id": 2}
