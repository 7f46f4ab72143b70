"""Every check there is, and the order of their lines. A new one is a function in a module beside this, and its name in a list below."""

from bot import settings as environment
from bot.checks.backups import check_backups
from bot.checks.company_file import check_company
from bot.checks.database import check_database
from bot.checks.finding import Finding, Inspection, RowCheck, wrong
from bot.checks.staff import check_groups
from bot.checks.telegram import check_telegram
from bot.clock import Clock
from bot.company.company import load_company
from bot.company.mistakes import Mistakes
from bot.settings import Settings
from domain.company import Company

ROW_CHECKS: tuple[RowCheck, ...] = (check_backups, check_groups)
"""Those that look at rows; each has a transaction of its own, and one that fails does not keep the others from looking."""


async def check_everything() -> tuple[list[Finding], Company | None]:
    """Everything that is right or wrong, in the order of the table; the company, if its file can be read."""
    try:
        settings = environment.read()
    except Mistakes as mistakes:
        return [wrong("environment", str(mistake), "") for mistake in mistakes.found], None
    findings, company = _read_company(settings)
    inspection = Inspection(settings, company, Clock(settings.clock).now())
    if company is not None:
        today = inspection.now.astimezone(company.zone).date()
        findings += check_company(company, str(settings.config), today)
    findings += await check_database(inspection, ROW_CHECKS)
    findings += await check_telegram(inspection)
    return findings, company


def _read_company(settings: Settings) -> tuple[list[Finding], Company | None]:
    try:
        return [], load_company(settings.config)
    except Mistakes as mistakes:
        return [wrong("configuration", str(mistake), "") for mistake in mistakes.found], None
