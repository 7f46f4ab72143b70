"""Reading a backup: rows with the persons whose keys are there, files of evidence, and whether all that it says is in it."""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import msgspec

from storage.backup.blocks import End, Manifest, ObjectPiece, PersonRows, Rows, RowSums, read_blocks
from storage.backup.person_keys import PersonOpener
from storage.backup.sealed_file import BackupError


class BackupReader:
    """A backup, read once from its beginning to its end by `read`; `sums` is what its rows came to.

    `destroyed` counts the subjects whose keys are gone or not to be used (`erased`).

    Raises BackupError when it cannot be opened or does not say what is in it.
    """

    def __init__(self, path: Path, keys: Sequence[str], erased: Collection[bytes] = ()) -> None:
        self._path = path
        self._persons = PersonOpener(path, keys, erased)
        self._blocks = read_blocks(path, keys)
        manifest = next(self._blocks, None)
        if not isinstance(manifest, Manifest):
            raise BackupError(f"{path} is damaged: it does not say what is in it")
        self.manifest = manifest
        self.sums = RowSums(manifest.columns)
        self.destroyed = self._persons.destroyed
        self._reduced: set[str] = set()

    def read(self) -> Iterator[Rows | ObjectPiece]:
        """All rows and files, piece by piece; behind the last it is certain that nothing is missing.

        Raises:
            BackupError: when it is not whole, or holds something else than it says.
        """
        counts, objects, end = dict.fromkeys(self.manifest.columns, 0), ObjectSums(), None
        for block in self._blocks:
            match block:
                case Rows() if end is None and block.table in counts:
                    rows = block
                case PersonRows() if end is None and block.table in self.manifest.sealed:
                    rows = self._open(block)
                case ObjectPiece() if end is None:
                    objects.add(block)
                    yield block
                    continue
                case End() if end is None:
                    end = block
                    continue
                case _:
                    raise BackupError(f"{self._path} is damaged: its blocks are not in order")
            counts[block.table] += len(block.rows)
            self.sums.add(rows.table, rows.rows)
            yield rows
        if end is None or counts != self.manifest.counts or not self._come_to(end.sums):
            raise BackupError(f"{self._path} is damaged: it does not hold the rows that it says")
        if not objects.is_whole or objects.count + end.missing != (self.manifest.files or 0):
            raise BackupError(f"{self._path} is damaged: it does not hold the files that it says")
        self.manifest = msgspec.structs.replace(self.manifest, missing=end.missing)

    def _open(self, block: PersonRows) -> Rows:
        """The rows as they were; without a key, what is left of them."""
        columns = self.manifest.columns[block.table]
        places = [columns.index(name) for name in self.manifest.sealed[block.table]]
        rows = []
        for row in block.rows:
            values = self._persons.open(block.table, row.slots, row.sealed)
            if values is None:
                self._reduced.add(block.table)
                rows += [] if row.rest is None else [row.rest]
                continue
            whole = [None] * len(columns) if row.rest is None else list(row.rest)
            for place, value in zip(places, values, strict=True):
                whole[place] = value
            rows.append(whole)
        return Rows(block.table, rows)

    def _come_to(self, sums: dict[str, str]) -> bool:
        """Whether the rows came to these sums, where none of a table's was read without its person."""
        return {**self.sums.sums, **dict.fromkeys(self._reduced)} == {**sums, **dict.fromkeys(self._reduced)}


class ObjectSums:
    """The objects of a backup, counted, and each compared with its sum."""

    def __init__(self) -> None:
        self.count, self.is_whole = 0, True
        self._name, self._digest = "", hashlib.sha256()

    def add(self, piece: ObjectPiece) -> None:
        if self._name not in {"", piece.object}:
            self.is_whole = False
        self._name = piece.object
        self._digest.update(piece.data)
        if piece.digest:
            self.is_whole = self.is_whole and self._digest.hexdigest() == piece.digest
            self.count += 1
            self._name, self._digest = "", hashlib.sha256()


def verify(path: Path, keys: Sequence[str]) -> Manifest:
    """Open a backup, read it to its end and count it; what it says is in it.

    Raises:
        BackupError: when it cannot be opened, is not whole, or holds something else than it says.
    """
    reader = BackupReader(path, keys)
    for _ in reader.read():
        pass
    return reader.manifest
