"""What `huifang check --fix` mends: only what is not right, and each thing it did is said."""

from bot.checks.finding import State, fixed
from bot.checks.repairs import mend
from bot.process.telegram import BotApi
from playground.server import Server
from storage import installation
from storage.engine.database import Database
from tests.bot.checks.conftest import MakeInspection


async def test_a_bot_that_asks_by_itself(asking: MakeInspection, api: BotApi) -> None:
    """A foreign webhook goes, the menus come, and the second time nothing is left to do."""
    await api.call("setWebhook", '{"url":"http://127.0.0.1:9/other"}')
    async with api.library() as bot:
        assert await mend(bot, asking(), None) == [
            fixed("webhook", "deleted: the bot asks by itself; nothing that waits was dropped"),
            fixed("menus", "the commands of this release"),
        ]
        assert await mend(bot, asking(), None) == []
        assert (await bot.get_webhook_info()).url == ""


async def test_a_webhook(asking: MakeInspection, api: BotApi, server: Server, database: Database) -> None:
    """Set with the secret that the running bot expects; before its first run there is none, and nothing is set."""
    given = asking(WEBHOOK="http://127.0.0.1:9")
    async with api.library() as bot:
        finding = (await mend(bot, given, database))[0]
        assert (finding.state, finding.said) == (State.LOOK, "could not be set")
        async with database.begin() as tx:
            await installation.put_sealed_once(tx, database.keyring, "webhook", "the-secret")
        assert await mend(bot, given, database) == [fixed("webhook", "set to http://127.0.0.1:9/telegram")]
        assert await mend(bot, given, database) == []
    assert "the-secret" in str(server.world.calls.__dict__)


async def test_an_address_that_telegram_refuses(asking: MakeInspection, api: BotApi, database: Database) -> None:
    """Its words, and the rest is mended."""
    given = asking(WEBHOOK="https://elsewhere.example")
    async with database.begin() as tx:
        await installation.put_sealed_once(tx, database.keyring, "webhook", "the-secret")
    async with api.library() as bot:
        webhook, menus = await mend(bot, given, database)
    assert (webhook.state, menus.state) == (State.WRONG, State.FIXED)
    assert "Bad webhook" in webhook.said
