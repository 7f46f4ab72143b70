"""What management hears of backups: what fails, once and in the morning; when the last good one was, with what is late."""

from datetime import timedelta

from domain.timer_kinds import TimerKind
from handlers.cases.watch import digests
from handlers.turns.batch import Batch
from storage.backup import record
from storage.backup.record import BackupTrouble, Failing, LastBackup
from storage.queue import timers
from storage.queue.timers import Timer
from tests.harness.in_process import Desk, list_texts

MANAGEMENT = -1003


async def test_what_management_hears(desk: Desk) -> None:
    """Nothing while nobody makes backups; then the moment of the last one, in the company's time; of a failure at once."""
    await desk.bind("management", MANAGEMENT)

    async def morning(batch: Batch) -> None:
        await digests.on_timer(batch, Timer(TimerKind.MORNING_DIGEST, TimerKind.MORNING_DIGEST, batch.now))

    async def hear() -> list[str]:
        calls = [call for call in (await desk.batch(morning)).calls if call.chat_id == MANAGEMENT]
        return list_texts(calls)

    now = desk.clock.now()
    async with desk.database.begin() as tx:
        await record.put_last(tx, LastBackup(now, "a.backup", 10))
    assert await hear() == []
    async with desk.database.begin() as tx:
        assert await record.put_trouble(tx, BackupTrouble(Failing.UPLOAD, now))
        assert not await record.put_trouble(tx, BackupTrouble(Failing.UPLOAD, now + timedelta(hours=1)))
        await timers.set_all(tx, [Timer(TimerKind.BACKUP_TROUBLE, TimerKind.BACKUP_TROUBLE, now)])
    (told,) = list_texts([call for call in await desk.ring() if call.chat_id == MANAGEMENT])
    assert "cannot be uploaded since" in told
    assert "Last good backup:" in told
    assert await hear() == [told]
    async with desk.database.begin() as tx:
        await record.end_trouble(tx)
    await desk.file_complaint(department="transport")
    desk.clock.moment = now + timedelta(hours=48)
    (said,) = await hear()
    assert "Overdue: 1" in said
    assert said.splitlines()[-1].startswith("✅ Last good backup: ")
