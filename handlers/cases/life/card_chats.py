"""Where the card of a case is: the chats that lead, oversee and cooperate; the card is drawn anew in all of them at once.

A case is never without somebody who sees it: without a department group the card goes to quality, then management, then the
managers themselves.
"""

from collections.abc import Sequence
from dataclasses import replace

from domain.cases.case import OPEN, Case, CaseState, ContributionSide, HistoryEntry
from domain.people import Role
from handlers.access.case_rights import ChatRole
from handlers.cases.life import cards, deadlines, pinned
from handlers.cases.life.cards import CardChat
from handlers.turns.batch import Batch
from storage.cases import cases
from storage.cases import contributions as contribution_rows
from storage.deliveries import deliveries
from storage.people import groups, people
from storage.queue.outbox import Priority


async def refresh_cards(batch: Batch, case: Case) -> list[int]:
    """Draw the card anew wherever it is, and where it now belongs; the chats that lead or oversee."""
    places = await find_card_chats(batch, case)
    for chat in places:
        await cases.add_card(batch.tx, case.id, chat)
    written = await contribution_rows.list_contributions(batch.tx, case.id, ContributionSide.CUSTOMER)
    shown = replace(case, description="\n".join(one.words for one in written if one.words))
    history = await cases.fetch_history(batch.tx, case.id)
    edited = any(one.edits for one in written)
    facts = cards.CardFacts(
        sum(len(one.files) for one in written),
        deadlines.list_card_deadlines(batch, case, history),
        edited,
        await _find_first_approver(batch, case, history),
        await deliveries.fetch_courier_name(batch.tx, case.delivery) if case.courier else "",
    )
    for chat in await cases.list_card_chats(batch.tx, case.id):
        group = await groups.get(batch.tx, chat)
        if group is not None and not group.here:
            continue  # drawn when the group is back
        place = places.get(chat)
        if place is None and group is not None and group.department == batch.services.company.quality:
            place = CardChat(
                group.language, ChatRole.QUALITY
            )  # merges, transfers, and answers the regulator, no matter who leads
        language = place.language if place else await find_language(batch, chat)
        rows = cards.draw_buttons(case, place.role) if place else ()
        html = cards.draw_card(batch.services, shown, language, facts)
        if place is not None and place.role is ChatRole.COOPERATING:
            html += "\n\n" + batch.services.texts.html(language, "card-cooperating")
        batch.show(
            chat, cards.card_name(case.id), html, rows, language=language, priority=Priority.STAFF, topic=case.id
        )
    await pinned.show_overview(batch, case.department)
    return [chat for chat, place in places.items() if place.role is not ChatRole.COOPERATING]


async def _find_first_approver(batch: Batch, case: Case, history: Sequence[HistoryEntry]) -> str:
    """Who gave the first of two approvals, while the second is due."""
    actor = history[-1].actor if case.state is CaseState.IN_REVIEW and case.approvals and history else None
    approvers = await people.fetch_by_id(batch.tx, [actor]) if actor is not None else {}
    return approvers[actor].name if actor in approvers else ""


async def find_card_chats(batch: Batch, case: Case) -> dict[int, CardChat]:
    """Where this case is worked on now; the reviewers' chats too while a review is due; the cooperating departments' beside."""
    tx, company = batch.tx, batch.services.company
    chats: dict[int, CardChat] = {}
    group = await groups.find_by_department(tx, case.department)
    if group is not None and group.here:
        chats[group.chat_id] = CardChat(group.language)
    needs_quality = case.state is CaseState.IN_REVIEW and (
        case.approvals > 0
        or all(head.id == case.owner for head in await people.list_holders(tx, Role.HEAD, department=case.department))
    )
    if not chats or needs_quality:
        for department in (company.quality, company.management):
            overseer = await groups.find_by_department(tx, department)
            if overseer is not None and overseer.here:
                chats[overseer.chat_id] = CardChat(overseer.language, ChatRole.OVERSEER)
                break
    if not chats:
        chats = {
            manager.telegram_id: CardChat(manager.language, ChatRole.OVERSEER)
            for manager in await people.list_holders(tx, Role.MANAGER)
            if manager.reachable
        }
    for department in case.cooperating if case.state in OPEN else ():
        partner = await groups.find_by_department(tx, department)
        if partner is not None and partner.here and partner.chat_id not in chats:
            chats[partner.chat_id] = CardChat(partner.language, ChatRole.COOPERATING)
    return chats


async def list_working_chats(batch: Batch, case: Case) -> dict[int, str]:
    """The chats that lead or oversee this case, with their languages."""
    return {
        chat: place.language
        for chat, place in (await find_card_chats(batch, case)).items()
        if place.role is not ChatRole.COOPERATING
    }


async def find_language(batch: Batch, chat: int) -> str:
    group = await groups.get(batch.tx, chat)
    if group is not None:
        return group.language
    person = (await people.fetch_by_account(batch.tx, [chat])).get(chat)
    return person.language if person else batch.services.company.language
