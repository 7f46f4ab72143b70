"""Inquiries: standard answers first, then a case; "anything else?" closes it, another question sends it back.

1. An inquiry becomes a case only when no standard answer was enough.
2. Whatever the customer writes to an answered inquiry is another question.
"""

from collections.abc import Sequence

from conversations import pieces
from conversations.cases import inquiry
from conversations.cases.reason import ReasonGiven
from conversations.pieces import Piece
from domain.cases.case import Case, CaseEvent, CaseKind, CaseRefusal, CaseState
from handlers.cases.customers import additions, filing
from handlers.cases.life import cards, customer_buttons
from handlers.cases.notices import events
from handlers.turns import engine
from handlers.turns.turn import Turn
from storage.cases import cases, standard_answers
from storage.cases.messages import SourceMessage


async def on_command(turn: Turn, _args: str) -> None:
    """`/ask`: start a question; an unfinished one is offered again where it stands."""
    left = turn.batch.sessions.get(turn.lane, {}).get(inquiry.NAME)
    if left is not None:
        engine.show(turn, left)
        return
    engine.begin(turn, inquiry.NAME, inquiry.NAME, inquiry.WritingInquiry(turn.services.next_id()))


async def begin_with_kept(turn: Turn, kept: Sequence[Piece], delivery: int | None) -> bool:
    """Ask what the customer wrote before; without words, ask for them first. True if it was passed on at once."""
    left = turn.batch.sessions.get(turn.lane, {}).get(inquiry.NAME)
    earlier: tuple[Piece, ...] = engine.decode_state(turn, left).pieces if left is not None else ()
    told = (*earlier, *kept)
    if pieces.join_words(told):
        turn.batch.end_session(turn.lane, inquiry.NAME)
        return await _offer_or_file(turn, inquiry.InquiryAsked(told, delivery=delivery))
    writing = inquiry.WritingInquiry(turn.services.next_id(), told, delivery)
    engine.begin(turn, inquiry.NAME, inquiry.NAME, writing)
    return False


async def on_question_fact(turn: Turn, fact: inquiry.InquiryAsked) -> None:
    """Offer the standard answers to a question in words; without one it goes to a person."""
    await _offer_or_file(turn, fact)


async def _offer_or_file(turn: Turn, fact: inquiry.InquiryAsked) -> bool:
    """True if it went to a person."""
    if not fact.person:
        known = await standard_answers.search(turn.tx, pieces.join_words(fact.pieces))
        if known:
            answers = tuple(inquiry.FoundAnswer(one.id, one.question, one.answer) for one in known)
            state = inquiry.OfferingAnswers(turn.services.next_id(), fact.pieces, answers, fact.delivery)
            engine.begin(turn, inquiry.NAME, inquiry.NAME, state)
            return False
    case = await filing.file(turn, CaseKind.INQUIRY, fact.pieces, delivery=fact.delivery)
    due = cards.format_moment(case.due_at, turn.company)
    filing.show_filed(turn, inquiry.NAME, case, "inquiry-filed", due=due)
    return True


async def on_helped_fact(turn: Turn, fact: inquiry.InquiryHelped) -> None:
    """No case; counted, so that a figure says how often a standard answer was enough."""
    await standard_answers.record_help(turn.tx, fact.answer)
    turn.batch.record(turn.person.id, "answers.helped", f"answer:{fact.answer}")


async def close_inquiry(turn: Turn, case: Case) -> None:
    """No, thank you: that was all."""
    moved = await events.cause(turn.batch, case, CaseEvent.SATISFIED, customer_buttons.CUSTOMER, {}, by=turn.person)
    if isinstance(moved, CaseRefusal) or case.kind is not CaseKind.INQUIRY:
        turn.toast("verdict-late", number=case.number)
        return
    html = turn.text("inquiry-closed", number=case.number)
    name = customer_buttons.answer_name(case)
    turn.batch.show(turn.chat, name, html, language=turn.language, message_id=turn.pressed_at)


async def on_more_fact(turn: Turn, fact: ReasonGiven) -> None:
    """Another question, saved and shown to the department."""
    case = await cases.get(turn.tx, fact.case, for_update=True)
    if case is None or case.customer != turn.person.id:
        return
    if case.state is not CaseState.ANSWERED:
        turn.say("verdict-late", number=case.number)
        return
    case, _ = await additions.add(turn, case, fact.reason, [SourceMessage(turn.message, fact.reason)])
    turn.say("inquiry-again", number=case.number, due=cards.format_moment(case.due_at, turn.company))
