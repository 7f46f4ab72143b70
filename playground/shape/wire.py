"""Wire protocol: JSON in and out, and Telegram's way of refusing."""

from __future__ import annotations

import json
from typing import Any

import msgspec

Json = dict[str, Any]

_encode = msgspec.json.Encoder().encode
decode = msgspec.json.Decoder().decode


def encode(value: Any) -> bytes:  # noqa: ANN401 -- JSON
    """JSON; half a surrogate pair is escaped, as Telegram's own servers do."""
    try:
        return _encode(value)
    except UnicodeEncodeError:
        return json.dumps(value).encode()


class CallRefusedError(Exception):
    """Telegram refuses the call: an error code, its own words and sometimes parameters."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> Json:
        answer: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


def make_bad_request(description: str) -> CallRefusedError:
    """The most common refusal, 400 Bad Request."""
    return CallRefusedError(400, f"Bad Request: {description}")


def make_forbidden(description: str) -> CallRefusedError:
    return CallRefusedError(403, f"Forbidden: {description}")


def make_too_many_requests(retry_after: int) -> CallRefusedError:
    return CallRefusedError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, as Telegram counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
