"""One call: taken from the list in the quality group, made by its taker, ended by an answer (see `behalf`) or otherwise.

1. First press wins; whoever comes second hears who was first. Number and name are shown to the taker alone, and the log says so.
2. What is taken and not finished goes back to the list.
"""

from datetime import timedelta

from conversations.buttons import Call as CallButton
from conversations.buttons import Calls
from conversations.protocol import Key, Row, Text
from conversations.surveys import rating
from domain.deliveries.delivery import UNREACHED, CallState, Fate
from handlers.cases.life import cards
from handlers.phone_surveys import callbacks
from handlers.surveys import ratings as rating_work
from handlers.turns import engine
from handlers.turns.batch import Batch, Turn
from storage.people import people
from storage.surveys import callbacks as rows
from storage.surveys.callbacks import Call
from texts.length import trim

BACK = "callback"
"""The timer that puts a call back on the list; its subject is the delivery."""

REVEALED = "callback.reveal"
"""How the log calls it."""

_RESULTS = {"r": CallState.REFUSED, "w": CallState.WRONG_NUMBER, "n": CallState.NO_REPLY, "g": CallState.LISTED}


async def pressed(turn: Turn, button: CallButton | Calls) -> None:
    """A button of the list, or of a call."""
    await turn.know_roles()
    match button:
        case Calls():
            await callbacks.turned(turn, button)
        case CallButton(delivery, "t", page):
            await _take(turn, delivery, page)
        case CallButton(delivery, what) if turn.private and what in _RESULTS:
            await _finish(turn, delivery, _RESULTS[what])
        case _:
            turn.toast("not-now")


# --- taking ----------------------------------------------------------------------------------------------------------


async def _take(turn: Turn, delivery: int, page: int) -> None:
    if not await callbacks.is_quality_here(turn):
        turn.toast("not-yours", alert=True)
        return
    frozen = (await turn.batch.frozen([delivery])).get(delivery)
    call = await rows.get(turn.tx, delivery, for_update=True)
    if call is None or frozen is None:
        turn.toast("not-now")
    elif call.state is CallState.TAKEN:
        turn.toast("call-taken", name=call.taker, waybill=call.waybill, alert=True)
    elif call.state is not CallState.LISTED:
        turn.toast("call-done", waybill=call.waybill, alert=True)
    elif turn.company.survey_of(frozen.values["service"]).anonymous:
        turn.toast("call-anonymous", waybill=call.waybill, alert=True)
    elif not is_unreached(turn.batch, delivery, frozen.fate):
        turn.toast("call-overtaken-now", waybill=call.waybill, alert=True)
    elif callbacks.is_too_old(turn.batch, call):
        turn.toast("call-too-old", waybill=call.waybill, alert=True)
    elif not turn.person.reachable:
        turn.toast("call-write-first", bot=turn.services.bot, alert=True)
    elif await rows.move(turn.tx, call, CallState.TAKEN, turn.now, taken_by=turn.person.id):
        await _begin(turn, call, turn.services.next_id())
        turn.toast("call-yours", waybill=call.waybill)
    await callbacks.refresh(turn.batch, page=page, at=turn.pressed_at)


async def _begin(turn: Turn, call: Call, invitation: int) -> None:
    """The taker has the number, the survey below it, and so many hours."""
    await turn.batch.meet([turn.person.telegram_id])
    theirs = turn.batch.private(turn.person)
    frozen = (await turn.batch.frozen([call.delivery]))[call.delivery]
    turn.batch.record(turn.person.id, "callback.take", subject(call))
    turn.batch.record(turn.person.id, REVEALED, subject(call))
    due = turn.now + timedelta(hours=turn.company.asking.call_hours)
    turn.batch.set_timer(BACK, str(call.delivery), due)
    lines = [theirs.text("call-card", **_facts(turn.batch, call), until=cards.moment(due, turn.company))]
    if others := await callbacks.others_of(turn.batch, call.delivery):
        lines.append(theirs.text("call-others", count=len(others), waybills=", ".join(others)))
    show(theirs, call, "\n\n".join(lines), _buttons(call), fresh=True)
    rating_work.invite_on_behalf(theirs, frozen, invitation)


def _facts(batch: Batch, call: Call) -> dict[str, str]:
    at = cards.moment(call.delivered_at, batch.services.company)
    return {"waybill": call.waybill, "name": trim(call.name, 200) or "—", "phone": call.phone or "—", "at": at}


def _buttons(call: Call) -> tuple[Row, ...]:
    def key(label: str, what: str) -> Key:
        return Key(Text(label), CallButton(call.delivery, what))

    return (
        (key("call-no-reply-button", "n"), key("call-refused-button", "r")),
        (key("call-wrong-number-button", "w"), key("call-give-back-button", "g")),
    )


# --- other ends ------------------------------------------------------------------------------------------------------


async def _finish(turn: Turn, delivery: int, state: CallState) -> None:
    """No reply, refused, wrong number, or given back: by whoever has the call, while it has no answer."""
    call = await rows.get(turn.tx, delivery, for_update=True)
    if (
        call is None
        or not turn.person.is_quality
        or call.taken_by != turn.person.id
        or call.state is not CallState.TAKEN
    ):
        turn.toast("call-not-yours", alert=True)
        return
    attempts = call.attempts + (state is CallState.NO_REPLY)
    said = {CallState.LISTED: "call-given-back", CallState.NO_REPLY: "call-no-reply-last"}.get(
        state, f"call-{state.replace('_', '-')}-kept"
    )
    if state is CallState.NO_REPLY and attempts < turn.company.asking.call_attempts:
        state, said = CallState.LISTED, "call-no-reply-again"
    await close(turn, call, state, said, attempts=attempts, at=turn.pressed_at)


async def close(
    turn: Turn, call: Call, state: CallState, said: str, *, attempts: int | None = None, at: int | None = None
) -> None:
    """The call is over for its taker: the number is no longer shown, the survey is gone, the list follows."""
    attempts = call.attempts if attempts is None else attempts
    taken_by = None if state is CallState.LISTED else call.taken_by
    await rows.move(turn.tx, call, state, turn.now, taken_by=taken_by, attempts=attempts)
    turn.batch.cancel_timer(BACK, str(call.delivery))
    turn.batch.record(turn.person.id, "callback.close", subject(call), call.state.value, said.removeprefix("call-"))
    show(turn, call, turn.text(said, **named(call), attempts=attempts), at=at)
    for session in list(turn.batch.sessions.get(turn.lane, {}).values()):
        about = engine.state_of(turn, session).about if session.dialogue == rating.NAME else None
        if about is not None and about.on_behalf and about.delivery == call.delivery:
            turn.batch.end_session(turn.lane, session.topic)
            name = engine.screen_name(turn.lane, session.topic)
            turn.batch.show(turn.chat, name, turn.text("call-survey-over"), language=turn.language)
    await callbacks.refresh(turn.batch)


async def back(batch: Batch, delivery: int) -> None:
    """Taken and never finished: somebody else may call."""
    call = await rows.get(batch.tx, delivery, for_update=True)
    if call is None or call.state is not CallState.TAKEN or call.taken_by is None:
        return
    taker = (await people.by_id(batch.tx, [call.taken_by])).get(call.taken_by)
    if taker is not None:
        await batch.meet([taker.telegram_id])
        await close(batch.private(taker), call, CallState.LISTED, "call-went-back")


def is_unreached(batch: Batch, delivery: int, fate: Fate) -> bool:
    """As this batch leaves it."""
    return batch.fates.get(delivery, fate) in UNREACHED


def named(call: Call) -> dict[str, str]:
    return {"waybill": call.waybill}


def subject(call: Call) -> str:
    return f"delivery:{call.delivery}"


def show(
    turn: Turn, call: Call, html: str, keys: tuple[Row, ...] = (), *, fresh: bool = False, at: int | None = None
) -> None:
    name = f"call:{call.delivery}"
    turn.batch.show(turn.chat, name, html, keys, language=turn.language, fresh=fresh, message_id=at)
