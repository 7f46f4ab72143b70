"""Case operations: a case is filed, moved by an event of its table, shown on the card in every chat it concerns.

1. Every move goes through `domain.cases.case.advance`; this module adds who is told and what they see.
2. The card is one message per chat, always drawn from the current case; the buttons are those the table allows.
3. Somebody always sees a case: without a department group the card goes to quality, then management, then the managers
   themselves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from conversations.buttons import Button, VerdictButton
from conversations.protocol import Key, KeyboardRow, Text
from domain.cases.case import (
    OPEN,
    Case,
    CaseEvent,
    CaseKind,
    CasePart,
    CaseRefusal,
    CaseState,
    HistoryEntry,
    Need,
    Terms,
    advance,
    format_number,
    list_parts,
)
from domain.cases.feedback import LIFECYCLES, NUMBER_PREFIXES
from domain.people import Person, Role
from handlers.cases.life import cards, deadlines, handling, pinned
from handlers.cases.life.cards import CardChat
from handlers.turns import outbound
from handlers.turns.batch import Batch, Turn
from storage import installation
from storage.cases import cases
from storage.cases.cases import Contribution
from storage.people import groups, people
from storage.queue import outbox
from storage.queue.outbox import OwedCall
from texts import escape


async def file(
    batch: Batch,
    new: Mapping[str, str],
    *,
    category: str,
    department: str,
    customer: int | None,
    delivery: int | None = None,
    actor: int | None = None,
    files: tuple[tuple[str, str, str], ...] = (),
    invitation: int | None = None,
    kind: CaseKind = CaseKind.COMPLAINT,
    linked: int | None = None,
) -> Case:
    """File a new case: numbered, assigned, and on its way to the department's chat in the same transaction.

    `new` holds waybill, courier, description, wanted, contact and the sub-reason (`reason`), as far as known.
    """
    company = batch.services.company
    route = company.route(category, new.get("reason", ""))
    day = batch.now.astimezone(company.zone).strftime("%y%m%d")
    sequence = await installation.next_number(batch.tx, f"{NUMBER_PREFIXES[kind]}-{day}")
    start = next(row for row in LIFECYCLES[kind] if row.event is CaseEvent.FILE)
    assert start.to is not None  # noqa: S101 -- every table begins somewhere
    case = Case(
        id=0,
        number=format_number(NUMBER_PREFIXES[kind], day, sequence),
        state=start.to,
        category=category,
        severity=route.severity,
        department=department,
        created_at=batch.now,
        due_at=batch.now + company.answer_within(route.severity),
        customer=customer,
        delivery=delivery,
        waybill=new.get("waybill", ""),
        courier=new.get("courier", ""),
        description=new.get("description", ""),
        wanted=new.get("wanted", ""),
        contact=new.get("contact", ""),
        kind=kind,
        reason=new.get("reason", ""),
        cooperating=tuple(one for one in route.cooperating if one != department) if kind is CaseKind.COMPLAINT else (),
        linked=linked,
    )
    facts = {"category": category, "department": department}
    happened = HistoryEntry(case.version, CaseEvent.FILE, case.state, actor, batch.now, facts)
    case = deadlines.set_answer_due(batch, case, [happened])
    case = await cases.file(batch.tx, case, actor, facts, invitation)
    batch.record(actor, "case.file", f"case:{case.id}", None, case.state.value)
    first = Contribution(batch.services.next_id(), case.id, case.description, files, batch.now, author=customer)
    await cases.add_contribution(batch.tx, first)
    await deadlines.update_deadlines(batch, case, [happened])
    await handling.update_handling(batch, case, [happened])
    for chat in await refresh_cards(batch, case):
        forward_files(batch, chat, case, [(kind_, id_) for kind_, id_, _album in files])
    return case


async def move(
    batch: Batch,
    case: Case,
    event: CaseEvent,
    parts: frozenset[CasePart],
    facts: Mapping[Need, str],
    *,
    actor: int | None,
) -> Case | CaseRefusal:
    """Apply one event of the table, triggered by `actor` (None: the clock): the case after it, or why it was refused. Updates the cards."""
    history = await cases.fetch_history(batch.tx, case.id)
    terms = await _fetch_terms(batch, case, history)
    after = advance(case, event, parts, facts, actor=actor, terms=terms, table=LIFECYCLES[case.kind])
    if isinstance(after, CaseRefusal):
        return after
    said = {need.value: text for need, text in facts.items()}
    if note := facts.get(Need.REASON, ""):
        after = replace(after, note=note)
    happened = HistoryEntry(after.version, event, after.state, actor, batch.now, said)
    after = deadlines.set_answer_due(batch, after, [*history, happened])
    moved = await cases.move(batch.tx, case, after, event, actor, batch.now, said)
    if moved is None:
        return CaseRefusal("case-not-now")
    batch.record(actor, f"case.{event}", f"case:{case.id}", case.state.value, moved.state.value)
    await deadlines.update_deadlines(batch, moved, [*history, happened])
    await handling.update_handling(batch, moved, [*history, happened])
    await refresh_cards(batch, moved)
    if moved.department != case.department:
        await pinned.show_overview(batch, case.department)
    return moved


async def find_refusal(batch: Batch, case: Case, event: CaseEvent, parts: frozenset[CasePart]) -> CaseRefusal | None:
    """Why the event would be refused whatever the answers to its questions; None if they are worth asking."""
    row = next((row for row in LIFECYCLES[case.kind] if row.event is event), None)
    facts = {need: _PLAUSIBLE.get(need, "-") for need in row.needs} if row is not None else {}
    terms = await _fetch_terms(batch, case, await cases.fetch_history(batch.tx, case.id))
    after = advance(case, event, parts, facts, terms=terms, table=LIFECYCLES[case.kind])
    return after if isinstance(after, CaseRefusal) else None


_PLAUSIBLE = {Need.DUE: "9999-12-30T00:00:00+00:00", Need.PERSON: "0", Need.INTO: "0"}


async def _fetch_terms(batch: Batch, case: Case, history: Sequence[HistoryEntry]) -> Terms:
    """The company's rules, and what the history says about this case."""
    company = batch.services.company
    severity = company.severities[case.severity]
    return Terms(
        now=batch.now,
        due_at=deadlines.find_answer_due(batch, case, history),
        since=history[-1].at if history else None,
        reviews=company.count_required_approvals(case) if await people.list_holders(batch.tx, Role.QUALITY) else 1,
        plan_first=severity.plan_required,
        reopen_within=timedelta(days=company.handling.reopen_within_days),
    )


async def refresh_cards(batch: Batch, case: Case) -> list[int]:
    """Redraw the card wherever it is or now belongs; returns the chats that lead or oversee."""
    places = await find_card_chats(batch, case)
    for chat in places:
        await cases.add_card(batch.tx, case.id, chat)
    written = await cases.list_contributions(batch.tx, case.id, "customer")
    shown = replace(case, description="\n".join(one.words for one in written if one.words))
    history = await cases.fetch_history(batch.tx, case.id)
    edited = any(one.edits for one in written)
    approved = await _find_first_approver(batch, case, history)
    facts = cards.CardFacts(
        sum(len(one.files) for one in written), deadlines.list_card_deadlines(batch, case, history), edited, approved
    )
    for chat in await cases.list_card_chats(batch.tx, case.id):
        group = await groups.get(batch.tx, chat)
        if group is not None and not group.here:
            continue  # drawn when the group is back
        place = places.get(chat)
        if place is None and group is not None and group.department == batch.services.company.quality:
            place = CardChat(group.language, "quality")  # merges, transfers, and answers the regulator, whoever leads
        language = place.language if place else await find_language(batch, chat)
        rows = cards.draw_buttons(case, place.role) if place else ()
        html = cards.draw_card(batch.services, shown, language, facts)
        if place is not None and place.role == "cooperating":
            html += "\n\n" + batch.services.texts.html(language, "card-cooperating")
        batch.show(chat, cards.card_name(case.id), html, rows, language=language, priority=outbox.STAFF, topic=case.id)
    await pinned.show_overview(batch, case.department)
    return [chat for chat, place in places.items() if place.role != "cooperating"]


async def _find_first_approver(batch: Batch, case: Case, history: Sequence[HistoryEntry]) -> str:
    """Who gave the first of two approvals, while the second is due."""
    actor = history[-1].actor if case.state is CaseState.IN_REVIEW and case.approvals and history else None
    found = await people.fetch_by_id(batch.tx, [actor]) if actor is not None else {}
    return found[actor].name if actor in found else ""


async def find_card_chats(batch: Batch, case: Case) -> dict[int, CardChat]:
    """The chats where this case is being worked on, including the reviewers' while a review is due, and those of
    cooperating departments.
    """
    tx, company = batch.tx, batch.services.company
    found: dict[int, CardChat] = {}
    group = await groups.find_by_department(tx, case.department)
    if group is not None and group.here:
        found[group.chat_id] = CardChat(group.language)
    needs_quality = case.state is CaseState.IN_REVIEW and (
        case.approvals > 0
        or all(head.id == case.owner for head in await people.list_holders(tx, Role.HEAD, department=case.department))
    )
    if not found or needs_quality:
        for department in (company.quality, company.management):
            overseer = await groups.find_by_department(tx, department)
            if overseer is not None and overseer.here:
                found[overseer.chat_id] = CardChat(overseer.language, "overseer")
                break
    if not found:
        found = {
            manager.telegram_id: CardChat(manager.language, "overseer")
            for manager in await people.list_holders(tx, Role.MANAGER)
            if manager.reachable
        }
    for department in case.cooperating if case.state in OPEN else ():
        partner = await groups.find_by_department(tx, department)
        if partner is not None and partner.here and partner.chat_id not in found:
            found[partner.chat_id] = CardChat(partner.language, "cooperating")
    return found


async def find_language(batch: Batch, chat: int) -> str:
    group = await groups.get(batch.tx, chat)
    if group is not None:
        return group.language
    person = (await people.fetch_by_account(batch.tx, [chat])).get(chat)
    return person.language if person else batch.services.company.language


async def find_parts(turn: Turn, case: Case) -> frozenset[CasePart]:
    """The parts that the user plays in this case."""
    heads = await people.list_holders(turn.tx, Role.HEAD, department=case.department)
    found = list_parts(case, turn.person, has_heads=any(head.id != case.owner for head in heads))
    if case.approvals and await cases.find_approver(turn.tx, case) == turn.person.id:
        return found - {CasePart.REVIEWER}  # two approvals come from two people
    return found


async def list_reviewers(batch: Batch, case: Case) -> list[Person]:
    """Those who can approve now, for a mention."""
    found = await people.list_holders(batch.tx, Role.HEAD, department=case.department)
    found = [person for person in found if person.id != case.owner]
    return found if found and case.approvals == 0 else await people.list_holders(batch.tx, Role.QUALITY)


async def tell(batch: Batch, case: Case, key: str, *, named: Sequence[Person] = (), **args: str | int) -> None:
    """Send a message under the card, in every chat that leads or oversees."""
    who = mention(named)
    for chat, place in (await find_card_chats(batch, case)).items():
        if place.role != "cooperating":
            html = batch.services.texts.html(place.language, key, {"number": case.number, **args})
            say_under_card(batch, chat, case, f"{html} {who}".strip())


def mention(named: Sequence[Person]) -> str:
    """Mentions that notify these people."""
    return ", ".join(f'<a href="tg://user?id={person.telegram_id}">{escape(person.name)}</a>' for person in named)


def say_under_card(batch: Batch, chat: int, case: Case, html: str) -> None:
    """Send a message under the card; it is named, so that a reply to it is always known to be about this case."""
    name, card = f"c:{case.id}:{batch.services.next_id()}", cards.card_name(case.id)
    batch.say(chat, html, priority=outbox.STAFF, reply_to=card, name=name, topic=case.id)


def forward_files(batch: Batch, chat: int, case: Case, files: list[tuple[str, str]]) -> None:
    """Show what the customer attached, under the card."""
    for method, body in outbound.make_media_calls(files):
        id_ = batch.services.next_id()
        name = f"c:{case.id}:{id_}"
        call = OwedCall(
            id_, chat, method, body, name, priority=outbox.STAFF, reply_to=cards.card_name(case.id), topic=case.id
        )
        batch.owe(call)


def tell_customer(
    batch: Batch, customer: Person, key: str, rows: tuple[KeyboardRow, ...] = (), name: str = "", **args: str | int
) -> None:
    """Send the customer a message in their own language."""
    hold_if_unreachable(batch, customer)
    html = batch.services.texts.html(customer.language, key, args)
    if not rows and not name:
        batch.say(customer.telegram_id, html)
        return
    batch.show(customer.telegram_id, name, html, rows, language=customer.language, fresh=True)


def hold_if_unreachable(batch: Batch, person: Person) -> None:
    """Hold what is queued for somebody who blocked the bot: it is delivered when they return."""
    if not person.reachable:
        batch.closed.add(person.telegram_id)


def draw_verdict_rows(case: Case) -> tuple[KeyboardRow, ...]:
    solved: Button = VerdictButton(case.id, case.round, solved=True)
    return ((Key(Text("solved"), solved), Key(Text("not-solved"), VerdictButton(case.id, case.round, solved=False))),)
