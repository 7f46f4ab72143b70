"""HTTP server: Telegram's webhook, deliveries, QR codes, health checks, metrics, and the description of all of these."""

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any

import msgspec
from aiohttp import web

from bot.clock import Clock
from bot.process.error_report import describe_error
from bot.process.measures import ProcessReading
from bot.process.worker import Worker
from bot.web.connections import make_runner
from domain.deliveries.delivery import Delivery
from handlers.cases.file import api_cases
from handlers.deliveries import deliveries as intake
from handlers.turns import inbound
from handlers.turns.batch import Batch
from handlers.turns.services import Services
from storage.deliveries import deliveries
from storage.engine.database import Database
from storage.engine.failures import FAILURES
from storage.people import tokens
from storage.queue.inbox import RawEvent

log = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

BODY_LIMIT_BYTES, UPDATE_LIMIT_BYTES = 5 * 1024 * 1024, 1024 * 1024
"""Of any request, and of one by Telegram: an update has a few thousand characters."""

BUSY_REQUESTS = 8
"""With this many deliveries requests under way, the next one gets 429 with Retry-After."""

ANSWER_SECONDS = 20.0
"""Seconds after which Telegram is told to come again with an update that is not safe yet; it waits about a minute itself."""

PROXY_HEADERS = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 -- a header's name


class Web:
    """The routes and what they need. `find_unreadiness` says why this process is not doing its work, None if it is."""

    def __init__(
        self,
        database: Database,
        worker: Worker,
        services: Services,
        clock: Clock,
        secret: str,
        find_unreadiness: Callable[[], str | None],
        metrics: tuple[str, int] | None = None,
        read_process: Callable[[], ProcessReading] | None = None,
    ) -> None:
        self._database, self._worker, self._services, self._clock = database, worker, services, clock
        self._secret = secret.encode()
        self._find_unreadiness = find_unreadiness
        self._read_process = read_process
        self._metrics_port = metrics[1] if metrics is not None else None
        self._intakes = 0

    def application(self) -> web.Application:
        app = web.Application(
            client_max_size=BODY_LIMIT_BYTES, middlewares=[self._separate_metrics, _answer_failures, _limit_body]
        )
        app.router.add_post("/telegram", self._telegram)
        app.router.add_post("/api/v1/deliveries", self._deliveries)
        app.router.add_get("/api/v1/deliveries/{waybill:[^/]+}", self._delivery)
        app.router.add_get("/api/v1/cases", self._cases)
        app.router.add_get("/api/v1/openapi.json", self._openapi)
        app.router.add_get("/qr/{waybill:[^/]+}.{kind:png|svg}", self._qr)
        app.router.add_get("/healthz", self._healthz)
        app.router.add_get("/readyz", self._readyz)
        app.router.add_get("/metrics", self._metrics)
        return app

    def runner(self) -> web.AppRunner:
        """The server of the application, with a short way for Telegram."""
        return make_runner(self.application(), {"/telegram": self._telegram_at_once})

    # --- Telegram ---

    async def _telegram_at_once(self, request: web.Request) -> web.StreamResponse:
        """What the middlewares do for Telegram; failures it answers itself."""
        return await self._separate_metrics(request, self._limited_telegram)

    async def _limited_telegram(self, request: web.Request) -> web.StreamResponse:
        return await _limit_body(request, self._telegram)

    async def _telegram(self, request: web.Request) -> web.Response:
        """Answers 200 only after the commit that contains the update."""
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=401)
        raw = await request.read()
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                taken = await self._take_update(raw)
        except FAILURES:
            return web.Response(status=503, headers={"Retry-After": "1"})
        return web.Response() if taken else web.Response(status=400, text="not an update")

    async def _take_update(self, raw: bytes) -> bool:
        """Whether it is an update, and safe. One that nobody can read is set aside: Telegram would send it for ever."""
        try:
            key = str(inbound.parse_update_id(raw))
        except (msgspec.MsgspecError, RecursionError) as error:
            id_ = inbound.find_update_id(raw)
            if id_ is not None:
                await self._worker.park(RawEvent("telegram", str(id_), raw), describe_error(error))
            return id_ is not None
        await self._worker.submit(RawEvent("telegram", key, raw))
        return True

    # --- deliveries ---

    async def _deliveries(self, request: web.Request) -> web.Response:
        source = await self._source(request)
        if source is None:
            return _refuse_unauthorised()
        if self._intakes >= BUSY_REQUESTS:
            return _respond_error(429, "busy; send again in a second", {"Retry-After": "1"})
        self._intakes += 1
        try:
            return await self._take_in(request, source)
        finally:
            self._intakes -= 1

    async def _take_in(self, request: web.Request, source: str) -> web.Response:
        try:
            body = msgspec.json.decode(await request.read())
        except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
            return _respond_error(400, f"the body is not JSON: {error}")
        items = body if isinstance(body, list) else [body]
        if len(items) > intake.ITEMS_LIMIT:
            return _respond_error(
                413, f"a request has at most {intake.ITEMS_LIMIT} deliveries; this one has {len(items)}"
            )
        now = self._clock.now()
        replies = await self._database.transact(lambda tx: intake.ingest_items(tx, self._services, source, items, now))
        return _respond_json({"results": [_format_reply(one) for one in replies]})

    async def _delivery(self, request: web.Request) -> web.Response:
        source = await self._source(request)
        if source is None:
            return _refuse_unauthorised()
        matches = await self._list_deliveries(request.match_info["waybill"], source)
        if not matches:
            return _respond_error(404, "there is no delivery with this waybill from this source")
        delivery = matches[0]
        answer = {
            "waybill": delivery.waybill,
            "delivered_at": delivery.delivered_at,
            "department": delivery.department,
            "courier": delivery.courier,
            "route": delivery.route,
            "station": delivery.station,
            "service": delivery.service,
            "linked": delivery.person is not None,
            "link": intake.make_link(self._services, delivery.id, self._clock.now()),
        }
        return _respond_json(answer)

    async def _cases(self, request: web.Request) -> web.Response:
        source = await self._source(request)
        if source is None:
            return _refuse_unauthorised()
        query = api_cases.parse_query(list(request.query.items()), self._services.company.departments)
        if isinstance(query, list):
            problems = [{"at": one.at, "why": one.why} for one in query]
            return _respond_json({"error": "the parameters cannot be read", "errors": problems}, status=400)
        async with self._database.read() as tx:
            only = None if await tokens.may_read_all_cases(tx, source) else source
            page = await api_cases.fetch_page(Batch(tx, self._services, self._clock.now()), query, only)
        return _respond_json(page.model_dump(mode="python"))

    async def _qr(self, request: web.Request) -> web.Response:
        source = await self._source(request)
        if source is None:
            return _refuse_unauthorised()
        matches = await self._list_deliveries(request.match_info["waybill"], source)
        if not matches:
            return _respond_error(404, "there is no delivery with this waybill from this source")
        kind = request.match_info["kind"]
        from reports.pictures.qr import draw_qr_code  # with its library, which few companies ask for

        image = draw_qr_code(intake.make_link(self._services, matches[0].id, self._clock.now()), kind)
        return web.Response(body=image, content_type="image/png" if kind == "png" else "image/svg+xml")

    async def _list_deliveries(self, waybill: str, source: str) -> Sequence[Delivery]:
        """What this system has delivered under this waybill; none has a NUL in it, which PostgreSQL cannot even be asked for."""
        if "\0" in waybill:
            return ()
        async with self._database.read() as tx:
            return await deliveries.list_by_waybill(tx, waybill, source)

    async def _source(self, request: web.Request) -> str | None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token or not token.isascii():
            return None
        return await self._database.look(lambda tx: tokens.find_source(tx, token.strip()))

    # --- about this process ---

    async def _openapi(self, _request: web.Request) -> web.Response:
        from bot.web import openapi

        return _respond_json(openapi.describe_api())

    async def _healthz(self, _request: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def _readyz(self, _request: web.Request) -> web.Response:
        try:
            await self._database.ping()
        except FAILURES:
            return web.Response(status=503, text="the database is not reachable\n")
        reason = self._find_unreadiness()
        return web.Response(text="ready\n") if reason is None else web.Response(status=503, text=f"{reason}\n")

    @web.middleware
    async def _separate_metrics(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Metrics at their own address, if there is one, and nothing else there."""
        if self._metrics_port is not None:
            here = request.transport is not None and request.transport.get_extra_info("sockname")[1]
            if (here == self._metrics_port) != (request.path == "/metrics"):
                return web.Response(status=404)
        return await handler(request)

    async def _metrics(self, request: web.Request) -> web.Response:
        """For anyone who reaches their own address; at the common one for this machine itself, and for anyone who has a token."""
        if self._metrics_port is None and not _is_local(request) and await self._source(request) is None:
            why = "metrics are for this machine: set HUIFANG_METRICS to an address of their own, or send a token"
            return _respond_error(401, why, {"WWW-Authenticate": "Bearer"})
        from bot.web.metrics import render_metrics
        from bot.web.readings import read_rows

        process = self._read_process() if self._read_process is not None else ProcessReading(self._worker.counters)
        body = render_metrics(process, await read_rows(self._database, self._clock.now()))
        return web.Response(body=body, content_type="text/plain")


@web.middleware
async def _answer_failures(request: web.Request, handler: Handler) -> web.StreamResponse:
    """503 for a database that does not answer, with one line in the log: anyone who asks comes again."""
    try:
        return await handler(request)
    except FAILURES as error:
        if request.transport is None or request.transport.is_closing():
            raise  # it is the client that is gone
        why = str(error).split("\n", 1)[0]
        log.warning("%s %s: the database does not answer: %s", request.method, request.path, why)
        return _respond_error(503, "the database does not answer; try again in a second", {"Retry-After": "1"})


@web.middleware
async def _limit_body(request: web.Request, handler: Handler) -> web.StreamResponse:
    """413 for a body that says it is too long, before any of it is read; one that does not say so is cut while it is read."""
    limit = UPDATE_LIMIT_BYTES if request.path == "/telegram" else BODY_LIMIT_BYTES
    if (request.content_length or 0) > limit:
        return _refuse_long_body(limit)
    request._client_max_size = limit  # noqa: SLF001 -- aiohttp has one limit for the whole application
    try:
        return await handler(request)
    except web.HTTPRequestEntityTooLarge:
        return _refuse_long_body(limit)


def _refuse_long_body(limit: int) -> web.Response:
    why = f"a request has at most {limit // 1024 // 1024} MB; send fewer deliveries at once"
    response = _respond_error(413, why)
    response.force_close()
    return response


def _is_local(request: web.Request) -> bool:
    """Whether it comes from this machine, and not through a proxy on it."""
    if any(name in request.headers for name in PROXY_HEADERS) or request.remote is None:
        return False
    try:
        peer = ip_address(request.remote)
    except ValueError:
        return False
    return (getattr(peer, "ipv4_mapped", None) or peer).is_loopback


def _format_reply(reply: intake.ItemReply) -> dict[str, Any]:
    shown: dict[str, Any] = {"waybill": reply.waybill, "status": reply.status}
    if reply.link is not None:
        shown["link"] = reply.link
    if reply.errors:
        shown["errors"] = [{"at": error.at, "why": error.why} for error in reply.errors]
    return shown


def _respond_json(body: Any, *, status: int = 200) -> web.Response:  # noqa: ANN401 -- anything that is JSON
    raw = msgspec.json.encode(body, enc_hook=_encode)
    return web.Response(body=raw, status=status, content_type="application/json")


def _encode(value: object) -> object:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)


def _respond_error(status: int, why: str, headers: dict[str, str] | None = None) -> web.Response:
    body = msgspec.json.encode({"error": why})
    return web.Response(status=status, body=body, content_type="application/json", headers=headers)


def _refuse_unauthorised() -> web.Response:
    why = "send a token of `huifang api-token create` as Authorization: Bearer …"
    return _respond_error(401, why, {"WWW-Authenticate": "Bearer"})
