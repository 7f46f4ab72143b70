"""Callback queries (presses on inline buttons): each can be answered once, and only for a while."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from playground.shape.wire import Json, make_bad_request

RING = 20_000
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
LONGEST_TEXT = 200


@dataclass(slots=True)
class OpenCallback:
    id: str
    user: int
    chat: int
    at: float
    answer: Json | None = None


class CallbackQueries:
    def __init__(self, clock: Callable[[], float]) -> None:
        self.seconds = 30.0
        """Seconds that a press may wait for its answer."""
        self._clock = clock
        self._open: OrderedDict[str, OpenCallback] = OrderedDict()
        self._last = 3_000_000_000_000

    def press(self, user: int, chat: int) -> OpenCallback:
        self._last += 1
        callback = OpenCallback(str(self._last), user, chat, self._clock())
        self._open[callback.id] = callback
        if len(self._open) > RING:
            self._open.popitem(last=False)
        return callback

    def get(self, callback_id: str) -> OpenCallback | None:
        return self._open.get(callback_id)

    def answer(self, callback_id: str, text: str, *, show_alert: bool) -> OpenCallback:
        """Answer a press.

        Raises:
            CallRefusedError: when it is unknown, answered already or too old, or the text is longer than 200 characters (Bot API).
        """
        callback = self._open.get(callback_id)
        if callback is None or callback.answer is not None or self._clock() - callback.at > self.seconds:
            raise make_bad_request(TOO_OLD)
        if len(text) > LONGEST_TEXT:
            raise make_bad_request("MESSAGE_TOO_LONG")
        callback.answer = {"text": text, "show_alert": show_alert}
        return callback
