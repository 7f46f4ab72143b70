"""Composition root: builds everything and runs it in one TaskGroup, without globals. A permanent failure ends the process with its reason."""

import asyncio
import errno
import gc
import logging
import os
import secrets
import signal
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager

import telegram
from aiohttp import web
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from bot.clock import Clock, Ids
from bot.company.company import load_company
from bot.company.mistakes import Mistake, Mistakes
from bot.drawing.case_photos import find_photos
from bot.drawing.export_source import ExportSource
from bot.drawing.helper_process import DrawingProcess
from bot.leader import Leader
from bot.process.alarm import Alarm
from bot.process.announcement import announce_updates
from bot.process.backup_erasure import BackupErasure
from bot.process.backups import ScheduledBackups
from bot.process.evidence_fetching import EvidenceFetching
from bot.process.logs import note
from bot.process.menu import publish_menus
from bot.process.polling import Polling
from bot.process.rebuild import rebuild_totals
from bot.process.telegram import BotApi
from bot.process.totals_packing import TotalsPacking
from bot.process.trace_cleaning import TraceCleaning
from bot.process.upgrade import prepare_database
from bot.process.word_indexing import WordIndexing
from bot.process.worker import Worker
from bot.sending.api_calls import ApiCaller
from bot.sending.evidence_uploads import open_uploads
from bot.sending.limits import Limits
from bot.sending.sender import Sender
from bot.settings import Settings
from bot.web.web import Web
from conversations.campaigns import campaign
from conversations.cases import (
    addition,
    complaint,
    customer_answer,
    feedback,
    forms,
    inquiry,
    letter,
    reason,
    standard_answer,
    triage,
)
from conversations.protocol import Conversation
from conversations.surveys import rating
from domain.company import Company
from domain.people import Role
from domain.surveys.survey import Survey
from domain.timer_kinds import TimerKind
from domain.vocabulary import Vocabulary
from handlers.cases.life import deadlines
from handlers.cases.watch import digests
from handlers.commands import MENU
from handlers.fairness import manipulation_checks
from handlers.figures import alerts, champions, scheduled, totals_rebuild
from handlers.past.lines import Line
from handlers.people import groups as staff_groups
from handlers.people.roles import MANAGER_CODE, hash_code, make_code
from handlers.phone_surveys import phone_list
from handlers.privacy import retention
from handlers.turns.batch import Batch
from handlers.turns.flush import flush
from handlers.turns.services import Services
from storage import installation
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from storage.engine.failures import check_file, explain_no_database
from storage.engine.lease import Lease
from storage.people import groups, people
from storage.queue import outbox, timers
from storage.surveys import ratings
from texts import Texts

log = logging.getLogger(__name__)

STOP_SECONDS = 9.0
"""Seconds after SIGTERM at which the process is gone in any case."""


async def run(settings: Settings, told: Sequence[Line] = ()) -> None:
    """Run the process: ready when the line `ready` is printed, ended by SIGTERM or SIGINT.

    `told` is a past that an empty database is filled with first, for demonstrations. Raises PastError when it cannot be.
    """
    company = load_company(settings.config)
    gc.collect()  # what its file and its calendar were read with makes room for what stays
    keyring = Keyring(settings.secrets)
    check_file(settings.database)
    database = Database(settings.address, keyring)
    clock, ids = Clock(settings.clock), Ids()
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    source = ExportSource(settings.address, settings.secrets, company, settings.clock)
    drawing = DrawingProcess(source, lambda facts: find_photos(database, settings.evidence.place, facts))
    try:
        with explain_no_database(settings.database):
            await database.check_direct()
            await prepare_database(database, settings.backups, clock)
        ids.follow(await database.measure_clock())
        if told:
            await load_past(database, company, clock, ids, told)
        async with BotApi(settings.bot_api, settings.token) as api:
            bot = api.library()
            await _connect_to_telegram(bot, stopped)
            if not stopped.is_set():
                await _create_first_manager_code(database)  # not before: a wrong token must not cost the code
                services = await _build_services(database, company, keyring, clock, ids, bot.username)
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
    drawing: DrawingProcess,
    stopped: asyncio.Event,
) -> None:
    worker = Worker(database, services, clock)
    lease = Lease(database)
    caller = ApiCaller(api, database, worker, drawing, open_uploads(api, database, settings.evidence.place))
    rules = services.company.telegram
    limits = Limits(settings.rate, settings.counted)
    sender = Sender(caller, worker, database, limits, ids.next, lease.check, rules.messages_in_doubt)
    worker.outlet, worker.tell_sender, lease.on_left = sender, lease.tell, sender.look_soon
    polling = None if settings.webhook else Polling(api, worker)
    leader = Leader(lease, sender, polling, rules.late_updates_seconds)
    async with database.begin() as tx:
        secret = await installation.put_sealed_once(tx, services.keyring, "webhook", secrets.token_hex(32))
    ready = asyncio.Event()

    def find_trouble() -> str | None:
        return leader.find_trouble() if ready.is_set() else "starting"

    server = Web(
        database, worker, services, clock, secret, find_trouble, settings.metrics, lambda: leader.read_process(worker)
    )
    runner = server.runner()
    await runner.setup()
    site = web.TCPSite(runner, settings.host, settings.port)

    async def stop() -> None:
        await stopped.wait()
        _end_at_the_latest()
        await sender.drain()
        worker.stop()
        await worker.drain()
        await lease.release()  # when what was accepted is marked: the process that goes on would repeat it otherwise
        raise _Stopped

    try:
        with explain_no_port("HUIFANG_LISTEN"):
            await site.start()
        if settings.metrics is not None:
            with explain_no_port("HUIFANG_METRICS"):
                await web.TCPSite(runner, *settings.metrics).start()
        _print(f"listening on {_format_address(runner)}")
        async with asyncio.TaskGroup() as tasks:
            sender.answering = tasks
            tasks.create_task(worker.run())
            await _retry_until_reached(lambda: _announce(settings, bot, services, secret), stopped)
            for background in (
                Alarm(database, worker, clock, ids, services.company.handling.log_kept_months),
                WordIndexing(database),
                TotalsPacking(database),
                TraceCleaning(database),
                ScheduledBackups(database, settings.backups, clock, lambda: lease.is_held),
                EvidenceFetching(database, api, settings.evidence, clock, lambda: lease.is_held),
                BackupErasure(database, settings.backups, lambda: lease.is_held),
            ):
                tasks.create_task(background.run())
            tasks.create_task(leader.run())
            tasks.create_task(stop())
            _relax_garbage_collector()
            ready.set()
            await leader.wait_until_settled()
            _print("ready")
            log.info("ready", extra=note("process.ready", leads=lease.is_held))
    except* _Stopped:
        log.info("stopped", extra=note("process.stopped"))
    finally:
        await runner.cleanup()
        await lease.release()


@contextmanager
def explain_no_port(variable: str) -> Iterator[None]:
    """Raises Mistakes when the address that this variable gives cannot be listened on."""
    try:
        yield
    except OSError as error:
        cures = {
            errno.EADDRINUSE: "another program listens there already; stop it, or choose another port",
            errno.EACCES: "ports below 1024 need the operator's rights; choose a higher one, with a proxy in front",
            errno.EADDRNOTAVAIL: "this machine has no such address; write 127.0.0.1 or 0.0.0.0",
        }
        why = cures.get(error.errno or 0, str(error))
        raise Mistakes([Mistake(variable, "", why)]) from error


def _end_at_the_latest() -> None:
    """End the process whatever it waits for (a locked file, a database that does not answer): nothing that is safe is lost by it."""

    def end() -> None:
        log.warning("stopped without waiting any longer for the database")
        os._exit(0)

    timer = threading.Timer(STOP_SECONDS, end)
    timer.daemon = True
    timer.start()


def _relax_garbage_collector() -> None:
    """What was built at start lives as long as the process, and a press leaves no cycles: collect garbage less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


class _Stopped(Exception):
    """Somebody asked the process to stop."""


async def _connect_to_telegram(bot: telegram.Bot, stopped: asyncio.Event) -> None:
    """Ask Telegram who we are. Raises telegram.error.InvalidToken when the token is wrong."""
    await _retry_until_reached(bot.initialize, stopped)


async def _retry_until_reached(call: Callable[[], Awaitable[None]], stopped: asyncio.Event) -> None:
    """Make the start-up calls until Telegram can be reached; a refusal is permanent, an outage is not."""
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
    """Tell Telegram how updates reach us and what the menus say."""
    await announce_updates(bot, settings, secret)
    try:
        await publish_menus(bot, services.texts, services.company.identity.languages)
    except TelegramError as error:
        if isinstance(error, NetworkError | RetryAfter) and not isinstance(error, BadRequest):
            raise
        log.warning("the menus could not be set (%s); everything else works", error.message)


async def _build_services(
    database: Database, company: Company, keyring: Keyring, clock: Clock, ids: Ids, username: str
) -> Services:
    """What stays the same while the process runs; the surveys in force are kept beside the earlier versions."""
    async with database.begin() as tx:
        for survey in company.surveys.values():
            await ratings.record_survey(tx, survey, clock.now())
        await installation.put(tx, "bot", username)
        for group in await groups.list_bound(tx):
            if group.department not in company.departments:
                log.warning(
                    "a group is bound to %s, a department that the company file does not have", group.department
                )
        ids.pass_over(await outbox.find_newest_id(tx))
        surveys = await ratings.list_surveys(tx)
        texts = Texts(own=company.wording)
        every = build_dialogues(company, surveys, texts.vocabulary)
        services = Services(company, surveys, texts, keyring, every, username, ids.next, menu=MENU)
        await _set_timers(Batch(tx, services, clock.now()))
        anew = await totals_rebuild.is_rebuild_due(tx, services)
    if anew:
        days = await rebuild_totals(database, services)
        log.info("the totals of %d days were counted from the raw rows", days)
    return services


async def load_past(database: Database, company: Company, clock: Clock, ids: Ids, told: Sequence[Line]) -> int:
    """Fill an empty database with a past; how many rows that were. Raises PastError, and nothing is loaded, when a line cannot be."""
    from handlers.past import loading  # only a demonstration has a past that is loaded

    texts, surveys = Texts(own=company.wording), {survey.name: survey for survey in company.surveys.values()}
    dialogues = build_dialogues(company, surveys, texts.vocabulary)
    services = Services(company, surveys, texts, database.keyring, dialogues, "", ids.next, menu=MENU)
    gc.disable()  # a hundred thousand rows, and no cycle among them
    try:
        async with database.begin() as tx:
            return await loading.load(tx, services, told, clock.now())
    finally:
        gc.enable()


async def _set_timers(batch: Batch) -> None:
    """Set the morning timers unless they are set; move the deadlines of open cases to the calendar and promises now in the file."""
    if not await timers.is_set(batch.tx, TimerKind.MORNING_DIGEST, TimerKind.MORNING_DIGEST):
        digests.set_morning_timer(batch)
    if not await timers.is_set(batch.tx, TimerKind.MANIPULATION_CHECKS, TimerKind.MANIPULATION_CHECKS):
        manipulation_checks.set_weekly_timer(batch)
    if not await timers.is_set(batch.tx, TimerKind.ALERTS, TimerKind.ALERTS):
        alerts.set_daily_timer(batch)
    if not await timers.is_set(batch.tx, TimerKind.CHAMPIONS, TimerKind.CHAMPIONS):
        champions.set_quarterly_timer(batch)
    if not await timers.is_set(batch.tx, TimerKind.PHONE_LIST, TimerKind.PHONE_LIST):
        phone_list.set_morning_timer(batch)
    if not await timers.has_kind(batch.tx, TimerKind.RETENTION):
        retention.set_daily_timer(batch)
    await scheduled.set_timers(batch)
    await staff_groups.tell_of_removed_departments(batch)
    now = deadlines.fingerprint_deadline_rules(batch.services.company)
    if await installation.get(batch.tx, "promises") != now:
        await installation.put(batch.tx, "promises", now)
        digests.set_morning_timer(batch)
        batch.set_timer(TimerKind.CASE_REARM, "0", batch.now)
    await flush(batch, None)


def build_dialogues(company: Company, surveys: dict[str, Survey], vocabulary: Vocabulary) -> dict[str, Conversation]:  # type: ignore[type-arg]  # states of their own
    """Every dialogue there is, by name."""
    departments = {key: company.departments[key].name for key in company.case_departments}
    titles = {key: survey.title for key, survey in company.surveys.items()}
    every = (
        rating.conversation(surveys, company.invitations.low_rating),
        complaint.conversation(company.categories),
        addition.conversation(),
        letter.conversation(),
        customer_answer.conversation(),
        forms.conversation(company.zone, vocabulary.moments),
        reason.conversation(departments),
        feedback.conversation(),
        inquiry.conversation(),
        triage.conversation(company.handling.unsorted_becomes_inquiry_after_minutes),
        standard_answer.conversation(),
        campaign.conversation(titles, company.zone, company.invitations, vocabulary.moments),
    )
    return {one.name: one for one in every}


async def _create_first_manager_code(database: Database) -> None:
    """On an empty database: print the code the first manager signs in with. It is stored hashed and works once."""
    async with database.begin() as tx:
        if await installation.get(tx, "installed") is not None or await people.list_holders(tx, Role.MANAGER):
            return
        code = make_code()
        await installation.put(tx, "installed", "yes")
        await installation.put(tx, MANAGER_CODE, hash_code(code))
    _print(f"manager code: {code}")


def _format_address(runner: web.AppRunner) -> str:
    host, port = runner.addresses[0][:2]
    return f"http://{host}:{port}"


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
