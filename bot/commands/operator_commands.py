"""Operator commands: what the operator does to the database from the command line, with or without a running bot.

Each imports what it needs when it is called: a token is made in the time that the database takes.
"""

import html
import re
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from datetime import date
from typing import TYPE_CHECKING

from bot.clock import Clock, Ids
from bot.process.upgrade import prepare_database
from bot.settings import Settings
from storage import installation
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from storage.engine.failures import check_file, explain_no_database
from storage.people import tokens
from storage.people.tokens import ApiToken
from storage.queue import inbox, timers
from storage.queue.inbox import ParkedEvent

if TYPE_CHECKING:
    from handlers.turns.services import Services


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncIterator[Database]:
    """The database, migrated. Raises CannotOpenError when its file cannot be opened, WrongSecretError when its rows cannot."""
    check_file(settings.database)
    database = Database(settings.address, Keyring(settings.secrets))
    try:
        with explain_no_database(settings.database):
            await prepare_database(database, settings.backups, Clock(settings.clock))
        yield database
    finally:
        await database.close()


async def create_token(settings: Settings, name: str, token: str, *, reads_cases: bool) -> bool:
    async with open_database(settings) as database, database.begin() as tx:
        return await tokens.create(tx, name, token, Clock(settings.clock).now(), reads_cases=reads_cases)


async def list_tokens(settings: Settings) -> list[ApiToken]:
    async with open_database(settings) as database, database.read() as tx:
        return await tokens.list_tokens(tx)


async def revoke_token(settings: Settings, name: str) -> bool:
    async with open_database(settings) as database, database.begin() as tx:
        return await tokens.revoke(tx, name, Clock(settings.clock).now())


async def list_parked(settings: Settings) -> list[ParkedEvent]:
    """The events and timers that failed five times, and updates that nobody can read."""
    async with open_database(settings) as database, database.read() as tx:
        return await inbox.list_parked(tx)


async def replay_parked(settings: Settings, chosen: Collection[tuple[str, str]] | None = None) -> int:
    """Have these tried again by the running bot, or by the next, or all of them; how many, with those before them in their lanes."""
    now = Clock(settings.clock).now()
    async with open_database(settings) as database, database.begin() as tx:
        again = await inbox.replay(tx, chosen)
        await timers.hasten(tx, [key for source, key in again if source == inbox.TIMER], now)
    return len(again)


async def describe_undelivered(settings: Settings) -> list[str]:
    """What could not be sent, in the words that managers read in chat."""
    from handlers.cases.watch.undelivered import draw_undelivered
    from handlers.turns.batch import Batch
    from storage.people import undelivered
    from texts import FALLBACK

    async with open_database(settings) as database:
        services = await _build_counting_services(settings, database)
        async with database.read() as tx:
            batch = Batch(tx, services, Clock(settings.clock).now())
            lines = await draw_undelivered(batch, await undelivered.list_undelivered(tx), FALLBACK)
    return [html.unescape(re.sub(r"</?\w+>", "", line)) for line in lines]


async def send_again(settings: Settings) -> int:
    """Have the running bot, or the next, send what may succeed now; how many calls that are."""
    from storage.people import undelivered

    async with open_database(settings) as database, database.begin() as tx:
        return await undelivered.send_again(tx, Clock(settings.clock).now())


async def rebuild_totals(settings: Settings) -> int:
    """Recount every total; returns the number of days."""
    from bot.process import rebuild

    async with open_database(settings) as database:
        return await rebuild.rebuild_totals(database, await _build_counting_services(settings, database))


async def check_totals(settings: Settings) -> dict[date, int]:
    """The days whose totals are wrong, and how many of their numbers."""
    from handlers.figures import totals_rebuild

    async with open_database(settings) as database:
        services = await _build_counting_services(settings, database)
        async with database.read() as tx:
            return await totals_rebuild.find_differences(tx, services)


async def _build_counting_services(settings: Settings, database: Database) -> "Services":
    """As much of the bot as counting needs."""
    from bot.company.company import load_company
    from handlers.turns.services import Services
    from storage.surveys import ratings
    from texts import Texts

    async with database.read() as tx:
        surveys = await ratings.list_surveys(tx)
    company = load_company(settings.config)
    return Services(company, surveys, Texts(own=company.wording), database.keyring, {}, "", Ids().next)


async def create_manager_code(settings: Settings) -> str:
    """A code that makes its first sender a manager; an earlier unused one stops working."""
    from handlers.people.roles import MANAGER_CODE, hash_code, make_code

    code = make_code()
    async with open_database(settings) as database, database.begin() as tx:
        await installation.put(tx, "installed", "yes")
        await installation.put(tx, MANAGER_CODE, hash_code(code))
    return code


async def find_link(settings: Settings, waybill: str) -> str | None:
    """The link of the latest delivery with this waybill, None if there is none."""
    from bot.company.company import load_company
    from handlers.deliveries.deliveries import make_link
    from handlers.turns.services import Services
    from storage.deliveries import deliveries
    from texts import Texts

    company = load_company(settings.config)
    async with open_database(settings) as database:
        async with database.read() as tx:
            matches = await deliveries.list_by_waybill(tx, waybill)
            bot = await installation.get(tx, "bot")
        if not matches:
            return None
        if bot is None:
            bot = await _fetch_bot_name(settings)
        services = Services(company, {}, Texts(own=company.wording), database.keyring, {}, bot, Ids().next)
        return make_link(services, matches[0].id, Clock(settings.clock).now())


async def _fetch_bot_name(settings: Settings) -> str:
    """Ask Telegram for the bot's name, because the bot has not run yet. Raises Mistakes when Telegram does not answer."""
    from telegram.error import TelegramError

    from bot.company.mistakes import Mistake, Mistakes
    from bot.process.telegram import BotApi

    try:
        async with BotApi(settings.bot_api, settings.token) as api, api.library() as bot:
            return bot.username
    except TelegramError as error:
        why = f"the bot has not run yet, and Telegram does not say its name ({error.message}); check HUIFANG_TOKEN"
        raise Mistakes([Mistake("HUIFANG_BOT_API", "", why)]) from error
