"""Rebuild of the totals, beside a running bot: a short transaction for each day, so that nobody waits long."""

from collections.abc import Callable
from datetime import date

from handlers.figures import totals_rebuild
from handlers.turns.services import Services
from storage.engine.database import Database

TellProgress = Callable[[date, int, int], None]
"""Told the day that was counted, which it is, and of how many."""


async def rebuild_totals(database: Database, services: Services, tell: TellProgress | None = None) -> int:
    """Recompute every case's handling, every deadline and every total from the raw rows; the number of days."""
    last: int | None = 0
    while last is not None:
        async with database.begin() as tx:
            last = await totals_rebuild.rebuild_cases(tx, services, last)
    async with database.read() as tx:
        days = await totals_rebuild.list_days(tx, services)
    for number, day in enumerate(days, 1):
        async with database.begin() as tx:
            await totals_rebuild.rebuild_day(tx, services, day)
        if tell is not None:
            tell(day, number, len(days))
    for month in sorted({f"{day:%Y-%m}" for day in days}):
        async with database.begin() as tx:
            await totals_rebuild.rebuild_month(tx, month)
    async with database.begin() as tx:
        await totals_rebuild.mark_rebuilt(tx, services)
    return len(days)
