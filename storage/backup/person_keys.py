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
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.backup.sealed_file import SLOT_BYTES, BackupError, Head, find_slots, read_head

ID_BYTES, NONCE_BYTES, KEY_BYTES = 16, 12, 32
_PURPOSE = "keys of persons"
_DESTROYED = bytes(SLOT_BYTES - ID_BYTES)
_MANY = 10_000
"""Slots read at a time."""

_encode, _decode = msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder(list[Any]).decode


def hash_subject(key: str, subject: str) -> bytes:
    """What tells a subject in a backup sealed with this key, without telling who it is to anybody who has not the key."""
    return hmac.digest(key.encode(), b"subject " + subject.encode(), hashlib.sha256)[:ID_BYTES]


class PersonSealer:
    """Seals rows while a backup is written. Of a million subjects it keeps about 150 MB of keys in memory."""

    def __init__(self, head: Head) -> None:
        self._head = head
        self._slots: dict[str, int] = {}
        self._keys = bytearray()
        self._rows = 0

    def seal(self, table: str, subjects: Iterable[str], values: Sequence[Any]) -> tuple[list[int], bytes]:
        """The numbers of the subjects' slots, and these values of a row sealed so that each of their keys is needed."""
        slots = sorted({self._find_slot(subject) for subject in subjects})
        cipher = AESGCM(_combine(self._read_key(slot) for slot in slots))
        self._rows += 1
        return slots, cipher.encrypt(_make_nonce(self._rows), _encode(list(values)), table.encode())

    def _find_slot(self, subject: str) -> int:
        slot = self._slots.setdefault(subject, len(self._slots))
        if slot * KEY_BYTES == len(self._keys):
            self._keys += os.urandom(KEY_BYTES)
        return slot

    def write_slots(self) -> Iterator[bytes]:
        """All slots, in their order."""
        cipher = self._head.derive(_PURPOSE)
        for subject, slot in self._slots.items():
            nonce = os.urandom(NONCE_BYTES)
            sealed = cipher.encrypt(nonce, self._read_key(slot), _authenticate(self._head, slot))
            yield hash_subject(self._head.key, subject) + nonce + sealed

    def _read_key(self, slot: int) -> bytes:
        return bytes(self._keys[slot * KEY_BYTES : (slot + 1) * KEY_BYTES])


class PersonOpener:
    """Opens rows while a backup is read, in the order in which they were sealed; `destroyed` counts the keys that are gone.

    `erased` are subjects whose keys are not used, whether they are there or not (`hash_subject`).

    Raises BackupError when the keys are damaged.
    """

    def __init__(self, path: Path, keys: Sequence[str], erased: Collection[bytes] = ()) -> None:
        self._path, self._rows = path, 0
        self._keys: list[bytes | None] = []
        with path.open("rb") as file:
            head = read_head(file, path, keys)
            cipher = head.derive(_PURPOSE)
            for slot, data in enumerate(_read_slots(file, path, head)):
                id_, sealed = data[:ID_BYTES], data[ID_BYTES:]
                is_gone = sealed == _DESTROYED or id_ in erased
                self._keys.append(None if is_gone else _open_slot(path, cipher, head, slot, sealed))
        self.destroyed = self._keys.count(None)

    def open(self, table: str, slots: Sequence[int], sealed: bytes) -> list[Any] | None:
        """The values of a row, None when a key of it is destroyed. Raises BackupError when they are not what was sealed."""
        self._rows += 1
        if max(slots) >= len(self._keys):
            raise BackupError(f"{self._path} is damaged: keys of persons are missing")
        keys = [key for slot in slots if (key := self._keys[slot]) is not None]
        if len(keys) < len(slots):
            return None
        try:
            return _decode(AESGCM(_combine(keys)).decrypt(_make_nonce(self._rows), sealed, table.encode()))
        except (InvalidTag, msgspec.MsgspecError) as error:
            raise BackupError(f"{self._path} is damaged: a row of {table} does not open") from error


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


def _open_slot(path: Path, cipher: AESGCM, head: Head, slot: int, sealed: bytes) -> bytes:
    try:
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _authenticate(head, slot))
    except InvalidTag as error:
        raise BackupError(f"{path} is damaged: the key of a person does not open") from error


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
