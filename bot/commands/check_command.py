"""Configuration check (`huifang check`): a table of what is right, what is wrong, and what to do about it."""

import asyncio
import os
from collections.abc import Collection
from datetime import date, timedelta

from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table
from telegram.error import TelegramError

from bot import settings as environment
from bot.backup_settings import BackupSettings
from bot.clock import Clock
from bot.company.company import load_company
from bot.company.mistakes import Mistakes
from bot.company.survey_preview import draw_preview
from bot.process.telegram import BotApi, explain_refusal
from bot.settings import Settings
from domain.calendar import Calendar
from storage import canary
from storage.backup import record
from storage.canary import WrongSecretError
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from storage.engine.failures import FAILURES, CannotOpenError, describe_failure, explain_no_database, locate_file
from storage.engine.schema import find_newest_revision
from storage.people import groups
from storage.people.groups import Group
from texts import Texts

Finding = tuple[str, bool | None, str]
"""What was checked, whether it is right (None: could not be checked, or will be wrong soon), and the message."""

CALENDAR_MUST_REACH = timedelta(days=60)
"""If the known calendar ends sooner than this, somebody must be told."""


async def check(*, preview: bool = False) -> bool:
    """Print the table, below it each survey as customers will see it (`preview`), and the verdict; True if nothing is wrong."""
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
    for shown in previews if preview else ():
        Console(soft_wrap=True).print(f"\n{shown}", markup=False, highlight=False, emoji=False)
    wrong = sum(right is False for _, right, _ in findings)
    Console(soft_wrap=True).print(f"\n{_word_verdict(wrong, sum(right is None for _, right, _ in findings))}")
    return not wrong


def _word_verdict(wrong: int, open_: int) -> str:
    if wrong:
        return f"[red]{wrong} {'thing is' if wrong == 1 else 'things are'} wrong[/]: see above"
    return "[green]nothing is wrong[/]" + (f"; {open_} marked - above to look at" if open_ else "")


def _check_company(settings: Settings) -> tuple[list[Finding], list[str]]:
    """What is right or wrong with the company's files, and each survey as customers will see it."""
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
        *(
            ("survey", True, f"{survey.key}: {len(survey.questions)} questions; `huifang check --preview` shows it")
            for survey in surveys
        ),
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
    if (missing := _find_missing_file(settings.database)) is not None:
        return [missing]
    database = Database(settings.address, Keyring(settings.secrets))
    try:
        with explain_no_database(settings.database):
            await database.check_direct()
            revision = await canary.find_state(database)
        return [
            _judge_revision(revision, settings.backups),
            *(await _check_backups(database, settings) if revision else []),
            *(await _check_groups(database, settings) if revision else []),
        ]
    except WrongSecretError as error:
        return [("secret", False, f"HUIFANG_SECRET: {error}")]
    except CannotOpenError as error:
        return [("database", False, f"HUIFANG_DATABASE: {error}")]
    finally:
        await database.close()


def _find_missing_file(url: str) -> Finding | None:
    """What is to be said of an SQLite file that is not there; None if there is one, or a server. Nothing is made."""
    file = locate_file(url)
    if file is None:
        return None
    if file.exists():
        readable = os.access(file, os.R_OK | os.W_OK)
        return None if readable else ("database", False, f"HUIFANG_DATABASE: {file}: cannot be read and written")
    if not os.access(file.absolute().parent, os.W_OK):
        return "database", False, f"HUIFANG_DATABASE: {file}: its folder is not there, or cannot be written"
    return "database", True, f"{file} is not there yet: the first `huifang run` makes it"


async def _check_backups(database: Database, settings: Settings) -> list[Finding]:
    """When the last good backup was made, where any is scheduled."""
    if settings.backups.folder is None:
        return []
    try:
        async with database.read() as tx:
            last, trouble = await record.fetch_last(tx), await record.fetch_trouble(tx)
    except FAILURES as error:  # a table of an earlier release
        return [("backups", None, f"not looked at: {describe_failure(error)}")]
    when = "no good one yet" if last is None else f"the last good one: {last.name}, {last.at:%Y-%m-%d %H:%M} UTC"
    if trouble is not None:
        return [("backups", False, f"{trouble.failing.value} fails since {trouble.since:%Y-%m-%d %H:%M} UTC; {when}")]
    return [("backups", None if last is None else True, f"into {settings.backups.folder}; {when}")]


def _judge_revision(revision: str | None, backups: BackupSettings) -> Finding:
    newest = find_newest_revision()
    if revision is None:
        return "database", True, "reachable and empty: the first `huifang run` sets it up"
    if revision > newest:
        return (
            "database",
            False,
            f"was last used by a newer release (revision {revision}; this one knows {newest}): install that one",
        )
    first = (
        f"after a backup into {backups.folder}" if backups.folder else "without a backup: HUIFANG_BACKUPS is not set"
    )
    if not backups.before_migrations:
        first = "without a backup: HUIFANG_BACKUP_MIGRATIONS is no"
    ahead = f"reachable; the next `huifang run` brings it from revision {revision} to {newest}, {first}"
    return "database", True, "reachable, migrations done" if revision == newest else ahead


async def _check_groups(database: Database, settings: Settings) -> list[Finding]:
    """Whether each bound group can be reached, and whether its department is one of the company file (if that can be read)."""
    departments = _read_departments(settings)
    try:
        async with database.read() as tx:
            bound = await groups.list_bound(tx)
    except FAILURES as error:  # a table of an earlier release
        return [("groups", None, f"not looked at: {describe_failure(error)}")]
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
        said = explain_refusal(error, settings.token)
        return [("token", False, f"{said} ({settings.bot_api}); check HUIFANG_TOKEN and HUIFANG_BOT_API")]
