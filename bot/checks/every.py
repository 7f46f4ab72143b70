"""Every check there is, and the order of their lines. A new one is a function in a module beside this, and its name in a list below."""

from bot import settings as environment
from bot.checks.backups import check_backups
from bot.checks.company_file import check_company
from bot.checks.database import look_at_rows, open_database
from bot.checks.evidence import check_evidence
from bot.checks.finding import Finding, Inspection, MachineCheck, RowCheck, TelegramCheck, wrong
from bot.checks.groups import check_groups_at_telegram
from bot.checks.machine import check_disks, check_secrets
from bot.checks.menus import check_menus
from bot.checks.privacy import check_notice, check_persons, check_sealing
from bot.checks.queues import check_parked, check_undelivered
from bot.checks.staff import check_departments, check_groups, check_managers
from bot.checks.telegram import ask_telegram, check_privacy_mode
from bot.checks.webhook import check_webhook
from bot.clock import Clock
from bot.company.company import load_company
from bot.company.mistakes import Mistakes
from bot.settings import Settings
from domain.company import Company

MACHINE_CHECKS: tuple[MachineCheck, ...] = (check_secrets, check_disks)
ROW_CHECKS: tuple[RowCheck, ...] = (
    check_backups,
    check_evidence,
    check_managers,
    check_departments,
    check_groups,
    check_undelivered,
    check_parked,
    check_sealing,
    check_persons,
)
"""Each has a transaction of its own, and one that fails does not keep the others from looking."""
TELEGRAM_CHECKS: tuple[TelegramCheck, ...] = (
    check_privacy_mode,
    check_webhook,
    check_menus,
    check_groups_at_telegram,
)


async def check_everything(*, fix: bool = False) -> tuple[list[Finding], Company | None]:
    """Everything that is right or wrong, in the order of the table; the company, if its file can be read.

    With `fix`, what the Bot API can mend is mended before it is looked at.
    """
    try:
        settings = environment.read()
    except Mistakes as mistakes:
        return [wrong("environment", str(mistake), "") for mistake in mistakes.found], None
    findings, company = _read_company(settings)
    inspection = Inspection(settings, company, Clock(settings.clock).now())
    if company is not None:
        findings += check_company(company, str(settings.config), inspection.now.astimezone(company.zone).date())
        findings += check_notice(company)
    for check_machine in MACHINE_CHECKS:
        findings += check_machine(inspection)
    async with open_database(inspection) as (database, opened):
        findings += opened
        for check_rows in ROW_CHECKS if database is not None else ():
            assert database is not None  # noqa: S101 -- said a line above
            findings += await look_at_rows(database, check_rows, inspection)
        findings += await ask_telegram(inspection, database, TELEGRAM_CHECKS, fix=fix)
    return findings, company


def _read_company(settings: Settings) -> tuple[list[Finding], Company | None]:
    try:
        return [], load_company(settings.config)
    except Mistakes as mistakes:
        return [wrong("configuration", str(mistake), "") for mistake in mistakes.found], None
