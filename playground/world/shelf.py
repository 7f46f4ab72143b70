"""Message store of one chat: found by number at once, listed from the newest, the oldest forgotten in bulk.

1. A message is never changed in place: an edit puts a new object where the old one was, so that those who hold the old one (an update
   in the queue, a logged answer) keep what was true then.
2. Numbers only grow; a deleted message leaves a tombstone that `get` does not see and `page` shows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from playground.shape.wire import Json

CAPACITY = 10_000


class Shelf:
    __slots__ = ("_by_id", "_capacity", "_ids")

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._by_id: dict[int, Json] = {}
        self._ids: list[int] = []

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, message: Json) -> None:
        self._ids.append(message["message_id"])
        self._by_id[message["message_id"]] = message
        if len(self._ids) >= 2 * self._capacity:  # rare, and cheap on average, compared with one move per message
            for old in self._ids[: self._capacity]:
                del self._by_id[old]
            del self._ids[: self._capacity]

    def get(self, message_id: int) -> Json | None:
        message = self._by_id.get(message_id)
        return None if message is None or "deleted" in message else message

    def replace(self, message: Json) -> None:
        self._by_id[message["message_id"]] = message

    def delete(self, message_id: int) -> None:
        self._by_id[message_id] = {**self._by_id[message_id], "deleted": True}

    def newest(self) -> Iterator[Json]:
        """Messages that are not deleted, newest first."""
        for number in reversed(self._ids):
            message = self._by_id[number]
            if "deleted" not in message:
                yield message

    def page(self, *, before: int | None, limit: int) -> list[Json]:
        """At most `limit` messages older than `before`, oldest first, including tombstones."""
        end = len(self._ids) if before is None else bisect_left(self._ids, before)
        return [self._by_id[number] for number in self._ids[max(0, end - limit) : end]]
