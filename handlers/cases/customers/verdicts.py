"""What a customer says to an answer: solved, not solved, how it was handled, one more question, or nothing at all.

Silence is not satisfaction: a case that the clock closed says so, and can be taken up again.
"""

from datetime import timedelta

from conversations.buttons import Handling, Mine, Verdict
from conversations.cases import reason
from conversations.protocol import Key, Row, Text, Words
from conversations.surveys.questions import FACES
from domain.cases.case import Case, Event, Kind, Need, Part, Refused, State, allowed
from domain.cases.others import TABLES
from handlers.cases.life import cards
from handlers.cases.life import cases as case_work
from handlers.turns import engine
from handlers.turns.batch import Batch, Turn
from storage.cases import cases
from storage.people import people

_CUSTOMER = frozenset({Part.CUSTOMER})
_RATED = range(1, 6)


def answer_name(case: Case) -> str:
    """Our name of the message that is the answer to the customer in this round."""
    return f"answer:{case.id}:{case.round}"


def may(case: Case) -> tuple[Event, ...]:
    """What the table allows the customer now."""
    return allowed(case, _CUSTOMER, TABLES[case.kind])


async def verdict(turn: Turn, button: Verdict) -> None:
    """Solved or not: what counts is the customer's word."""
    case = await _own(turn, button.case)
    if case is None:
        return
    if case.kind is not Kind.COMPLAINT or case.state is not State.ANSWERED or case.round != button.round:
        turn.toast("verdict-late", number=case.number)
        return
    if not button.solved:
        ask_why(turn, case, Event.NOT_SATISFIED)
        return
    moved = await case_work.move(turn.batch, case, Event.SATISFIED, _CUSTOMER, {}, actor=turn.person.id)
    if isinstance(moved, Refused):
        turn.toast(moved.why)
        return
    _show_solved(turn, moved)


async def not_satisfied(turn: Turn, fact: reason.Reasoned) -> None:
    """Another round: the department sees the reason and the whole history."""
    case = await cases.get(turn.tx, fact.case, for_update=True)
    if case is None or case.customer != turn.person.id:
        return
    facts = {Need.REASON: fact.reason}
    moved = await case_work.move(turn.batch, case, Event.NOT_SATISFIED, _CUSTOMER, facts, actor=turn.person.id)
    if isinstance(moved, Refused):
        turn.say("verdict-late", number=case.number)
        return
    await begin_round(turn, moved, fact.reason)


async def begin_round(turn: Turn, case: Case, why: str) -> None:
    """Everybody hears that it is open again."""
    turn.say("case-again", number=case.number, round=case.round, due=cards.moment(case.due_at, turn.company))
    await case_work.tell(turn.batch, case, "round-begins", round=case.round, reason=why)


def ask_why(turn: Turn, case: Case, event: Event) -> None:
    """The customer's words for what happens next; they count as they are sent."""
    state = reason.Asking(turn.services.next_id(), case.id, case.number, event.value, confirm=False)
    engine.begin(turn, f"reason:{case.id}", reason.NAME, state)


async def handling(turn: Turn, button: Handling) -> None:
    """How the customer was dealt with, from 1 to 5; it can be changed, and the log keeps what it was."""
    case = await _own(turn, button.case)
    if case is None:
        return
    if case.kind is not Kind.COMPLAINT or case.state is not State.CLOSED or button.score not in _RATED:
        turn.toast("verdict-late", number=case.number)
        return
    if case.handling != button.score:
        await cases.set_handling(turn.tx, case.id, button.score)
        before = str(case.handling) if case.handling is not None else None
        turn.batch.record(turn.person.id, "case.handling", f"case:{case.id}", before, str(button.score))
        case = await cases.get(turn.tx, case.id) or case
        await case_work.refresh(turn.batch, case)
    _show_solved(turn, case)


async def forget_handling(turn: Turn, case: Case) -> None:
    """A case that is open again is rated anew at its end; the log keeps what was said the first time."""
    if case.handling is not None:
        await cases.set_handling(turn.tx, case.id, None)
        turn.batch.record(turn.person.id, "case.handling", f"case:{case.id}", str(case.handling), None)
        await case_work.refresh(turn.batch, await cases.get(turn.tx, case.id) or case)


async def heard(turn: Turn, case: Case) -> Case:
    """The customer has sent something: a case that waits for it goes on. The copy under the card names the owner."""
    if case.state is not State.WAITING:
        return case
    moved = await case_work.move(turn.batch, case, Event.CUSTOMER_ANSWERS, _CUSTOMER, {}, actor=turn.person.id)
    return case if isinstance(moved, Refused) else moved


async def asked_again(turn: Turn, case: Case, words: str) -> Case:
    """What a customer writes to an answered inquiry sends it back to the department; any other case stays as it is."""
    if case.kind is not Kind.INQUIRY or case.state is not State.ANSWERED:
        return case
    facts = {Need.WORDS: words.strip() or turn.plain("inquiry-only-files")}
    moved = await case_work.move(turn.batch, case, Event.ASK_MORE, _CUSTOMER, facts, actor=turn.person.id)
    return case if isinstance(moved, Refused) else moved


async def closed_silently(batch: Batch, case: Case) -> None:
    """The clock closed an answered case: the customer hears it once, with the way to open it again."""
    customer = (await people.by_id(batch.tx, [case.customer])).get(case.customer) if case.customer is not None else None
    if customer is None:
        return
    key = "closed-silently" if Event.REOPEN in may(case) else "closed-silently-inquiry"
    until = batch.now + timedelta(days=batch.services.company.handling.reopen_within_days)
    args = {"number": case.number, "until": cards.moment(until, batch.services.company)}
    case_work.tell_customer(batch, customer, key, reopen_rows(case), f"mine:{case.id}", **args)


async def question_lapsed(batch: Batch, case: Case) -> None:
    """The customer did not answer the department's question in time: the work goes on, and an answer is still welcome."""
    customer = (await people.by_id(batch.tx, [case.customer])).get(case.customer) if case.customer is not None else None
    if customer is not None:
        due = cards.moment(case.due_at, batch.services.company)
        case_work.tell_customer(batch, customer, "question-lapsed", number=case.number, due=due)


def reopen_rows(case: Case) -> tuple[Row, ...]:
    """The button that a closed case offers, where its table has it."""
    return ((Key(Text("not-solved-after-all"), Mine(case.id, "n")),),) if Event.REOPEN in may(case) else ()


async def _own(turn: Turn, case_id: int) -> Case | None:
    case = await cases.get(turn.tx, case_id, for_update=True)
    if case is None or case.customer != turn.person.id:
        turn.toast("not-yours")
        return None
    return case


def _show_solved(turn: Turn, case: Case) -> None:
    """Thanks, and how the handling was, in the answer's own message."""
    key = "handling-question" if case.handling is None else "handling-thanks"
    html = f"{turn.text('case-solved', number=case.number)}\n\n{turn.text(key, score=case.handling or 0)}"
    marks = ["✓" if case.handling == score else FACES[score - 1] for score in _RATED]
    rows = (tuple(Key(Words(f"{marks[n - 1]} {n}"), Handling(case.id, n)) for n in _RATED),)
    name = answer_name(case)
    turn.batch.show(turn.chat, name, html, rows, language=turn.language, message_id=turn.pressed_at)
