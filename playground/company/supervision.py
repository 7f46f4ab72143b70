"""Control panel beside the chats, under `/play`: report a delivery, move the clock, stop and kill the bot."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import aiohttp
from aiohttp import web

from playground.clock import MovableClock
from playground.company import cast
from playground.company.network import COURIERS
from playground.company.process import BotProcess, ProcessError
from playground.people.attachments import ImpossibleError
from playground.people.control_body import read_body, respond_json
from playground.shape.wire import Json, decode, encode
from playground.world.world import World

_FURTHEST = 366 * 86_400


class IntakeError(Exception):
    """The bot did not accept the delivery; the message says why."""


class Intake:
    """Sends deliveries to the bot as another system would: over HTTP, with a token of its own."""

    def __init__(self, process: BotProcess, http: aiohttp.ClientSession) -> None:
        self.token = ""
        self._process, self._http = process, http

    async def deliver(self, items: Sequence[Json]) -> Json:
        """The bot's answer. Raises IntakeError when there is none, or when the bot refuses."""
        if not self._process.running:
            raise IntakeError("the bot does not run: start it first")
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        url = f"{self._process.url}/api/v1/deliveries"
        try:
            async with self._http.post(url, data=encode(list(items)), headers=headers) as response:
                said = await response.read()
                if response.status != web.HTTPOk.status_code:
                    raise IntakeError(f"{response.status}: {said.decode(errors='replace')[:300]}")
                taken: Json = decode(said)
                return taken
        except aiohttp.ClientError as error:
            raise IntakeError(f"the bot does not answer: {error}") from None


class Supervision:
    """Routes and state of a playground that runs its own bot. What is asked of it before the bot is `settled` waits for that."""

    def __init__(self, world: World, clock: MovableClock, process: BotProcess, intake: Intake) -> None:
        self.settled = asyncio.Event()
        self.zone = ZoneInfo("UTC")
        self._world, self._clock, self._process, self._intake = world, clock, process, intake
        self._random = random.Random()  # noqa: S311  which parcel arrives is no secret

    def attach(self, app: web.Application) -> None:
        app.add_routes(
            [
                web.post("/play/process", self._control),
                web.post("/play/clock", self._advance),
                web.post("/play/deliveries", self._deliver),
            ]
        )
        self._world.extras |= {
            "process": self._process.state,
            "clock": self._time,
            "departments": lambda: [
                {"key": one.department, "title": one.title, "language": one.language} for one in cast.ANSWERING
            ],
            "couriers": lambda: [{"id": courier.id, "name": courier.name} for courier in COURIERS],
        }

    def settle(self, zone: ZoneInfo) -> None:
        """The bot runs, and the company's past is there."""
        self.zone = zone
        self.settled.set()
        self.tell_time()

    def tell(self) -> None:
        """Tell the page the state of the process."""
        state = self._process.state()
        self._world.events.publish("process", {"state": state["state"], "pid": state["pid"]})

    def tell_time(self) -> None:
        self._world.events.publish("clock", self._time())

    def _time(self) -> Json:
        return {"offset": round(self._clock.offset), "zone": self.zone.key}

    async def _control(self, request: web.Request) -> web.Response:
        """`{"do": "start" | "stop" | "kill"}`; answered when done."""
        await self.settled.wait()
        asked = (await read_body(request)).get("do")
        process = self._process
        acts = {"start": process.start, "stop": process.stop, "kill": process.kill}
        if asked not in acts:
            raise ImpossibleError(f"do must be one of {', '.join(acts)}")
        try:
            await acts[asked]()
        except ProcessError as error:
            raise ImpossibleError(str(error)) from None
        return respond_json(process.state())

    async def _advance(self, request: web.Request) -> web.Response:
        """`{"advance": seconds}`: time only goes forward."""
        await self.settled.wait()
        seconds = float((await read_body(request))["advance"])
        if not 0 <= seconds <= _FURTHEST:
            raise ImpossibleError("the clock goes forward only, by at most a year at a time")
        self._clock.move(self._clock.offset + seconds)
        self.tell_time()
        return respond_json(self._time())

    async def _deliver(self, request: web.Request) -> web.Response:
        """One delivery as the API contract has it, or `{}` for a random one; returns the bot's own answer."""
        await self.settled.wait()
        try:
            return respond_json(await self._intake.deliver([await read_body(request) or self._any()]))
        except IntakeError as error:
            raise ImpossibleError(str(error)) from None

    def _any(self) -> Json:
        draw = self._random
        customer, courier = draw.choice(cast.CUSTOMERS), draw.choice(COURIERS)
        return {
            "waybill": f"HF{draw.randrange(10**10):010}",
            "delivered_at": (datetime.fromtimestamp(self._clock(), UTC) - timedelta(minutes=10)).isoformat(),
            "customer": {"phone": cast.make_phone(customer.id), "name": customer.name, "language": customer.language},
            "department": draw.choice(cast.ANSWERING).department,
            "courier": {"id": courier.id, "name": courier.name},
        }
