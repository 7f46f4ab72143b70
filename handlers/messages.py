"""Messages: what is said in private and in groups, and who takes it: a dialogue, a case, or the triage of what is said unasked.

1. In private the message replied to decides; then the dialogue that waits for words, then one that waits for a press. What nobody asked
   for is kept all the same (`handlers/cases/customers/triage.py`).
2. In a group only a reply to a prompt is an answer, and only from the person who was asked (`handlers/group_prompts.py`).
3. What cannot be passed on (a sticker, a poll) is answered with what can, and the question is put again.
"""

from dataclasses import replace

from conversations.cases import complaint, forms, letter, reason, standard_answer
from conversations.cases import triage as triage_dialogue
from conversations.protocol import Attached, Said, Shared, Text
from conversations.surveys import rating, rating_states
from handlers import group_prompts, outcomes
from handlers.access.case_rights import CaseRight, may
from handlers.cases.customers import replies, triage
from handlers.cases.messages import letters, threads
from handlers.people import customers, memberships
from handlers.phone_surveys import on_behalf
from handlers.turns import engine
from handlers.turns.inbound import Arrival, UnusableMessage
from handlers.turns.turn import Turn
from storage.queue import outbox
from storage.queue.sessions import Session

_OF_STAFF = frozenset({forms.NAME, letter.NAME, reason.NAME, standard_answer.NAME})
"""Dialogues that staff have; customers give reasons too, which costs them the reading of their roles."""


async def answer(
    turn: Turn, event: Said | Attached | Shared, arrival: Arrival, update: bytes, *, member: bool | None
) -> None:
    """Words, a file or the sender's own phone number, wherever they were sent."""
    if isinstance(event, Shared):
        await _answer_phone_number(turn, event, arrival, update, member=member)
        return
    event = replace(event, message=arrival.message_id)
    if turn.private:
        await _answer_in_private(turn, event, arrival, update, member=member)
    elif (session := await group_prompts.find_prompted_session(turn, arrival)) is not None:
        await turn.load_roles()
        await outcomes.carry_out(turn, engine.run(turn, session, event))
    else:
        await _answer_in_group(turn, event, arrival, update, member=member)


async def answer_unusable(
    turn: Turn, message: UnusableMessage, arrival: Arrival, update: bytes, *, member: bool | None
) -> None:
    """Something that cannot be kept as it is: its words are, if it has any; otherwise its sender reads what can be."""
    waiting = engine.find_awaiting(turn) if turn.private else await group_prompts.find_prompted_session(turn, arrival)
    if message.words:
        if turn.private and (waiting is None or waiting.dialogue == triage_dialogue.NAME) and not turn.quiet:
            turn.say(message.text_key)
        await answer(turn, Said(message.words), arrival, update, member=member)
    elif turn.quiet:
        return
    elif (session := waiting or _find_unfinished_session(turn)) is not None:
        engine.show(turn, session, above=Text(message.text_key))
    elif turn.private:
        turn.say(f"{message.text_key}-alone")
    elif await threads.find_case(turn, arrival) is not None:
        turn.say(message.text_key)


async def may_go_on(turn: Turn, session: Session, update: bytes, *, member: bool | None) -> bool:
    """Whether an event may reach this dialogue; one of staff's goes on in private only while they are staff."""
    if turn.private and (session.dialogue in _OF_STAFF or on_behalf.is_on_behalf(turn, session)):
        if not await memberships.check(turn, update, member=member):
            return False
    elif not turn.private:
        await turn.load_roles()
    return await on_behalf.may_continue(turn, session)


# --- in private ------------------------------------------------------------------------------------------------------


async def _answer_phone_number(
    turn: Turn, event: Shared, arrival: Arrival, update: bytes, *, member: bool | None
) -> None:
    """It answers a question that asks for it; elsewhere it links the deliveries of the number."""
    if not turn.private:
        session = await group_prompts.find_prompted_session(turn, arrival)
        if session is not None:
            await turn.load_roles()
            await outcomes.carry_out(turn, engine.run(turn, session, event))
        return
    session = await _find_answered_session(turn, arrival) or engine.find_awaiting(turn)
    if session is None or not _takes_phone_number(turn, session):
        if not turn.quiet:
            await customers.link_phone(turn, event.phone)
    elif await may_go_on(turn, session, update, member=member):
        await outcomes.carry_out(turn, engine.run(turn, session, event))


async def _answer_in_private(
    turn: Turn, event: Said | Attached, arrival: Arrival, update: bytes, *, member: bool | None
) -> None:
    answered = await _find_answered_session(turn, arrival)
    session = answered or engine.find_awaiting(turn)
    case = await threads.find_case(turn, arrival) if answered is None else None
    if case is not None and not engine.is_about(turn, session, case.id):
        if case.customer == turn.person.id:
            await replies.on_reply(turn, event, case)
            return
        if not await memberships.check(turn, update, member=member):
            return
        if await may(turn, CaseRight.WRITE_ABOUT, case):
            await letters.on_reply(turn, event, case)
            return
    if session is not None:
        if await may_go_on(turn, session, update, member=member):
            await outcomes.carry_out(turn, engine.run(turn, session, event))
        return
    left = _find_last_session(turn)
    if left is not None and left.dialogue not in {rating.NAME, letter.NAME}:
        await outcomes.carry_out(turn, engine.run(turn, left, event))
    else:
        await triage.on_message(turn, event)


def _takes_phone_number(turn: Turn, session: Session) -> bool:
    """Whether a phone number shared now answers this dialogue's question."""
    if session.dialogue != rating.NAME:
        return session.dialogue == complaint.NAME
    state: rating_states.State = engine.decode_state(turn, session)
    return rating.listens_for_contact(turn.services.surveys[state.about.survey], state)


def _find_last_session(turn: Turn) -> Session | None:
    """The dialogue of this lane that was touched last."""
    return max(turn.batch.sessions.get(turn.lane, {}).values(), key=lambda one: one.touched, default=None)


def _find_unfinished_session(turn: Turn) -> Session | None:
    """The last dialogue, if it still asks something of its person in private."""
    left = _find_last_session(turn) if turn.private else None
    if left is None or left.dialogue == letter.NAME:
        return None
    over = left.dialogue == rating.NAME and isinstance(engine.decode_state(turn, left), rating_states.Thanked)
    return None if over else left


async def _find_answered_session(turn: Turn, arrival: Arrival) -> Session | None:
    """The open dialogue whose own message this replies to: it takes precedence over everything else."""
    if arrival.replies_to is None or not arrival.replies_to_bot:
        return None
    name = await outbox.find_name(turn.tx, turn.chat, arrival.replies_to)
    open_ones = turn.batch.sessions.get(turn.lane, {}).values()
    return next((one for one in open_ones if engine.screen_name(one.lane, one.key) == name), None)


# --- in groups -------------------------------------------------------------------------------------------------------


async def _answer_in_group(
    turn: Turn, event: Said | Attached, arrival: Arrival, update: bytes, *, member: bool | None
) -> None:
    """A group message that answers no question: the rest of an album, a reply about a case, or nothing of ours."""
    if letters.join_album(turn, event):
        return
    if arrival.replies_to_bot and await group_prompts.tell_who_is_asked(turn, arrival):
        return
    case = await threads.find_case(turn, arrival)
    if case is not None:
        if await memberships.check(turn, update, member=member):
            await letters.on_reply(turn, event, case)
    elif arrival.replies_to is None:
        await group_prompts.ask_for_reply(turn)
