"""Command menus that Telegram shows to everybody, per language; groups have their own.

What a role adds is owed to the person's own chat when the role is granted: see handlers/people/roles.py.
"""

from dataclasses import dataclass

import telegram
from telegram import BotCommand, BotCommandScope, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats

from handlers.commands import EVERYBODYS_MENU, GROUP_MENU
from texts import Texts


@dataclass(frozen=True, slots=True)
class CommandMenu:
    """One menu: where it is shown, to whom (an empty `code` is everybody), and what is in it."""

    scope: BotCommandScope
    code: str
    commands: tuple[BotCommand, ...]


def list_menus(texts: Texts, languages: tuple[str, ...]) -> list[CommandMenu]:
    """Every menu; anybody whose language has no menu sees the first language's.

    Telegram distinguishes languages by two letters only: of several that share them, the first has the menu, see
    `handlers.people.managers.show_menu`.
    """
    known = {language.partition("-")[0]: language for language in reversed(languages)}
    menus = []
    for n, language in enumerate(languages):
        for scope, names in (
            (BotCommandScopeAllPrivateChats(), EVERYBODYS_MENU),
            (BotCommandScopeAllGroupChats(), GROUP_MENU),
        ):
            commands = tuple(BotCommand(name, texts.plain(language, f"menu-{name}")) for name in names)
            if n == 0:
                menus.append(CommandMenu(scope, "", commands))
            if known[code := language.partition("-")[0]] == language:
                menus.append(CommandMenu(scope, code, commands))
    return menus


async def publish_menus(bot: telegram.Bot, texts: Texts, languages: tuple[str, ...]) -> None:
    """Set them all."""
    for menu in list_menus(texts, languages):
        await bot.set_my_commands(menu.commands, menu.scope, language_code=menu.code or None)
