"""Rebuild and check of the totals behind the figures: `huifang totals`, and the first start after an upgrade or in another time zone."""

from datetime import date

from handlers.cases.life import deadlines, handling
from handlers.turns.batch import Batch
from handlers.turns.services import Services
from handlers.turns.totals import list_anonymous_surveys
from storage import installation
from storage.cases import cases
from storage.engine.database import Tx
from storage.figures import totals_rebuild

TOTALS_ZONE_KEY = "totals"
"""The key under which the time zone of the totals' days is remembered; a migration that changes what is counted deletes it."""

_CHUNK_SIZE = 200


async def rebuild_cases(tx: Tx, services: Services, after: int) -> int | None:
    """The handling and the deadlines of the next cases, from their history, in the order in which they were filed.

    Returns the last of them, to go on after; None when there are no more.
    """
    next_cases = await cases.select_cases(tx, [cases.after(after)], [cases.by_id()], _CHUNK_SIZE)
    if not next_cases:
        return None
    histories = await cases.fetch_histories(tx, [case.id for case in next_cases])
    for case in next_cases:
        batch = Batch(tx, services, histories[case.id][-1].at)
        await handling.update_handling(batch, case, histories[case.id])
        await deadlines.record_deadlines(batch, case, histories[case.id], anew=True)
    return next_cases[-1].id


async def list_days(tx: Tx, services: Services) -> list[date]:
    """The days that there is something to count of."""
    return await totals_rebuild.list_days(tx, services.company.zone)


async def rebuild_day(tx: Tx, services: Services, day: date) -> None:
    """The totals of a day, from the raw rows; what happens meanwhile waits."""
    zone, anonymous = services.company.zone, list_anonymous_surveys(services)
    await totals_rebuild.lock_totals(tx)
    await totals_rebuild.rewrite_day(tx, day, await totals_rebuild.count_day(tx, day, zone, anonymous))


async def rebuild_month(tx: Tx, month: str) -> None:
    """The totals of a month (2026-11), from its days."""
    await totals_rebuild.lock_totals(tx)
    await totals_rebuild.add_up_month(tx, month)
    await totals_rebuild.pack_month(tx, month)


async def rebuild_all_months(tx: Tx) -> None:
    """The totals of every month, where there are none yet."""
    await totals_rebuild.add_up_months(tx)


async def mark_rebuilt(tx: Tx, services: Services) -> None:
    """The totals are kept in the days of the company's time zone from now on."""
    await installation.put(tx, TOTALS_ZONE_KEY, services.company.zone.key)


async def find_differences(tx: Tx, services: Services) -> dict[date, int]:
    """The days whose totals differ from the raw rows, and how many of their numbers are wrong."""
    differences = {}
    zone, anonymous = services.company.zone, list_anonymous_surveys(services)
    for day in await totals_rebuild.list_days(tx, zone):
        kept, counted = (
            await totals_rebuild.fetch_day(tx, day),
            await totals_rebuild.count_day(tx, day, zone, anonymous),
        )
        wrong = sum(kept[entry] != counted[entry] for entry in {*kept, *counted})
        if wrong:
            differences[day] = wrong
    return differences


async def is_rebuild_due(tx: Tx, services: Services) -> bool:
    """Whether totals were never kept here, or only in days of another time zone, or a migration has asked for a new count."""
    return await installation.get(tx, TOTALS_ZONE_KEY) != services.company.zone.key
