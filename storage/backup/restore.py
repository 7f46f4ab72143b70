"""Restore: a database made of a backup, in one transaction, and compared with it row by row before that is committed.

The tables are made as they were in the release that wrote the backup; afterwards the migrations since run, as they do at a start.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, func, select

from storage import canary
from storage.backup import erased_list, tables
from storage.backup.backup_reader import BackupReader, verify
from storage.backup.blocks import Manifest, Rows
from storage.backup.objects import ObjectRestorer
from storage.backup.sealed_file import BackupError
from storage.engine import schema
from storage.engine.database import Database, Tx, lock
from storage.models import outbox, timers
from storage.objects.object_store import ObjectStore


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, how many calls were owed to Telegram then, and how many timers have fallen due since.

    Of `erased` subjects the keys are destroyed, or somebody has noted that they must be: their rows are what erasing leaves of them.
    `files` is how many files of evidence are in the store now; None where the backup has none, or they were left out.
    """

    manifest: Manifest
    owed: int
    due: int
    erased: int = 0
    files: int | None = None


async def restore_backup(
    database: Database, path: Path, keys: Sequence[str], now: datetime, store: ObjectStore | None = None
) -> Restored:
    """Fill an empty database with what a backup holds, and a store with its files of evidence; without one they are left out.

    Raises:
        BackupError: before anything is written, when the backup cannot be read to its end or the database is not empty.
        WrongSecretError: when its rows were sealed with a secret that is not given; nothing is kept.
    """
    manifest = verify(path, keys)
    newest = schema.find_newest_revision()
    if manifest.revision > newest:
        raise BackupError(
            f"{path} was made by a newer release ({manifest.release}, revision {manifest.revision}; this one knows {newest}): "
            "install that one"
        )
    async with database.begin() as tx:
        await lock(tx, ["huifang migrations"])
        await schema.make_schema(tx, database.address.schema)
        if await tables.list_tables(tx) or await schema.fetch_revision_in(tx) is not None:
            raise BackupError(
                "the database is not empty, and a backup is only restored into an empty one: let HUIFANG_DATABASE name a new file "
                "or a new database"
            )
        await tx.run_sync(schema.upgrade, manifest.revision)
        erased, files = await _fill(tx, path, keys, manifest, store)
        await canary.check(tx, database.keyring)
    await schema.migrate(database)
    async with database.read() as tx:
        owed = await tx.scalar(select(func.count()).select_from(outbox)) or 0
        due = await tx.scalar(select(func.count()).select_from(timers).where(timers.c.due_at <= now)) or 0
    return Restored(manifest, owed, due, erased, files)


async def _fill(
    tx: Tx, path: Path, keys: Sequence[str], manifest: Manifest, store: ObjectStore | None
) -> tuple[int, int | None]:
    """Write all rows, read them again, and compare; of how many subjects they are without, and how many files the store was given.

    Raises BackupError when they are not the same.
    """
    ours = await tables.list_tables(tx)
    if {table.name: {*table.c.keys()} for table in ours} != {n: {*names} for n, names in manifest.columns.items()}:
        raise BackupError(f"{path} holds other tables than revision {manifest.revision} has")
    for table in reversed(ours):
        if await tx.scalar(select(func.count()).select_from(table)):
            await tx.execute(delete(table))  # what the migrations begin with
    deferred = await tables.defer_references(tx, ours)
    inserts = {table.name: tables.make_insert(table, manifest.columns[table.name]) for table in ours}
    restorer = ObjectRestorer(store) if store is not None and manifest.files is not None else None
    reader = BackupReader(path, keys, erased_list.read(path, manifest.created_at))
    for piece in reader.read():
        if isinstance(piece, Rows):
            await inserts[piece.table].execute(tx, piece.rows)
        elif restorer is not None:
            await restorer.add(piece)
    await tables.check_references(tx, deferred)
    await tables.set_sequences(tx, ours, manifest.sequences)
    written = await tables.sum_rows(tx, ours, manifest.columns)
    if (written.counts, written.sums) != (reader.sums.counts, reader.sums.sums):
        raise BackupError("what was written is not what the backup holds; nothing was kept")
    return reader.destroyed, restorer.count if restorer is not None else None
