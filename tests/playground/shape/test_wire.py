"""Lengths and refusals."""

from __future__ import annotations

import pytest

from playground.shape.wire import make_bad_request, make_too_many_requests, utf16_length


@pytest.mark.parametrize(("text", "units"), [("abc", 3), ("货物", 2), ("😀", 2), ("👩‍👩‍👧", 8), ("", 0)])
def test_length_is_counted_in_utf16(text: str, units: int) -> None:
    """As Telegram counts."""
    assert utf16_length(text) == units


def test_a_refusal_has_telegrams_shape() -> None:
    """Parameters appear only where there are some."""
    assert make_bad_request("x").body() == {"ok": False, "error_code": 400, "description": "Bad Request: x"}
    assert make_too_many_requests(3).body() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 3",
        "parameters": {"retry_after": 3},
    }
