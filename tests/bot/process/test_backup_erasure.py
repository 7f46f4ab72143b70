"""Who was erased from the database is erased from every backup within reach, and noted for the others."""

import sys
from pathlib import Path

import pytest

from bot.backup_settings import BackupSettings
from bot.process.backup_erasure import BackupErasure
from storage.backup import erased_list, erased_subjects, record
from storage.backup.backup import write_backup
from storage.backup.person_keys import PersonOpener, hash_subject
from storage.backup.restore import restore_backup
from storage.backup.sealed_file import name_part
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from tests.harness.databases import SECRET
from tests.harness.rows import NOW, add_person

KEY = "9b1d64e0f7a25c83d6e91f40ab7c2e58"


async def note(database: Database, *subjects: str) -> None:
    async with database.begin() as tx:
        await erased_subjects.note(tx, subjects, NOW)


async def is_noted(database: Database) -> bool:
    async with database.read() as tx:
        return bool(await erased_subjects.fetch_noted(tx, 9))


@pytest.fixture
async def written(database: Database, tmp_path: Path) -> tuple[Path, Path]:
    """A scheduled backup and one somewhere else, each with two persons."""
    async with database.begin() as tx:
        await add_person(tx, 1)
        await add_person(tx, 2)
    paths = tmp_path / "kept" / "huifang-1.backup", tmp_path / "elsewhere" / "mine"
    for path in paths:
        path.parent.mkdir()
        await write_backup(database, path, [KEY], NOW, "1")
    return paths


def count_destroyed(path: Path) -> int:
    return PersonOpener(path, [KEY]).destroyed


async def test_every_backup_within_reach(database: Database, written: tuple[Path, Path]) -> None:
    """The scheduled one is uploaded again, the other not; what is gone is passed over; afterwards nobody is noted."""
    scheduled, other = written
    script = "import shutil, sys; shutil.copy(sys.argv[1], sys.argv[1] + '.away')"
    settings = BackupSettings((KEY,), scheduled.parent, upload=(sys.executable, "-c", script))
    async with database.begin() as tx:
        await record.add_file(tx, other.with_name("gone"))
    erasure = BackupErasure(database, settings, lambda: True)
    assert await erasure.step() == 0
    await note(database, "p1", "habc")
    assert await erasure.step() == 2
    assert [count_destroyed(path) for path in written] == [1, 1]
    assert count_destroyed(scheduled.with_name("huifang-1.backup.away")) == 1
    assert not other.with_name("mine.away").exists()
    assert not await is_noted(database)
    assert all(hash_subject(KEY, "p1") in erased_list.read(path, NOW.replace(year=2000)) for path in written)


async def test_a_copy_out_of_reach(database: Database, written: tuple[Path, Path], tmp_path: Path) -> None:
    """It still holds the key; beside the list it is restored without the person, as the others are."""
    scheduled, _ = written
    out_of_reach = scheduled.read_bytes()
    await note(database, "p1")
    await BackupErasure(database, BackupSettings((KEY,), scheduled.parent), lambda: True).step()
    scheduled.write_bytes(out_of_reach)
    assert count_destroyed(scheduled) == 0
    text = (scheduled.parent / erased_list.NAME).read_text()
    (scheduled.parent / erased_list.NAME).write_text(text.replace(NOW.isoformat(), "2999-01-01T00:00:00+00:00"))
    copy = Database(f"sqlite+aiosqlite:///{tmp_path / 'copy.db'}", Keyring([SECRET]))
    assert (await restore_backup(copy, scheduled, [KEY], NOW)).erased == 1
    await copy.close()


async def test_nobody_is_forgotten(database: Database, written: tuple[Path, Path]) -> None:
    """While a backup is being written, or cannot be uploaded again, they stay noted; one of another key is told and left."""
    scheduled, _ = written
    settings = BackupSettings((KEY,), scheduled.parent)
    await note(database, "p2")
    async with database.begin() as tx:
        await record.add_file(tx, scheduled.with_name("half"))
    name_part(scheduled.with_name("half")).touch()
    assert await BackupErasure(database, settings, lambda: True).step() == 0
    assert await is_noted(database)
    name_part(scheduled.with_name("half")).unlink()
    failing = BackupSettings((KEY,), scheduled.parent, upload=(sys.executable, "-c", "raise SystemExit(1)"))
    with pytest.raises(OSError, match="could not be uploaded again"):
        await BackupErasure(database, failing, lambda: True).step()
    assert await is_noted(database)
    (scheduled.parent / "other.backup").write_bytes(b"no backup at all")
    assert await BackupErasure(database, settings, lambda: True).step() == 1
    assert count_destroyed(scheduled) == 1


async def test_without_a_key_there_are_no_backups(database: Database) -> None:
    """Nothing has to be done, and nobody stays noted."""
    await note(database, "p1")
    assert await BackupErasure(database, BackupSettings(), lambda: True).step() == 1
    assert not await is_noted(database)


async def test_a_bot_without_the_key_leaves_it_to_who_has_it(database: Database, written: tuple[Path, Path]) -> None:
    """Backups are written by a timer's command: until it comes the person stays noted."""
    await note(database, "p1")
    assert await BackupErasure(database, BackupSettings(), lambda: True).step() == 0
    assert await is_noted(database)
    assert await BackupErasure(database, BackupSettings((KEY,)), lambda: True).step() == 1
    assert [count_destroyed(path) for path in written] == [1, 1]
