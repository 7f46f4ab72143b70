"""The log of calls."""

from __future__ import annotations

from playground.shape.wire import Json, make_bad_request
from playground.world.call_log import CallLog


def test_calls_are_numbered_and_read_from_any_number() -> None:
    """Results and refusals look different; empty polls are not logged."""
    told: list[Json] = []
    calls = CallLog(lambda _, entry: told.append(entry), lambda: 5.0)
    calls.note("getMe", {}, {"id": 1})
    calls.note("getUpdates", {}, [])
    calls.note("sendMessage", {"text": ""}, make_bad_request("message text is empty"))
    first, second = calls.since(0)
    assert first == {"seq": 1, "method": "getMe", "params": {}, "ok": True, "at": 5.0, "result": {"id": 1}}
    assert (second["error_code"], second["description"]) == (400, "Bad Request: message text is empty")
    assert calls.since(1) == [second]
    assert told == [first, second]
