"""Verdicts of customers on an answer: solved, not solved, how it was handled, another question, or nothing at all.

Silence is not satisfaction: a case closed by the clock says so, and can be taken up again.
"""

from conversations.buttons import HandlingRatingButton, VerdictButton
from conversations.cases import reason
from conversations.protocol import Key, Words
from conversations.surveys.questions import FACES
from domain.cases.case import Case, CaseEvent, CaseKind, CaseRefusal, CaseState, Need
from handlers.cases.life import card_chats, cards, handling
from handlers.cases.life.customer_buttons import CUSTOMER, answer_name
from handlers.cases.notices import events
from handlers.turns import engine
from handlers.turns.turn import Turn
from storage.cases import cases

_RATINGS = range(1, 6)


async def on_verdict_press(turn: Turn, button: VerdictButton) -> None:
    """Solved or not: what counts is the customer's word."""
    case = await _fetch_own(turn, button.case)
    if case is None:
        return
    if case.kind is not CaseKind.COMPLAINT or case.state is not CaseState.ANSWERED or case.round != button.round:
        turn.toast("verdict-late", number=case.number)
        return
    if not button.solved:
        ask_why(turn, case, CaseEvent.NOT_SATISFIED)
        return
    moved = await events.cause(turn.batch, case, CaseEvent.SATISFIED, CUSTOMER, {}, by=turn.person)
    if isinstance(moved, CaseRefusal):
        turn.toast(moved.why)
        return
    _show_solved(turn, moved)


async def on_fact(turn: Turn, fact: reason.ReasonGiven) -> None:
    """Another round: show the department the reason and the whole history."""
    case = await cases.get(turn.tx, fact.case, for_update=True)
    if case is None or case.customer != turn.person.id:
        return
    facts = {Need.REASON: fact.reason}
    moved = await events.cause(turn.batch, case, CaseEvent.NOT_SATISFIED, CUSTOMER, facts, by=turn.person)
    if isinstance(moved, CaseRefusal):
        turn.say("verdict-late", number=case.number)
        return
    confirm_round(turn, moved)


def confirm_round(turn: Turn, case: Case) -> None:
    """The customer reads that the case is open again."""
    turn.say("case-again", number=case.number, round=case.round, due=cards.format_moment(case.due_at, turn.company))


def ask_why(turn: Turn, case: Case, event: CaseEvent) -> None:
    """Ask for the customer's words on what happens next; they count as soon as they are sent."""
    state = reason.AskingReason(turn.services.next_id(), case.id, case.number, event.value, confirm=False)
    engine.begin(turn, f"reason:{case.id}", reason.NAME, state)


async def on_handling_press(turn: Turn, button: HandlingRatingButton) -> None:
    """How the case was handled, from 1 to 5; the rating can be changed, and the log keeps the earlier one."""
    case = await _fetch_own(turn, button.case)
    if case is None:
        return
    if case.kind is not CaseKind.COMPLAINT or case.state is not CaseState.CLOSED or button.score not in _RATINGS:
        turn.toast("verdict-late", number=case.number)
        return
    if case.handling != button.score:
        await handling.rate_handling(turn.batch, case.id, button.score)
        before = str(case.handling) if case.handling is not None else None
        turn.batch.record(turn.person.id, "case.handling", f"case:{case.id}", before, str(button.score))
        case = await cases.get(turn.tx, case.id) or case
        await card_chats.refresh_cards(turn.batch, case)
    _show_solved(turn, case)


async def clear_handling_rating(turn: Turn, case: Case) -> None:
    """Clear the rating of a reopened case, which is rated again at its end; the log keeps the earlier one."""
    if case.handling is not None:
        await handling.rate_handling(turn.batch, case.id, None)
        turn.batch.record(turn.person.id, "case.handling", f"case:{case.id}", str(case.handling), None)
        await card_chats.refresh_cards(turn.batch, await cases.get(turn.tx, case.id) or case)


async def _fetch_own(turn: Turn, case_id: int) -> Case | None:
    case = await cases.get(turn.tx, case_id, for_update=True)
    if case is None or case.customer != turn.person.id:
        turn.toast("not-yours")
        return None
    return case


def _show_solved(turn: Turn, case: Case) -> None:
    """Thank the customer and ask how it was handled, in the answer's own message."""
    key = "handling-question" if case.handling is None else "handling-thanks"
    html = f"{turn.text('case-solved', number=case.number)}\n\n{turn.text(key, score=case.handling or 0)}"
    marks = ["✓" if case.handling == score else FACES[score - 1] for score in _RATINGS]
    rows = (tuple(Key(Words(f"{marks[n - 1]} {n}"), HandlingRatingButton(case.id, n)) for n in _RATINGS),)
    name = answer_name(case)
    turn.batch.show(turn.chat, name, html, rows, language=turn.language, message_id=turn.pressed_at)
