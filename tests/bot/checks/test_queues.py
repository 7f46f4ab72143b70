"""What waits for somebody, as `huifang check` sees it."""

from bot.checks.finding import State, ok
from bot.checks.queues import check_parked, check_undelivered
from storage.engine.database import Database
from storage.queue import inbox, outbox
from storage.queue.inbox import RawEvent
from storage.queue.outbox import OwedCall
from tests.bot.checks.conftest import MakeInspection
from tests.harness.in_process import NOON


async def test_what_could_not_be_sent(inspect: MakeInspection, database: Database) -> None:
    """Refused and held back are counted apart, and where to read more is said."""
    async with database.begin() as tx:
        assert await check_undelivered(tx, inspect()) == [ok("undelivered", "none")]
        await outbox.owe(tx, [OwedCall(n, n, "sendMessage", "{}") for n in (1, 2, 3)], None, NOON)
        await outbox.mark_failed(tx, 1, "Bad Request: PHOTO_INVALID")
        await outbox.hold(tx, 2, "Forbidden: bot was blocked by the user")
        (finding,) = await check_undelivered(tx, inspect())
    assert finding.state is State.LOOK
    assert finding.said == "1 refused by Telegram, 1 waiting for chats that cannot be written to"
    assert "`huifang undelivered`" in finding.cure


async def test_what_could_not_be_handled(inspect: MakeInspection, database: Database) -> None:
    """A parked event is wrong: somebody's press or words have no effect."""
    async with database.begin() as tx:
        assert await check_parked(tx, inspect()) == [ok("parked events", "none")]
        await inbox.park(tx, RawEvent("telegram", "1", b"{"), "broken", NOON)
        (finding,) = await check_parked(tx, inspect())
    assert (finding.state, finding.said) == (State.WRONG, "1 failed five times")
    assert "--replay" in finding.cure
