"""What waits for somebody: messages that could not be sent, and events that could not be handled."""

from bot.checks.finding import Finding, Inspection, look, ok, wrong
from storage.engine.database import Tx
from storage.queue import inbox, outbox


async def check_undelivered(tx: Tx, _inspection: Inspection) -> list[Finding]:
    """How many messages Telegram refused, and how many wait for a chat that cannot be written to."""
    counted = await outbox.count_backlog(tx)
    failed, held = counted.get("failed", 0), counted.get("held", 0)
    if not failed and not held:
        return [ok("undelivered", "none")]
    said = f"{failed} refused by Telegram, {held} waiting for chats that cannot be written to"
    return [look("undelivered", said, "`huifang undelivered` says to whom and why; --retry sends again what can be")]


async def check_parked(tx: Tx, _inspection: Inspection) -> list[Finding]:
    """How many events failed five times."""
    parked = await inbox.count(tx, "parked")
    if not parked:
        return [ok("parked events", "none")]
    return [
        wrong("parked events", f"{parked} failed five times", "`huifang parked` says why; --replay tries them again")
    ]
