"""Transitions of a case: filed, and moved by an event of its table, with its clocks and its cards. Who is told: `handlers/cases/notices`.

1. Every move goes through `domain.cases.case.advance`.
2. The cards are drawn anew from the case as it then stands.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from domain.cases.case import (
    Case,
    CaseEvent,
    CaseKind,
    CasePart,
    CaseRefusal,
    HistoryEntry,
    Need,
    Terms,
    advance,
    format_number,
)
from domain.cases.feedback import LIFECYCLES, NUMBER_PREFIXES
from domain.people import Role
from handlers.cases.life import card_chats, deadlines, handling, pinned, telling
from handlers.turns.batch import Batch
from storage import installation
from storage.cases import cases
from storage.cases import contributions as contribution_rows
from storage.cases.contributions import Contribution
from storage.people import people


@dataclass(frozen=True, slots=True)
class NewCase:
    """What is filed. `told` holds waybill, courier, description, wanted, contact and the sub-reason (`reason`), as far as they are known.

    `files` are (kind, Telegram's id, album); `invitation` is the survey whose low rating it is, `linked` the earlier case it takes up again.
    """

    told: Mapping[str, str]
    category: str
    department: str
    customer: int | None
    delivery: int | None = None
    files: tuple[tuple[str, str, str], ...] = ()
    invitation: int | None = None
    kind: CaseKind = CaseKind.COMPLAINT
    linked: int | None = None


async def file_case(batch: Batch, new: NewCase, *, actor: int | None) -> Case:
    """A new case, numbered, assigned, and on its way to the department's chat in the same transaction."""
    company = batch.services.company
    route = company.route(new.category, new.told.get("reason", ""))
    day = batch.now.astimezone(company.zone).strftime("%y%m%d")
    sequence = await installation.next_number(batch.tx, f"{NUMBER_PREFIXES[new.kind]}-{day}")
    start = next(row for row in LIFECYCLES[new.kind] if row.event is CaseEvent.FILE)
    assert start.to is not None  # noqa: S101 -- every table begins somewhere
    case = Case(
        id=0,
        number=format_number(NUMBER_PREFIXES[new.kind], day, sequence),
        state=start.to,
        category=new.category,
        severity=route.severity,
        department=new.department,
        created_at=batch.now,
        due_at=company.calendar.add_days(batch.now, company.severities[route.severity].answer_within_days),
        customer=new.customer,
        delivery=new.delivery,
        waybill=new.told.get("waybill", ""),
        courier=new.told.get("courier", ""),
        description=new.told.get("description", ""),
        wanted=new.told.get("wanted", ""),
        contact=new.told.get("contact", ""),
        kind=new.kind,
        reason=new.told.get("reason", ""),
        cooperating=tuple(one for one in route.cooperating if one != new.department)
        if new.kind is CaseKind.COMPLAINT
        else (),
        linked=new.linked,
    )
    facts = {"category": new.category, "department": new.department}
    happened = HistoryEntry(case.version, CaseEvent.FILE, case.state, actor, batch.now, facts)
    case = deadlines.set_answer_due(batch, case, [happened])
    case = await cases.file(batch.tx, case, actor, facts, new.invitation)
    batch.record(actor, "case.file", f"case:{case.id}", None, case.state.value)
    first = Contribution(batch.services.next_id(), case.id, case.description, new.files, batch.now, author=new.customer)
    await contribution_rows.add_contribution(batch.tx, first)
    await deadlines.update_deadlines(batch, case, [happened])
    await handling.update_handling(batch, case, [happened])
    for chat in await card_chats.refresh_cards(batch, case):
        telling.forward_files(batch, chat, case, [(kind, id_) for kind, id_, _album in new.files])
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
    """One event of the table, caused by `actor` (None: the clock): the case after it, or why it was refused. The cards follow."""
    history = await cases.fetch_history(batch.tx, case.id)
    terms = await _fetch_terms(batch, case, history)
    after = advance(case, event, parts, facts, actor=actor, terms=terms, table=LIFECYCLES[case.kind])
    if isinstance(after, CaseRefusal):
        return after
    said = {need.value: text for need, text in facts.items()}
    if note := facts.get(Need.REASON, ""):
        own = case.customer is not None and actor == case.customer
        after = replace(
            after, note=batch.services.mask_words(note, case.waybill) if own else note
        )  # the card shows it to a group
    happened = HistoryEntry(after.version, event, after.state, actor, batch.now, said)
    after = deadlines.set_answer_due(batch, after, [*history, happened])
    moved = await cases.move(batch.tx, case, after, event, actor, batch.now, said)
    if moved is None:
        return CaseRefusal("case-not-now")
    batch.record(actor, f"case.{event}", f"case:{case.id}", case.state.value, moved.state.value)
    await deadlines.update_deadlines(batch, moved, [*history, happened])
    await handling.update_handling(batch, moved, [*history, happened])
    await card_chats.refresh_cards(batch, moved)
    if moved.department != case.department:
        await pinned.show_overview(batch, case.department)
    return moved


async def find_refusal(batch: Batch, case: Case, event: CaseEvent, parts: frozenset[CasePart]) -> CaseRefusal | None:
    """Why the event would be refused whatever its questions were answered; None where they are worth asking."""
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
