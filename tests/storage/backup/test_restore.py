"""A database made of a backup is the one that was backed up, whatever engine either is on and whatever release wrote it."""

import lzma
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import asyncpg
import msgspec
import pytest
from sqlalchemy import insert, select, text

from storage import canary
from storage.backup import blocks, tables
from storage.backup.backup import write_backup
from storage.backup.backup_reader import verify
from storage.backup.blocks import End
from storage.backup.record import fetch_last
from storage.backup.restore import Restored, restore_backup
from storage.backup.sealed_file import BackupError, SealedWriter
from storage.canary import WrongSecretError
from storage.engine import schema
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from storage.models import audit, cases, counters, people, timers
from tests.harness.databases import RELEASED_SECRET, SECRET, LentDatabases, create_database
from tests.harness.rows import NOW, add_person, file_case
from tests.releases.continuing import FOLDER

KEY = "9b1d64e0f7a25c83d6e91f40ab7c2e58"
RELEASES = sorted(path.name.removesuffix(".sqlite.xz") for path in FOLDER.glob("*.sqlite.xz"))


@asynccontextmanager
async def opened(url: str, *secrets: str) -> AsyncIterator[Database]:
    database = Database(url, Keyring(secrets or [SECRET]))
    try:
        yield database
    finally:
        await database.close()


async def restore(url: str, path: Path, *secrets: str) -> Restored:
    async with opened(url, *secrets) as database:
        return await restore_backup(database, path, [KEY], NOW)


async def sum_up(url: str) -> tuple[dict[str, int], dict[str, str]]:
    async with opened(url) as database, database.read() as tx:
        ours = await tables.list_tables(tx)
        sums = await tables.sum_rows(tx, ours, {table.name: sorted(table.c.keys()) for table in ours})
    return sums.counts, sums.sums


@asynccontextmanager
async def left_behind(release: str, engine: str, folder: Path, postgres: str) -> AsyncIterator[str]:
    """The database that a release left, as it was."""
    if engine == "sqlite":
        path = folder / "old.db"
        path.write_bytes(lzma.decompress((FOLDER / f"{release}.sqlite.xz").read_bytes()))
        yield f"sqlite+aiosqlite:///{path}"
        return
    async with create_database(postgres) as url:
        connection = await asyncpg.connect(url.replace("postgresql+asyncpg://", "postgresql://"))
        await connection.execute(lzma.decompress((FOLDER / f"{release}.sql.xz").read_bytes()).decode())
        await connection.close()
        yield url


@pytest.mark.parametrize("release", RELEASES)
async def test_from_every_release_to_the_other_engine(
    release: str, empty_database_url: str, tmp_path: Path, postgres: str
) -> None:
    """What a release left is restored as it was and brought to the newest revision: as if it had been brought there where it was."""
    from_engine = "postgresql" if empty_database_url.startswith("sqlite") else "sqlite"
    async with left_behind(release, from_engine, tmp_path, postgres) as there:
        await move(release, there, empty_database_url, tmp_path / "backup")


async def move(release: str, there: str, here: str, path: Path) -> None:
    async with opened(there, SECRET, RELEASED_SECRET) as database:
        written = await write_backup(database, path, [KEY], NOW, release)
        assert written.rows > 500
        await schema.migrate(database)
    restored = await restore(here, path, SECRET, RELEASED_SECRET)
    assert restored.manifest == written
    assert restored.owed > 0
    (counts, sums), (other_counts, other_sums) = await sum_up(there), await sum_up(here)
    moments = {"meta", "standard_answers"}  # what is sealed anew, and when the backup was made
    assert counts.keys() == other_counts.keys()
    assert {n: c for n, c in counts.items() if n != "meta"} == {n: c for n, c in other_counts.items() if n != "meta"}
    assert {n: s for n, s in sums.items() if n not in moments} == {
        n: s for n, s in other_sums.items() if n not in moments
    }


async def test_sequences_references_and_triggers(
    database: Database, lent_databases: LentDatabases, tmp_path: Path
) -> None:
    """On the same engine and on the other: numbers go on behind the last, a row may point to a later one, the log refuses changes."""
    path = tmp_path / "backup"
    async with database.begin() as tx:
        await add_person(tx, 1)
        first = await file_case(tx)
        second = await file_case(tx, "C-261123-0002")
        await tx.execute(cases.update().where(cases.c.id == first.id).values(merged_into=second.id))
        await tx.execute(insert(counters).values(name="C-202611", value=41))
        await tx.execute(insert(timers).values(kind="morning", subject="morning", due_at=NOW - timedelta(hours=1)))
        await tx.execute(insert(audit).values(id=1, at=NOW, actor=1, what="x", subject="case:1"))
        if not database.is_sqlite:
            await tx.execute(text("SELECT setval(pg_get_serial_sequence('cases', 'id'), 9000)"))
    await write_backup(database, path, [KEY], NOW, "1")
    async with database.read() as tx:
        last = await fetch_last(tx)
        assert last is not None
        assert (last.at, last.name) == (NOW, "backup")
    async with lent_databases.lend() as other:
        async with opened(other) as emptied, emptied.begin() as tx:
            await tx.execute(text("DROP SCHEMA public CASCADE"))
            await tx.execute(text("CREATE SCHEMA public"))
        for url in (other, f"sqlite+aiosqlite:///{tmp_path / 'copy.db'}"):
            assert (await restore(url, path)).due == 1
            async with opened(url) as copy:
                assert not await schema.migrate(copy)
                await canary.prepare(copy)
                async with copy.begin() as tx:
                    assert await tx.scalar(select(cases.c.merged_into).where(cases.c.id == first.id)) == second.id
                    third = await file_case(tx, "C-261123-0003")
                    assert third.id > second.id
                    if not copy.is_sqlite and not database.is_sqlite:
                        assert third.id == 9001 + tables.GAP
                    assert await tx.scalar(select(people.c.name)) == "Anna"
                with pytest.raises(Exception, match="append-only"):
                    async with copy.begin() as tx:
                        await tx.execute(audit.delete())


async def test_refused_before_anything_is_written(database: Database, tmp_path: Path) -> None:
    """A database that is not empty, a file that was cut, another key, another secret, a newer release."""
    path, url = tmp_path / "backup", f"sqlite+aiosqlite:///{tmp_path / 'copy.db'}"
    async with database.begin() as tx:
        await add_person(tx, 1)
    await write_backup(database, path, [KEY], NOW, "1")
    with pytest.raises(BackupError, match="the database is not empty"):
        await restore(database.url, path)
    with pytest.raises(WrongSecretError):
        await restore(url, path, "0c" + SECRET[2:])
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    with pytest.raises(BackupError, match="is damaged"):
        await restore(url, path)
    path.write_bytes(whole)
    async with opened(url) as copy:
        with pytest.raises(BackupError, match="another key"):
            await restore_backup(copy, path, ["1" + KEY[1:]], NOW)
        assert await schema.fetch_revision(copy) is None
    manifest = verify(path, [KEY])
    newer = tmp_path / "newer"
    with SealedWriter(newer, KEY) as file:
        blocks.write_block(file, msgspec.structs.replace(manifest, revision="9999", columns={}, counts={}))
        blocks.write_block(file, End({}))
        file.finish()
        file.keep()
    with pytest.raises(BackupError, match="was made by a newer release"):
        await restore(url, newer)
    assert (await restore(url, path)).manifest == manifest
