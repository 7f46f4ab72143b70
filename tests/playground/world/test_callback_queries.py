"""Presses and their answers."""

from __future__ import annotations

import pytest

from playground.shape.wire import CallRefusedError
from playground.world.callback_queries import CallbackQueries


def test_a_press_is_answered_once_and_in_time() -> None:
    """Second, late and unknown answers get the same words."""
    now = [0.0]
    callbacks = CallbackQueries(lambda: now[0])
    first, second = callbacks.press(1, 1), callbacks.press(1, 1)
    assert callbacks.answer(first.id, "ok", show_alert=True).answer == {"text": "ok", "show_alert": True}
    now[0] = callbacks.seconds + 1
    for number in (first.id, second.id, "5"):
        with pytest.raises(
            CallRefusedError, match="query is too old and response timeout expired or query ID is invalid"
        ):
            callbacks.answer(number, "", show_alert=False)


def test_an_answer_has_at_most_200_characters() -> None:
    """And a refused answer can be given again."""
    callbacks = CallbackQueries(lambda: 0.0)
    press = callbacks.press(1, 1)
    with pytest.raises(CallRefusedError, match="MESSAGE_TOO_LONG"):
        callbacks.answer(press.id, "x" * 201, show_alert=False)
    assert callbacks.answer(press.id, "x" * 200, show_alert=False) is press
