"""Type coercion of one value, from JSON or from form text, to the type the Bot API describes."""

from __future__ import annotations

import re

import msgspec

_INTEGER = re.compile(r"-?\d{1,18}")
_REAL = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?")


class ShapeError(Exception):
    def __init__(self, why: str, at: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.at = at

    def inside(self, step: object) -> ShapeError:
        return ShapeError(self.why, f"/{step}{self.at}")


def read_integer(value: object) -> int:
    """An Integer, also as form text. Raises ShapeError when it is none."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and _INTEGER.fullmatch(value):
        return int(value)
    raise make_mismatch("Integer", value)


def read_identifier(value: object) -> int | str:
    """A chat: its number or @username."""
    if isinstance(value, str) and value.startswith("@"):
        return value
    return read_integer(value)


def read_string(value: object) -> str:
    """A String. Raises ShapeError when it is none, or is not valid UTF-8."""
    if not isinstance(value, str):
        raise make_mismatch("String", value)
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise ShapeError("strings must be encoded in UTF-8") from None
    return value


def read_boolean(value: object) -> bool:
    """A Boolean, also as form text. Raises ShapeError when it is none."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in {"true", "yes", "1", "false", "no", "0"}:
        return value.lower() in {"true", "yes", "1"}
    raise make_mismatch("Boolean", value)


def read_real(value: object) -> float:
    """A Float, also as form text. Raises ShapeError when it is none."""
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, str) and _REAL.fullmatch(value):
        return float(value)
    raise make_mismatch("Float", value)


def unpack_json(value: object) -> object:
    """An object or array, which may come as JSON in a string. Raises ShapeError when the string is not JSON."""
    if not isinstance(value, str):
        return value
    try:
        return msgspec.json.decode(value)
    except msgspec.DecodeError:
        raise ShapeError("not JSON") from None


def make_mismatch(kind: str, value: object) -> ShapeError:
    return ShapeError(f"{kind} expected, {type(value).__name__} found")
