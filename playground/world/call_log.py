"""Call log: a ring buffer of the bot's calls, numbered, for the page and for tests."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from itertools import islice
from time import monotonic

from playground.shape.wire import CallRefusedError, Json

RING = 20_000
UNLOGGED = frozenset({"getUpdates"})  # it would drown out all others; its refusals are logged


class CallLog:
    def __init__(self, publish: Callable[[str, Json], None], clock: Callable[[], float]) -> None:
        self.last = 0
        self.acting = 0
        self.touched = monotonic()
        self._ring: deque[Json] = deque(maxlen=RING)
        self._publish = publish
        self._clock = clock

    def note(self, method: str, params: Json, outcome: object, *, is_lost: bool = False) -> None:
        """Log a finished call; `outcome` is its result or the refusal, `is_lost` whether the bot never hears of it."""
        refused = isinstance(outcome, CallRefusedError)
        if method in UNLOGGED and not refused:
            return
        self.touched = monotonic()
        self.last += 1
        entry: Json = {"seq": self.last, "method": method, "params": params, "ok": not refused, "at": self._clock()}
        if isinstance(outcome, CallRefusedError):
            entry["error_code"] = outcome.code
            entry["description"] = outcome.description
        else:
            entry["result"] = outcome
        if is_lost:
            entry["lost"] = True
        self._ring.append(entry)
        self._publish("call", entry)

    def since(self, seq: int) -> list[Json]:
        """Calls after `seq` that are still in the ring."""
        known = len(self._ring)
        missed = min(known, max(0, self.last - seq))
        return list(islice(self._ring, known - missed, None))
