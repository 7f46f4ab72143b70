"""Backup: every row as it was at one moment, written while others write, and a name only for what was read again and counted.

When the last good one was made is a fact of the installation.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from storage.backup import blocks, objects, record, tables
from storage.backup.blocks import End, Manifest, Rows, RowSums
from storage.backup.record import LastBackup
from storage.backup.sealed_file import BackupError, SealedWriter
from storage.engine import schema
from storage.engine.database import Database, Tx, lock
from storage.objects.object_store import ObjectStore


async def write_backup(
    database: Database, path: Path, keys: Sequence[str], now: datetime, release: str, store: ObjectStore | None = None
) -> Manifest:
    """Write a backup, open it, count it, and only then give it its name; what is in it. The first key seals.

    With a store the files of evidence are in it.

    Raises:
        BackupError: when there is such a file, when the database is empty, and when what was written cannot be read again.
    """
    with SealedWriter(path, keys[0]) as file:
        async with database.read() as tx:
            sums, kept = await _write_rows(tx, file, now, release, with_files=store is not None)
        missing = await objects.write_objects(file, store, kept) if store is not None else 0
        blocks.write_block(file, End(sums, missing))
        file.finish()
        manifest = blocks.verify(file.part, keys)
        file.keep()
    async with database.begin() as tx:
        await record.put_last(tx, LastBackup(now, path.name, manifest.rows))
    return manifest


async def _write_rows(
    tx: Tx, file: SealedWriter, now: datetime, release: str, *, with_files: bool
) -> tuple[dict[str, str], list[str]]:
    """All of it is read in one transaction, which sees the database as it was when it began; the sums, and the objects to be written."""
    await lock(tx, ["huifang migrations"], shared=True)
    revision = await schema.fetch_revision_in(tx)
    if revision is None:
        raise BackupError("the database is empty: there is nothing to write")
    ours = await tables.list_tables(tx)
    columns = {str(table.name): [str(column.name) for column in table.c] for table in ours}
    counts, sequences = await tables.count_rows(tx, ours), await tables.fetch_sequences(tx, ours)
    kept = await objects.list_objects(tx, columns) if with_files else []
    files = len(kept) if with_files else None
    blocks.write_block(file, Manifest(blocks.FORMAT, release, revision, now, columns, counts, sequences, files))
    sums = RowSums(columns)
    for table, (name, names) in zip(ours, columns.items(), strict=True):
        async for rows in tables.read_rows(tx, table, names):
            sums.add(name, rows)
            blocks.write_block(file, Rows(name, rows))
    return sums.sums, kept
