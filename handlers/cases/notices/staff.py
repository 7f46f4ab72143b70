"""Notifications of staff: a message under the card, in which the persons whom the table names are mentioned, so that it notifies them.

The card itself is drawn anew with every event; what stands on it needs no message.
"""

from collections.abc import Mapping

from domain.cases.case import CaseEvent, CaseKind, CasePart, CaseState, ContributionSide, Need
from domain.people import Person, Role
from handlers.access.case_rights import list_reviewers
from handlers.cases.life import telling
from handlers.cases.life.card_chats import list_working_chats
from handlers.cases.notices.notice import Notice
from storage.cases import cases
from storage.cases import contributions as contribution_rows
from storage.people import people

_WORDING: Mapping[CaseEvent, str] = {
    CaseEvent.HAND_OVER: "handed-over",
    CaseEvent.ASK_CUSTOMER: "customer-asked",
    CaseEvent.CUSTOMER_ANSWERS: "customer-silent",
    CaseEvent.RESOLVE: "review-due",
    CaseEvent.APPROVE: "review-due",
    CaseEvent.RETURN: "returned",
    CaseEvent.SATISFIED: "solved-here",
    CaseEvent.NOT_SATISFIED: "round-begins",
    CaseEvent.REOPEN: "round-begins",
    CaseEvent.WITHDRAW: "withdrawn-here",
    CaseEvent.REGULATOR_COMPLAINT: "appealed",
}
"""The message of an event that needs no more than its facts."""


async def tell(notice: Notice, hearers: frozenset[CasePart]) -> None:
    """Tell the parts of the case that work on it."""
    match notice.event:
        case CaseEvent.FILE:
            await _tell_filed(notice, hearers)
        case CaseEvent.TRANSFER:
            await _tell_transferred(notice)
        case CaseEvent.CUSTOMER_ANSWERS if notice.by is not None:
            pass  # what the customer sent is shown under the card, and names the owner
        case CaseEvent.ASK_MORE:
            pass  # the same
        case CaseEvent.MERGE:
            pass  # the other case's card says what was carried over
        case CaseEvent.APPROVE if notice.case.state is not CaseState.IN_REVIEW:
            pass  # the last approval: nobody has to review any more
        case _:
            await _tell_event(notice, hearers)


async def _tell_event(notice: Notice, hearers: frozenset[CasePart]) -> None:
    facts, case = notice.facts, notice.case
    reason = facts.get(Need.REASON, "")
    if notice.by is not None and notice.by.id == case.customer:
        reason = notice.batch.services.mask_words(reason, case.waybill)
    words = {
        "reason": reason,
        "question": facts.get(Need.QUESTION, ""),
        "received": facts.get(Need.RECEIVED, ""),
        "by": notice.by.name if notice.by is not None else "",
        "due": notice.due,
    }
    named = await _list_named(notice, hearers)
    key = _WORDING[notice.event]
    first = notice.event is CaseEvent.RETURN
    await telling.tell(notice.batch, case, key, named=named, named_first=first, round=case.round, **words)
    if notice.event is CaseEvent.RETURN:
        for owner in named:
            if owner.reachable:
                telling.tell_customer(notice.batch, owner, key, number=case.number, reason=words["reason"])


async def _list_named(notice: Notice, hearers: frozenset[CasePart]) -> list[Person]:
    """Who is mentioned: the persons behind the parts. A department as a whole has its card."""
    batch, case = notice.batch, notice.case
    named: list[Person] = []
    if CasePart.OWNER in hearers:
        named += await telling.find_owner(batch, case)
    if CasePart.HEAD in hearers:
        named += await people.list_holders(batch.tx, Role.HEAD, department=case.department)
    if CasePart.REVIEWER in hearers:
        named += await list_reviewers(batch, case)
    return named


async def _tell_filed(notice: Notice, hearers: frozenset[CasePart]) -> None:
    """The new card speaks for itself, but not of a case that it continues. A courier who is praised reads the words, not whose they are."""
    case, batch = notice.case, notice.batch
    if CasePart.STAFF in hearers and case.linked is not None:
        earlier = await cases.get(batch.tx, case.linked)
        await telling.tell(batch, case, "linked-here", old=earlier.number if earlier is not None else "")
    if CasePart.COURIER in hearers and case.kind is CaseKind.PRAISE and case.courier:
        for courier in await people.list_holders(batch.tx, Role.COURIER, department=case.courier):
            if courier.telegram_id and (notice.by is None or courier.id != notice.by.id):
                telling.tell_customer(
                    batch,
                    courier,
                    "praise-for-you",
                    text=notice.batch.services.mask_words(case.description, case.waybill),
                )


async def _tell_transferred(notice: Notice) -> None:
    """The department that has it now hears from where and why, and sees what is attached."""
    batch, case = notice.batch, notice.case
    written = await contribution_rows.list_contributions(batch.tx, case.id, ContributionSide.CUSTOMER)
    files = [(kind, id_) for contribution in written for kind, id_, _ in contribution.files]
    company, reason = batch.services.company, notice.facts[Need.REASON]
    for chat, language in (await list_working_chats(batch, case)).items():
        origin = company.department_name(notice.before.department, language)
        args = {"number": case.number, "reason": reason, "department": origin}
        telling.say_under_card(batch, chat, case, batch.services.texts.html(language, "transferred-here", args))
        telling.forward_files(batch, chat, case, files)
