"""Entry points of the people room: arriving, language and time zone, roles, binding a group."""

from conversations.buttons import LanguageButton, TimeZoneButton
from domain.people import Audience
from handlers.access import links
from handlers.people import customers, groups, roles
from handlers.turns.room import Command, Door, Room, press
from handlers.turns.turn import Turn

_EVERYBODY = frozenset({Audience.ANYBODY})
_MANAGERS = frozenset({Audience.MANAGER})


async def on_start_command(turn: Turn, args: str) -> None:
    """`/start`: with a delivery's link its survey, with the first manager's code that role, else a greeting."""
    if links.is_link(args) or not (args and await roles.redeem_manager_code(turn, args)):
        await customers.on_start_command(turn, args)


ROOM = Room(
    presses=(
        press(LanguageButton, customers.on_language_press, Door.PRIVATE),
        press(TimeZoneButton, customers.on_timezone_press, Door.PRIVATE),
    ),
    commands=(
        Command("start", on_start_command, door=Door.OPEN),
        Command("language", customers.on_language_command, "help-customer", _EVERYBODY, 16, door=Door.OPEN),
        Command("timezone", customers.on_timezone_command, "help-customer", _EVERYBODY, 17, door=Door.OPEN),
        Command("stop", customers.on_stop_command, "help-customer", _EVERYBODY, 18, door=Door.OPEN),
        Command("resume", customers.on_resume_command, "help-customer", _EVERYBODY, 19, door=Door.OPEN),
        Command("bind", groups.on_command, "help-roles", anywhere=True),
        Command("roles", roles.on_roles_command, "help-roles", _MANAGERS, 61, in_group=7, anywhere=True),
        Command("grant", roles.on_grant_command, "help-roles", _MANAGERS, 62, anywhere=True),
        Command("revoke", roles.on_revoke_command, "help-roles", _MANAGERS, 63, anywhere=True),
    ),
)
