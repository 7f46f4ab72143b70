"""The command menus that Telegram shows to everybody, per language; groups have their own.

What a role adds is owed to the person's own chat when the role is granted: see handlers/people/roles.py.
"""

import telegram
from telegram import BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats

from texts import Texts

PRIVATE_COMMANDS = ("rate", "complain", "suggest", "ask", "praise", "mycases", "language", "cancel", "help")
GROUP_COMMANDS = ("cases", "case", "search", "note", "answers", "summary", "roles", "help")


async def publish_menus(bot: telegram.Bot, texts: Texts, languages: tuple[str, ...]) -> None:
    """Set the menus; the first language is shown to everybody whose language has none."""
    for n, language in enumerate(languages):
        for scope, names in (
            (BotCommandScopeAllPrivateChats(), PRIVATE_COMMANDS),
            (BotCommandScopeAllGroupChats(), GROUP_COMMANDS),
        ):
            commands = [BotCommand(name, texts.plain(language, f"menu-{name}")) for name in names]
            if n == 0:
                await bot.set_my_commands(commands, scope)
            await bot.set_my_commands(commands, scope, language_code=language)
