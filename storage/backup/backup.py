"""Backup: every row as it was at one moment, written while others write, and a name only for what was read again and counted.

Rows about a person are sealed with a key of that person's own. When the last good one was made, and where, are facts of the installation.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Table

from storage.backup import blocks, objects, record, tables
from storage.backup.backup_reader import verify
from storage.backup.blocks import End, Manifest, PersonRow, PersonRows, Rows, RowSums
from storage.backup.person_keys import PersonSealer
from storage.backup.person_rows import PersonTable, find_person_tables
from storage.backup.record import LastBackup
from storage.backup.sealed_file import BackupError, SealedWriter
from storage.engine import schema
from storage.engine.crypto import Keyring
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
    with SealedWriter(path, keys[0]) as file, PersonSealer(file.head) as persons:
        async with database.begin() as tx:
            if await schema.fetch_revision_in(tx) is None:
                raise BackupError("the database is empty: there is nothing to write")
            # Before the moment of the backup: who is erased from now on is erased from it, too.
            await record.add_file(tx, path.absolute())  # noqa: ASYNC240 -- asks for the working folder, no more
        async with database.read() as tx:
            sums, kept = await _write_rows(
                tx, file, persons, database.keyring, now, release, with_files=store is not None
            )
        missing = await objects.write_objects(file, store, kept) if store is not None else 0
        blocks.write_block(file, End(sums, missing))
        file.finish(persons.write_slots())
        manifest = verify(file.part, keys)
        file.keep()
    async with database.begin() as tx:
        await record.put_last(tx, LastBackup(now, path.name, manifest.rows))
    return manifest


async def _write_rows(
    tx: Tx,
    file: SealedWriter,
    persons: PersonSealer,
    keyring: Keyring,
    now: datetime,
    release: str,
    *,
    with_files: bool,
) -> tuple[dict[str, str], list[str]]:
    """All of it is read in one transaction, which sees the database as it was when it began; the sums, and the objects to be written."""
    await lock(tx, ["huifang migrations"], shared=True)
    revision = await schema.fetch_revision_in(tx) or ""
    ours = await tables.list_tables(tx)
    columns = {str(table.name): [str(column.name) for column in table.c] for table in ours}
    about_persons = find_person_tables(ours, columns, keyring)
    sealed = {name: [columns[name][place] for place in table.sealed] for name, table in about_persons.items()}
    counts, sequences = await tables.count_rows(tx, ours), await tables.fetch_sequences(tx, ours)
    kept = await objects.list_objects(tx, columns) if with_files else []
    files = len(kept) if with_files else None
    manifest = Manifest(blocks.FORMAT, release, revision, now, columns, counts, sequences, files, sealed=sealed)
    blocks.write_block(file, manifest)
    sums = RowSums(columns)
    for table, (name, names) in zip(ours, columns.items(), strict=True):
        if name in about_persons:
            await _write_persons(tx, file, persons, table, names, about_persons[name], sums)
            continue
        async for rows in tables.read_rows(tx, table, names):
            sums.add(name, rows)
            blocks.write_block(file, Rows(name, rows))
    return sums.sums, kept


async def _write_persons(
    tx: Tx,
    file: SealedWriter,
    persons: PersonSealer,
    table: Table,
    columns: Sequence[str],
    about: PersonTable,
    sums: RowSums,
) -> None:
    """The rows of a table that are about persons, each sealed with its person's key, and those that are about nobody."""
    async for read in tables.read_rows(tx, table, columns, *about.subjects):
        rows, plain, sealed = [row[: len(columns)] for row in read], list[list[Any]](), list[PersonRow]()
        for row, named in zip(rows, read, strict=True):
            subjects = [subject for subject in named[len(columns) :] if subject]
            if subjects and not about.stays(row):
                sealed.append(about.seal(persons, subjects, row))
            else:
                plain.append(row)
        sums.add(about.name, rows)
        if plain:
            blocks.write_block(file, Rows(about.name, plain))
        if sealed:
            blocks.write_block(file, PersonRows(about.name, sealed))
