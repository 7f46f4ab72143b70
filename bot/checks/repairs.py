"""What the Bot API can mend (`huifang check --fix`): the webhook, the menus. Each thing done is a line; what is right is left alone."""

from collections.abc import Sequence

import telegram
from telegram.error import TelegramError

from bot.checks.finding import Finding, Inspection, State, fixed, look, wrong
from bot.checks.menus import check_menus
from bot.checks.webhook import check_webhook
from bot.process.announcement import announce_updates, find_webhook_url
from bot.process.menu import publish_menus
from bot.process.telegram import explain_refusal
from storage import installation
from storage.engine.database import Database
from texts import Texts

_REFUSED = "Telegram says so: look at HUIFANG_WEBHOOK (an https address with a name that leads here), and try again"


async def mend(bot: telegram.Bot, inspection: Inspection, database: Database | None) -> list[Finding]:
    """Mend what is not right; what was done, or why it could not be."""
    mended: list[Finding] = []
    for what, repair in (("webhook", _mend_webhook), ("menus", _mend_menus)):
        try:
            mended += await repair(bot, inspection, database)
        except TelegramError as error:
            mended.append(wrong(what, f"could not be set: {explain_refusal(error, bot.token)}", _REFUSED))
    return mended


async def _mend_webhook(bot: telegram.Bot, inspection: Inspection, database: Database | None) -> list[Finding]:
    if _is_right(await check_webhook(bot, inspection, ())):
        return []
    wanted, secret = find_webhook_url(inspection.settings), await _fetch_secret(database)
    if wanted and secret is None:
        why = "it needs the secret that the bot's first run makes: start the bot, which sets the webhook by itself"
        return [look("webhook", "could not be set", why)]
    await announce_updates(bot, inspection.settings, secret or "")
    done = f"set to {wanted}" if wanted else "deleted: the bot asks by itself; nothing that waits was dropped"
    return [fixed("webhook", done)]


async def _fetch_secret(database: Database | None) -> str | None:
    """What Telegram has to say with each update; None before the bot has run."""
    if database is None:
        return None
    async with database.read() as tx:
        return await installation.get_sealed(tx, database.keyring, "webhook")


async def _mend_menus(bot: telegram.Bot, inspection: Inspection, _database: Database | None) -> list[Finding]:
    if inspection.company is None or _is_right(await check_menus(bot, inspection, ())):
        return []
    await publish_menus(bot, Texts(), inspection.company.identity.languages)
    return [fixed("menus", "the commands of this release")]


def _is_right(findings: Sequence[Finding]) -> bool:
    return all(finding.state is State.OK for finding in findings)
