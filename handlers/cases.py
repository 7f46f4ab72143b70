"""A case as people meet it: filed, moved by an event of the table, shown on the card of every chat it concerns.

1. Every move goes through `domain.case.advance`; this module adds who is told and what they see.
2. The card is one message per chat, always drawn from the case as it stands; the buttons are those the table allows.
3. A case is never without somebody who sees it: without a department group the card goes to quality, then management, then
   the managers themselves.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from conversations.buttons import ACTS, Act, Button, Verdict
from conversations.protocol import Key, Row, Text
from domain.case import Case, Event, Need, Part, Refused, State, advance, number, parts_of
from domain.company import Company
from domain.people import Person, Role, mask_name, mask_phone
from domain.survey import words
from handlers import outbound
from handlers.batch import Batch, Services, Turn
from storage import cases, groups, meta, outbox, people
from storage.cases import Contribution
from storage.outbox import Owed
from texts.length import trim

SHOWN_ON_CARD = 700
_CODES = {name: code for code, name in ACTS.items()}
_BUTTONS: dict[State, tuple[str, ...]] = {
    State.ASSIGNED: ("accept", "transfer"),
    State.IN_WORK: ("resolve", "transfer"),
    State.PLANNED: ("resolve", "transfer"),
    State.IN_REVIEW: ("approve", "return"),
}


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
) -> Case:
    """A new complaint, numbered, assigned, and on its way to the department's chat in the same transaction."""
    company = batch.services.company
    severity = company.categories[category].severity
    day = batch.now.astimezone(company.zone).strftime("%y%m%d")
    sequence = await meta.next_number(batch.tx, f"C-{day}")
    case = Case(
        id=0,
        number=number("C", day, sequence),
        state=State.ASSIGNED,
        category=category,
        severity=severity,
        department=department,
        created_at=batch.now,
        due_at=batch.now + company.answer_within(severity),
        customer=customer,
        delivery=delivery,
        waybill=new.get("waybill", ""),
        courier=new.get("courier", ""),
        description=new.get("description", ""),
        wanted=new.get("wanted", ""),
        contact=new.get("contact", ""),
    )
    case = await cases.file(batch.tx, case, actor, {"category": category, "department": department}, invitation)
    batch.record(actor, "case.file", f"case:{case.id}", None, case.state.value)
    first = Contribution(batch.services.next_id(), case.id, case.description, files, batch.now)
    await cases.contribute(batch.tx, first)
    for chat in await refresh(batch, case):
        forward(batch, chat, case, [(kind, id_) for kind, id_, _album in files])
    return case


async def move(
    turn: Turn, case: Case, event: Event, parts: frozenset[Part], facts: Mapping[Need, str]
) -> Case | Refused:
    """One event of the table, by this person: the case after it, or why it was refused. The cards follow."""
    company = turn.company
    reviews = company.reviews(case) if await people.holders(turn.tx, Role.QUALITY) else 1
    after = advance(case, event, parts, facts, actor=turn.person.id, reviews=reviews)
    if isinstance(after, Refused):
        return after
    note = facts.get(Need.REASON, "")
    if note:
        after = replace(after, note=note)
    if event is Event.RESOLVE:
        after = replace(after, resolution={need.value: text for need, text in facts.items()})
    said = {need.value: text for need, text in facts.items()}
    moved = await cases.move(turn.tx, case, after, event, turn.person.id, turn.now, said)
    if moved is None:
        return Refused("case-not-now")
    turn.batch.record(turn.person.id, f"case.{event}", f"case:{case.id}", case.state.value, moved.state.value)
    await refresh(turn.batch, moved)
    return moved


async def refresh(batch: Batch, case: Case) -> list[int]:
    """Draw the card anew wherever it is, and where it now belongs; the chats that can act on it."""
    targets = await card_chats(batch, case)
    for chat in targets:
        await cases.add_card(batch.tx, case.id, chat)
    written = await cases.contributed(batch.tx, case.id)
    count = sum(len(one.files) for one in written)
    case = replace(case, description="\n".join(one.words for one in written if one.words))
    for chat in await cases.card_chats(batch.tx, case.id):
        group = await groups.get(batch.tx, chat)
        if group is not None and not group.here:
            continue  # drawn when the group is back
        language = targets.get(chat) or await language_of(batch, chat)
        rows = buttons(case) if chat in targets else ()
        html = card(batch.services, case, language, files=count)
        batch.show(chat, card_name(case.id), html, rows, language=language, priority=outbox.STAFF)
    return list(targets)


def card_name(case: int) -> str:
    return f"card:{case}"


async def card_chats(batch: Batch, case: Case) -> dict[int, str]:
    """Where this case is worked on now, with each chat's language; the reviewers' chats too while a review is due."""
    tx, company = batch.tx, batch.services.company
    found: dict[int, str] = {}
    group = await groups.of_department(tx, case.department)
    if group is not None and group.here:
        found[group.chat_id] = group.language
    needs_quality = case.state is State.IN_REVIEW and (
        case.approvals > 0
        or all(head.id == case.owner for head in await people.holders(tx, Role.HEAD, department=case.department))
    )
    if not found or needs_quality:
        for department in (company.quality, company.management):
            overseer = await groups.of_department(tx, department)
            if overseer is not None and overseer.here:
                found[overseer.chat_id] = overseer.language
                break
    if not found:
        found = {
            manager.telegram_id: manager.language
            for manager in await people.holders(tx, Role.MANAGER)
            if manager.reachable
        }
    return found


async def language_of(batch: Batch, chat: int) -> str:
    group = await groups.get(batch.tx, chat)
    if group is not None:
        return group.language
    person = (await people.load(batch.tx, [chat])).get(chat)
    return person.language if person else batch.services.company.language


async def parts(turn: Turn, case: Case) -> frozenset[Part]:
    """What the presser is to this case."""
    heads = await people.holders(turn.tx, Role.HEAD, department=case.department)
    found = parts_of(case, turn.person, has_heads=any(head.id != case.owner for head in heads))
    if case.approvals and await cases.approved_by(turn.tx, case) == turn.person.id:
        return found - {Part.REVIEWER}  # two approvals are two people's
    return found


async def reviewers(batch: Batch, case: Case) -> list[Person]:
    """Who can approve now, for a mention."""
    found = await people.holders(batch.tx, Role.HEAD, department=case.department)
    found = [person for person in found if person.id != case.owner]
    return found if found and case.approvals == 0 else await people.holders(batch.tx, Role.QUALITY)


def buttons(case: Case) -> tuple[Row, ...]:
    """What the present state allows, and what can always be looked at."""
    acts = [_act(case, name) for name in _BUTTONS.get(case.state, ())]
    looks = [_act(case, "history"), _act(case, "full_text")]
    return tuple(tuple(row) for row in (acts, looks) if row)


def card(services: Services, case: Case, language: str, *, files: int = 0) -> str:
    """The card's text: everything somebody needs to act, nothing that a group need not know."""
    texts, company = services.texts, services.company

    def line(key: str, **args: str | int) -> str:
        return texts.html(language, key, args)

    lines = [
        line("card-head", number=case.number, state=texts.plain(language, f"state-{case.state.replace('_', '-')}")),
        line(
            "card-category",
            category=category_name(company, case, language),
            department=department_name(company, case, language),
        ),
    ]
    if case.severity != "normal":
        lines.append(line("card-severity", severity=case.severity))
    if case.round > 1:
        lines.append(line("card-round", round=case.round))
    if case.waybill:
        lines.append(line("card-waybill", waybill=case.waybill))
    if case.courier:
        lines.append(line("card-courier", courier=case.courier))
    if case.contact:
        lines.append(line("card-contact", contact=mask_contact(case.contact)))
    lines.append(line("card-due", due=moment(case.due_at, company)))
    lines.append(line("card-owner", owner=case.owner_name) if case.owner_name else line("card-no-owner"))
    if files:
        lines.append(line("card-files", count=files))
    said = trim(case.description, SHOWN_ON_CARD)
    lines.append("\n" + (line("card-said", text=said) if said else line("card-nothing-said")))
    if case.wanted:
        lines.append(line("card-wanted", text=trim(case.wanted, 200)))
    if case.resolution:
        lines.append("\n" + line("card-action", text=trim(case.resolution.get("action", ""), 400)))
    if case.note:
        lines.append("\n" + line("card-note", text=trim(case.note, 400)))
    return "\n".join(lines)


def forward(batch: Batch, chat: int, case: Case, files: list[tuple[str, str]]) -> None:
    """Show what the customer attached under the card."""
    for method, body in outbound.albums(files):
        call = Owed(batch.services.next_id(), chat, method, body, priority=outbox.STAFF, reply_to=card_name(case.id))
        batch.owe(call)


def tell_customer(
    batch: Batch, customer: Person, key: str, rows: tuple[Row, ...] = (), name: str = "", **args: str | int
) -> None:
    """A sentence to the customer in the customer's own language."""
    note_reach(batch, customer)
    html = batch.services.texts.html(customer.language, key, args)
    if not rows and not name:
        batch.say(customer.telegram_id, html)
        return
    batch.show(customer.telegram_id, name, html, rows, language=customer.language, fresh=True)


def note_reach(batch: Batch, person: Person) -> None:
    """What is owed to somebody who blocked the bot is not sent in vain: it waits, and comes on return."""
    if not person.reachable:
        batch.closed.add(person.telegram_id)


def verdict_rows(case: Case) -> tuple[Row, ...]:
    solved: Button = Verdict(case.id, case.round, solved=True)
    return ((Key(Text("solved"), solved), Key(Text("not-solved"), Verdict(case.id, case.round, solved=False))),)


def category_name(company: Company, case: Case, language: str) -> str:
    category = company.categories.get(case.category)
    return words(category.name, language) if category else case.category


def department_name(company: Company, case: Case, language: str) -> str:
    department = company.departments.get(case.department)
    return words(department.name, language) if department else case.department


def moment(at: datetime, company: Company) -> str:
    """A moment on the company's clock, the same in every language: 2026-11-23 18:00."""
    return at.astimezone(company.zone).strftime("%Y-%m-%d %H:%M")


def mask_contact(contact: str) -> str:
    """A phone number keeps its last digits, anything else its first character."""
    digits = sum(character.isdigit() for character in contact)
    return mask_phone(contact) if digits > len(contact) // 2 else mask_name(contact)


def _act(case: Case, name: str) -> Key:
    return Key(Text(f"act-{name.replace('_', '-')}"), Act(case.id, _CODES[name], case.version))
