"""Sealed object: one file in chunks of AES-256-GCM, none of which can be changed, moved or left out without being noticed.

The construction is that of backups (STREAM, see `storage/backup/sealed_file.py`): the nonce of a chunk is its number and whether it is the
last. Each object has a random key; what encrypts is derived (HKDF-SHA256) from it and a salt that is new whenever the object is written.

    magic | salt (32) | chunk | chunk | … | last chunk

An object's name is a keyed hash of what is in it: nobody without the key can tell whether two objects, or a file at hand, are the same.
"""

import hashlib
import hmac
import os
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"huifang evidence 1\n"
KEY_BYTES, SALT_BYTES, TAG_BYTES = 32, 32, 16
CHUNK_BYTES = 256 * 1024
PREFIX, PART = "huifang-", ".part"
"""How the name of an object begins and ends while it is being written."""


class DamagedObjectError(Exception):
    """An object that was changed or cut short, or that another key sealed."""


class ObjectWriter:
    """A file that is sealed as it comes, into a new file of its owner's alone in `folder`; it goes unless somebody has moved it away.

    Blocking; for a thread or another process.
    """

    def __init__(self, folder: Path, key: bytes) -> None:
        salt = os.urandom(SALT_BYTES)
        self.path = folder / f"{PREFIX}{salt.hex()}{PART}"
        self.size = 0
        self._key, self._head = key, MAGIC + salt
        self._cipher, self._number = _make_cipher(key, salt), 0
        self._hash, self._pending = hashlib.sha256(), bytearray()
        self._file: BinaryIO

    def __enter__(self) -> Self:
        self._file = os.fdopen(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")
        self._file.write(self._head)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        with suppress(FileNotFoundError):
            self.path.unlink()

    def add(self, data: bytes) -> None:
        """What comes next of the file."""
        self.size += len(data)
        self._hash.update(data)
        self._pending += data
        while len(self._pending) > CHUNK_BYTES:  # what is left is never empty, unless the file is
            self._seal(CHUNK_BYTES, is_last=False)

    def finish(self) -> None:
        """All of it is there: write the last chunk, to the disk itself."""
        self._seal(len(self._pending), is_last=True)
        self._file.flush()
        os.fsync(self._file.fileno())

    @property
    def digest(self) -> str:
        """The file's SHA-256."""
        return self._hash.hexdigest()

    @property
    def name(self) -> str:
        return hmac.digest(self._key, self._hash.digest(), "sha256").hex()

    def _seal(self, size: int, *, is_last: bool) -> None:
        chunk = bytes(self._pending[:size])
        del self._pending[:size]
        self._file.write(self._cipher.encrypt(_make_nonce(self._number, is_last=is_last), chunk, self._head))
        self._number += 1


def remove_left_parts(folder: Path, before: float) -> None:
    """Remove what processes left behind that were killed before this moment (seconds since 1970)."""
    for path in folder.glob(f"{PREFIX}*{PART}"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < before:
                path.unlink()


async def open_sealed(key: bytes, pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """What was sealed, piece by piece; only after the last is it certain that nothing is missing.

    Raises:
        DamagedObjectError: when it is not what this key sealed, or not all of it.
    """
    pending, cipher, number = bytearray(), None, 0
    head = b""
    async for piece in pieces:
        pending += piece
        if cipher is None and len(pending) >= len(MAGIC) + SALT_BYTES:
            head = bytes(pending[: len(MAGIC) + SALT_BYTES])
            del pending[: len(head)]
            if not head.startswith(MAGIC):
                raise DamagedObjectError("is no object of this program")
            cipher = _make_cipher(key, head[len(MAGIC) :])
        while cipher is not None and len(pending) > CHUNK_BYTES + TAG_BYTES:
            yield _open(cipher, bytes(pending[: CHUNK_BYTES + TAG_BYTES]), number, head, is_last=False)
            del pending[: CHUNK_BYTES + TAG_BYTES]
            number += 1
    if cipher is None:
        raise DamagedObjectError("was cut short")
    yield _open(cipher, bytes(pending), number, head, is_last=True)


def _open(cipher: AESGCM, sealed: bytes, number: int, head: bytes, *, is_last: bool) -> bytes:
    try:
        return cipher.decrypt(_make_nonce(number, is_last=is_last), sealed, head)
    except (InvalidTag, ValueError) as error:  # ValueError: too short to hold a tag
        raise DamagedObjectError(f"was cut short or changed (chunk {number + 1})") from error


def _make_nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


def _make_cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(hashes.SHA256(), 32, salt=salt, info=b"evidence encryption").derive(key))
