"""Command menus that Telegram shows to everybody, per language; groups have their own.

What a role adds is owed to the person's own chat when the role is granted: see handlers/people/roles.py.
"""

import telegram
from telegram import BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats

from handlers.commands import EVERYBODYS_MENU, GROUP_MENU
from texts import Texts


async def publish_menus(bot: telegram.Bot, texts: Texts, languages: tuple[str, ...]) -> None:
    """Set the menus; anybody whose language has no menu sees the first language's.

    Telegram distinguishes languages by two letters only: of several that share them, the first has the menu, see
    `handlers.people.managers.show_menu`.
    """
    known = {language.partition("-")[0]: language for language in reversed(languages)}
    for n, language in enumerate(languages):
        for scope, names in (
            (BotCommandScopeAllPrivateChats(), EVERYBODYS_MENU),
            (BotCommandScopeAllGroupChats(), GROUP_MENU),
        ):
            commands = [BotCommand(name, texts.plain(language, f"menu-{name}")) for name in names]
            if n == 0:
                await bot.set_my_commands(commands, scope)
            if known[code := language.partition("-")[0]] == language:
                await bot.set_my_commands(commands, scope, language_code=code)
