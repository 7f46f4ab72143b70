"""The menus of commands: whether Telegram shows those of this release."""

from collections.abc import Sequence

import telegram

from bot.checks.finding import Finding, Inspection, look, ok
from bot.process.menu import CommandMenu, list_menus
from storage.people.groups import Group
from texts import Texts


async def check_menus(bot: telegram.Bot, inspection: Inspection, _bound: Sequence[Group]) -> list[Finding]:
    """Whether every menu is the one that the bot sets at its start."""
    if inspection.company is None:
        return []
    menus = list_menus(Texts(), inspection.company.identity.languages)
    stale = [menu for menu in menus if not await is_shown(bot, menu)]
    if not stale:
        return [ok("menus", f"{len(menus)}, each with the commands of this release")]
    said = "not set yet" if len(stale) == len(menus) else f"{len(stale)} of {len(menus)} are of another release"
    return [look("menus", said, "`huifang check --fix` sets them, and so does every start of the bot")]


async def is_shown(bot: telegram.Bot, menu: CommandMenu) -> bool:
    """Whether Telegram has this menu as it is."""
    shown = await bot.get_my_commands(menu.scope, language_code=menu.code or None)
    return tuple(shown) == menu.commands
