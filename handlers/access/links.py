"""Deep links, signed, for delivery slips (D4): which delivery, until when, and impossible to forge.

`d` + base64url(delivery id, expiry in hours, signature): 39 of the 64 characters that Telegram allows.
"""

import base64
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from storage.engine.crypto import Keyring

_BODY = struct.Struct(">QI")
_PREFIX = "d"
_SIGNATURE_BYTES = 12
PAYLOAD_CHARACTERS = len(_PREFIX) + (_BODY.size + _SIGNATURE_BYTES) * 4 // 3
"""Length of a payload in characters."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a payload says, once its signature is verified."""

    delivery: int
    expires_at: datetime


def make_payload(keyring: Keyring, delivery: int, expires_at: datetime) -> str:
    """The `start` parameter for this delivery."""
    body = _BODY.pack(delivery, int(expires_at.timestamp()) // 3600)
    signed = body + keyring.sign(b"link" + body, _SIGNATURE_BYTES)
    return _PREFIX + base64.urlsafe_b64encode(signed).decode().rstrip("=")


def parse_payload(keyring: Keyring, text: str) -> Link | None:
    """The link in this payload, None for one that we never signed. The caller checks the expiry."""
    if not is_link(text):
        return None
    try:
        raw = base64.b64decode(text[1:] + "=" * (-len(text[1:]) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return None
    if len(raw) != _BODY.size + _SIGNATURE_BYTES:
        return None
    body, signature = raw[: _BODY.size], raw[_BODY.size :]
    if not keyring.verify(b"link" + body, signature):
        return None
    delivery, hours = _BODY.unpack(body)
    return Link(delivery, datetime.fromtimestamp(0, UTC) + timedelta(hours=hours))


def is_link(text: str) -> bool:
    """Whether this has the form of a link; the signature is not checked."""
    return text.startswith(_PREFIX) and len(text) == PAYLOAD_CHARACTERS


def peek_delivery(text: str) -> int | None:
    """The delivery that a link names, unverified: only for prefetching."""
    try:
        raw = base64.b64decode(text[1:] + "=" * (-len(text[1:]) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return None
    if len(raw) < _BODY.size:
        return None
    number: int = _BODY.unpack(raw[: _BODY.size])[0]
    return number if number < 1 << 63 else None


def make_url(keyring: Keyring, bot: str, delivery: int, expires_at: datetime) -> str:
    return f"https://t.me/{bot}?start={make_payload(keyring, delivery, expires_at)}"
