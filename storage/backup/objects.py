"""Files of evidence in a backup: each object as the store has it, sealed, in pieces; restored, read again, and compared."""

import asyncio
import hashlib
from collections.abc import AsyncIterator

from storage.backup.blocks import ObjectPiece, write_block
from storage.backup.sealed_file import BackupError, SealedWriter
from storage.cases import evidence
from storage.engine.database import Tx
from storage.models import evidence as evidence_table
from storage.objects.object_store import NoObjectError, ObjectStore, StoreError


async def list_objects(tx: Tx, columns: dict[str, list[str]]) -> list[str]:
    """The objects that the rows of this moment know; none in a database of before there were any."""
    return [name async for name in evidence.stream_objects(tx)] if evidence_table.name in columns else []


async def write_objects(file: SealedWriter, store: ObjectStore, names: list[str]) -> int:
    """Write these objects; how many of them the store does not have, because they were erased meanwhile, or are lost.

    Raises:
        BackupError: when the store cannot be read.
    """
    missing = 0
    try:
        for name in names:
            digest, is_begun = hashlib.sha256(), False
            try:
                async for piece in store.read(name):
                    is_begun = True
                    digest.update(piece)
                    write_block(file, ObjectPiece(name, piece))
            except NoObjectError:
                if is_begun:
                    raise
                missing += 1
                continue
            write_block(file, ObjectPiece(name, b"", digest.hexdigest()))
    except StoreError as error:
        cure = "HUIFANG_BACKUP_EVIDENCE=no makes a backup without it"
        raise BackupError(f"the store of evidence cannot be read: {error}; {cure}") from error
    return missing


class ObjectRestorer:
    """Puts objects into a store, one after the other, as their pieces come."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store
        self._part = store.workroom / "huifang-restored.part"
        self._part.unlink(missing_ok=True)  # of a process that was killed
        self.count = 0

    async def add(self, piece: ObjectPiece) -> None:
        """The next piece; with the last the object is put, unless it is there already.

        Raises:
            BackupError: when the store does not have it as it was.
        """
        await asyncio.to_thread(self._append, piece.data)
        if not piece.digest:
            return
        try:
            if not await self._is_there(piece.object, piece.digest):
                await self._store.put(piece.object, self._part)
                if not await self._is_there(piece.object, piece.digest):
                    raise BackupError(f"object {piece.object} is not in the store as it is in the backup")
        except StoreError as error:
            raise BackupError(f"the store of evidence: {error}") from error
        finally:
            self._part.unlink(missing_ok=True)
        self.count += 1

    def _append(self, data: bytes) -> None:
        with self._part.open("ab") as file:
            file.write(data)

    async def _is_there(self, name: str, digest: str) -> bool:
        try:
            return await _sum(self._store.read(name)) == digest
        except NoObjectError:
            return False


async def _sum(pieces: AsyncIterator[bytes]) -> str:
    digest = hashlib.sha256()
    async for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()
