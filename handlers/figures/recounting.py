"""What figures are read from, written anew or checked: `huifang totals`, and the first start after an upgrade or in another time zone."""

from collections.abc import Callable
from datetime import date

from handlers.cases.life import clocks, courses
from handlers.turns.batch import Batch, Services
from handlers.turns.counting import anonymous
from storage import meta
from storage.cases import cases
from storage.engine.database import Database, Tx
from storage.figures import recount

KEPT_IN = "totals"
"""Where it is remembered in which time zone's days the totals are kept."""

_PIECE = 200
Tell = Callable[[date, int, int], None]


async def rebuild(database: Database, services: Services, tell: Tell | None = None) -> int:
    """Every course, deadline and total anew; beside a running bot. The number of days."""
    await _courses(database, services)
    zone, unnamed = services.company.zone, anonymous(services)
    async with database.read() as tx:
        days = await recount.days(tx, zone)
    for n, day in enumerate(days, 1):
        async with database.begin() as tx:
            await recount.lock(tx)
            await recount.rewrite(tx, day, await recount.counted(tx, day, zone, unnamed))
        if tell is not None:
            tell(day, n, len(days))
    for month in sorted({f"{day:%Y-%m}" for day in days}):
        async with database.begin() as tx:
            await recount.lock(tx)
            await recount.add_up(tx, month)
    async with database.begin() as tx:
        await meta.put(tx, KEPT_IN, zone.key)
    return len(days)


async def differences(tx: Tx, services: Services) -> dict[date, int]:
    """The days whose totals are not what the raw rows say, and how many of their numbers are wrong."""
    found = {}
    zone, unnamed = services.company.zone, anonymous(services)
    for day in await recount.days(tx, zone):
        kept, counted = await recount.stored(tx, day), await recount.counted(tx, day, zone, unnamed)
        wrong = sum(kept[entry] != counted[entry] for entry in {*kept, *counted})
        if wrong:
            found[day] = wrong
    return found


async def is_due(tx: Tx, services: Services) -> bool:
    """Whether totals were never kept here, or in the days of another time zone."""
    return await meta.get(tx, KEPT_IN) != services.company.zone.key


async def _courses(database: Database, services: Services) -> None:
    """The course and the deadlines of every case, from its history, in the order in which they were filed."""
    last = 0
    while True:
        async with database.begin() as tx:
            found = await cases.pick(tx, [cases.after(last)], [cases.by_id()], _PIECE)
            if not found:
                return
            histories = await cases.histories(tx, [case.id for case in found])
            for case in found:
                batch = Batch(tx, services, histories[case.id][-1].at)
                await courses.follow(batch, case, histories[case.id])
                await clocks.keep(batch, case, histories[case.id], anew=True)
            last = found[-1].id
