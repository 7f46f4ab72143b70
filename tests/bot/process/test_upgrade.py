"""What is there is backed up before it is migrated, and nothing is migrated without that."""

from pathlib import Path

import pytest

from bot.backup_settings import BackupSettings
from bot.clock import Clock
from bot.process.upgrade import prepare_database
from storage.backup.backup_reader import verify
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from storage.engine.schema import fetch_revision, find_newest_revision, upgrade
from tests.harness.databases import SECRET

KEY = "9b1d64e0f7a25c83d6e91f40ab7c2e58"


async def test_a_backup_first(empty_database_url: str, tmp_path: Path) -> None:
    """Of an earlier revision, once; an empty database needs none; where it cannot be written the database stays as it is."""
    folder = tmp_path / "kept"
    settings, database = BackupSettings((KEY,), folder), Database(empty_database_url, Keyring([SECRET]))
    try:
        async with database.begin() as tx:
            await tx.run_sync(lambda connection: upgrade(connection, "0012"))
        folder.touch()
        with pytest.raises(OSError, match="exists"):
            await prepare_database(database, settings, Clock())
        assert await fetch_revision(database) == "0012"
        folder.unlink()
        for _ in range(2):
            await prepare_database(database, settings, Clock())
        assert await fetch_revision(database) == find_newest_revision()
        (path,) = folder.iterdir()
        assert verify(path, [KEY]).revision == "0012"
    finally:
        await database.close()


async def test_without(tmp_path: Path) -> None:
    """An empty database has nothing to lose; who wants no backup gets none."""
    for name, before in (("a", "head"), ("b", "0012")):
        database = Database(f"sqlite+aiosqlite:///{tmp_path / name}", Keyring([SECRET]))
        if before != "head":
            async with database.begin() as tx:
                await tx.run_sync(lambda connection: upgrade(connection, "0012"))
        wanted = BackupSettings((KEY,), tmp_path / "kept", before_migrations=before == "head")
        await prepare_database(database, wanted, Clock())
        assert await fetch_revision(database) == find_newest_revision()
        await database.close()
    assert not (tmp_path / "kept").exists()
