"""Presses on inline buttons: each may be answered once, and not for ever."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from playground.shape.wire import Json, bad

RING = 20_000
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
LONGEST_TEXT = 200


@dataclass(slots=True)
class Callback:
    id: str
    user: int
    chat: int
    at: float
    answer: Json | None = None


class Callbacks:
    def __init__(self, clock: Callable[[], float]) -> None:
        self.seconds = 30.0
        """How long a press may wait for its answer."""
        self._clock = clock
        self._open: OrderedDict[str, Callback] = OrderedDict()
        self._last = 3_000_000_000_000

    def press(self, user: int, chat: int) -> Callback:
        self._last += 1
        callback = Callback(str(self._last), user, chat, self._clock())
        self._open[callback.id] = callback
        if len(self._open) > RING:
            self._open.popitem(last=False)
        return callback

    def get(self, callback_id: str) -> Callback | None:
        return self._open.get(callback_id)

    def answer(self, callback_id: str, text: str, *, show_alert: bool) -> Callback:
        callback = self._open.get(callback_id)
        if callback is None or callback.answer is not None or self._clock() - callback.at > self.seconds:
            raise bad(TOO_OLD)
        if len(text) > LONGEST_TEXT:
            raise bad("MESSAGE_TOO_LONG")
        callback.answer = {"text": text, "show_alert": show_alert}
        return callback
