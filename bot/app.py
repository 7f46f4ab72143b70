"""Builds everything and runs it: one TaskGroup, no globals. Whatever fails for good ends the process with its reason."""

import asyncio
import gc
import logging
import signal
import sys
from collections.abc import Awaitable, Callable

import telegram
from aiohttp import web
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from bot.clock import Clock, Ids
from bot.company.company import load
from bot.drawing.drawing import Drawing
from bot.drawing.export_source import Source
from bot.process.alarm import Alarm
from bot.process.delivery import Telegram
from bot.process.limits import Limits
from bot.process.menu import publish
from bot.process.polling import ALLOWED, Polling
from bot.process.sender import Sender
from bot.process.telegram import BotApi
from bot.process.worker import Worker
from bot.settings import Settings
from bot.web.web import Web
from conversations.campaigns import campaign
from conversations.cases import adding, answering, complaint, forms, inquiry, letter, reason, standard, telling
from conversations.protocol import Conversation
from conversations.surveys import rating
from domain.company import Company
from domain.people import Role
from domain.surveys.survey import Survey
from handlers.cases.life import clocks
from handlers.cases.watch import digests
from handlers.fairness import checks
from handlers.figures import alerts, champions, pushes, recounting
from handlers.people.managers import MANAGER_CODE, code_hash, make_code
from handlers.phone_surveys import callbacks
from handlers.turns.batch import Batch, Services
from storage import meta
from storage.engine import schema
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from storage.engine.failures import check_file
from storage.engine.lease import Lease
from storage.people import people
from storage.queue import timers
from storage.surveys import ratings
from texts import Texts

log = logging.getLogger(__name__)

WEBHOOK_CONNECTIONS = 100


async def run(settings: Settings) -> None:
    """The process: ready when the line `ready` is printed, ended by SIGTERM or SIGINT."""
    company = load(settings.config)
    keyring = Keyring(settings.secrets)
    check_file(settings.database)
    database = Database(settings.database, keyring)
    clock, ids = Clock(settings.clock), Ids()
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    drawing = Drawing(Source(settings.database, settings.secrets, company, settings.clock))
    try:
        await schema.migrate(database)
        await _first_code(database)
        async with BotApi(settings.bot_api, settings.token) as api:
            bot = api.library()
            await _reach(bot, stopped)
            if not stopped.is_set():
                services = await _services(database, company, keyring, clock, ids, bot.username)
                await _serve(settings, database, services, clock, ids, api, bot, drawing, stopped)
    finally:
        drawing.close()
        await database.close()


async def _serve(
    settings: Settings,
    database: Database,
    services: Services,
    clock: Clock,
    ids: Ids,
    api: BotApi,
    bot: telegram.Bot,
    drawing: Drawing,
    stopped: asyncio.Event,
) -> None:
    worker = Worker(database, services, clock)
    sender = Sender(Telegram(api, database, worker, drawing), worker, database, Limits(settings.rate), ids.next())
    worker.outlet = sender
    lease = Lease(database)
    secret = services.keyring.sign(b"webhook", 32).hex()
    ready = asyncio.Event()
    server = Web(database, worker, services, clock, secret, ready.is_set)
    runner = web.AppRunner(server.application(), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, settings.host, settings.port)

    async def lead() -> None:
        """Only the process that holds the lease sends and polls."""
        await lease.take()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(lease.watch())
            tasks.create_task(sender.run())
            if not settings.webhook:
                tasks.create_task(Polling(api, worker).run())

    async def stop() -> None:
        await stopped.wait()
        await sender.drain()
        await worker.drain()
        raise _Stopped

    try:
        await site.start()
        _print(f"listening on {_address(runner)}")
        async with asyncio.TaskGroup() as tasks:
            sender.answering = tasks
            tasks.create_task(worker.run())
            await _patiently(lambda: _announce(settings, bot, services, secret), stopped)
            tasks.create_task(Alarm(database, worker, clock).run())
            tasks.create_task(lead())
            tasks.create_task(stop())
            _calm_collector()
            ready.set()
            _print("ready")
    except* _Stopped:
        log.info("stopped")
    finally:
        await runner.cleanup()
        await lease.release()


def _calm_collector() -> None:
    """What was built at start lives as long as the process, and a press leaves no cycles: look for garbage more rarely."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


class _Stopped(Exception):
    """Somebody asked the process to end."""


async def _reach(bot: telegram.Bot, stopped: asyncio.Event) -> None:
    """Ask Telegram who we are. Raises InvalidToken."""
    await _patiently(bot.initialize, stopped)


async def _patiently(call: Callable[[], Awaitable[None]], stopped: asyncio.Event) -> None:
    """Make start-up calls until Telegram can be reached; a refusal is for good, an outage is not."""
    while not stopped.is_set():
        try:
            await call()
        except RetryAfter as error:
            log.warning("Telegram asks to wait: %s", error.message)
            await asyncio.sleep(float(error.retry_after))  # type: ignore[arg-type]  # seconds, by the library's default
        except NetworkError as error:
            if isinstance(error, BadRequest):
                raise
            log.warning("Telegram cannot be reached yet (%s); trying again", error.message)
            await asyncio.sleep(1)
        else:
            return


async def _announce(settings: Settings, bot: telegram.Bot, services: Services, secret: str) -> None:
    """Tell Telegram how updates reach us, and what the menus say."""
    if settings.webhook:
        url = f"{settings.webhook}/telegram"
        await bot.set_webhook(url, allowed_updates=ALLOWED, secret_token=secret, max_connections=WEBHOOK_CONNECTIONS)
    else:
        await bot.delete_webhook(drop_pending_updates=False)
    try:
        await publish(bot, services.texts, services.company.identity.languages)
    except TelegramError as error:
        if isinstance(error, NetworkError | RetryAfter) and not isinstance(error, BadRequest):
            raise
        log.warning("the menus could not be set (%s); everything else works", error.message)


async def _services(
    database: Database, company: Company, keyring: Keyring, clock: Clock, ids: Ids, username: str
) -> Services:
    """What does not change while the process runs; the surveys in force are kept beside the earlier versions."""
    async with database.begin() as tx:
        for survey in company.surveys.values():
            await ratings.keep_survey(tx, survey, clock.now())
        await meta.put(tx, "bot", username)
        surveys = await ratings.all_surveys(tx)
        services = Services(company, surveys, Texts(), keyring, dialogues(company, surveys), username, ids.next)
        await _set_clocks(Batch(tx, services, clock.now()))
        anew = await recounting.is_due(tx, services)
    if anew:
        days = await recounting.rebuild(database, services)
        log.info("the totals of %d days were counted from the raw rows", days)
    return services


async def _set_clocks(batch: Batch) -> None:
    """The mornings' timers, if there are none yet; and open cases go by the calendar and the promises that the file has now."""
    if not await timers.is_set(batch.tx, digests.MORNING, digests.MORNING):
        digests.arm(batch)
    if not await timers.is_set(batch.tx, checks.WEEKLY, checks.WEEKLY):
        checks.arm(batch)
    if not await timers.is_set(batch.tx, alerts.DAILY, alerts.DAILY):
        alerts.arm(batch)
    if not await timers.is_set(batch.tx, champions.QUARTERLY, champions.QUARTERLY):
        champions.arm(batch)
    if not await timers.is_set(batch.tx, callbacks.CALLBACKS, callbacks.CALLBACKS):
        callbacks.arm(batch)
    await pushes.arm(batch)
    now = clocks.promises(batch.services.company)
    if await meta.get(batch.tx, "promises") != now:
        await meta.put(batch.tx, "promises", now)
        digests.arm(batch)
        batch.set_timer(clocks.REARM, "0", batch.now)
    await batch.flush(None)


def dialogues(company: Company, surveys: dict[str, Survey]) -> dict[str, Conversation]:  # type: ignore[type-arg]  # states of their own
    """Every dialogue there is, by name."""
    departments = {key: company.departments[key].name for key in company.answering}
    titles = {key: survey.title for key, survey in company.surveys.items()}
    every = (
        rating.conversation(surveys, company.asking.low_rating),
        complaint.conversation(company.categories),
        adding.conversation(),
        letter.conversation(),
        answering.conversation(),
        forms.conversation(company.zone),
        reason.conversation(departments),
        telling.conversation(),
        inquiry.conversation(),
        standard.conversation(),
        campaign.conversation(titles, company.zone, company.asking),
    )
    return {one.name: one for one in every}


async def _first_code(database: Database) -> None:
    """On an empty database: print the code with which the first manager signs in. It is stored hashed and works once."""
    async with database.begin() as tx:
        if await meta.get(tx, "installed") is not None or await people.holders(tx, Role.MANAGER):
            return
        code = make_code()
        await meta.put(tx, "installed", "yes")
        await meta.put(tx, MANAGER_CODE, code_hash(code))
    _print(f"manager code: {code}")


def _address(runner: web.AppRunner) -> str:
    host, port = runner.addresses[0][:2]
    return f"http://{host}:{port}"


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
