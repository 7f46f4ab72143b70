"""What Telegram is told about how updates come."""

import msgspec

from bot.process.announcement import announce_updates, find_webhook_url
from bot.process.polling import ALLOWED_UPDATES
from bot.process.telegram import BotApi
from bot.settings import read


async def test_what_telegram_is_told(api: BotApi) -> None:
    """Our address with every kind of update; none at all where the bot asks by itself."""
    given = read({"HUIFANG_WEBHOOK": "http://127.0.0.1:9/"})
    assert find_webhook_url(given) == "http://127.0.0.1:9/telegram"
    assert find_webhook_url(read({})) == ""
    async with api.library() as bot:
        await announce_updates(bot, given, "secret")
        info = msgspec.json.decode((await api.call("getWebhookInfo", "{}")).result)
        assert info["url"] == "http://127.0.0.1:9/telegram"
        assert info["ip_address"] == "127.0.0.1"
        assert info["allowed_updates"] == sorted(ALLOWED_UPDATES)
        await announce_updates(bot, read({}), "secret")
        assert msgspec.json.decode((await api.call("getWebhookInfo", "{}")).result)["url"] == ""
