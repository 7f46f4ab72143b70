"""How much waits for somebody, and what management was told of it, on both engines."""

from datetime import UTC, datetime

from domain.growth import Watched, update_told
from storage.engine.database import Database
from storage.queue import growth, inbox, outbox
from storage.queue.inbox import RawEvent
from storage.queue.outbox import OwedCall

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)


async def test_news(database: Database) -> None:
    """Of the first that is refused or parked, until it was told; and of its end, so that the next first is news again."""
    async with database.begin() as tx:
        assert not await growth.is_news(tx)
        await outbox.owe(tx, [OwedCall(1, 7, "sendMessage", "{}")], None, NOW)
        assert not await growth.is_news(tx)
        await outbox.mark_failed(tx, 1, "Bad Request")
        await inbox.park(tx, RawEvent("telegram", "1", b"{"), "broken", NOW)
        counts = await growth.fetch_counts(tx)
        assert counts == {Watched.REFUSED: 1, Watched.HELD: 0, Watched.PARKED: 1}
        assert await growth.is_news(tx)
        await growth.put_told(tx, update_told(counts, await growth.fetch_told(tx)))
        assert not await growth.is_news(tx)
        await inbox.replay(tx)
        assert await growth.is_news(tx)
        await growth.put_told(tx, update_told(await growth.fetch_counts(tx), await growth.fetch_told(tx)))
        assert not await growth.is_news(tx)
