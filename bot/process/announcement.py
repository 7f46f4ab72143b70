"""How updates reach us, as Telegram is told at the start and by `huifang check --fix`: a webhook of ours, or none."""

import telegram

from bot.process.polling import ALLOWED_UPDATES
from bot.settings import Settings

WEBHOOK_CONNECTIONS = 100


def find_webhook_url(settings: Settings) -> str:
    """Where Telegram delivers updates; empty for long polling."""
    return f"{settings.webhook}/telegram" if settings.webhook else ""


async def announce_updates(bot: telegram.Bot, settings: Settings, secret: str) -> None:
    """Set our webhook with the secret that it will say, or delete any; nothing that waits is dropped."""
    if url := find_webhook_url(settings):
        await bot.set_webhook(
            url, allowed_updates=ALLOWED_UPDATES, secret_token=secret, max_connections=WEBHOOK_CONNECTIONS
        )
    else:
        await bot.delete_webhook(drop_pending_updates=False)
