"""Scheduled backups: written when due, the newest kept, uploaded; what fails is told once, and each morning until it is well again."""

import os
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.backup_settings import BackupSettings
from bot.clock import Clock
from bot.process.backups import ScheduledBackups, remove_oldest
from storage.backup import record
from storage.backup.backup_reader import verify
from storage.backup.record import Failing
from storage.engine.database import Database
from tests.harness.bot_process import SECRET
from tests.harness.rows import add_person

KEY = "9b1d64e0f7a25c83d6e91f40ab7c2e58"


class Later(Clock):
    """A clock that is moved."""

    ahead = timedelta()

    def now(self) -> datetime:
        return super().now() + self.ahead


@pytest.fixture
def environment(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the process that writes a backup inherits."""
    for name in [name for name in os.environ if name.startswith("HUIFANG_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HUIFANG_CONFIG", str(tmp_path / "huifang.toml"))
    monkeypatch.setenv("HUIFANG_DATABASE", database.url)
    monkeypatch.setenv("HUIFANG_SECRET", SECRET)
    monkeypatch.setenv("HUIFANG_BACKUP_KEY", KEY)


@pytest.mark.usefixtures("environment")
async def test_due_written_uploaded(database: Database, tmp_path: Path) -> None:
    """The first at once, the next when its time has come; the command is given the file; half a file of an earlier process goes."""
    folder, script = tmp_path / "kept" / "here", "import shutil, sys; shutil.copy(sys.argv[1], sys.argv[1] + '.away')"
    settings = BackupSettings((KEY,), folder, timedelta(hours=1), 1, (sys.executable, "-c", script))
    async with database.begin() as tx:
        await add_person(tx, 1)
    clock = Later()
    backups = ScheduledBackups(database, settings, clock, lambda: True)
    assert await backups._is_due()
    assert await backups.step(folder) is None
    assert not await backups._is_due()
    (away,) = folder.glob("*.away")
    assert verify(away, [KEY]).counts["people"] == 1
    (folder / "huifang-x.backup.part").touch()
    clock.ahead = timedelta(minutes=61)
    assert await backups._is_due()
    assert await backups.step(folder) is None
    assert len([*folder.glob("huifang-*.backup")]) == 1
    assert not [*folder.glob("*.part")]
    async with database.read() as tx:
        last = await record.fetch_last(tx)
        assert last is not None
        assert [path.name for path in folder.glob("huifang-*.backup")] == [last.name]


@pytest.mark.usefixtures("environment")
async def test_what_fails(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An upload that fails is not a backup that fails; each is noted once, tried again later, and forgotten when it works."""
    clock, folder = Later(), tmp_path / "kept"
    settings = BackupSettings((KEY,), folder, timedelta(hours=1), 2, (sys.executable, "-c", "raise SystemExit(1)"))
    failing = ScheduledBackups(database, settings, clock, lambda: True)
    well = ScheduledBackups(database, BackupSettings((KEY,), folder), clock, lambda: True)

    async def find_trouble() -> Failing | None:
        async with database.read() as tx:
            trouble = await record.fetch_trouble(tx)
        return trouble.failing if trouble is not None else None

    assert await failing.step(folder) is Failing.UPLOAD
    assert await find_trouble() is Failing.UPLOAD
    clock.ahead = timedelta(seconds=2)
    with monkeypatch.context() as without:
        without.delenv("HUIFANG_BACKUP_KEY")
        assert await failing.step(folder) is Failing.WRITING
    assert await find_trouble() is Failing.WRITING
    assert not await failing._is_due()
    clock.ahead = timedelta(seconds=4)
    assert await well.step(folder) is None
    assert await find_trouble() is None


def test_the_newest_are_kept(tmp_path: Path) -> None:
    """By their names; what somebody else has put there stays."""
    for name in ("huifang-1.backup", "huifang-2.backup", "huifang-3.backup", "before-0014.backup", "notes"):
        (tmp_path / name).touch()
    remove_oldest(tmp_path, 2)
    kept = sorted(path.name for path in tmp_path.iterdir())
    assert kept == ["before-0014.backup", "huifang-2.backup", "huifang-3.backup", "notes"]
