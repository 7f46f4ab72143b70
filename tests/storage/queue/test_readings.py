"""How old what waits is."""

from datetime import UTC, datetime

from storage.engine.database import Database
from storage.queue import inbox, readings
from storage.queue.inbox import RawEvent

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)


async def test_lanes_are_counted_once(database: Database) -> None:
    """Two events of one conversation are one lane; timers have none."""
    async with database.begin() as tx:
        assert await readings.list_oldest_owed(tx) == {}
        for key, lane in (("1", "7:7"), ("2", "7:7"), ("3", "8:8"), ("4", "")):
            await inbox.record_failure(tx, RawEvent("telegram", key, b"{}"), lane, "no", NOW)
        assert await readings.count_waiting_lanes(tx) == 2
