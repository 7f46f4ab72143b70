"""What goes over the wire: JSON in and out, and Telegram's way of saying no."""

from __future__ import annotations

from typing import Any

import msgspec

Json = dict[str, Any]

encode = msgspec.json.Encoder().encode
decode = msgspec.json.Decoder().decode


class Refused(Exception):
    """Telegram refuses the call: a code, its own words and sometimes parameters."""

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


def bad(description: str) -> Refused:
    """A refusal of the commonest sort."""
    return Refused(400, f"Bad Request: {description}")


def forbidden(description: str) -> Refused:
    return Refused(403, f"Forbidden: {description}")


def flood(retry_after: int) -> Refused:
    return Refused(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


def utf16(text: str) -> int:
    """Length as Telegram counts it: in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
