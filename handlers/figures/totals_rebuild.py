"""Rebuild and check of the totals behind the figures: `huifang totals`, and the first start after an upgrade or in another time zone."""

from collections.abc import Callable
from datetime import date

from handlers.cases.life import deadlines, handling
from handlers.turns.batch import Batch
from handlers.turns.services import Services
from handlers.turns.totals import list_anonymous_surveys
from storage import installation
from storage.cases import cases
from storage.engine.database import Database, Tx
from storage.figures import totals_rebuild

TOTALS_ZONE_KEY = "totals"
"""The key under which the time zone of the totals' days is remembered."""

_CHUNK_SIZE = 200
TellProgress = Callable[[date, int, int], None]


async def rebuild_totals(database: Database, services: Services, tell: TellProgress | None = None) -> int:
    """Rebuild every handling record, deadline and total, even while the bot runs. Returns the number of days."""
    await _rebuild_handling(database, services)
    zone, unnamed = services.company.zone, list_anonymous_surveys(services)
    async with database.read() as tx:
        days = await totals_rebuild.list_days(tx, zone)
    for n, day in enumerate(days, 1):
        async with database.begin() as tx:
            await totals_rebuild.lock_totals(tx)
            await totals_rebuild.rewrite_day(tx, day, await totals_rebuild.count_day(tx, day, zone, unnamed))
        if tell is not None:
            tell(day, n, len(days))
    for month in sorted({f"{day:%Y-%m}" for day in days}):
        async with database.begin() as tx:
            await totals_rebuild.lock_totals(tx)
            await totals_rebuild.add_up_month(tx, month)
    async with database.begin() as tx:
        await installation.put(tx, TOTALS_ZONE_KEY, zone.key)
    return len(days)


async def find_differences(tx: Tx, services: Services) -> dict[date, int]:
    """The days whose totals differ from the raw rows, and how many of their numbers are wrong."""
    differences = {}
    zone, unnamed = services.company.zone, list_anonymous_surveys(services)
    for day in await totals_rebuild.list_days(tx, zone):
        kept, counted = await totals_rebuild.fetch_day(tx, day), await totals_rebuild.count_day(tx, day, zone, unnamed)
        wrong = sum(kept[entry] != counted[entry] for entry in {*kept, *counted})
        if wrong:
            differences[day] = wrong
    return differences


async def is_rebuild_due(tx: Tx, services: Services) -> bool:
    """Whether totals were never kept here, or only in days of another time zone."""
    return await installation.get(tx, TOTALS_ZONE_KEY) != services.company.zone.key


async def _rebuild_handling(database: Database, services: Services) -> None:
    """Rebuild the handling record and deadlines of every case from its history, in order of filing."""
    last = 0
    while True:
        async with database.begin() as tx:
            chunk = await cases.select_cases(tx, [cases.after(last)], [cases.by_id()], _CHUNK_SIZE)
            if not chunk:
                return
            histories = await cases.fetch_histories(tx, [case.id for case in chunk])
            for case in chunk:
                batch = Batch(tx, services, histories[case.id][-1].at)
                await handling.update_handling(batch, case, histories[case.id])
                await deadlines.record_deadlines(batch, case, histories[case.id], anew=True)
            last = chunk[-1].id
