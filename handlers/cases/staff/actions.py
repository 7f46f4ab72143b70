"""Staff actions on a case: the event moves the case by its table, and everybody who must hear of it is told.

1. A refusal is explained to the person who tried, and the card is refreshed; a dialogue that came too late says so in
   its own message.
2. Who hears of an event is in the table's column `tells`.
"""

from collections.abc import Mapping

from conversations.cases import forms
from conversations.cases.reason import ReasonGiven
from domain.cases.case import Case, CaseEvent, CasePart, CaseRefusal, CaseState, Need
from domain.people import Person
from handlers.cases.customers import feedback, verdicts
from handlers.cases.life import cards, merging
from handlers.cases.life import cases as case_work
from handlers.cases.staff import customer_questions, prompts
from handlers.turns import engine
from handlers.turns.batch import Turn
from storage.cases import cases
from storage.people import groups, people


async def cause(
    turn: Turn, case: Case, event: CaseEvent, facts: Mapping[Need, str], *, asked: bool = False
) -> Case | None:
    """Trigger the event on behalf of the user; the case after it, or None if refused. `asked`: in a dialogue."""
    parts = await case_work.find_parts(turn, case)
    refused = await _guard(turn, case, event, parts, facts) if event in _GUARDED else None
    if refused is None:
        moved = await case_work.move(turn.batch, case, event, parts, facts, actor=turn.person.id)
        if not isinstance(moved, CaseRefusal):
            if not await feedback.tell_event(turn, moved, event, facts):
                await _tell(turn, case, moved, event, facts)
            return moved
        refused = moved
    if asked:
        _say_too_late(turn, case, event, refused)
    await refuse(turn, case, event, refused)
    return None


async def on_form_fact(turn: Turn, fact: forms.FormFilled) -> None:
    """A form is complete and confirmed."""
    case = await cases.get(turn.tx, fact.case, for_update=True)
    if case is not None:
        facts = {Need(name): value for name, value in fact.given.items()}
        await cause(turn, case, CaseEvent(fact.event), facts, asked=True)


async def on_reason_fact(turn: Turn, fact: ReasonGiven) -> None:
    """A return or a transfer, with its reason."""
    case = await cases.get(turn.tx, fact.case, for_update=True)
    if case is not None:
        facts = {Need.REASON: fact.reason, Need.DEPARTMENT: fact.target}
        await cause(turn, case, CaseEvent(fact.event), facts, asked=True)


async def refuse(turn: Turn, case: Case, event: CaseEvent, refused: CaseRefusal) -> None:
    """Say why, and refresh the card: it was out of date, or the user may not do this."""
    owner = case.owner_name or "—"
    if event is CaseEvent.ACCEPT and case.owner is not None:
        turn.toast("taken", owner=owner, number=case.number, alert=True)
    else:
        turn.toast(refused.why, owner=owner, number=case.number, alert=True)
    await case_work.refresh_cards(turn.batch, case)


def _say_too_late(turn: Turn, case: Case, event: CaseEvent, refused: CaseRefusal) -> None:
    """Say that what was typed can no longer count, also in the dialogue's own message."""
    html = turn.text(refused.why, owner=case.owner_name or "—", number=case.number, contact="")
    name = engine.screen_name(turn.lane, prompts.dialogue_key(event, case.id))
    turn.batch.show(turn.chat, name, html, language=turn.language, message_id=turn.pressed_at, priority=1)


_GUARDED = {CaseEvent.HAND_OVER, CaseEvent.MERGE, CaseEvent.ASK_CUSTOMER}


async def _guard(
    turn: Turn, case: Case, event: CaseEvent, parts: frozenset[CasePart], facts: Mapping[Need, str]
) -> CaseRefusal | None:
    """Check what the table cannot know: whether the other people the event needs are still there. The table is checked first."""
    refused = await case_work.find_refusal(turn.batch, case, event, parts)
    if refused is not None:
        return refused
    match event:
        case CaseEvent.HAND_OVER:
            known = [one.id for one in await prompts.list_colleagues(turn, case)]
            return None if int(facts[Need.PERSON]) in known else CaseRefusal("hand-over-gone")
        case CaseEvent.MERGE:
            into = await cases.get(turn.tx, int(facts[Need.INTO]), for_update=True)
            return None if merging.can_merge(case, into) else CaseRefusal("merge-gone")
        case CaseEvent.ASK_CUSTOMER:
            return (
                None
                if await customer_questions.find_reachable_customer(turn, case)
                else CaseRefusal("customer-unreachable")
            )
        case _:
            return None


async def _tell(turn: Turn, before: Case, case: Case, event: CaseEvent, facts: Mapping[Need, str]) -> None:
    """Tell those who must hear of it, by the table."""
    match event:
        case CaseEvent.ACCEPT:
            turn.toast("accepted", number=case.number)
            await _tell_customer(turn, case, "case-accepted")
        case CaseEvent.TRANSFER:
            await _tell_transferred(turn, case, before.department, facts[Need.REASON])
        case CaseEvent.HAND_OVER:
            named = await _fetch_owner(turn, case)
            await case_work.tell(turn.batch, case, "handed-over", named=named, by=turn.person.name)
        case CaseEvent.ASK_CUSTOMER:
            customer = await _fetch_person(turn, case.customer)
            if customer is not None:
                await customer_questions.ask_customer(turn, case, customer, facts[Need.QUESTION])
        case CaseEvent.EXTEND:
            reached = await _tell_customer(turn, case, "case-extended", reason=facts[Need.REASON])
            if not reached:
                await case_work.tell(turn.batch, case, "extended-unreached", named=await _fetch_owner(turn, case))
        case CaseEvent.RESOLVE:
            await _ask_review(turn, case)
        case CaseEvent.APPROVE if case.state is CaseState.ANSWERED:
            turn.toast("approved", number=case.number)
            await _answer_customer(turn, case)
        case CaseEvent.APPROVE:
            turn.toast("approved-first", number=case.number)
            await _ask_review(turn, case)
        case CaseEvent.RETURN:
            await _tell_returned(turn, case, facts[Need.REASON])
        case CaseEvent.MERGE:
            into = await cases.get(turn.tx, int(facts[Need.INTO]))
            if into is not None:
                await merging.carry_over(turn, case, into)
        case CaseEvent.REGULATOR_COMPLAINT:
            due = cards.format_moment(case.due_at, turn.company)
            named = await _fetch_owner(turn, case)
            await case_work.tell(turn.batch, case, "appealed", named=named, received=facts[Need.RECEIVED], due=due)
        case _:
            pass


async def _fetch_person(turn: Turn, id_: int | None) -> Person | None:
    return (await people.fetch_by_id(turn.tx, [id_])).get(id_) if id_ is not None else None


async def _fetch_owner(turn: Turn, case: Case) -> list[Person]:
    """The owner, for a mention."""
    owner = await _fetch_person(turn, case.owner)
    return [owner] if owner is not None else []


async def _tell_customer(turn: Turn, case: Case, key: str, reason: str = "") -> bool:
    """Tell the customer, with the date now promised; returns whether it reaches them at once."""
    customer = await _fetch_person(turn, case.customer)
    if customer is None:
        return False
    due = cards.format_moment(case.due_at, turn.company)
    case_work.tell_customer(turn.batch, customer, key, number=case.number, due=due, reason=reason)
    return customer.reachable


async def _answer_customer(turn: Turn, case: Case) -> None:
    """Send the resolver's own words and the deciding question; a customer without a chat is told by phone."""
    customer = await _fetch_person(turn, case.customer)
    if customer is None:
        await case_work.tell(turn.batch, case, "answer-by-phone", named=await _fetch_owner(turn, case))
        return
    theirs = await turn.batch.open_turn(customer.telegram_id)
    if theirs is not None:  # our question is no longer open: what the customer writes now is about the answer
        turn.batch.end_session(theirs.lane, customer_questions.dialogue_key(case.id))
    case_work.hold_if_unreachable(turn.batch, customer)
    given = case.resolution or {}
    texts = turn.services.texts
    html = texts.html(customer.language, "case-answer", {"number": case.number, "action": given.get("action", "")})
    if given.get("compensation"):
        html += "\n\n" + texts.html(customer.language, "case-compensation", {"compensation": given["compensation"]})
    html += "\n\n" + texts.html(customer.language, "case-answer-question", {})
    name, rows = verdicts.answer_name(case), case_work.draw_verdict_rows(case)
    turn.batch.show(customer.telegram_id, name, html, rows, language=customer.language, fresh=True)


async def _ask_review(turn: Turn, case: Case) -> None:
    """Mention everybody who can review, under the card."""
    named = await case_work.list_reviewers(turn.batch, case)
    await case_work.tell(turn.batch, case, "review-due", named=named)


async def _tell_returned(turn: Turn, case: Case, why: str) -> None:
    """Tell the owner of a return, by name in the group, and in private if possible."""
    owner = await _fetch_person(turn, case.owner)
    if owner is None:
        return
    group = await groups.find_by_department(turn.tx, case.department)
    if group is not None:
        html = turn.services.texts.html(group.language, "returned", {"number": case.number, "reason": why})
        case_work.say_under_card(turn.batch, group.chat_id, case, f"{case_work.mention([owner])}\n{html}")
    if owner.reachable:
        case_work.tell_customer(turn.batch, owner, "returned", number=case.number, reason=why)


async def _tell_transferred(turn: Turn, case: Case, before: str, why: str) -> None:
    """Tell the new department where the case came from and why, and show it the attachments."""
    written = await cases.list_contributions(turn.tx, case.id, "customer")
    files = [(kind, id_) for one in written for kind, id_, _ in one.files]
    for chat, place in (await case_work.find_card_chats(turn.batch, case)).items():
        if place.role == "cooperating":
            continue
        from_name = turn.company.departments[before]
        args = {"number": case.number, "reason": why, "department": from_name.name.get(place.language, before)}
        case_work.say_under_card(
            turn.batch, chat, case, turn.services.texts.html(place.language, "transferred-here", args)
        )
        case_work.forward_files(turn.batch, chat, case, files)
