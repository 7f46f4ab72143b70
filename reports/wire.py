"""Serialization of what is to be drawn: frozen values as JSON, in the outbox and on the way to the helper process."""

from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec

T = TypeVar("T")


def pack(facts: object) -> msgspec.Raw:
    """The value as JSON; dataclasses of frozen values, periods included."""
    return msgspec.Raw(msgspec.json.encode(facts, enc_hook=_encode))


def unpack(packed: bytes, kind: type[T]) -> T:
    """The value again. Raises msgspec.MsgspecError when it was packed from another type."""
    return msgspec.json.decode(packed, type=kind, dec_hook=_decode)


def _encode(value: Any) -> Any:  # noqa: ANN401 -- whatever msgspec does not know
    if isinstance(value, ZoneInfo):
        return value.key
    raise NotImplementedError(type(value).__name__)


def _decode(kind: type, value: Any) -> Any:  # noqa: ANN401 -- the same
    if kind is ZoneInfo:
        return ZoneInfo(value)
    raise NotImplementedError(kind.__name__)
