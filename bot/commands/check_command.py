"""Configuration check (`huifang check`): a table of what is right, what is wrong, and what to do about it."""

import asyncio
from collections.abc import Collection
from datetime import date, timedelta

from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table
from telegram.error import TelegramError

from bot import settings as environment
from bot.clock import Clock
from bot.commands.operator_commands import open_database
from bot.company.company import load_company
from bot.company.mistakes import Mistakes
from bot.company.survey_preview import draw_preview
from bot.process.telegram import BotApi
from bot.settings import Settings
from domain.calendar import Calendar
from storage.canary import WrongSecretError
from storage.engine.database import Database
from storage.engine.failures import FAILURES, CannotOpenError
from storage.people import groups
from storage.people.groups import Group
from texts import Texts

Finding = tuple[str, bool | None, str]
"""What was checked, whether it is right (None: could not be checked, or will be wrong soon), and the message."""

CALENDAR_MUST_REACH = timedelta(days=60)
"""If the known calendar ends sooner than this, somebody must be told."""


async def check() -> bool:
    """Print the table, and below it each survey as customers will see it; True if nothing is wrong."""
    findings: list[Finding] = []
    previews: list[str] = []
    try:
        settings = environment.read()
    except Mistakes as mistakes:
        findings += [("environment", False, str(mistake)) for mistake in mistakes.found]
    else:
        company, previews = _check_company(settings)
        findings += company + await _check_database(settings) + await _check_token(settings)
    table = Table("", "what", Column("found", overflow="fold"), box=None, pad_edge=False)
    for what, right, detail in findings:
        table.add_row(
            {True: "[green]ok[/]", False: "[red]wrong[/]", None: "[yellow]-[/]"}[right], escape(what), escape(detail)
        )
    Console(soft_wrap=True).print(table)
    for shown in previews:
        Console(soft_wrap=True).print(f"\n{shown}", markup=False, highlight=False, emoji=False)
    return all(right is not False for _, right, _ in findings)


def _check_company(settings: Settings) -> tuple[list[Finding], list[str]]:
    """What is right or wrong with the company's files, and each survey as customers see it."""
    try:
        company = load_company(settings.config)
    except Mistakes as mistakes:
        return [("configuration", False, str(mistake)) for mistake in mistakes.found], []
    texts, languages = Texts(), company.identity.languages
    surveys = company.surveys.values()
    findings: list[Finding] = [
        (
            "configuration",
            True,
            f"{settings.config}: {len(company.departments)} departments, {len(company.categories)} categories",
        ),
        *(("survey", True, f"{survey.name}: {len(survey.questions)} questions, shown below") for survey in surveys),
        _check_calendar(company.calendar, Clock().now().astimezone(company.zone).date()),
    ]
    after = {company.find_survey("").key, *company.by_service.values()}
    return findings, [draw_preview(survey, texts, languages, about_delivery=survey.key in after) for survey in surveys]


def _check_calendar(calendar: Calendar, today: date) -> Finding:
    """Whether the holidays of the coming weeks are published, installed, or added by the company."""
    if calendar.known_until is None:
        return "calendar", True, f"the week, and days with hours of their own: {len(calendar.days)}"
    if calendar.known_until >= today + CALENDAR_MUST_REACH:
        return "calendar", True, f"public holidays and make-up days are known until {calendar.known_until}"
    words = f"public holidays and make-up days are known only until {calendar.known_until}: install a newer `holidays`"
    cure = f" (pip install -U holidays), or add those of {calendar.known_until.year + 1} under [calendar.days]"
    return "calendar", None, words + cure


async def _check_database(settings: Settings) -> list[Finding]:
    if not settings.secrets:
        return [("database", None, "not looked at: HUIFANG_SECRET is not set, and `run` needs it")]
    try:
        async with open_database(settings) as database:
            return [
                ("database", True, "reachable, migrations done"),
                *await _check_groups(database, _read_departments(settings)),
            ]
    except WrongSecretError as error:
        return [("secret", False, f"HUIFANG_SECRET: {error}")]
    except CannotOpenError as error:
        return [("database", False, str(error))]
    except FAILURES as error:
        return [("database", False, f"{str(error).splitlines()[0]}; check HUIFANG_DATABASE")]


async def _check_groups(database: Database, departments: Collection[str] | None) -> list[Finding]:
    """Whether each bound group can be reached, and whether its department is one of the company file (None: it cannot be read)."""
    async with database.read() as tx:
        bound = await groups.list_bound(tx)
    return [(f"group of {group.department}", *_judge_group(group, departments)) for group in bound]


def _judge_group(group: Group, departments: Collection[str] | None) -> tuple[bool, str]:
    if departments is not None and group.department not in departments:
        return False, "the company file has no such department: put its key back, or bind the group anew with /bind"
    return group.here, "reachable" if group.here else "lost: add the bot to it again, or bind another with /bind"


def _read_departments(settings: Settings) -> Collection[str] | None:
    try:
        return load_company(settings.config).departments
    except (Mistakes, OSError):
        return None


async def _check_token(settings: Settings) -> list[Finding]:
    if not settings.token:
        return [("token", None, "not looked at: HUIFANG_TOKEN is not set, and `run` needs it")]
    try:
        async with asyncio.timeout(10), BotApi(settings.bot_api, settings.token) as api, api.library() as bot:
            return [("token", True, f"@{bot.username} at {settings.bot_api}")]
    except TimeoutError:
        return [("token", False, f"{settings.bot_api} does not answer; check HUIFANG_BOT_API and the network")]
    except TelegramError as error:
        return [("token", False, f"{error.message}; check HUIFANG_TOKEN and HUIFANG_BOT_API")]
