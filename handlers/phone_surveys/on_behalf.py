"""Proxy response (代为填写): a survey filled in on the customer's behalf by the person who took the call.

1. It is the ordinary survey, in the taker's own lane. Every event is checked again: the taker is still in quality and
   still has the call, and the customer still cannot be reached in chat.
2. The invitation is stored with the first answer, so that a call without answers leaves none.
"""

from dataclasses import replace
from datetime import timedelta

from conversations.surveys import rating, rating_states
from domain.deliveries.delivery import Fate, PhoneCallState
from domain.timer_kinds import TimerKind
from handlers.access import rights
from handlers.access.rights import Right
from handlers.phone_surveys import phone_calls, phone_list
from handlers.turns import engine
from handlers.turns.turn import Turn
from storage.people import people
from storage.queue.sessions import Session
from storage.surveys import phone_list as rows
from storage.surveys.ratings import Invitation

_OPEN_STATES = frozenset({PhoneCallState.TAKEN, PhoneCallState.ANSWERED})
"""The states of a call in which its survey can be filled in."""


def is_on_behalf(turn: Turn, session: Session) -> bool:
    """Whether this dialogue is a survey that staff fill in for a customer."""
    return session.dialogue == rating.NAME and engine.decode_state(turn, session).about.on_behalf


async def may_continue(turn: Turn, session: Session) -> bool:
    """Whether an event may reach this dialogue: always, except for a survey on somebody's behalf that is no longer the
    user's to fill in.
    """
    if session.dialogue != rating.NAME:
        return True
    about = engine.decode_state(turn, session).about
    if not about.on_behalf:
        return True
    await turn.load_roles()
    frozen = (await turn.batch.frozen([about.delivery])).get(about.delivery)
    phone_call = await rows.get(turn.tx, about.delivery, for_update=True)
    mine = (
        phone_call is not None
        and frozen is not None
        and phone_call.taken_by == turn.person.id
        and await rights.may(turn, Right.END_CALLS)
    )
    if phone_call is None or frozen is None or not mine or phone_call.state not in _OPEN_STATES:
        turn.toast("call-not-yours", alert=True)
        turn.batch.end_session(turn.lane, session.key)
        return False
    reached = not phone_calls.is_unreached(turn.batch, about.delivery, frozen.fate)
    if phone_call.state is PhoneCallState.TAKEN and (reached or frozen.invitation not in {None, about.invitation}):
        turn.toast("call-overtaken-now", waybill=phone_call.waybill, alert=True)
        await phone_calls.close_call(turn, phone_call, PhoneCallState.LISTED, "call-overtaken-now")
        return False
    return True


async def on_fact(turn: Turn, fact: rating_states.RatingAnswered) -> None:
    """The first answer: from now on there is a response, entered on the customer's behalf."""
    about = fact.about
    if not (fact.first and about.on_behalf):
        return
    frozen = (await turn.batch.frozen([about.delivery])).get(about.delivery)
    phone_call = await rows.get(turn.tx, about.delivery, for_update=True)
    if phone_call is None or frozen is None:
        return
    keep = timedelta(days=turn.company.invitations.change_within_days)
    new = Invitation(
        about.invitation,
        about.delivery,
        frozen.person,
        about.survey,
        "phone",
        turn.now,
        turn.now + keep,
        frozen.values,
        entered_by=turn.person.id,
    )
    turn.batch.invited.append(new)
    turn.batch.settle_delivery(replace(frozen, invitation=about.invitation, fate=Fate.PHONED))
    if frozen.person is not None:
        await people.record_asked(turn.tx, [frozen.person], turn.now)  # not again in chat within the week
    turn.batch.cancel_timer(TimerKind.PHONE_CALL_BACK_TO_LIST, str(about.delivery))
    turn.batch.set_timer(TimerKind.SURVEY_FORGET, f"{about.invitation}:{turn.person.telegram_id}", turn.now + keep)
    await rows.move(turn.tx, phone_call, PhoneCallState.ANSWERED, turn.now, taken_by=turn.person.id)
    turn.batch.record(turn.person.id, "callback.answered", phone_calls.format_subject(phone_call))
    phone_calls.show_card(turn, phone_call, turn.text("call-answered", **phone_calls.make_text_args(phone_call)))
    await phone_list.refresh_list(turn.batch)
