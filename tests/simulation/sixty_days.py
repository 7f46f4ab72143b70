"""Sixty days of a town, lived watch by watch through the bot's own parts on a real database: deliveries in, timers, taps, calls out."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from time import perf_counter
from typing import Any

import msgspec
from sqlalchemy import event

from bot.process.worker import Worker
from conversations.buttons import unpack
from handlers.deliveries import deliveries as intake
from handlers.people import unreachable
from handlers.turns.batch import Batch
from storage.engine.database import Database
from storage.queue import outbox, timers
from storage.queue.inbox import RawEvent
from storage.queue.outbox import OwedCall, Priority, SentCall
from tests.harness.in_process import BOT_USER, Desk, FixedClock, TelegramUser, make_chat, make_services, read_body
from tests.simulation.town import HOUR, START, WATCH, Deed, Town

AFTERWARDS = timedelta(days=16)
"""So long after the last parcel everything has found its end."""

FIRST_ID = 1 << 40


@dataclass
class TownLife:
    """A town and a bot; `seconds` by what the time was spent on."""

    town: Town
    desk: Desk
    links: dict[str, str] = field(default_factory=dict)
    invited: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    _messages: "count[int]" = field(default_factory=lambda: count(1000))
    _updates: "count[int]" = field(default_factory=lambda: count(1))

    async def live(self) -> None:
        end = START + timedelta(days=self.town.days)
        now = START
        while now < end + AFTERWARDS:
            if now < end:
                await self._timed("deliveries", self._parcels(now))
            now += WATCH
            self.desk.clock.moment = now
            await self._timed("people", self._deeds(now))
            await self._timed("asking", self._timers())
            await self._timed("telegram", self._telegram())
        assert not self.desk.worker.counters.failed

    async def _timed(self, what: str, work: Coroutine[None, None, None]) -> None:
        began = perf_counter()
        await work
        self.seconds[what] = self.seconds.get(what, 0.0) + perf_counter() - began

    async def _parcels(self, since: datetime) -> None:
        items = self.town.parcels(since)
        for start in range(0, len(items), 1000):
            async with self.desk.database.begin() as tx:
                results = await intake.ingest_items(
                    tx, self.desk.services, "erp", items[start : start + 1000], since + WATCH
                )
            self.links |= {one.waybill: (one.link or "").partition("start=")[2] for one in results}

    async def _deeds(self, until: datetime) -> None:
        """What people do in this watch; each waits for its own earlier deed, all others go at once."""
        waiting = []
        for deed in self.town.deeds(until):
            update = self._update(deed)
            if update is not None:
                number = next(self._updates)
                raw = msgspec.json.encode({"update_id": number} | update)
                waiting.append(self.desk.worker.enter(RawEvent("telegram", str(number), raw)))
        await asyncio.gather(*waiting)

    def _update(self, deed: Deed) -> dict[str, object] | None:
        resident = self.town.residents[deed.resident]
        who = TelegramUser(resident.account, "P")
        if resident.blocked and deed.what != "return":
            return None
        match deed.what:
            case "link":
                resident.linked = True
                contact = {
                    "phone_number": resident.phone.removeprefix("+"),
                    "first_name": "P",
                    "user_id": resident.account,
                }
                return self._message(who, contact=contact)
            case "new number":
                resident.phone = resident.phone[:-8] + f"{self.town.random.randrange(10**8):08}"
                self.town.plan(deed.at + HOUR, deed.resident, "link")
                return None
            case "scan":
                return self._message(who, text=f"/start {self.links[deed.about]}")
            case "press":
                message = {"message_id": 500, "date": 1, "chat": make_chat(resident.account), "from": BOT_USER}
                pressed = {"id": "1", "from": who.user, "chat_instance": "1", "message": message, "data": deed.about}
                return {"callback_query": pressed}
            case "stop" | "resume":
                resident.stopped = deed.what == "stop"
                self.town.stops.append((deed.at, resident.account, resident.stopped))
                return self._message(who, text=f"/{deed.what}")
            case "block":
                resident.blocked = True
                return self._member(who, "kicked") if self.town.random.random() < 0.5 else None
            case "return":
                resident.blocked = False
                return self._member(who, "member")
            case _:
                raise AssertionError(deed.what)

    def _message(self, who: TelegramUser, **what: object) -> dict[str, object]:
        chat = make_chat(who.id)
        return {"message": {"message_id": next(self._messages), "date": 1, "chat": chat, "from": who.user} | what}

    def _member(self, who: TelegramUser, status: str) -> dict[str, object]:
        before, after = ({"user": BOT_USER, "status": one} for one in ("left", status))
        change = {"chat": make_chat(who.id), "from": who.user, "date": 1}
        return {"my_chat_member": change | {"old_chat_member": before, "new_chat_member": after}}

    async def _timers(self) -> None:
        while True:
            async with self.desk.database.read() as tx:
                due = await timers.list_due(tx, self.desk.clock.now(), limit=2000)
            if not due:
                return
            await asyncio.gather(*(self.desk.worker.enter(timer) for timer in due))

    async def _telegram(self) -> None:
        """What is owed arrives, or is refused where somebody has blocked the bot."""
        async with self.desk.database.begin() as tx:
            owed = await outbox.take(tx, 1, limit=100_000)
            sent = []
            for call in owed:
                if call.chat_id is None or not self.town.residents[self.town.by_account[call.chat_id]].blocked:
                    sent.append(self._arrived(call))
            await outbox.record_sent(tx, sent)
        arrived = {one.id for one in sent}
        for call in owed:
            if call.id not in arrived:
                await self.desk.batch(_make_refusal(call))

    def _arrived(self, call: OwedCall) -> SentCall:
        message = next(self._messages)
        if call.chat_id is None or call.method != outbox.SHOW:
            return SentCall(call.id)
        said = read_body(call)
        if ":rate:" in call.name and call.fresh:
            keys = [key["callback_data"] for key in said["reply_markup"]["inline_keyboard"][0]]
            reminder = said["text"].startswith(self.desk.text("rating-reminder"))
            by_us = call.priority == Priority.BROADCAST
            self.invited += by_us and not reminder
            assert all(unpack(key) is not None for key in keys)
            self.town.got(
                self.desk.clock.now(), call.chat_id, call.name, reminder=reminder, by_us=by_us or reminder, buttons=keys
            )
        return SentCall(call.id, call.chat_id, call.name, message)


def _make_refusal(call: OwedCall) -> Callable[[Batch], Awaitable[None]]:
    async def refuse(batch: Batch) -> None:
        await unreachable.mark_unreachable(batch, call, "Forbidden: bot was blocked by the user")

    return refuse


def _disable_fsync(connection: Any, _record: object) -> None:  # noqa: ANN401 -- the driver's connection
    """The file ends with the test, so it need not wait for the disk."""
    connection.execute("PRAGMA synchronous = OFF")


async def live_through(database: Database, seed: int, deliveries: int, days: int = 60) -> TownLife:
    """A whole life: everything that happens is over when it returns."""
    if database.is_sqlite:
        event.listen(database.engine.sync_engine, "connect", _disable_fsync)
    clock = FixedClock(START)
    services = await make_services(database, clock)
    asking = replace(services.company.invitations, zones={"US": "America/New_York"})
    services = replace(
        services, company=replace(services.company, invitations=asking), next_id=count(FIRST_ID).__next__
    )
    worker = Worker(database, services, clock)
    task = asyncio.create_task(worker.run())
    life = TownLife(Town(seed, deliveries, days), Desk(database, services, clock, worker))
    try:
        await life.live()
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    return life
