"""Notifications of the customer: what becomes of a case, in the customer's language; who has no chat with us is told on the phone."""

from datetime import timedelta

from conversations.cases import customer_answer
from domain.cases.case import CaseEvent, CaseKind, CaseState, Need
from domain.people import Person
from handlers.cases.life import cards, customer_buttons, telling
from handlers.cases.notices.notice import Notice
from handlers.turns import engine
from handlers.turns.turn import open_turn
from storage.cases import cases


async def tell(notice: Notice) -> None:
    """Tell the customer. What the customer caused in person is said by the dialogue's own message."""
    customer = await telling.find_customer(notice.batch, notice.case)
    if customer is None:
        await _tell_by_phone(notice)
    elif notice.by is not None and notice.by.id == customer.id:
        pass
    elif notice.case.kind is CaseKind.COMPLAINT:
        await _tell_of_complaint(notice, customer)
    else:
        _tell_of_feedback(notice, customer)


async def _tell_by_phone(notice: Notice) -> None:
    """An answer that reaches nobody in chat is still owed: the owner reads that it is to be told on the phone."""
    batch, case = notice.batch, notice.case
    if notice.event is CaseEvent.APPROVE and case.state is CaseState.ANSWERED:
        await telling.tell(batch, case, "answer-by-phone", named=await telling.find_owner(batch, case))
    elif notice.event is CaseEvent.EXTEND:
        await telling.tell(batch, case, "extended-unreached", named=await telling.find_owner(batch, case))


async def _tell_of_complaint(notice: Notice, customer: Person) -> None:
    batch, case = notice.batch, notice.case
    match notice.event:
        case CaseEvent.FILE if notice.by is None:
            _say(notice, customer, "low-became-case", due=notice.due)
        case CaseEvent.FILE:
            _say(notice, customer, "case-filed", due=notice.due)
        case CaseEvent.ACCEPT:
            _say(notice, customer, "case-accepted", due=notice.due)
        case CaseEvent.ASK_CUSTOMER:
            await _ask(notice, customer)
        case CaseEvent.CUSTOMER_ANSWERS:
            _say(notice, customer, "question-lapsed", due=notice.due)
        case CaseEvent.EXTEND:
            _say(notice, customer, "case-extended", due=notice.due, reason=notice.facts[Need.REASON])
            if not customer.reachable:
                await telling.tell(batch, case, "extended-unreached", named=await telling.find_owner(batch, case))
        case CaseEvent.APPROVE if case.state is CaseState.ANSWERED:
            await _answer(notice, customer)
        case CaseEvent.APPROVE:
            pass  # the first of two approvals is no answer yet
        case CaseEvent.MERGE:
            into = await cases.get(batch.tx, case.merged_into or 0)
            _say(notice, customer, "case-merged", other=into.number if into is not None else "")
        case CaseEvent.SILENT:
            _tell_closed_silently(notice, customer)
        case _:
            raise LookupError(f"the table tells the customer of {notice.event}, and there are no words for it")


def _tell_of_feedback(notice: Notice, customer: Person) -> None:
    """Suggestions and inquiries: what staff say reaches the customer in their own words."""
    batch, case, facts = notice.batch, notice.case, notice.facts
    match notice.event:
        case CaseEvent.FILE:
            _say(notice, customer, "triage-filed", due=notice.due)
        case CaseEvent.ACCEPT:
            _say(notice, customer, "suggestion-accepted")
        case CaseEvent.ADOPT:
            due = cards.format_plan_due(case, batch.services.company)
            _say(notice, customer, "suggestion-adopted", text=facts[Need.REASON], due=due)
        case CaseEvent.DECLINE:
            _say(notice, customer, "suggestion-declined", text=facts[Need.REASON], due="")
        case CaseEvent.PROGRESS:
            _say(notice, customer, "suggestion-progress", text=facts[Need.WORDS])
        case CaseEvent.FINISH:
            _say(notice, customer, "suggestion-finished", text=facts[Need.WORDS])
        case CaseEvent.ANSWER:
            rows, name = customer_buttons.draw_more_rows(case), customer_buttons.answer_name(case)
            telling.tell_customer(
                batch, customer, "inquiry-answer", rows, name, number=case.number, text=facts[Need.WORDS]
            )
        case CaseEvent.SILENT:
            _tell_closed_silently(notice, customer)
        case _:
            raise LookupError(f"the table tells the customer of {notice.event}, and there are no words for it")


def _say(notice: Notice, customer: Person, key: str, **args: str) -> None:
    telling.tell_customer(notice.batch, customer, key, (), "", number=notice.case.number, **args)


async def _ask(notice: Notice, customer: Person) -> None:
    """The question stands in the customer's private chat, in the owner's words."""
    case = notice.case
    theirs = await open_turn(notice.batch, customer.telegram_id)
    if theirs is not None:
        question = notice.facts[Need.QUESTION]
        state = customer_answer.Answering(theirs.services.next_id(), case.id, case.number, question)
        engine.begin(theirs, customer_buttons.question_key(case.id), customer_answer.NAME, state)


async def _answer(notice: Notice, customer: Person) -> None:
    """The resolver's own words, and the question that decides."""
    batch, case, texts = notice.batch, notice.case, notice.batch.services.texts
    theirs = await open_turn(batch, customer.telegram_id)
    if theirs is not None:  # a question of ours is no longer open: what the customer writes now is about the answer
        batch.end_session(theirs.lane, customer_buttons.question_key(case.id))
    telling.hold_if_unreachable(batch, customer)
    given = case.resolution or {}
    html = texts.html(customer.language, "case-answer", {"number": case.number, "action": given.get("action", "")})
    if given.get("compensation"):
        html += "\n\n" + texts.html(customer.language, "case-compensation", {"compensation": given["compensation"]})
    html += "\n\n" + texts.html(customer.language, "case-answer-question", {})
    name, rows = customer_buttons.answer_name(case), customer_buttons.draw_verdict_rows(case)
    batch.show(customer.telegram_id, name, html, rows, language=customer.language, fresh=True)


def _tell_closed_silently(notice: Notice, customer: Person) -> None:
    """The clock closed an answered case: the customer hears it once, with the way to open it again."""
    batch, case, company = notice.batch, notice.case, notice.batch.services.company
    rows = customer_buttons.draw_reopen_rows(case)
    key = "closed-silently" if rows else "closed-silently-inquiry"
    until = batch.now + timedelta(days=company.handling.reopen_within_days)
    args = {"number": case.number, "until": cards.format_moment(until, company)}
    telling.tell_customer(batch, customer, key, rows, f"mine:{case.id}", **args)
