"""The menus of commands, as Telegram shows them."""

from telegram import BotCommandScopeAllPrivateChats

from bot.checks.finding import State
from bot.checks.menus import check_menus
from bot.process.menu import publish_menus
from bot.process.telegram import BotApi
from tests.bot.checks.conftest import MakeInspection
from tests.harness.in_process import COMPANY
from texts import Texts


async def test_the_menus(asking: MakeInspection, api: BotApi) -> None:
    """Not set yet, right, and one of another release."""
    async with api.library() as bot:
        (finding,) = await check_menus(bot, asking(), ())
        assert (finding.state, finding.said) == (State.LOOK, "not set yet")
        await publish_menus(bot, Texts(), COMPANY.identity.languages)
        (finding,) = await check_menus(bot, asking(), ())
        assert (finding.state, finding.cure) == (State.OK, "")
        await bot.set_my_commands(
            [("old", "An old command")], language_code="zh", scope=BotCommandScopeAllPrivateChats()
        )
        (finding,) = await check_menus(bot, asking(), ())
    assert finding.state is State.LOOK
    assert finding.said.startswith("1 of ")
