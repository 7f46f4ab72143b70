"""`/forgetme`: what will happen, two taps, a time to think in which one tap takes it back; then the person is gone (`erasure`).

1. What waits is a timer row, named after the person: asked again in that time, it is shown, never doubled.
2. Whether somebody can go is asked when they ask, and again when the time is over: who is the only manager by then stays, and hears why.
"""

from datetime import timedelta

from conversations.buttons import ForgetMeButton
from conversations.protocol import Key, KeyboardRow, Text
from domain.people import Person, Role
from domain.timer_kinds import TimerKind
from handlers.cases.life import cards
from handlers.privacy import erasure
from handlers.turns.batch import Batch
from handlers.turns.turn import Turn
from storage.cases import cases
from storage.people import people
from storage.privacy.belongings import find_belongings
from storage.queue import timers

SHOWN_NUMBERS = 5
"""Of the cases that somebody still works on, so many are named."""

_NAME = "forgetme"
_ASKED, _UNDONE = "person.forget", "person.forget_undone"


async def on_command(turn: Turn, _args: str) -> None:
    """What is erased and what stays; or what already waits."""
    if await timers.find_due_at(turn.tx, TimerKind.PERSON_ERASE, str(turn.person.id)) is not None:
        await _show_waiting(turn)
        return
    if why := await find_hindrance(turn.batch, turn.person):
        turn.say("forgetme-not-yet", why=_say(turn, why))
        return
    hours = turn.company.privacy.cooling_off_hours
    opened = len(await cases.list_open_of(turn.tx, turn.person.id))
    html = turn.text("forgetme", open=opened, hours=round(hours) if hours >= 1 else 0)
    if turn.person.grants:
        html += "\n\n" + turn.text("forgetme-staff", former=turn.plain("forgetme-former-staff"))
    _show(turn, html, _draw_row(("forgetme-ask", "a"), ("forgetme-keep", "n")))


async def on_press(turn: Turn, button: ForgetMeButton) -> None:
    """The two taps, and the one that takes it back."""
    subject = str(turn.person.id)
    due = await timers.find_due_at(turn.tx, TimerKind.PERSON_ERASE, subject)
    match button.what:
        case "b" if due is not None:
            turn.batch.cancel_timer(TimerKind.PERSON_ERASE, subject)
            turn.batch.record(turn.person.id, _UNDONE, f"person:{subject}")
            _show(turn, turn.text("forgetme-undone"))
        case "b":
            turn.toast("forgetme-too-late", alert=True)
        case _ if due is not None:
            await _show_waiting(turn)
        case "a":
            _show(turn, turn.text("forgetme-really"), _draw_row(("forgetme-yes", "y"), ("forgetme-no", "n")))
        case "y":
            await _set_timer(turn)
        case _:
            _show(turn, turn.text("forgetme-kept"))


async def on_timer(batch: Batch, person_id: int) -> None:
    """The time to think is over."""
    person = (await people.fetch_by_id(batch.tx, [person_id])).get(person_id)
    if person is None or not person.telegram_id:
        return
    if why := await find_hindrance(batch, person):
        texts = batch.services.texts
        said = texts.html(person.language, "forgetme-not-yet", {"why": texts.plain(person.language, why.key, why.args)})
        batch.show(person.telegram_id, _NAME, said, language=person.language, fresh=True)
        return
    await erasure.erase(batch, await find_belongings(batch.tx, [person_id]), by=person_id)
    if person.reachable:
        batch.say(person.telegram_id, batch.services.texts.html(person.language, "forgetme-done", {}))


async def _set_timer(turn: Turn) -> None:
    if why := await find_hindrance(turn.batch, turn.person):
        _show(turn, turn.text("forgetme-not-yet", why=_say(turn, why)))
        return
    due = turn.now + timedelta(hours=turn.company.privacy.cooling_off_hours)
    turn.batch.set_timer(TimerKind.PERSON_ERASE, str(turn.person.id), due)
    turn.batch.record(turn.person.id, _ASKED, f"person:{turn.person.id}")
    at = cards.format_moment(due, turn.company)
    _show(turn, turn.text("forgetme-waits", at=at), _draw_row(("forgetme-undo", "b")))


async def _show_waiting(turn: Turn) -> None:
    due = await timers.find_due_at(turn.tx, TimerKind.PERSON_ERASE, str(turn.person.id))
    at = cards.format_moment(due or turn.now, turn.company)
    _show(turn, turn.text("forgetme-waits", at=at), _draw_row(("forgetme-undo", "b")))


async def find_hindrance(batch: Batch, person: Person) -> Text | None:
    """Why this person cannot go yet: somebody has to be there for what they do."""
    if [manager.id for manager in await people.list_holders(batch.tx, Role.MANAGER)] == [person.id]:
        return Text("forgetme-last-manager")
    if owned := await cases.list_open_owned(batch.tx, person.id):
        numbers = ", ".join(owned[:SHOWN_NUMBERS]) + ("…" if len(owned) > SHOWN_NUMBERS else "")
        return Text("forgetme-owner", {"count": len(owned), "numbers": numbers})
    return None


def _say(turn: Turn, why: Text) -> str:
    return turn.plain(why.key, **why.args)


def _draw_row(*keys: tuple[str, str]) -> tuple[KeyboardRow, ...]:
    return (tuple(Key(Text(label), ForgetMeButton(what)) for label, what in keys),)


def _show(turn: Turn, html: str, rows: tuple[KeyboardRow, ...] = ()) -> None:
    at = turn.pressed_at
    turn.batch.show(turn.chat, _NAME, html, rows, language=turn.language, message_id=at, fresh=at is None)
