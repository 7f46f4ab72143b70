"""Sealed file: chunks of AES-256-GCM in a row, none of which can be changed, moved or left out without being noticed.

The construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015): the nonce of a chunk is its number and whether it is the last.
Every file has a key of its own, derived (HKDF-SHA256) from the operator's key and a salt. What is sealed is compressed first.

    magic | key id (4) | salt (32) | chunk | chunk | … | last chunk | keys of persons | their number (8)

What stands behind the chunks is the one thing that is ever changed afterwards: `storage/backup/person_keys.py`. Files of the first form
(`huifang backup 1`) end with the last chunk.
"""

import os
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FIRST_MAGIC, MAGIC = b"huifang backup 1\n", b"huifang backup 2\n"
KEY_ID_BYTES, SALT_BYTES, TAG_BYTES = 4, 32, 16
NUMBER_BYTES = 8
SLOT_BYTES = 76
"""Of a person's key, as `storage/backup/person_keys.py` writes it."""

CHUNK_BYTES = 256 * 1024
LEVEL = 3
"""Of compression: most of what is written is sealed already, and does not get smaller."""


class BackupError(Exception):
    """A backup that cannot be written, read or restored; the message says why and what to do."""


def name_part(path: Path) -> Path:
    """What a file is called until it is whole."""
    return path.with_name(f"{path.name}.part")


class SealedWriter:
    """A new file, its owner's alone. Until `keep` its name is `….part`, and it goes when that is not reached.

    Raises BackupError when there is such a file already.
    """

    def __init__(self, path: Path, key: str) -> None:
        self.part = name_part(path)
        self._path = path
        salt = os.urandom(SALT_BYTES)
        self.head = Head(MAGIC, _derive_id(key), salt, key)
        self._cipher, self._number = self.head.derive("backup encryption"), 0
        self._compressor, self._pending = zlib.compressobj(LEVEL), bytearray()
        self._file: BinaryIO

    def __enter__(self) -> Self:
        if self._path.exists():
            raise BackupError(f"{self._path} exists; choose another name")
        with suppress(FileNotFoundError):
            self.part.unlink()  # of a process that was killed
        self._file = os.fdopen(os.open(self.part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")
        self._file.write(self.head.data)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        with suppress(FileNotFoundError):
            self.part.unlink()

    def write(self, data: bytes) -> None:
        self._pending += self._compressor.compress(data)
        while len(self._pending) > CHUNK_BYTES:  # what is left is never empty: the last chunk is one of its own
            self._seal(bytes(self._pending[:CHUNK_BYTES]), is_last=False)
            del self._pending[:CHUNK_BYTES]

    def finish(self, slots: Iterable[bytes] = ()) -> None:
        """Write the last chunk and the keys of persons, to the disk itself; the file can be read now, as `part`."""
        self._pending += self._compressor.flush()
        while len(self._pending) > CHUNK_BYTES:
            self._seal(bytes(self._pending[:CHUNK_BYTES]), is_last=False)
            del self._pending[:CHUNK_BYTES]
        self._seal(bytes(self._pending), is_last=True)
        number = 0
        for slot in slots:
            self._file.write(slot)
            number += 1
        self._file.write(number.to_bytes(NUMBER_BYTES, "big"))
        self._file.flush()
        os.fsync(self._file.fileno())

    def keep(self) -> None:
        """Give it its name. Raises BackupError when there is a file of this name by now."""
        try:
            os.link(self.part, self._path)
        except FileExistsError:
            raise BackupError(f"{self._path} exists; choose another name") from None
        except OSError:  # a file system without hard links
            self.part.replace(self._path)
        folder = os.open(self._path.absolute().parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _seal(self, chunk: bytes, *, is_last: bool) -> None:
        nonce = _make_nonce(self._number, is_last=is_last)
        self._file.write(self._cipher.encrypt(nonce, chunk, self.head.data))
        self._number += 1


@dataclass(frozen=True, slots=True)
class Head:
    """What a file begins with, and the operator's key that it was sealed with."""

    magic: bytes
    key_id: bytes
    salt: bytes
    key: str

    @property
    def data(self) -> bytes:
        """As it stands in the file."""
        return self.magic + self.key_id + self.salt

    def derive(self, purpose: str) -> AESGCM:
        """A cipher of this file alone, for one purpose."""
        return AESGCM(HKDF(hashes.SHA256(), 32, salt=self.salt, info=purpose.encode()).derive(self.key.encode()))


def read_head(file: BinaryIO, path: Path, keys: Sequence[str]) -> Head:
    """How a file was sealed. Raises BackupError when it is no backup, and when none of the keys fits."""
    data = file.read(len(MAGIC) + KEY_ID_BYTES + SALT_BYTES)
    magic, key_id, salt = data[: len(MAGIC)], data[len(MAGIC) : -SALT_BYTES], data[-SALT_BYTES:]
    if magic not in {FIRST_MAGIC, MAGIC} or len(key_id) < KEY_ID_BYTES:
        raise BackupError(f"{path} is no backup of this program, or was cut short")
    for key in keys:
        if _derive_id(key) == key_id:
            return Head(magic, key_id, salt, key)
    raise BackupError(
        f"{path} was sealed with another key: set HUIFANG_BACKUP_KEY to the one it was made with, or write NEW,OLD"
    )


def find_slots(file: BinaryIO, path: Path, head: Head) -> tuple[int, int]:
    """Where the keys of persons begin in a file, and how many there are. Raises BackupError when there cannot be so many."""
    size = file.seek(0, os.SEEK_END)
    if head.magic == FIRST_MAGIC:
        return size, 0
    file.seek(-NUMBER_BYTES, os.SEEK_END)
    number = int.from_bytes(file.read(NUMBER_BYTES), "big")
    start = size - NUMBER_BYTES - number * SLOT_BYTES
    if start < len(head.data):
        raise BackupError(f"{path} is damaged: its end is missing")
    return start, number


def read_sealed(path: Path, keys: Sequence[str]) -> Iterator[bytes]:
    """What was written, piece by piece; each is authentic, but only after the last is it certain that nothing is missing.

    Raises:
        BackupError: when it is no backup, when none of the keys fits, and when it is not whole.
    """
    with path.open("rb") as file:
        head = read_head(file, path, keys)
        left = find_slots(file, path, head)[0] - len(head.data)
        file.seek(len(head.data))
        cipher, decompressor, number = head.derive("backup encryption"), zlib.decompressobj(), 0
        while True:
            sealed = file.read(min(CHUNK_BYTES + TAG_BYTES, left))
            left -= len(sealed)
            yield decompressor.decompress(_open(path, cipher, sealed, number, head.data, is_last=not left))
            if not left:
                break
            number += 1
        yield decompressor.flush()
        if not decompressor.eof:
            raise BackupError(f"{path} is damaged: what is in it has no end")


def _open(path: Path, cipher: AESGCM, sealed: bytes, number: int, head: bytes, *, is_last: bool) -> bytes:
    with suppress(InvalidTag):
        return cipher.decrypt(_make_nonce(number, is_last=is_last), sealed, head)
    if is_last:
        with suppress(InvalidTag):
            cipher.decrypt(_make_nonce(number, is_last=False), sealed, head)
            raise BackupError(f"{path} is damaged: its end is missing")
    raise BackupError(f"{path} is damaged: it was cut short or changed (chunk {number + 1})")


def _make_nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


def _derive_id(key: str) -> bytes:
    """What tells one key from another, without telling anything about it."""
    return HKDF(hashes.SHA256(), KEY_ID_BYTES, salt=b"huifang", info=b"backup key id").derive(key.encode())
