"""The command menus that Telegram shows."""

from bot.process.menu import publish_menus
from bot.process.telegram import BotApi
from handlers.commands import EVERYBODYS_MENU, GROUP_MENU, MENU
from playground.people.client import TelegramClient
from texts import LANGUAGES, Texts


async def test_menus_in_every_language(api: BotApi, telegram: TelegramClient) -> None:
    """For people and for groups; whose language has none sees the first."""
    async with api.library() as bot:
        await publish_menus(bot, Texts(), ("zh", "en"))
    calls = [call["params"] for call in await telegram.calls("setMyCommands")]
    seen = {
        (call["scope"]["type"], call.get("language_code", "")): [one["command"] for one in call["commands"]]
        for call in calls
    }
    assert seen == {
        (scope, code): list(names)
        for scope, names in (("all_private_chats", EVERYBODYS_MENU), ("all_group_chats", GROUP_MENU))
        for code in ("", "zh", "en")
    }
    words = {call.get("language_code", ""): call["commands"][0]["description"] for call in calls}
    assert words[""] == words["zh"] != words["en"]


async def test_languages_that_share_their_letters(api: BotApi, telegram: TelegramClient) -> None:
    """Telegram tells them apart no further: the first of the company's has the menu, and nothing is sent that Telegram refuses."""
    async with api.library() as bot:
        await publish_menus(bot, Texts(), ("en", "zh-TW", "zh"))
    calls = [call["params"] for call in await telegram.calls("setMyCommands")]
    assert [call.get("language_code", "") for call in calls] == ["", "en", "", "en", "zh", "zh"]


def test_every_command_has_a_description() -> None:
    """Of 1 to 256 characters, as Telegram wants it, in each language."""
    texts = Texts()
    for language in LANGUAGES:
        for name in {*MENU, *GROUP_MENU}:
            assert 1 <= len(texts.plain(language, f"menu-{name}")) <= 256
