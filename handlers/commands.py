"""Command table: who answers each, where, and whose menu and help it is in. Permission is checked where the command is carried out."""

from collections.abc import Mapping

from conversations.buttons import HelpButton
from conversations.protocol import Key, Text
from conversations.surveys import rating
from domain.people import Audience
from handlers.access.audiences import list_audiences
from handlers.rooms import ROOMS, gather
from handlers.turns import engine
from handlers.turns.room import Command, Door
from handlers.turns.turn import Turn

HELP_BUTTONS = 8
"""So many commands have a button under `/help`: the first of the menu. All of them are in its words, and in Telegram's menu."""


async def on_help_command(turn: Turn, _args: str) -> None:
    """`/help`: what the reader's role may do, with buttons for it and for the reader's other roles; in a group, what its staff may do."""
    audiences = list_audiences(turn.company, turn.person)
    if not turn.private:
        turn.say_html(_draw_paragraphs(turn, frozenset({Audience.STAFF})))
        return
    _show_part(turn, [part for part, readers in PARTS.items() if readers & audiences][-1], fresh=True)


async def on_help_press(turn: Turn, button: HelpButton) -> None:
    """A press for another part of it."""
    if not PARTS.get(button.part, frozenset()) & list_audiences(turn.company, turn.person):
        turn.toast("not-now")
        return
    _show_part(turn, button.part, fresh=False)


def _show_part(turn: Turn, shown: str, *, fresh: bool) -> None:
    audiences = list_audiences(turn.company, turn.person)
    own = PARTS[shown] & audiences
    wanted = [entry for entry in _MENU_ORDER if entry.menus & own and entry.help and entry.name != "cancel"]
    commands = tuple(Key(Text(f"menu-{entry.name}"), HelpButton(entry.name)) for entry in wanted[:HELP_BUTTONS])
    others = tuple(
        Key(Text("help-part", {"part": part}), HelpButton(part=part))
        for part, readers in PARTS.items()
        if readers & audiences and part != shown
    )
    pairs = [commands[at : at + 2] for at in range(0, len(commands), 2)]
    turn.batch.show(
        turn.chat,
        f"help:{turn.person.telegram_id}",
        _draw_paragraphs(turn, own),
        tuple(row for row in (*pairs, others) if row),
        language=turn.language,
        message_id=None if fresh else turn.pressed_at,
        fresh=fresh,
    )


def _draw_paragraphs(turn: Turn, audiences: frozenset[Audience]) -> str:
    return "\n\n".join(turn.text(key) for key, readers in HELP.items() if readers & audiences)


async def on_cancel_command(turn: Turn, _args: str) -> None:
    """`/cancel`: end the dialogue that waits for words; ratings already given stay."""
    session = engine.find_awaiting(turn) or max(
        (session for session in turn.batch.sessions.get(turn.lane, {}).values() if session.dialogue != rating.NAME),
        key=lambda session: session.touched,
        default=None,
    )
    if session is None or session.dialogue == rating.NAME:
        turn.say("nothing-to-cancel")
        return
    turn.batch.end_session(turn.lane, session.key)
    turn.say("cancelled")


_EVERYBODY = frozenset({Audience.ANYBODY})
_OWN = (
    Command("cancel", on_cancel_command, "help-customer", _EVERYBODY, 28, anywhere=True, door=Door.OPEN),
    Command("help", on_help_command, "", _EVERYBODY, 29, in_group=8, anywhere=True),
)

COMMANDS = gather((*(entry for room in ROOMS for entry in room.commands), *_OWN), lambda entry: entry.name)

_MENU_ORDER = sorted(COMMANDS.values(), key=lambda entry: entry.place)
MENU = {entry.name: entry.menus for entry in _MENU_ORDER if entry.menus}
"""The commands in menus of private chats, in order, and whose menu each is in."""

HELP = {
    key: frozenset().union(*(entry.menus for entry in COMMANDS.values() if entry.help == key))
    for key in dict.fromkeys(entry.help for entry in _MENU_ORDER if entry.help and entry.menus)
}
"""The paragraphs of `/help` in the order of the menu, each read by those who have one of its commands in theirs."""

PARTS: Mapping[str, frozenset[Audience]] = {
    "c": frozenset({Audience.ANYBODY}),
    "s": frozenset({Audience.STAFF, Audience.RATED, Audience.COURIER, Audience.REPORTING_COURIER}),
    "m": frozenset({Audience.QUALITY, Audience.HEAD, Audience.MANAGER}),
}
"""The parts of `/help`, and who reads each; anyone who reads several is shown the last first."""

EVERYBODYS_MENU = tuple(name for name, menus in MENU.items() if Audience.ANYBODY in menus)
"""What Telegram shows to people without a menu of their own."""

GROUP_MENU = tuple(
    entry.name for entry in sorted(COMMANDS.values(), key=lambda entry: entry.in_group) if entry.in_group
)
"""The menu of groups."""
