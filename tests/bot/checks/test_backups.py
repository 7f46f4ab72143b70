"""Backups, as `huifang check` sees them."""

from datetime import timedelta

from bot.checks.backups import check_backups
from bot.checks.finding import look, ok, wrong
from storage.backup import record
from storage.backup.record import BackupTrouble, Failing, LastBackup
from storage.engine.database import Database
from tests.bot.checks.conftest import MakeInspection
from tests.harness.bot_process import SECRET
from tests.harness.in_process import NOON


async def test_the_last_backup(inspect: MakeInspection, database: Database) -> None:
    """Silent where none is scheduled; none yet; a good one; and what fails since when."""
    given = inspect(BACKUPS="/backups", BACKUP_KEY=SECRET)
    async with database.begin() as tx:
        assert await check_backups(tx, inspect()) == []
        assert await check_backups(tx, given) == [look("backups", "into /backups; no good one yet")]
        await record.put_last(tx, LastBackup(NOON - timedelta(hours=3), "huifang-1.backup", 7))
        good = "the last good one: huifang-1.backup, 2026-11-23 01:00 UTC"
        assert await check_backups(tx, given) == [ok("backups", f"into /backups; {good}")]
        await record.put_trouble(tx, BackupTrouble(Failing.UPLOAD, NOON))
        (finding,) = await check_backups(tx, given)
        assert finding == wrong("backups", f"upload fails since 2026-11-23 04:00 UTC; {good}", finding.cure)
