"""Event stream for the page: a ring buffer of numbered events, and those listening to it.

A listener that falls a whole ring behind is dropped; it reconnects with the last number it saw and starts from there.
"""

from __future__ import annotations

import asyncio
from collections import deque
from itertools import islice

from playground.shape.wire import Json

RING = 5_000

Event = tuple[int, str, Json]


class Events:
    def __init__(self, ring: int = RING) -> None:
        self.last = 0
        self._ring: deque[Event] = deque(maxlen=ring)
        self._listeners: set[asyncio.Queue[Event | None]] = set()

    def publish(self, kind: str, data: Json) -> None:
        self.last += 1
        event = (self.last, kind, data)
        self._ring.append(event)
        for queue in list(self._listeners):
            try:
                queue.put_nowait(event)
            except asyncio.QueueFull:
                self.leave(queue)

    def since(self, number: int) -> list[Event]:
        """Events after `number` that are still in the ring."""
        known = len(self._ring)
        missed = min(known, max(0, self.last - number))
        return list(islice(self._ring, known - missed, None))

    def join(self) -> asyncio.Queue[Event | None]:
        """A new listener's queue; None in it means the end."""
        queue: asyncio.Queue[Event | None] = asyncio.Queue(maxsize=RING)
        self._listeners.add(queue)
        return queue

    def leave(self, queue: asyncio.Queue[Event | None]) -> None:
        self._listeners.discard(queue)
        while queue.full():
            queue.get_nowait()
        queue.put_nowait(None)

    def close(self) -> None:
        for queue in list(self._listeners):
            self.leave(queue)
