"""Router: the one place that decides who answers an event, by what happened, who it is, and where."""

from dataclasses import replace

import msgspec

from conversations.buttons import (
    Button,
    DraftMoveButton,
    DraftOptionButton,
)
from conversations.cases import complaint, forms, letter, reason, standard_answer
from conversations.cases.complaint_states import ComplaintDraft
from conversations.protocol import Attached, Event, Pressed, Said, Shared
from conversations.surveys import rating, rating_states
from handlers import edits, outcomes
from handlers.access import links
from handlers.access.case_rights import CaseRight, may
from handlers.cases.customers import replies, triage
from handlers.cases.messages import letters, threads
from handlers.commands import COMMANDS
from handlers.people import customers, groups, memberships
from handlers.phone_surveys import on_behalf
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
from storage.queue import outbox
from storage.queue.sessions import Session


async def route(batch: Batch, arrival: Arrival, update: bytes, *, member: bool | None = None) -> None:
    """Answer one event. `member` is Telegram's answer to whether the sender is in the group, None if it was not asked."""
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
            await _answer_message(turn, event, arrival, update, member=member)
        case AnonymousCommand(command):
            if command.to == turn.services.bot.lower() or (not command.to and command.name in COMMANDS):
                turn.say("write-as-yourself")
        case UnusableMessage(key):
            if turn.private and not turn.quiet:
                turn.say(key)
        case Edited() as edit:
            await edits.on_edit(turn, edit)
    turn.finish()


def _judge_pace(turn: Turn, arrival: Arrival) -> None:
    """Whoever writes too fast in private is told once; from then on only what a dialogue needs is answered."""
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

    In private nothing else shows that somebody still belongs to the company, so whoever has roles is looked for there too.
    """
    if door is Door.MEMBERS or (turn.private and door in {Door.ROLES, Door.PRIVATE_ROLES}):
        return await memberships.check(turn, update, member=member)
    if door in {Door.ROLES, Door.PRIVATE_ROLES}:
        await turn.load_roles()
    return True


async def _may_go_on(turn: Turn, session: Session, update: bytes, *, member: bool | None) -> bool:
    """Whether an event may reach this dialogue; one of staff's goes on in private only while they are staff."""
    if turn.private and (session.dialogue in _OF_STAFF or on_behalf.is_on_behalf(turn, session)):
        if not await memberships.check(turn, update, member=member):
            return False
    elif not turn.private:
        await turn.load_roles()
    return await on_behalf.may_continue(turn, session)


_OF_STAFF = frozenset({forms.NAME, letter.NAME, reason.NAME, standard_answer.NAME})
"""Dialogues that staff have; customers give reasons too, which costs them the reading of their roles."""


async def _run_survey_step(turn: Turn, key: str, event: Event, update: bytes, *, member: bool | None) -> None:
    session = turn.batch.sessions.get(turn.lane, {}).get(key)
    if session is None:
        turn.toast("not-now")
    elif await _may_go_on(turn, session, update, member=member):
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
            if await _may_go_on(turn, session, update, member=member):
                await outcomes.carry_out(turn, engine.run(turn, session, Pressed(button)))
            return
    turn.toast("not-now")


async def _answer_message(
    turn: Turn, event: Said | Attached | Shared, arrival: Arrival, update: bytes, *, member: bool | None
) -> None:
    if not isinstance(event, Shared):
        event = replace(event, message=arrival.message_id)
    if not turn.private:
        session = await _find_prompted_session(turn, arrival)
        if session is not None:
            await turn.load_roles()
            await outcomes.carry_out(turn, engine.run(turn, session, event))
        elif not isinstance(event, Shared):
            await _answer_group_message(turn, event, arrival, update, member=member)
        return
    answered = await _find_answered_session(turn, arrival)
    session = answered or engine.find_awaiting(turn)
    if isinstance(event, Shared) and (session is None or not _takes_phone_number(turn, session)):
        if not turn.quiet:
            await customers.link_phone(turn, event.phone)
        return
    case = await threads.find_case(turn, arrival) if answered is None and not isinstance(event, Shared) else None
    if case is not None and not isinstance(event, Shared) and not engine.is_about(turn, session, case.id):
        if case.customer == turn.person.id:
            await replies.on_reply(turn, event, case)
            return
        if not await memberships.check(turn, update, member=member):
            return
        if await may(turn, CaseRight.WRITE_ABOUT, case):
            await letters.on_reply(turn, event, case)
            return
    if session is not None:
        if await _may_go_on(turn, session, update, member=member):
            await outcomes.carry_out(turn, engine.run(turn, session, event))
    else:
        left = max(turn.batch.sessions.get(turn.lane, {}).values(), key=lambda one: one.touched, default=None)
        if left is not None and left.dialogue not in {rating.NAME, letter.NAME}:
            await outcomes.carry_out(turn, engine.run(turn, left, event))
        elif not isinstance(event, Shared):
            await triage.on_message(turn, event)


def _takes_phone_number(turn: Turn, session: Session) -> bool:
    """Whether a phone number shared now answers this dialogue's question."""
    if session.dialogue != rating.NAME:
        return session.dialogue == complaint.NAME
    state: rating_states.State = engine.decode_state(turn, session)
    return rating.listens_for_contact(turn.services.surveys[state.about.survey], state)


async def _answer_group_message(
    turn: Turn, event: Said | Attached, arrival: Arrival, update: bytes, *, member: bool | None
) -> None:
    """A group message that answers no question: the rest of an album, a reply about a case, or nothing of ours."""
    if letters.join_album(turn, event):
        return
    case = await threads.find_case(turn, arrival)
    if case is not None and await memberships.check(turn, update, member=member):
        await letters.on_reply(turn, event, case)


async def _find_answered_session(turn: Turn, arrival: Arrival) -> Session | None:
    """The open dialogue whose own message this replies to: it takes precedence over everything else."""
    if arrival.replies_to is None or not arrival.replies_to_bot:
        return None
    name = await outbox.find_name(turn.tx, turn.chat, arrival.replies_to)
    open_ones = turn.batch.sessions.get(turn.lane, {}).values()
    return next((one for one in open_ones if engine.screen_name(one.lane, one.key) == name), None)


async def _find_prompted_session(turn: Turn, arrival: Arrival) -> Session | None:
    """The question this message replies to, if it was put to its sender. A plain group message answers nothing."""
    if arrival.replies_to is None or not arrival.replies_to_bot:
        return None
    waiting = [one for one in turn.batch.sessions.get(turn.lane, {}).values() if one.awaits]
    name = await outbox.find_name(turn.tx, turn.chat, arrival.replies_to)
    if name is None:
        # The reply may arrive before we have recorded the question's message; with only one question open there is no doubt.
        return waiting[0] if len(waiting) == 1 else None
    return next((one for one in waiting if engine.screen_name(one.lane, one.key) == name), None)


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
