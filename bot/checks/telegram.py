"""Telegram: whether it knows the token, what its clock says, and the checks of other modules that ask it more."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from email.utils import parsedate_to_datetime

import aiohttp
import telegram
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut

from bot.checks.finding import Finding, Inspection, TelegramCheck, look, ok, wrong
from bot.checks.repairs import mend
from bot.clock import Clock
from bot.process.telegram import BotApi, explain_refusal
from storage import installation
from storage.engine.database import Database
from storage.engine.failures import FAILURES
from storage.people import groups
from storage.people.groups import Group

TELEGRAM_SECONDS = 10
CLOCK_MAY_DIFFER_SECONDS = 5
"""Telegram says the time in whole seconds, and its answer takes a while."""


async def ask_telegram(
    inspection: Inspection, database: Database | None, checks: Sequence[TelegramCheck], *, fix: bool
) -> list[Finding]:
    """What Telegram says of the bot; one line that says so where it does not answer. With `fix`, what can be mended is mended first."""
    settings = inspection.settings
    if not settings.token:
        cure = "put the token that BotFather gave you into .env beside the company file, or into the environment"
        return [look("token", "not looked at: HUIFANG_TOKEN is not set, and `run` needs it", cure)]
    bound = await _list_bound_groups(database)
    try:
        async with BotApi(settings.bot_api, settings.token) as api:
            async with asyncio.timeout(TELEGRAM_SECONDS):
                bot = api.library()
                await bot.initialize()
                findings = [
                    await _judge_bot(bot.username, inspection, database),
                    *await _compare_clocks(api, Clock(settings.clock)),
                ]
            if fix:
                findings += await mend(bot, inspection, database)
            for check in checks:
                findings += await _ask(bot, check, inspection, bound)
            return findings
    except (TelegramError, TimeoutError) as error:
        return [_explain_no_answer(error, inspection)]


async def _judge_bot(username: str, inspection: Inspection, database: Database | None) -> Finding:
    """Whether the token is of the bot that this database is the memory of."""
    before = None
    if database is not None:
        with suppress(*FAILURES):  # a table of an earlier release: said elsewhere
            async with database.read() as tx:
                before = await installation.get(tx, "bot")
    if before not in {None, username}:
        said = f"@{username}, and this database was last used by @{before}: that bot's chats and buttons are not this one's"
        return look("token", said, "give this bot a database of its own, or put the token of the other one back")
    return ok("token", f"@{username} at {inspection.settings.bot_api}")


def _explain_no_answer(error: TelegramError | TimeoutError, inspection: Inspection) -> Finding:
    """Whether Telegram refuses the token, or cannot be reached at all."""
    settings, network = inspection.settings, "check HUIFANG_BOT_API and the network: name service, firewall, proxy"
    if isinstance(error, TimeoutError | TimedOut):
        return wrong("token", f"not looked at: {settings.bot_api} does not answer", network)
    said = explain_refusal(error, settings.token)
    if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
        return wrong("token", f"not looked at: {settings.bot_api} cannot be reached ({said})", network)
    cure = "put the bot's token from BotFather into HUIFANG_TOKEN (and look at HUIFANG_BOT_API)"
    return wrong("token", f"Telegram does not know it: {said} ({settings.bot_api})", cure)


async def _ask(
    bot: telegram.Bot, check: TelegramCheck, inspection: Inspection, bound: Sequence[Group]
) -> list[Finding]:
    try:
        async with asyncio.timeout(TELEGRAM_SECONDS * (1 + len(bound))):
            return await check(bot, inspection, bound)
    except (TelegramError, TimeoutError) as error:
        what = check.__name__.removeprefix("check_").replace("_", " ")
        said = explain_refusal(error, bot.token) if isinstance(error, TelegramError) else "no answer"
        return [look(what, f"not looked at: {said}")]


async def _list_bound_groups(database: Database | None) -> list[Group]:
    if database is None:
        return []
    try:
        async with database.read() as tx:
            return await groups.list_bound(tx)
    except FAILURES:  # a table of an earlier release: said by the check of groups
        return []


async def check_privacy_mode(bot: telegram.Bot, _inspection: Inspection, _bound: Sequence[Group]) -> list[Finding]:
    """Whether the bot sees every message of a group, or only commands and replies to it."""
    if bot.can_read_all_group_messages:
        return [ok("privacy mode", "off: the bot sees every message of its groups")]
    said = "on: in groups the bot sees commands, replies to it and presses, and that is enough"
    return [ok("privacy mode", said)]


async def _compare_clocks(api: BotApi, clock: Clock) -> list[Finding]:
    """Compare the clock with the `Date` of an answer; silent where a server sends none."""
    try:
        async with api.session.post(f"{api.server}/bot{api.token}/getMe") as response:
            now, said = clock.now(), response.headers.get("Date", "")
        ahead = (now - _read_date(said)).total_seconds()
    except (aiohttp.ClientError, ValueError):
        return []
    if abs(ahead) <= CLOCK_MAY_DIFFER_SECONDS:
        return [ok("clock", "agrees with Telegram's")]
    words = f"{abs(ahead):.0f} s {'ahead of' if ahead > 0 else 'behind'} Telegram's"
    return [wrong("clock", words, "keep it with NTP: `timedatectl set-ntp true`; deadlines and quiet hours go by it")]


def _read_date(text: str) -> datetime:
    """Raises ValueError when it is no date of HTTP, or says no time zone."""
    moment = parsedate_to_datetime(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment
