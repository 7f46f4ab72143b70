"""Update dispatch: updates leave here, if the bot wants them; duplicated or out of order if a fault says so."""

from __future__ import annotations

import asyncio

from playground.shape.wire import Json
from playground.world.faults import Faults
from playground.world.updates import QueuedUpdate, Updates

HOLD_SECONDS = 0.2


class UpdateDispatcher:
    def __init__(self, updates: Updates, faults: Faults) -> None:
        self._updates = updates
        self._faults = faults
        self._held: list[QueuedUpdate] = []

    @property
    def holding(self) -> int:
        return len(self._held)

    def emit(self, kind: str, payload: Json, chat: int) -> int | None:
        """Send an update; returns its number, None if the bot did not ask for this kind."""
        if not self._updates.wants(kind):
            return None
        entry = self._updates.make(kind, payload, chat)
        self._dispatch(entry)
        if self._faults.strike_update("duplicate", chat) is not None:
            self._updates.repeat(entry.update_id)
        return entry.update_id

    def _dispatch(self, entry: QueuedUpdate) -> None:
        """Always in order within a chat; an update held back lets other chats' updates pass."""
        if any(held.lane == entry.lane for held in self._held):
            self._hold(entry)
        elif fault := self._faults.strike_update("reorder", entry.lane):
            self._hold(entry)
            delay = HOLD_SECONDS if fault.delay_ms is None else fault.delay_ms / 1000
            asyncio.get_running_loop().call_later(delay, self._release)
        else:
            self._updates.send(entry)
            self._release()

    def _hold(self, entry: QueuedUpdate) -> None:
        entry.sticky = True
        self._held.append(entry)

    def _release(self) -> None:
        held, self._held = self._held, []
        for entry in held:
            self._updates.send(entry)
