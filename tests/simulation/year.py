"""A year of a town and a bot, lived watch by watch through the bot's own parts: deliveries, surveys, low ratings, complaints to their end.

The year goes on from the database that release 0.1.0 left behind, with its people in the middle of everything.
"""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import update

from bot.app import _set_timers
from bot.company.company import load_company
from bot.process.rebuild import rebuild_totals
from bot.process.totals_packing import TotalsPacking
from bot.process.word_indexing import WordIndexing
from bot.process.worker import Worker
from domain.company import Company
from domain.ids import find_first_id
from domain.people import Role
from domain.timer_kinds import TimerKind
from handlers.figures import totals_rebuild
from storage import canary
from storage.engine.database import Database
from storage.models import grants
from storage.privacy import traces
from storage.queue import inbox, timers
from storage.queue.timers import Timer
from tests.harness.in_process import make_services
from tests.releases.story import AFTERSALES, SALES
from tests.releases.teller import COMPANY_FILE, RANDOM, company
from tests.simulation.year_people import HEAD_OF_AFTERSALES, HEAD_OF_SALES, REPAIRER, SELLER, Seat, TownsPeople
from tests.simulation.year_town import HOUR, WATCH, Deed, Parcel

SOON = timedelta(minutes=10)
"""A sweep that has begun is done to its end within the watch."""


@dataclass
class YearLife(TownsPeople):
    """One bot's year: its process, and the watches one after the other. `retention_years` is the company's."""

    retention_years: float = 3
    _messages: "count[int]" = field(default_factory=lambda: count(1_000_000))
    _task: "asyncio.Task[None] | None" = None
    _last_id: int = 0

    # --- the bot's process ---

    async def start(self, database: Database) -> None:
        """The process starts on this database."""
        await canary.prepare(database)
        plain = await make_services(database, self.clock, load_company(COMPANY_FILE))
        services = replace(
            plain, company=self.make_company(), next_id=self._make_id, random_id=count(RANDOM + 7).__next__
        )
        worker = Worker(database, services, self.clock)
        self._task = asyncio.create_task(worker.run())
        self.seat = Seat(database, services, self.clock, worker, _messages=self._messages, life=self)
        await self.seat.batch(_set_timers)
        async with database.read() as tx:
            is_due = await totals_rebuild.is_rebuild_due(tx, services)
        if is_due:
            await rebuild_totals(database, services)

    async def stop(self) -> None:
        """The process ends."""
        assert self._task is not None
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        await self.seat.database.close()

    def make_company(self) -> Company:
        """The company of the release, asking everybody but P4 (whom the secret draws has nothing to do with what is compared)."""
        plain = company()
        asking = replace(plain.invitations, sampling={"P1": 100, "P2": 100, "P3": 100, "P4": 0})
        rules = replace(plain.privacy, retention_years=self.retention_years)
        return replace(plain, invitations=asking, privacy=rules)

    def _make_id(self) -> int:
        self._last_id = max(self._last_id + 1, find_first_id(self.clock.now()))
        return self._last_id

    async def move_in(self) -> None:
        """The departments of the story have heads; whoever waited to be handled is; everybody is where they were, says Telegram."""
        seat = self.seat
        for department, chat in (("sales", SALES), ("aftersales", AFTERSALES)):
            await seat.bind(department, chat)
        for who, role, department in (
            (SELLER, Role.STAFF, "sales"),
            (REPAIRER, Role.STAFF, "aftersales"),
            (HEAD_OF_SALES, Role.HEAD, "sales"),
            (HEAD_OF_AFTERSALES, Role.HEAD, "aftersales"),
        ):
            await seat.grant(who, role, department)
        async with seat.database.begin() as tx:
            await tx.execute(update(grants).values(confirmed_at=self.clock.now()))
            waiting = await inbox.list_waiting(tx)
        for event in waiting:
            await seat.worker.submit(event, again=True)
        await seat.confirmed(await seat.fetch_owed())

    # --- one watch ---

    async def live_watch(self) -> None:
        """Three hours: what was delivered is reported, people do what they had in mind, what is due is done."""
        since = self.clock.now()
        self.clock.moment = since + WATCH
        self.unconfirmed.clear()
        await self.report(since)
        await self.act(self.take_deeds())
        await self.ring_due()
        await self.sweep()
        if self.clock.now().hour < WATCH // HOUR:
            await self.tidy()

    async def report(self, since: datetime) -> None:
        """The parcels delivered since then, as the company's system reports them."""
        items = [self._describe(one) for one in self.town.parcels if since < one.at <= self.clock.now()]
        if items:
            self.count("deliveries", len(items))
            for reply in await self.seat.deliver(*items):
                assert reply.link is not None
                self.links[reply.waybill] = reply.link.partition("start=")[2]

    def _describe(self, parcel: Parcel) -> dict[str, Any]:
        customer = parcel.resident
        return {
            "waybill": parcel.waybill,
            "delivered_at": parcel.at.isoformat(),
            "customer": {
                "phone": customer.phone,
                "name": customer.mark,
                "type": ("vip", "")[customer.number % 2],
                "language": "en",
            },
            "department": parcel.department,
            "courier": {"id": f"y{parcel.courier}", "name": f"Courier {parcel.courier}"},
            "route": f"route{parcel.courier % 6}",
            "station": f"station{parcel.courier % 5}",
            "service": parcel.service,
            "priority": parcel.priority,
        }

    def take_deeds(self) -> list[Deed]:
        """What was planned for this watch: customers first, then staff."""
        due = list(self.town.deeds(self.clock.now()))
        return sorted(due, key=lambda deed: deed.resident is None)

    async def act(self, deeds: list[Deed]) -> None:
        for deed in deeds:
            await getattr(self, f"_{deed.what}")(deed)

    async def ring_due(self) -> None:
        """Everything that is due by now, in the order in which it fell due, and what follows of that."""
        while due := await self._list_due():
            for timer in due:
                await self.seat.worker.submit(timer)
            assert not self.seat.worker.counters.failed, "a timer could not be handled; see the log"
            self.count("timers", len(due))
            await self.seat.confirmed(await self.seat.fetch_owed())

    async def _list_due(self) -> list[Timer]:
        async with self.seat.database.read() as tx:
            due = await timers.list_due(tx, self.clock.now(), limit=5000)
        return sorted(due, key=lambda one: (one.due_at, one.kind, one.subject))

    async def sweep(self) -> None:
        """What a daily sweep of old rows has begun is done to its end, second by second; for everybody else the clock stands still."""
        moment = self.clock.now()
        while True:
            async with self.seat.database.read() as tx:
                soon = await timers.list_due(tx, moment + SOON, limit=5000)
            begun = [one for one in soon if one.kind == TimerKind.RETENTION and one.due_at < moment + SOON]
            if not begun:
                break
            self.clock.moment = begun[0].due_at
            await self.seat.worker.submit(begun[0])
            assert not self.seat.worker.counters.failed, "a sweep could not go on; see the log"
            await self.seat.confirmed(await self.seat.fetch_owed())
        self.clock.moment = moment

    async def tidy(self) -> None:
        """What the process does beside, once a day."""
        indexing = WordIndexing(self.seat.database)
        while await indexing.step():
            pass
        await TotalsPacking(self.seat.database, free_share=0).step()
        await traces.clean(self.seat.database)
