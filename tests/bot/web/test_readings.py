"""What the database says of itself, on both engines."""

from datetime import UTC, datetime, timedelta

from bot.web.readings import read_rows
from domain.timer_kinds import TimerKind
from storage.backup import record
from storage.backup.record import LastBackup
from storage.engine.database import Database
from storage.queue import inbox, outbox, timers
from storage.queue.inbox import RawEvent
from storage.queue.outbox import OwedCall, Priority
from storage.queue.timers import Timer

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)


async def test_what_is_read(database: Database) -> None:
    """Nothing of an empty database; what is owed with its age by priority, what waits, what is due, the last backup."""
    empty = await read_rows(database, NOW)
    assert (empty.backlog, empty.oldest, empty.parked, empty.overdue, empty.next_timer) == ({}, {}, 0, 0, None)
    ago = NOW - timedelta(minutes=5)
    async with database.begin() as tx:
        await outbox.owe(tx, [OwedCall(1, 7, "sendMessage", "{}"), OwedCall(2, 7, "sendMessage", "{}")], None, ago)
        await outbox.owe(tx, [OwedCall(3, 8, "sendMessage", "{}", priority=Priority.BROADCAST)], None, NOW)
        await outbox.mark_failed(tx, 2, "Bad Request")
        for key in ("1", "2"):
            await inbox.record_failure(tx, RawEvent("telegram", key, b"{}"), "7:7", "no", NOW)
        await inbox.park(tx, RawEvent("telegram", "3", b"{"), "broken", NOW)
        await timers.set_all(tx, [Timer(TimerKind.ALERTS, "1", ago)])
        await record.put_last(tx, LastBackup(ago, "a.backup", 1))
    rows = await read_rows(database, NOW)
    assert rows.backlog == {"owed": 2, "failed": 1}
    assert rows.oldest == {Priority.PEOPLE: ago, Priority.BROADCAST: NOW}
    assert (rows.parked, rows.waiting_lanes, rows.next_timer, rows.last_backup) == (1, 1, ago, ago)
    assert (rows.backup_fails, rows.engine) == (False, "sqlite" if database.is_sqlite else "postgresql")
