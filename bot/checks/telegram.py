"""Telegram: whether it knows the token."""

import asyncio

from telegram.error import TelegramError

from bot.checks.finding import Finding, Inspection, look, ok, wrong
from bot.process.telegram import BotApi, explain_refusal

TELEGRAM_SECONDS = 10


async def check_telegram(inspection: Inspection) -> list[Finding]:
    """What Telegram says of the bot; a line that says so where it does not answer."""
    settings = inspection.settings
    if not settings.token:
        return [look("token", "not looked at: HUIFANG_TOKEN is not set, and `run` needs it")]
    try:
        async with (
            asyncio.timeout(TELEGRAM_SECONDS),
            BotApi(settings.bot_api, settings.token) as api,
            api.library() as bot,
        ):
            return [ok("token", f"@{bot.username} at {settings.bot_api}")]
    except TimeoutError:
        return [wrong("token", f"{settings.bot_api} does not answer", "check HUIFANG_BOT_API and the network")]
    except TelegramError as error:
        said = f"{explain_refusal(error, settings.token)} ({settings.bot_api})"
        return [wrong("token", said, "check HUIFANG_TOKEN and HUIFANG_BOT_API")]
