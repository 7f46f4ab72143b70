"""How old what waits is, for /metrics."""

from datetime import datetime

from sqlalchemy import func, select

from storage.engine.columns import spell
from storage.engine.database import Tx
from storage.models import inbox, outbox
from storage.queue.outbox import Priority

_OLDEST = (
    select(outbox.c.priority, func.min(outbox.c.created_at))
    .where(outbox.c.state == spell("owed"))
    .group_by(outbox.c.priority)
)
_WAITING_LANES = (
    select(func.count(inbox.c.lane.distinct()))
    .where(inbox.c.state != spell("done"), inbox.c.state == "waiting")
    .where(inbox.c.lane != "")
)


async def list_oldest_owed(tx: Tx) -> dict[Priority, datetime]:
    """Since when the oldest call of each priority is owed; without those of which none is."""
    return {Priority(priority): since for priority, since in await tx.execute(_OLDEST)}


async def count_waiting_lanes(tx: Tx) -> int:
    """In how many conversations an event that failed is to be tried again, and others may wait behind it."""
    return await tx.scalar(_WAITING_LANES) or 0
