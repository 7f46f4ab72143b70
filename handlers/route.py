"""Router: the one place that decides who answers an event, by what happened, who it is, and where."""

import msgspec

from conversations.buttons import (
    Button,
    DraftMoveButton,
    DraftOptionButton,
    HelpButton,
)
from conversations.cases.complaint_states import ComplaintDraft
from conversations.protocol import Attached, Event, Pressed, Said, Shared
from conversations.surveys import rating
from handlers import edits, messages, outcomes
from handlers.access import links
from handlers.commands import COMMANDS, on_help_press
from handlers.people import groups, memberships
from handlers.rooms import PRESSES
from handlers.surveys import ratings
from handlers.turns import engine
from handlers.turns.batch import Batch
from handlers.turns.inbound import (
    AnonymousCommand,
    Arrival,
    Commanded,
    Edited,
    MemberJoined,
    MemberLeft,
    MembershipChanged,
    Migrated,
    UnknownPress,
    UnusableMessage,
)
from handlers.turns.pace import Pace
from handlers.turns.room import Door
from handlers.turns.turn import Turn
from storage.people import groups as group_rows


async def route(batch: Batch, arrival: Arrival, update: bytes, *, member: bool | None = None) -> None:
    """Answer one event. `member` is Telegram's answer to whether the sender is in the group, None if it was not asked."""
    batch.place = (arrival.chat_id, arrival.topic) if arrival.topic and not arrival.private else None
    try:
        await _route(batch, arrival, update, member=member)
    finally:
        batch.place = None


async def _route(batch: Batch, arrival: Arrival, update: bytes, *, member: bool | None) -> None:
    person = batch.people[arrival.sender.telegram_id]
    language = person.language
    if not arrival.private:
        group = await group_rows.get(batch.tx, arrival.chat_id)
        language = group.language if group else person.language
    turn = Turn(
        batch,
        person,
        arrival.chat_id,
        arrival.lane,
        language,
        arrival.private,
        callback=arrival.callback,
        pressed_at=arrival.message_id if arrival.callback else None,
        message=arrival.message_id,
        arrival=arrival,
    )
    _judge_pace(turn, arrival)
    match arrival.what:
        case Migrated(new):
            await groups.on_migration(batch, arrival.chat_id, new)
        case MembershipChanged() as change:
            await groups.on_membership_change(turn, change)
        case MemberLeft() | MemberJoined() as change:
            await groups.on_member_change(turn, change)
        case Pressed(button):
            await _answer_press(turn, button, update, member=member)
        case UnknownPress():
            turn.toast("not-now")
        case Commanded() as command:
            await _answer_command(turn, command, update, member=member)
        case Said() | Attached() | Shared() as event:
            await messages.answer(turn, event, arrival, update, member=member)
        case AnonymousCommand(command):
            if command.to == turn.services.bot.lower() or (not command.to and command.name in COMMANDS):
                turn.say("write-as-yourself")
        case UnusableMessage() as message:
            await messages.answer_unusable(turn, message, arrival, update, member=member)
        case Edited() as edit:
            await edits.on_edit(turn, edit, update, member=member)
    turn.finish()


def _judge_pace(turn: Turn, arrival: Arrival) -> None:
    """Anyone who writes too fast in private is told once; from then on only what a dialogue needs is answered."""
    what = arrival.what
    if not turn.private or not isinstance(what, Said | Attached | UnusableMessage | Commanded | Shared):
        return
    kind = "command" if isinstance(what, Commanded | Shared) else "message"
    album = what.file.album if isinstance(what, Attached) else ""
    most = turn.company.flooding.messages_a_minute
    pace = turn.services.paces.judge(turn.person.telegram_id, kind, turn.message, turn.now, most, album=album)
    if pace is Pace.TOO_FAST_NOW:
        turn.say("too-fast", limit=most)
    turn.quiet = pace is not Pace.CALM


async def _answer_press(turn: Turn, button: Button, update: bytes, *, member: bool | None) -> None:
    """Route a dialogue's own button to the dialogue, any other to its room."""
    event = Pressed(button)
    match button:
        case DraftOptionButton() | DraftMoveButton():
            await _run_draft_step(turn, button, update, member=member)
        case HelpButton(command=name) if name:
            await _answer_command(turn, Commanded(name, "", ""), update, member=member)
        case HelpButton():
            if await _open_door(turn, Door.ROLES, update, member=member):
                await on_help_press(turn, button)
        case _ if rating.is_of_survey(button):
            await _run_survey_step(turn, ratings.dialogue_key(button.invitation), event, update, member=member)
        case _:
            entry = PRESSES[type(button)]
            if entry.door in {Door.PRIVATE, Door.PRIVATE_ROLES} and not turn.private:
                turn.toast("not-now")
            elif await _open_door(turn, entry.door, update, member=member):
                await entry.on_press(turn, button)


async def _answer_command(turn: Turn, command: Commanded, update: bytes, *, member: bool | None) -> None:
    """Route a command for this bot to its room; in a group, a command not meant for groups is answered only if this bot is named."""
    if turn.quiet or command.to not in {"", turn.services.bot.lower()}:
        return
    entry = COMMANDS.get(command.name)
    if not turn.private and (entry is None or not entry.anywhere):
        if command.to:
            turn.say("only-in-private")
    elif entry is None:
        turn.say("unknown-command")
    elif await _open_door(turn, entry.door, update, member=member):
        await entry.on_command(turn, command.args)


async def _open_door(turn: Turn, door: Door, update: bytes, *, member: bool | None) -> bool:
    """Find out what an entry point must know about the user; False if Telegram is asked first and the event will be replayed.

    In private nothing else shows that somebody still belongs to the company, so anyone who has roles is looked for there too.
    """
    if door is Door.MEMBERS or (turn.private and door in {Door.ROLES, Door.PRIVATE_ROLES}):
        return await memberships.check(turn, update, member=member)
    if door in {Door.ROLES, Door.PRIVATE_ROLES}:
        await turn.load_roles()
    return True


async def _run_survey_step(turn: Turn, key: str, event: Event, update: bytes, *, member: bool | None) -> None:
    session = turn.batch.sessions.get(turn.lane, {}).get(key)
    if session is None:
        turn.toast("not-now")
    elif await messages.may_go_on(turn, session, update, member=member):
        await outcomes.carry_out(turn, engine.run(turn, session, event))


async def _run_draft_step(
    turn: Turn, button: DraftOptionButton | DraftMoveButton, update: bytes, *, member: bool | None
) -> None:
    """Route a draft's button to whichever dialogue of this lane has that draft."""
    for session in list(turn.batch.sessions.get(turn.lane, {}).values()):
        if session.dialogue == rating.NAME:
            continue
        state = engine.decode_state(turn, session)
        draft = state.draft.id if isinstance(state.draft, ComplaintDraft) else state.draft
        if draft == button.draft:
            if await messages.may_go_on(turn, session, update, member=member):
                await outcomes.carry_out(turn, engine.run(turn, session, Pressed(button)))
            return
    turn.toast("not-now")


def find_linked_delivery(arrival: Arrival) -> int | None:
    """The delivery whose link this event opens, so that a batch can read all of them at once. Nothing is verified here."""
    if isinstance(arrival.what, Commanded) and arrival.what.name == "start" and links.is_link(arrival.what.args):
        return links.peek_delivery(arrival.what.args)
    return None


class MembershipAnswer(msgspec.Struct, frozen=True):
    """Telegram's answer to our membership question, on its way back through the inbox."""

    update: str
    status: str


MEMBER_STATUSES = memberships.MEMBER_STATUSES | {memberships.HIDDEN}
"""The answers by which somebody who acts in a group counts as its member."""


def make_membership_answer(update: str, status: str) -> MembershipAnswer:
    """The answer as it enters the inbox; the update says what was asked about it."""
    return MembershipAnswer(memberships.attach_answer(update.encode(), status).decode(), status)
