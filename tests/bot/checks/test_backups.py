"""Backups, as `huifang check` sees them."""

from datetime import timedelta

import pytest

from bot.checks.backups import check_backups
from bot.checks.finding import State, look, ok, wrong
from storage.backup import record
from storage.backup.record import BackupTrouble, Failing, LastBackup
from storage.engine.database import Database
from tests.bot.checks.conftest import MakeInspection
from tests.harness.bot_process import SECRET
from tests.harness.in_process import NOON


async def test_the_last_backup(inspect: MakeInspection, database: Database) -> None:
    """None yet; a good one; and what fails since when, with where to look."""
    given = inspect(BACKUPS="/backups", BACKUP_KEY=SECRET)
    async with database.begin() as tx:
        cure = "the running bot makes the first within seconds: is it running?"
        assert await check_backups(tx, given) == [look("backups", "into /backups; no good one yet", cure)]
        await record.put_last(tx, LastBackup(NOON - timedelta(hours=3), "huifang-1.backup", 7))
        good = "the last good one: huifang-1.backup, 2026-11-23 01:00 UTC"
        assert await check_backups(tx, given) == [ok("backups", f"into /backups; {good}")]
        await record.put_trouble(tx, BackupTrouble(Failing.UPLOAD, NOON))
        (finding,) = await check_backups(tx, given)
        assert finding == wrong("backups", f"upload fails since 2026-11-23 04:00 UTC; {good}", finding.cure)
        assert "HUIFANG_BACKUP_UPLOAD" in finding.cure


@pytest.mark.parametrize(
    ("scheduled", "age", "state"),
    [
        (True, timedelta(hours=24), State.OK),
        (True, timedelta(hours=26), State.WRONG),
        (False, None, State.LOOK),
        (False, timedelta(days=6), State.OK),
        (False, timedelta(days=8), State.LOOK),
    ],
)
async def test_how_old_it_is(
    inspect: MakeInspection, database: Database, *, scheduled: bool, age: timedelta | None, state: State
) -> None:
    """Scheduled ones come at their interval; where none is scheduled, one a week is enough, and none is said."""
    given = inspect(BACKUPS="/backups", BACKUP_KEY=SECRET) if scheduled else inspect()
    async with database.begin() as tx:
        if age is not None:
            await record.put_last(tx, LastBackup(NOON - age, "huifang-1.backup", 7))
        (finding,) = await check_backups(tx, given)
    assert finding.state is state
    assert bool(finding.cure) == (state is not State.OK)
