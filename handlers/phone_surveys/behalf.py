"""A survey filled in on the customer's behalf (代为填写), by whoever has taken the call.

1. It is the ordinary survey, in the taker's own lane. Every event is checked again: still quality's, still the taker's, and the customer
   still not to be reached in chat.
2. The invitation is written down with the first answer, so that a call without one leaves none.
"""

from dataclasses import replace
from datetime import timedelta

from conversations.surveys import rating, rating_states
from domain.deliveries.delivery import CallState, Fate
from handlers.phone_surveys import callbacks, calls
from handlers.turns import engine
from handlers.turns.batch import Turn
from storage.people import people
from storage.queue.sessions import Session
from storage.surveys import callbacks as rows
from storage.surveys.ratings import Invitation

_GOING_ON = frozenset({CallState.TAKEN, CallState.ANSWERED})
_OVER = "forget"
"""The timer that ends a dialogue whose time to change is over."""


async def may_go_on(turn: Turn, session: Session) -> bool:
    """Whether an event may reach this dialogue: always, but for a survey on somebody's behalf that is no longer the presser's to fill in."""
    if session.dialogue != rating.NAME:
        return True
    about = engine.state_of(turn, session).about
    if not about.on_behalf:
        return True
    await turn.know_roles()
    frozen = (await turn.batch.frozen([about.delivery])).get(about.delivery)
    call = await rows.get(turn.tx, about.delivery, for_update=True)
    mine = call is not None and frozen is not None and call.taken_by == turn.person.id and turn.person.is_quality
    if call is None or frozen is None or not mine or call.state not in _GOING_ON:
        turn.toast("call-not-yours", alert=True)
        turn.batch.end_session(turn.lane, session.topic)
        return False
    reached = not calls.is_unreached(turn.batch, about.delivery, frozen.fate)
    if call.state is CallState.TAKEN and (reached or frozen.invitation not in {None, about.invitation}):
        turn.toast("call-overtaken-now", waybill=call.waybill, alert=True)
        await calls.close(turn, call, CallState.LISTED, "call-overtaken-now")
        return False
    return True


async def answered(turn: Turn, about: rating_states.About) -> None:
    """The first answer: from now on there is a response, entered on the customer's behalf."""
    frozen = (await turn.batch.frozen([about.delivery])).get(about.delivery)
    call = await rows.get(turn.tx, about.delivery, for_update=True)
    if call is None or frozen is None:
        return
    keep = timedelta(days=turn.company.asking.change_within_days)
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
        await people.asked(turn.tx, [frozen.person], turn.now)  # not again in chat within the week
    turn.batch.cancel_timer(calls.BACK, str(about.delivery))
    turn.batch.set_timer(_OVER, f"{about.invitation}:{turn.person.telegram_id}", turn.now + keep)
    await rows.move(turn.tx, call, CallState.ANSWERED, turn.now, taken_by=turn.person.id)
    turn.batch.record(turn.person.id, "callback.answered", calls.subject(call))
    calls.show(turn, call, turn.text("call-answered", **calls.named(call)))
    await callbacks.refresh(turn.batch)
