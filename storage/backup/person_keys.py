"""Keys of persons: what a backup holds of a person is sealed with a key of that person's own, which is destroyed where it stands.

1. Behind the chunks of a backup (`sealed_file`) stands a slot for each subject (`storage/privacy/owners.py`: a person, a phone number that
   is nobody's yet, a case of somebody unknown): who it is, as a keyed hash, and a random key, sealed.

       id (16) | nonce (12) | key (32) and tag (16)

2. To erase somebody from a backup is to overwrite nonce, key and tag with zeros, on the disk itself. Nothing else in the file changes, and
   nobody can read their rows again, the operator included.
3. A row that is about several persons needs all of their keys.
4. A row is sealed with the number it has among the sealed rows of the file as its nonce: no two rows have the same, and none can change places.
"""

import hashlib
import hmac
import mmap
import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, Self

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.backup.sealed_file import SLOT_BYTES, BackupError, Head, find_slots, read_head

ID_BYTES, NONCE_BYTES, KEY_BYTES = 16, 12, 32
_PURPOSE = "keys of persons"
_DESTROYED = bytes(SLOT_BYTES - ID_BYTES)
_MANY = 10_000
"""Slots read at a time."""

RECENT = 20_000
"""Keys kept in memory: 10 MB, however many persons there are."""

_TABLE = """
PRAGMA journal_mode = OFF;
PRAGMA cache_size = -8192;
CREATE TABLE slots (slot INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, sealed BLOB NOT NULL);
"""

_encode, _decode = msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder(list[Any]).decode


def hash_subject(key: str, subject: str) -> bytes:
    """What tells a subject in a backup sealed with this key, without telling who it is to anybody who has not the key."""
    return hmac.digest(key.encode(), b"subject " + subject.encode(), hashlib.sha256)[:ID_BYTES]


class PersonSealer:
    """Seals rows while a backup is written. Keys not used lately are in a temporary file, sealed as they will be in the backup."""

    def __init__(self, head: Head) -> None:
        self._head, self._cipher = head, head.derive(_PURPOSE)
        self._rows = self._count = 0
        self._slots = sqlite3.connect("", isolation_level=None)  # a file of SQLite's own, gone when this is closed
        self._slots.executescript(_TABLE)
        self._find_recent = lru_cache(RECENT)(self._find_key)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._slots.close()

    def seal(self, table: str, subjects: Iterable[str], values: Sequence[Any]) -> tuple[list[int], bytes]:
        """The numbers of the subjects' slots, and these values of a row sealed so that each of their keys is needed."""
        keys = dict(self._find_recent(subject) for subject in subjects)
        self._rows += 1
        cipher = AESGCM(_combine(keys.values()))
        return sorted(keys), cipher.encrypt(_make_nonce(self._rows), _encode(list(values)), table.encode())

    def write_slots(self) -> Iterator[bytes]:
        """All slots, in their order."""
        for id_, sealed in self._slots.execute("SELECT id, sealed FROM slots ORDER BY slot"):
            yield id_ + sealed

    def _find_key(self, subject: str) -> tuple[int, bytes]:
        """The slot and the key of a subject, made when it is seen for the first time."""
        id_ = hash_subject(self._head.key, subject)
        kept = self._slots.execute("SELECT slot, sealed FROM slots WHERE id = ?", (id_,)).fetchone()
        if kept is not None:
            return kept[0], _open_key(self._cipher, self._head, *kept)
        slot, key, nonce = self._count, os.urandom(KEY_BYTES), os.urandom(NONCE_BYTES)
        sealed = nonce + self._cipher.encrypt(nonce, key, _authenticate(self._head, slot))
        self._slots.execute("INSERT INTO slots VALUES (?, ?, ?)", (slot, id_, sealed))
        self._count += 1
        return slot, key


class PersonOpener:
    """Opens rows while a backup is read, in the order in which they were sealed; `destroyed` counts the keys that are gone.

    `erased` are subjects whose keys are not used, whether they are there or not (`hash_subject`).

    Raises BackupError when the keys are damaged.
    """

    def __init__(self, path: Path, keys: Sequence[str], erased: Collection[bytes] = ()) -> None:
        self._path, self._rows, self._gone = path, 0, set[int]()
        with path.open("rb") as file:
            self._head = read_head(file, path, keys)
            self._start, self._count = find_slots(file, path, self._head)
            self._file = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._cipher = self._head.derive(_PURPOSE)
        for slot in range(self._count):
            id_, sealed = self._read_slot(slot)
            if sealed == _DESTROYED or id_ in erased:
                self._gone.add(slot)
            else:
                self._read_key(slot)
        self.destroyed = len(self._gone)
        self._read_recent = lru_cache(RECENT)(self._read_key)

    def open(self, table: str, slots: Sequence[int], sealed: bytes) -> list[Any] | None:
        """The values of a row, None when a key of it is destroyed. Raises BackupError when they are not what was sealed."""
        self._rows += 1
        if max(slots) >= self._count:
            raise BackupError(f"{self._path} is damaged: keys of persons are missing")
        if not self._gone.isdisjoint(slots):
            return None
        key = _combine(self._read_recent(slot) for slot in slots)
        try:
            return _decode(AESGCM(key).decrypt(_make_nonce(self._rows), sealed, table.encode()))
        except (InvalidTag, msgspec.MsgspecError) as error:
            raise BackupError(f"{self._path} is damaged: a row of {table} does not open") from error

    def _read_slot(self, slot: int) -> tuple[bytes, bytes]:
        data = self._file[(start := self._start + slot * SLOT_BYTES) : start + SLOT_BYTES]
        return data[:ID_BYTES], data[ID_BYTES:]

    def _read_key(self, slot: int) -> bytes:
        try:
            return _open_key(self._cipher, self._head, slot, self._read_slot(slot)[1])
        except InvalidTag as error:
            raise BackupError(f"{self._path} is damaged: the key of a person does not open") from error


def destroy_keys(path: Path, keys: Sequence[str], subjects: Collection[str]) -> int:
    """Destroy the keys of these subjects in a backup, on the disk itself; how many there were. It may be done again.

    Raises:
        BackupError: when it is no backup, and when none of the keys fits.
        OSError: when the file cannot be written.
    """
    destroyed = 0
    with path.open("r+b") as file:
        head = read_head(file, path, keys)
        wanted = {hash_subject(head.key, subject) for subject in subjects}
        start, _ = find_slots(file, path, head)
        for slot, data in enumerate(_read_slots(file, path, head)):
            if data[:ID_BYTES] in wanted and data[ID_BYTES:] != _DESTROYED:
                os.pwrite(file.fileno(), _DESTROYED, start + slot * SLOT_BYTES + ID_BYTES)
                destroyed += 1
        if destroyed:
            os.fsync(file.fileno())
    return destroyed


def _read_slots(file: BinaryIO, path: Path, head: Head) -> Iterator[bytes]:
    start, number = find_slots(file, path, head)
    file.seek(start)
    for at in range(0, number, _MANY):
        data = file.read(min(_MANY, number - at) * SLOT_BYTES)
        for begin in range(0, len(data), SLOT_BYTES):
            yield data[begin : begin + SLOT_BYTES]


def _open_key(cipher: AESGCM, head: Head, slot: int, sealed: bytes) -> bytes:
    """Raises InvalidTag when it is not the key of this slot."""
    return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _authenticate(head, slot))


def _combine(keys: Iterable[bytes]) -> bytes:
    """A key that nobody can make who has not all of these, which are random."""
    combined = 0
    for key in keys:
        combined ^= int.from_bytes(key, "big")
    return combined.to_bytes(KEY_BYTES, "big")


def _authenticate(head: Head, slot: int) -> bytes:
    return head.data + slot.to_bytes(8, "big")


def _make_nonce(row: int) -> bytes:
    return row.to_bytes(NONCE_BYTES, "big")
