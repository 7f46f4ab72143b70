"""Questions to the company: standard answers first, then a case; "anything else?" closes it, one more question sends it back.

1. An inquiry is a case only when no standard answer was enough.
2. Whatever the customer writes to an answered inquiry is one more question.
"""

from conversations import pieces
from conversations.buttons import Mine
from conversations.cases import inquiry
from conversations.protocol import Key, Row, Text
from domain.cases.case import Case, Event, Kind, Part, Refused, State
from domain.people import Person
from handlers.cases.customers import filing, verdicts
from handlers.cases.life import cards
from handlers.cases.life import cases as case_work
from handlers.cases.messages import contributions, copies
from handlers.turns import engine
from handlers.turns.batch import Batch, Turn
from storage.cases import cases, standard_answers
from storage.cases.talk import Spoken

_CUSTOMER = frozenset({Part.CUSTOMER})


def ask(turn: Turn) -> None:
    """`/ask`: what would somebody like to know? A question that was left is offered again where it stands."""
    left = turn.batch.sessions.get(turn.lane, {}).get(inquiry.NAME)
    if left is not None:
        engine.show(turn, left)
        return
    engine.begin(turn, inquiry.NAME, inquiry.NAME, inquiry.Writing(turn.services.next_id()))


async def asked(turn: Turn, fact: inquiry.Asked) -> None:
    """A question in words: what is known already is offered; otherwise it goes to a person."""
    if not fact.person:
        known = await standard_answers.search(turn.tx, pieces.said(fact.pieces))
        if known:
            found = tuple(inquiry.Found(one.id, one.question, one.answer) for one in known)
            state = inquiry.Offering(turn.services.next_id(), fact.pieces, found)
            engine.begin(turn, inquiry.NAME, inquiry.NAME, state)
            return
    case = await filing.file(turn, Kind.INQUIRY, fact.pieces)
    due = cards.moment(case.due_at, turn.company)
    filing.show(turn, inquiry.NAME, case, "inquiry-filed", due=due)


async def helped(turn: Turn, fact: inquiry.Helped) -> None:
    """No case: the figure says how often that was enough."""
    await standard_answers.helped(turn.tx, fact.answer)
    turn.batch.record(turn.person.id, "answers.helped", f"answer:{fact.answer}")


def answered(batch: Batch, case: Case, customer: Person, words: str) -> None:
    """The answer in the department's words, and whether there is anything else."""
    rows, name = more_rows(case), verdicts.answer_name(case)
    case_work.tell_customer(batch, customer, "inquiry-answer", rows, name, number=case.number, text=words)


def more_rows(case: Case) -> tuple[Row, ...]:
    return ((Key(Text("inquiry-no-more"), Mine(case.id, "e")), Key(Text("inquiry-ask-more"), Mine(case.id, "q"))),)


async def enough(turn: Turn, case: Case) -> None:
    """No, thank you: that was all."""
    moved = await case_work.move(turn.batch, case, Event.SATISFIED, _CUSTOMER, {}, actor=turn.person.id)
    if isinstance(moved, Refused) or case.kind is not Kind.INQUIRY:
        turn.toast("verdict-late", number=case.number)
        return
    html = turn.text("inquiry-closed", number=case.number)
    name = verdicts.answer_name(case)
    turn.batch.show(turn.chat, name, html, language=turn.language, message_id=turn.pressed_at)


async def asked_more(turn: Turn, case_id: int, words: str) -> None:
    """One more question, kept and shown to the department."""
    case = await cases.get(turn.tx, case_id, for_update=True)
    if case is None or case.customer != turn.person.id:
        return
    if case.state is not State.ANSWERED:
        turn.say("verdict-late", number=case.number)
        return
    one, _ = await contributions.keep(turn, case, words, [Spoken(turn.message, words)])
    turn.batch.record(turn.person.id, "case.add", f"case:{case.id}")
    case = await verdicts.asked_again(turn, case, words)
    await copies.show(turn.batch, case, one)
    turn.say("inquiry-again", number=case.number, due=cards.moment(case.due_at, turn.company))
