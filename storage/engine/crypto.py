"""Encryption at rest: AES-256-GCM with key ids for rotation, and keyed hashes to look up phone numbers.

1. Every key is derived (HKDF-SHA256, RFC 5869) from the operator's master secrets; the first secret writes, all of them read.
2. A sealed value is `key id (4) | nonce (12) | ciphertext and tag` in bytes; the column's name is authenticated, so a value moved to
   another column does not open.
"""

import hashlib
import hmac
import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_KEY_ID_BYTES, _NONCE_BYTES = 4, 12


class DecryptionError(Exception):
    """A stored value was sealed with a secret that is not in HUIFANG_SECRET, or was tampered with."""


def _derive(secret: str, purpose: str, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt=b"huifang", info=purpose.encode()).derive(secret.encode())


class Keyring:
    """The master secrets, newest first. Raises ValueError when there is none."""

    def __init__(self, secrets: Sequence[str]) -> None:
        if not secrets:
            raise ValueError("at least one secret is needed")
        self._ciphers = {_derive(s, "key id", _KEY_ID_BYTES): AESGCM(_derive(s, "encryption", 32)) for s in secrets}
        self._newest = _derive(secrets[0], "key id", _KEY_ID_BYTES)
        self._lookup = [_derive(s, "lookup", 32) for s in secrets]
        self._older = [
            (_derive(s, "key id", _KEY_ID_BYTES).hex(), key) for s, key in zip(secrets, self._lookup, strict=True)
        ][1:]
        self._signing = [_derive(s, "signature", 32) for s in secrets]

    @property
    def newest_id(self) -> str:
        """What tells the newest secret from the others, without telling anything about it."""
        return self._newest.hex()

    @property
    def newest_prefix(self) -> bytes:
        """What every value begins with that the newest secret has sealed."""
        return self._newest

    @property
    def older_lookups(self) -> list[tuple[str, bytes]]:
        """The look-up keys of the older secrets, by their key ids: they find by a hash, and open nothing."""
        return list(self._older)

    def keep_lookup(self, key: bytes) -> None:
        """Find also what was hashed with this key of a secret that is gone."""
        if key not in self._lookup:
            self._lookup.append(key)

    def seal(self, text: str, column: bytes) -> bytes:
        nonce = os.urandom(_NONCE_BYTES)
        return (
            self._newest
            + nonce
            + self._ciphers[self._newest].encrypt(nonce, text.encode("utf-8", "surrogatepass"), column)
        )

    def open(self, sealed: bytes, column: bytes) -> str:
        """The plain text of a sealed value. Raises DecryptionError when no secret fits, or when the value was changed or moved."""
        cipher = self._ciphers.get(sealed[:_KEY_ID_BYTES])
        if cipher is None:
            raise DecryptionError("this value was sealed with another secret: add the old one to HUIFANG_SECRET")
        try:
            text = cipher.decrypt(
                sealed[_KEY_ID_BYTES : _KEY_ID_BYTES + _NONCE_BYTES], sealed[_KEY_ID_BYTES + _NONCE_BYTES :], column
            )
        except (InvalidTag, ValueError) as error:  # ValueError: too short to hold a nonce
            raise DecryptionError("a stored value does not open: it was changed or moved") from error
        return text.decode("utf-8", "surrogatepass")

    def digest(self, value: str) -> str:
        """The keyed hash to store a new value under."""
        return self._hash(self._lookup[0], value)

    def digests(self, value: str) -> list[str]:
        """The keyed hashes a value may be stored under, newest secret first."""
        return [self._hash(key, value) for key in self._lookup]

    def sign(self, message: bytes, length: int = 16) -> bytes:
        return hmac.digest(self._signing[0], message, hashlib.sha256)[:length]

    def verify(self, message: bytes, signature: bytes) -> bool:
        size = len(signature)
        return size > 0 and any(
            hmac.compare_digest(hmac.digest(key, message, hashlib.sha256)[:size], signature) for key in self._signing
        )

    @staticmethod
    def _hash(key: bytes, value: str) -> str:
        return hmac.digest(key, value.encode(), hashlib.sha256)[:16].hex()
