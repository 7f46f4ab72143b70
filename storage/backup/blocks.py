"""Blocks of a backup: what is in it, rows of one table after another, and at the end what their sums must be.

A block is its length and MessagePack with a tag that says which kind it is; files of evidence are a kind of their own. A reader that
meets a kind it does not know refuses the backup: it was made by a newer release.

Rows about a person are blocks of their own: each is sealed with that person's key (`person_keys`), and stands beside what is left of it when
that key is destroyed.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from storage.backup.sealed_file import BackupError, SealedWriter, read_sealed

FORMAT = 2
_LENGTH_BYTES, _SUM_BYTES = 4, 16


class Manifest(msgspec.Struct, frozen=True, tag="manifest"):
    """What is in a backup: the release and the revision of the schema, the moment, each table's columns and number of rows.

    `sequences` are the last numbers that PostgreSQL has given, by table: a number that was given is not given again. `files` is the
    number of files of evidence that the rows know, None in a backup without them; `missing` of these, as the end of the backup says, the
    store did not have. `sealed` are the columns that are sealed
    with a person's key, where a row is about a person.
    """

    format: int
    release: str
    revision: str
    created_at: datetime
    columns: dict[str, list[str]]
    counts: dict[str, int]
    sequences: dict[str, int]
    files: int | None = None
    missing: int = 0
    sealed: dict[str, list[str]] = {}

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(self.counts.values())


class Rows(msgspec.Struct, frozen=True, tag="rows"):
    """Some rows of a table, their values in the order of the manifest's columns."""

    table: str
    rows: list[list[Any]]


class ObjectPiece(msgspec.Struct, frozen=True, tag="object"):
    """Some bytes of an object of evidence, as the store has it; the last is empty and has the SHA-256 of them all."""

    object: str
    data: bytes
    digest: str = ""


class PersonRow(msgspec.Struct, frozen=True, array_like=True):
    """A row about a person, or several: the slots of their keys, the values of the manifest's sealed columns, and the row without them.

    `rest` has a value for each column; it is None where the row goes with the person.
    """

    slots: list[int]
    sealed: bytes
    rest: list[Any] | None


class PersonRows(msgspec.Struct, frozen=True, tag="person rows"):
    """Some rows of a table that are about persons."""

    table: str
    rows: list[PersonRow]


class End(msgspec.Struct, frozen=True, tag="end"):
    """The sum of each table's rows, and how many files of evidence the store did not have."""

    sums: dict[str, str]
    missing: int = 0


Block = Manifest | Rows | PersonRows | ObjectPiece | End

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Block).decode


class RowSums:
    """The number and the sum of each table's rows, whatever their order: two engines sort differently."""

    def __init__(self, tables: Iterable[str]) -> None:
        self.counts = dict.fromkeys(tables, 0)
        self._sums = dict.fromkeys(self.counts, 0)

    def add(self, table: str, rows: Sequence[Sequence[Any]]) -> None:
        total = 0
        for row in rows:
            total += int.from_bytes(hashlib.blake2b(_encode(row), digest_size=_SUM_BYTES).digest(), "big")
        self._sums[table] = (self._sums[table] + total) % (1 << 8 * _SUM_BYTES)
        self.counts[table] += len(rows)

    @property
    def sums(self) -> dict[str, str]:
        """By table, as the end of a backup has them."""
        return {table: f"{total:0{2 * _SUM_BYTES}x}" for table, total in self._sums.items()}


def write_block(file: SealedWriter, block: Block) -> None:
    data = _encode(block)
    file.write(len(data).to_bytes(_LENGTH_BYTES, "big") + data)


def read_blocks(path: Path, keys: Sequence[str]) -> Iterator[Block]:
    """The blocks of a backup, in their order. Raises BackupError when it cannot be read to its end."""
    pending = bytearray()
    for piece in read_sealed(path, keys):
        pending += piece
        at = 0
        while len(pending) - at >= _LENGTH_BYTES:
            end = at + _LENGTH_BYTES + int.from_bytes(pending[at : at + _LENGTH_BYTES], "big")
            if len(pending) < end:
                break
            yield _decode_block(path, bytes(pending[at + _LENGTH_BYTES : end]))
            at = end
        del pending[:at]
    if pending:
        raise BackupError(f"{path} is damaged: its last block is not whole")


def _decode_block(path: Path, data: bytes) -> Block:
    try:
        block: Block = _decode(data)
    except msgspec.MsgspecError as error:
        raise BackupError(f"{path} was made by a newer release: install that one ({error})") from error
    if isinstance(block, Manifest) and block.format > FORMAT:
        raise BackupError(f"{path} was made by a newer release ({block.release}): install that one")
    return block
