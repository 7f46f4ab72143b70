"""Simulation of the company's first weeks, lived rather than made up: its people write and press in the chats, day after day.

1. Nothing is put into the bot's database: deliveries come in over HTTP, everything else is said and pressed by people.
2. A day has two moments: in the morning departments work and customers hear from them, in the afternoon deliveries are rated.
3. Something that does not come is counted as missed, and does not stop the rest.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from playground.clock import MovableClock
from playground.company import cast
from playground.company.customers import HistoryCustomers
from playground.company.department_work import DepartmentCase
from playground.company.plan import Parcel, plan_days
from playground.company.supervision import Intake
from playground.people.presence import NotSeenError, WorldWatch
from playground.shape.wire import Json

log = logging.getLogger(__name__)

DAYS = 28
_TICK = 0.6  # the bot looks at its timers twice a second
_SETTLED = 1.0  # nothing is sent while a picture is typeset, which must not count as the end
_MORNING, _AFTERNOON = (10, 0), (17, 30)

ReportProgress = Callable[[str, int, int], None]
Work = Coroutine[None, None, None]


@dataclass(slots=True)
class HistoryCount:
    """What was simulated; `missed` counts what did not come as it should have."""

    deliveries: int = 0
    cases: int = 0
    missed: int = 0


class History:
    def __init__(self, watch: WorldWatch, clock: MovableClock, intake: Intake, zone: ZoneInfo) -> None:
        self.count = HistoryCount()
        self._watch, self._clock, self._intake, self._zone = watch, clock, intake, zone
        self._customers = HistoryCustomers(watch)
        self._turns: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._open: list[DepartmentCase] = []

    async def live(self, days: int, tell: ReportProgress) -> None:
        """Simulate the `days` before today; at the end the time is now."""
        for number, day in enumerate(plan_days(self._today(), days, self._zone)):
            tell(f"{day.date:%Y-%m-%d}", number, days)
            self._clock.show(day.at(*_MORNING, self._zone))
            await self._work()
            self._clock.show(day.at(*_AFTERNOON, self._zone))
            await asyncio.gather(self._work(), self._receive(day.parcels))
            await self._watch.quiet()
        self._clock.move(0)
        await self._work()
        await asyncio.sleep(_TICK)  # what is due by now gets sent
        await self._watch.quiet(_SETTLED)
        tell("", days, days)

    async def _receive(self, parcels: Sequence[Parcel]) -> None:
        """The deliveries of a day, and what their customers do about them."""
        taken = await self._intake.deliver([_format_item(parcel) for parcel in parcels])
        self.count.deliveries += len(parcels)
        links = [result.get("link", "") for result in taken["results"]]
        await self._run_all(self._rate_parcel(parcel, link) for parcel, link in zip(parcels, links, strict=True))

    async def _rate_parcel(self, parcel: Parcel, link: str) -> None:
        filed = await self._customers.receive(parcel, link)
        if filed is not None:
            number, group = filed
            work = DepartmentCase(self._watch, number, group, parcel.customer.id, parcel.stages, parcel.again)
            self._open.append(work)
            self.count.cases += 1

    async def _work(self) -> None:
        """Take every open case one step further; a department does one thing at a time."""
        open_now = [work for work in self._open if not work.is_over]
        await self._run_all(self._step(work) for work in open_now)

    async def _step(self, work: DepartmentCase) -> None:
        async with self._turns[work.group.id]:
            await work.step()

    async def _run_all(self, doings: Iterable[Work]) -> None:
        outcomes = await asyncio.gather(*map(self._try_once, doings))
        self.count.missed += outcomes.count(False)

    @staticmethod
    async def _try_once(doing: Work) -> bool:
        try:
            await doing
        except NotSeenError as error:
            log.info("missed: %s", error)
            return False
        return True

    def _today(self) -> date:
        return datetime.now(self._zone).date()


def _format_item(parcel: Parcel) -> Json:
    """A parcel as the company's own system reports it."""
    who, courier = parcel.customer, parcel.courier
    customer = {"phone": cast.make_phone(who.id), "name": who.name, "language": who.language}
    return {
        "waybill": parcel.waybill,
        "delivered_at": parcel.delivered_at.isoformat(),
        "customer": customer | ({"ref": parcel.ref} if parcel.ref else {}),
        "department": parcel.group.department,
        "courier": {"id": courier.id, "name": courier.name},
        "route": parcel.route,
        "station": parcel.station,
        "service": parcel.service,
        "priority": parcel.priority,
    }
