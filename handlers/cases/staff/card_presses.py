"""Card buttons: what staff do about a case in the group where its card is.

1. Role, chat and state are checked at each press, inside the transaction; the first press wins, the second hears who
   was first.
2. What staff type is a reply to the bot's prompt, is shown back, and counts only then.
"""

from conversations.buttons import CASE_ACTIONS, CaseActionButton
from domain.cases.case import Case, CaseEvent
from handlers.access.case_rights import CaseRight, find_parts, may
from handlers.cases.file import pages, reveal, view
from handlers.cases.life import cards, transitions
from handlers.cases.messages import letters
from handlers.cases.staff import actions, prompts
from handlers.turns.turn import Turn
from storage.cases import cases
from storage.queue import outbox


async def on_press(turn: Turn, button: CaseActionButton) -> None:
    """A press on a card, by somebody whose membership in the chat is established."""
    case = await cases.get(turn.tx, button.case, for_update=True)
    name = CASE_ACTIONS.get(button.event)
    if case is None or name is None or not await may(turn, CaseRight.PRESS_CARD, case):
        turn.toast("not-yours", alert=True)
        return
    await _note_place(turn, case)
    match name:
        case "history" | "full_text":
            await view.show_under_card(turn, case, name)
        case "note":
            letters.begin_note(turn, case)
        case "report" if await may(turn, CaseRight.STATE, case):
            letters.begin_statement(turn, case)
        case "report":
            turn.toast("not-yours", alert=True)
        case "reveal":
            await reveal.reveal_contact(turn, case)
        case _:
            await _begin_event(turn, case, CaseEvent(name))
            await pages.redraw(turn, case.id)


async def _note_place(turn: Turn, case: Case) -> None:
    """If nobody knows where the card is, Telegram's answer to it was lost: it is where it was pressed, and is edited there, not sent again."""
    card = (turn.chat, cards.card_name(case.id))
    if turn.pressed_at is None or await outbox.find_messages(turn.tx, [card]):
        return
    if await outbox.find_name(turn.tx, turn.chat, turn.pressed_at) is None:
        await outbox.name_message(turn.tx, *card, turn.pressed_at)


async def _begin_event(turn: Turn, case: Case, event: CaseEvent) -> None:
    """An event of the case's table: caused at once, or after what it needs was asked. What cannot be is not asked about."""
    refused = await transitions.find_refusal(turn.batch, case, event, await find_parts(turn, case))
    if refused is not None:
        await actions.refuse(turn, case, event, refused)
    elif event in prompts.ASKED:
        await prompts.begin_dialogue(turn, case, event)
    else:
        await actions.attempt(turn, case, event, {})
