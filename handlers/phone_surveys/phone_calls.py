"""Phone calls: each is taken from the list in the quality group, made by its taker, and ended by an answer (see `on_behalf`) or otherwise.

1. The first press wins; the second person is told who was first. Number and name are shown only to the taker, and this
   is logged.
2. A call taken and not finished goes back to the list.
"""

from datetime import timedelta

from conversations.buttons import PhoneCallButton, PhoneListButton
from conversations.protocol import Key, KeyboardRow, Text
from conversations.surveys import rating
from domain.deliveries.delivery import UNREACHED_FATES, Fate, PhoneCallState
from domain.timer_kinds import TimerKind
from handlers.access import rights
from handlers.access.rights import Right
from handlers.cases.life import cards
from handlers.phone_surveys import phone_list
from handlers.surveys import ratings as rating_work
from handlers.turns import engine
from handlers.turns.batch import Batch
from handlers.turns.turn import Turn, make_private_turn
from storage.people import people
from storage.surveys import phone_list as rows
from storage.surveys.phone_list import PhoneCall
from texts.length import trim

REVEAL_ACTION = "callback.reveal"
"""Its name in the log."""

_ENDINGS = {
    "r": PhoneCallState.REFUSED,
    "w": PhoneCallState.WRONG_NUMBER,
    "n": PhoneCallState.NO_REPLY,
    "g": PhoneCallState.LISTED,
}


async def on_press(turn: Turn, button: PhoneCallButton | PhoneListButton) -> None:
    """A button of the list, or of a call."""
    await turn.load_roles()
    match button:
        case PhoneListButton():
            await phone_list.turn_page(turn, button)
        case PhoneCallButton(delivery, "t", page):
            await _take_call(turn, delivery, page)
        case PhoneCallButton(delivery, what) if turn.private and what in _ENDINGS:
            await _finish_call(turn, delivery, _ENDINGS[what])
        case _:
            turn.toast("not-now")


# --- taking ----------------------------------------------------------------------------------------------------------


async def _take_call(turn: Turn, delivery: int, page: int) -> None:
    if not await rights.may(turn, Right.PHONE_CUSTOMERS):
        turn.toast("not-yours", alert=True)
        return
    frozen = (await turn.batch.frozen([delivery])).get(delivery)
    phone_call = await rows.get(turn.tx, delivery, for_update=True)
    if phone_call is None or frozen is None:
        turn.toast("not-now")
    elif phone_call.state is PhoneCallState.TAKEN:
        turn.toast("call-taken", name=phone_call.taker, waybill=phone_call.waybill, alert=True)
    elif phone_call.state is not PhoneCallState.LISTED:
        turn.toast("call-done", waybill=phone_call.waybill, alert=True)
    elif turn.company.find_survey(frozen.values["service"]).anonymous:
        turn.toast("call-anonymous", waybill=phone_call.waybill, alert=True)
    elif not is_unreached(turn.batch, delivery, frozen.fate):
        turn.toast("call-overtaken-now", waybill=phone_call.waybill, alert=True)
    elif phone_list.is_too_old(turn.batch, phone_call):
        turn.toast("call-too-old", waybill=phone_call.waybill, alert=True)
    elif not turn.person.reachable:
        turn.toast("call-write-first", bot=turn.services.bot, alert=True)
    elif await rows.move(turn.tx, phone_call, PhoneCallState.TAKEN, turn.now, taken_by=turn.person.id):
        await _begin_call(turn, phone_call, turn.services.next_id())
        turn.toast("call-yours", waybill=phone_call.waybill)
    await phone_list.refresh_list(turn.batch, page=page, at=turn.pressed_at)


async def _begin_call(turn: Turn, phone_call: PhoneCall, invitation: int) -> None:
    """Show the taker the number with the survey below it, and set the deadline (`call_hours`)."""
    await turn.batch.load_people([turn.person.telegram_id])
    theirs = make_private_turn(turn.batch, turn.person)
    frozen = (await turn.batch.frozen([phone_call.delivery]))[phone_call.delivery]
    turn.batch.record(turn.person.id, "callback.take", format_subject(phone_call))
    turn.batch.record(turn.person.id, REVEAL_ACTION, format_subject(phone_call))
    due = turn.now + timedelta(hours=turn.company.invitations.call_hours)
    turn.batch.set_timer(TimerKind.PHONE_CALL_BACK_TO_LIST, str(phone_call.delivery), due)
    lines = [
        theirs.text(
            "call-card", **_make_card_args(turn.batch, phone_call), until=cards.format_moment(due, turn.company)
        )
    ]
    if others := await phone_list.list_other_waybills(turn.batch, phone_call.delivery):
        lines.append(theirs.text("call-others", count=len(others), waybills=", ".join(others)))
    show_card(theirs, phone_call, "\n\n".join(lines), _draw_buttons(phone_call), fresh=True)
    rating_work.invite_on_behalf(theirs, frozen, invitation)


def _make_card_args(batch: Batch, phone_call: PhoneCall) -> dict[str, str]:
    at = cards.format_moment(phone_call.delivered_at, batch.services.company)
    return {
        "waybill": phone_call.waybill,
        "name": trim(phone_call.name, 200) or "—",
        "phone": phone_call.phone or "—",
        "at": at,
    }


def _draw_buttons(phone_call: PhoneCall) -> tuple[KeyboardRow, ...]:
    def key(label: str, what: str) -> Key:
        return Key(Text(label), PhoneCallButton(phone_call.delivery, what))

    return (
        (key("call-no-reply-button", "n"), key("call-refused-button", "r")),
        (key("call-wrong-number-button", "w"), key("call-give-back-button", "g")),
    )


# --- other ends ------------------------------------------------------------------------------------------------------


async def _finish_call(turn: Turn, delivery: int, state: PhoneCallState) -> None:
    """No reply, refused, wrong number, or given back: by the person who has the call, while it has no answer."""
    phone_call = await rows.get(turn.tx, delivery, for_update=True)
    if (
        phone_call is None
        or not await rights.may(turn, Right.END_CALLS)
        or phone_call.taken_by != turn.person.id
        or phone_call.state is not PhoneCallState.TAKEN
    ):
        turn.toast("call-not-yours", alert=True)
        return
    attempts = phone_call.attempts + (state is PhoneCallState.NO_REPLY)
    said = {PhoneCallState.LISTED: "call-given-back", PhoneCallState.NO_REPLY: "call-no-reply-last"}.get(
        state, f"call-{state.replace('_', '-')}-kept"
    )
    if state is PhoneCallState.NO_REPLY and attempts < turn.company.invitations.call_attempts:
        state, said = PhoneCallState.LISTED, "call-no-reply-again"
    await close_call(turn, phone_call, state, said, attempts=attempts, at=turn.pressed_at)


async def close_call(
    turn: Turn,
    phone_call: PhoneCall,
    state: PhoneCallState,
    said: str,
    *,
    attempts: int | None = None,
    at: int | None = None,
) -> None:
    """End the call for its taker: hide the number, remove the survey, update the list."""
    attempts = phone_call.attempts if attempts is None else attempts
    taken_by = None if state is PhoneCallState.LISTED else phone_call.taken_by
    await rows.move(turn.tx, phone_call, state, turn.now, taken_by=taken_by, attempts=attempts)
    turn.batch.cancel_timer(TimerKind.PHONE_CALL_BACK_TO_LIST, str(phone_call.delivery))
    turn.batch.record(
        turn.person.id, "callback.close", format_subject(phone_call), phone_call.state.value, said.removeprefix("call-")
    )
    show_card(turn, phone_call, turn.text(said, **make_text_args(phone_call), attempts=attempts), at=at)
    for session in list(turn.batch.sessions.get(turn.lane, {}).values()):
        about = engine.decode_state(turn, session).about if session.dialogue == rating.NAME else None
        if about is not None and about.on_behalf and about.delivery == phone_call.delivery:
            turn.batch.end_session(turn.lane, session.key)
            name = engine.screen_name(turn.lane, session.key)
            turn.batch.show(turn.chat, name, turn.text("call-survey-over"), language=turn.language)
    await phone_list.refresh_list(turn.batch)


async def on_timer(batch: Batch, delivery: int) -> None:
    """Taken and never finished: let somebody else call."""
    phone_call = await rows.get(batch.tx, delivery, for_update=True)
    if phone_call is None or phone_call.state is not PhoneCallState.TAKEN or phone_call.taken_by is None:
        return
    taker = (await people.fetch_by_id(batch.tx, [phone_call.taken_by])).get(phone_call.taken_by)
    if taker is not None:
        await batch.load_people([taker.telegram_id])
        await close_call(make_private_turn(batch, taker), phone_call, PhoneCallState.LISTED, "call-went-back")


def is_unreached(batch: Batch, delivery: int, fate: Fate) -> bool:
    """Whether the delivery is still unreached, including changes made in this batch."""
    return batch.fates.get(delivery, fate) in UNREACHED_FATES


def make_text_args(phone_call: PhoneCall) -> dict[str, str]:
    return {"waybill": phone_call.waybill}


def format_subject(phone_call: PhoneCall) -> str:
    return f"delivery:{phone_call.delivery}"


def show_card(
    turn: Turn,
    phone_call: PhoneCall,
    html: str,
    keys: tuple[KeyboardRow, ...] = (),
    *,
    fresh: bool = False,
    at: int | None = None,
) -> None:
    name = f"call:{phone_call.delivery}"
    turn.batch.show(turn.chat, name, html, keys, language=turn.language, fresh=fresh, message_id=at)
