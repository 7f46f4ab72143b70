"""Verdicts of customers on an answer: solved, not solved, how it was handled, another question, or nothing at all.

Silence is not satisfaction: a case closed by the clock says so, and can be taken up again.
"""

from datetime import timedelta

from conversations.buttons import HandlingRatingButton, MyCaseButton, VerdictButton
from conversations.cases import reason
from conversations.protocol import Key, KeyboardRow, Text, Words
from conversations.surveys.questions import FACES
from domain.cases.case import Case, CaseEvent, CaseKind, CasePart, CaseRefusal, CaseState, Need, list_allowed_events
from domain.cases.feedback import LIFECYCLES
from handlers.cases.life import cards
from handlers.cases.life import cases as case_work
from handlers.turns import engine
from handlers.turns.batch import Batch, Turn
from storage.cases import cases
from storage.people import people

_CUSTOMER = frozenset({CasePart.CUSTOMER})
_RATINGS = range(1, 6)


def answer_name(case: Case) -> str:
    """Our name for the message with the answer to the customer in this round."""
    return f"answer:{case.id}:{case.round}"


def list_allowed(case: Case) -> tuple[CaseEvent, ...]:
    """What the table allows the customer now."""
    return list_allowed_events(case, _CUSTOMER, LIFECYCLES[case.kind])


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
    moved = await case_work.move(turn.batch, case, CaseEvent.SATISFIED, _CUSTOMER, {}, actor=turn.person.id)
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
    moved = await case_work.move(turn.batch, case, CaseEvent.NOT_SATISFIED, _CUSTOMER, facts, actor=turn.person.id)
    if isinstance(moved, CaseRefusal):
        turn.say("verdict-late", number=case.number)
        return
    await begin_round(turn, moved, fact.reason)


async def begin_round(turn: Turn, case: Case, why: str) -> None:
    """Tell everybody that it is open again."""
    turn.say("case-again", number=case.number, round=case.round, due=cards.format_moment(case.due_at, turn.company))
    await case_work.tell(turn.batch, case, "round-begins", round=case.round, reason=why)


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
        await cases.set_handling_rating(turn.tx, case.id, button.score)
        before = str(case.handling) if case.handling is not None else None
        turn.batch.record(turn.person.id, "case.handling", f"case:{case.id}", before, str(button.score))
        case = await cases.get(turn.tx, case.id) or case
        await case_work.refresh_cards(turn.batch, case)
    _show_solved(turn, case)


async def clear_handling_rating(turn: Turn, case: Case) -> None:
    """Clear the rating of a reopened case, which is rated again at its end; the log keeps the earlier one."""
    if case.handling is not None:
        await cases.set_handling_rating(turn.tx, case.id, None)
        turn.batch.record(turn.person.id, "case.handling", f"case:{case.id}", str(case.handling), None)
        await case_work.refresh_cards(turn.batch, await cases.get(turn.tx, case.id) or case)


async def resume_waiting(turn: Turn, case: Case) -> Case:
    """The customer has sent something: resume a case that was waiting for it. The copy under the card names the owner."""
    if case.state is not CaseState.WAITING:
        return case
    moved = await case_work.move(turn.batch, case, CaseEvent.CUSTOMER_ANSWERS, _CUSTOMER, {}, actor=turn.person.id)
    return case if isinstance(moved, CaseRefusal) else moved


async def reopen_inquiry(turn: Turn, case: Case, words: str) -> Case:
    """Send an answered inquiry back to the department when the customer writes again; any other case stays as it is."""
    if case.kind is not CaseKind.INQUIRY or case.state is not CaseState.ANSWERED:
        return case
    facts = {Need.WORDS: words.strip() or turn.plain("inquiry-only-files")}
    moved = await case_work.move(turn.batch, case, CaseEvent.ASK_MORE, _CUSTOMER, facts, actor=turn.person.id)
    return case if isinstance(moved, CaseRefusal) else moved


async def tell_closed_silently(batch: Batch, case: Case) -> None:
    """The clock closed an answered case: tell the customer once, with the way to reopen it."""
    customer = (
        (await people.fetch_by_id(batch.tx, [case.customer])).get(case.customer) if case.customer is not None else None
    )
    if customer is None:
        return
    key = "closed-silently" if CaseEvent.REOPEN in list_allowed(case) else "closed-silently-inquiry"
    until = batch.now + timedelta(days=batch.services.company.handling.reopen_within_days)
    args = {"number": case.number, "until": cards.format_moment(until, batch.services.company)}
    case_work.tell_customer(batch, customer, key, draw_reopen_rows(case), f"mine:{case.id}", **args)


async def tell_question_lapsed(batch: Batch, case: Case) -> None:
    """The customer did not answer the department's question in time: tell them that the work continues and an answer is still welcome."""
    customer = (
        (await people.fetch_by_id(batch.tx, [case.customer])).get(case.customer) if case.customer is not None else None
    )
    if customer is not None:
        due = cards.format_moment(case.due_at, batch.services.company)
        case_work.tell_customer(batch, customer, "question-lapsed", number=case.number, due=due)


def draw_reopen_rows(case: Case) -> tuple[KeyboardRow, ...]:
    """The reopen button of a closed case, if its table allows it."""
    return (
        ((Key(Text("not-solved-after-all"), MyCaseButton(case.id, "n")),),)
        if CaseEvent.REOPEN in list_allowed(case)
        else ()
    )


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
