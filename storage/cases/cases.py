"""Queries for cases: filed under a number of their own, moved by events only. What is contributed to them: `contributions`."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, delete, func, select, update

from domain.cases.case import (
    OPEN,
    UNSOLVED,
    Case,
    CaseEvent,
    CaseKind,
    CaseState,
    HistoryEntry,
)
from storage.cases import handling
from storage.engine.bulk import among
from storage.engine.database import Tx, insert
from storage.models import cards, case_events, cases, people

_CASE = (cases, people.c.name.label("owner_name"))
_FROM = cases.outerjoin(people, cases.c.owner == people.c.id)
_BY_ID = select(*_CASE).select_from(_FROM).where(cases.c.id == bindparam("case_id"))


async def file(tx: Tx, new: Case, actor: int | None, facts: Mapping[str, str], invitation: int | None = None) -> Case:
    """Write down a new case; returns it with its id."""
    values = make_row(new) | {"invitation": invitation}
    case_id = await tx.scalar(insert(tx, cases).values(**values).returning(cases.c.id))
    await _insert_event(tx, int(case_id or 0), new, CaseEvent.FILE, actor, new.created_at, facts)
    filed = await get(tx, int(case_id or 0))
    assert filed is not None  # noqa: S101 -- it was written a moment ago
    return filed


async def move(
    tx: Tx, before: Case, after: Case, event: CaseEvent, actor: int | None, now: datetime, facts: Mapping[str, str]
) -> Case | None:
    """Write the state after an event (optimistic locking). None when the case changed in the meantime; then nothing is written."""
    values = _make_values(after)
    if after.state is CaseState.ANSWERED and before.state is not CaseState.ANSWERED:
        values["answered_at"] = now
    values["closed_at"] = now if after.state not in OPEN else None
    where = (cases.c.id == before.id, cases.c.version == before.version)
    if (await tx.execute(update(cases).where(*where).values(**values))).rowcount != 1:
        return None
    await _insert_event(tx, before.id, after, event, actor, now, facts)
    return await get(tx, before.id)


async def get(tx: Tx, case: int, *, for_update: bool = False) -> Case | None:
    """The case as it is now; with `for_update` nobody else can move it until the transaction ends."""
    if for_update and tx.dialect.name == "postgresql":
        await tx.execute(select(cases.c.id).where(cases.c.id == case).with_for_update())
    row = (await tx.execute(_BY_ID, {"case_id": case})).first()
    return _make_case(row) if row else None


async def hold(tx: Tx, case: Case) -> Case:
    """The case as it is when nobody else can move it any more, until the transaction ends. SQLite has one writer: nobody can."""
    return case if tx.dialect.name == "sqlite" else await get(tx, case.id, for_update=True) or case


async def fetch_by_number(tx: Tx, number: str) -> Case | None:
    row = (await tx.execute(select(*_CASE).select_from(_FROM).where(cases.c.number == number.upper()))).first()
    return _make_case(row) if row else None


async def list_by_customer(tx: Tx, person: int, limit: int = 10) -> list[Case]:
    statement = select(*_CASE).select_from(_FROM).where(cases.c.customer == person)
    return [_make_case(row) for row in await tx.execute(statement.order_by(cases.c.id.desc()).limit(limit))]


async def list_customer_page(tx: Tx, person: int, offset: int, limit: int) -> list[Case]:
    """The customer's cases, open ones first, newest first among them."""
    over = cases.c.state.not_in([s.value for s in OPEN])
    statement = select(*_CASE).select_from(_FROM).where(cases.c.customer == person)
    ordered = statement.order_by(over, cases.c.id.desc()).offset(offset).limit(limit)
    return [_make_case(row) for row in await tx.execute(ordered)]


async def list_open_of(tx: Tx, person: int) -> list[int]:
    """The customer's cases that are not over, by id."""
    where = (cases.c.customer == person, cases.c.state.in_([s.value for s in OPEN]))
    return list(await tx.scalars(select(cases.c.id).where(*where)))


async def count_open(tx: Tx, ids: Sequence[int]) -> int:
    """How many of these cases are not over."""
    where = (among(tx, cases.c.id, ids), cases.c.state.in_([s.value for s in OPEN]))
    return await tx.scalar(select(func.count()).select_from(cases).where(*where)) or 0


async def list_open_owned(tx: Tx, person: int) -> list[str]:
    """The numbers of the cases that this person works on."""
    where = (cases.c.owner == person, cases.c.state.in_([s.value for s in OPEN]))
    return list(await tx.scalars(select(cases.c.number).where(*where).order_by(cases.c.id)))


async def set_handling_rating(tx: Tx, case: int, score: int | None) -> None:
    """How the customer rates the handling: 1 to 5, None while it is being rated again. Not an event of the table, so the version stays."""
    await tx.execute(update(cases).where(cases.c.id == case).values(handling=score))
    await handling.set_handling_rating(tx, case, score)


async def find_open_by_delivery(tx: Tx, person: int, delivery: int) -> Case | None:
    """The customer's case about this delivery that the company still has to answer."""
    where = (cases.c.customer == person, cases.c.delivery == delivery, cases.c.state.in_([s.value for s in UNSOLVED]))
    row = (
        await tx.execute(select(*_CASE).select_from(_FROM).where(*where).order_by(cases.c.id.desc()).limit(1))
    ).first()
    return _make_case(row) if row else None


async def find_by_invitation(tx: Tx, invitation: int) -> Case | None:
    """The case that a low rating became."""
    row = (await tx.execute(select(*_CASE).select_from(_FROM).where(cases.c.invitation == invitation).limit(1))).first()
    return _make_case(row) if row else None


async def list_unsolved(tx: Tx, departments: Sequence[str], limit: int = 50) -> list[Case]:
    """Cases these departments have yet to answer, earliest promise first."""
    where = (cases.c.department.in_(list(departments)), cases.c.state.in_([s.value for s in UNSOLVED]))
    statement = select(*_CASE).select_from(_FROM).where(*where).order_by(cases.c.due_at).limit(limit)
    return [_make_case(row) for row in await tx.execute(statement)]


async def fetch_history(tx: Tx, case: int) -> list[HistoryEntry]:
    rows = await tx.execute(select(case_events).where(case_events.c.case == case).order_by(case_events.c.version))
    return [
        HistoryEntry(r.version, CaseEvent(r.event), CaseState(r.state), r.actor, r.at, json.loads(r.facts))
        for r in rows
    ]


async def fetch_histories(tx: Tx, ids: Sequence[int]) -> dict[int, list[HistoryEntry]]:
    """The histories of several cases, in one query."""
    histories: dict[int, list[HistoryEntry]] = {id_: [] for id_ in ids}
    for r in await tx.execute(
        select(case_events).where(case_events.c.case.in_(list(ids))).order_by(case_events.c.case, case_events.c.version)
    ):
        line = HistoryEntry(r.version, CaseEvent(r.event), CaseState(r.state), r.actor, r.at, json.loads(r.facts))
        histories[r.case].append(line)
    return histories


async def list_open_after(tx: Tx, after: int, limit: int) -> list[Case]:
    """Open cases by id, from `after` on; for the rare events that concern all of them."""
    where = (cases.c.state.in_([s.value for s in OPEN]), cases.c.id > after)
    statement = select(*_CASE).select_from(_FROM).where(*where).order_by(cases.c.id).limit(limit)
    return [_make_case(row) for row in await tx.execute(statement)]


async def select_cases(
    tx: Tx,
    where: Sequence[ColumnElement[bool]],
    order: Sequence[ColumnElement[Any]],
    limit: int,
    offset: int = 0,
) -> list[Case]:
    """Cases that meet another query module's conditions."""
    statement = select(*_CASE).select_from(_FROM).where(*where).order_by(*order).limit(limit).offset(offset)
    return [_make_case(row) for row in await tx.execute(statement)]


def after(case: int) -> ColumnElement[bool]:
    """The condition "filed later than this case"."""
    return cases.c.id > case


def by_id() -> ColumnElement[Any]:
    """The order of filing."""
    return cases.c.id


async def find_approver(tx: Tx, case: Case) -> int | None:
    """Who gave the latest approval, None if nobody has."""
    where = (case_events.c.case == case.id, case_events.c.event == CaseEvent.APPROVE.value)
    statement = select(case_events.c.actor).where(*where).order_by(case_events.c.version.desc()).limit(1)
    approver: int | None = await tx.scalar(statement)
    return approver


async def list_card_chats(tx: Tx, case: int) -> list[int]:
    """The chats that have a card of this case."""
    return list((await tx.execute(select(cards.c.chat_id).where(cards.c.case == case))).scalars())


async def add_card(tx: Tx, case: int, chat: int) -> None:
    await tx.execute(insert(tx, cards).on_conflict_do_nothing(), {"case": case, "chat_id": chat})


async def move_cards(tx: Tx, old: int, new: int) -> None:
    """A group became a supergroup: its cards follow, except those the new chat already has."""
    known = select(cards.c.case).where(cards.c.chat_id == new)
    await tx.execute(delete(cards).where(cards.c.chat_id == old, cards.c.case.in_(known)))
    await tx.execute(update(cards).where(cards.c.chat_id == old).values(chat_id=new))


async def _insert_event(
    tx: Tx, case: int, after: Case, event: CaseEvent, actor: int | None, now: datetime, facts: Mapping[str, str]
) -> None:
    happened = HistoryEntry(after.version, event, after.state, actor, now, facts)
    await tx.execute(insert(tx, case_events), make_event_row(case, happened))


def make_event_row(case: int, happened: HistoryEntry) -> dict[str, Any]:
    """A line of the case's history, as the table has it."""
    return {
        "case": case,
        "version": happened.version,
        "event": happened.event.value,
        "state": happened.state.value,
        "actor": happened.actor,
        "at": happened.at,
        "facts": json.dumps(dict(happened.facts), ensure_ascii=False),
    }


def make_row(case: Case) -> dict[str, Any]:
    """The case as the table has it, but for its id, its invitation, and when it was answered and closed."""
    return _make_values(case) | {
        "number": case.number,
        "created_at": case.created_at,
        "courier": case.courier,
        "description": case.description,
        "wanted": case.wanted,
        "contact": case.contact,
        "waybill": case.waybill,
        "customer": case.customer,
        "delivery": case.delivery,
        "category": case.category,
        "severity": case.severity,
        "kind": case.kind.value,
        "reason": case.reason,
        "cooperating": ",".join(case.cooperating),
        "linked": case.linked,
    }


def _make_values(case: Case) -> dict[str, Any]:
    """The columns an event may change."""
    resolution = dict(case.resolution) if case.resolution is not None else None
    return {
        "state": case.state.value,
        "previous": case.previous.value if case.previous else None,
        "version": case.version,
        "round": case.round,
        "approvals": case.approvals,
        "department": case.department,
        "owner": case.owner,
        "note": case.note,
        "due_at": case.due_at,
        "resolution": json.dumps(resolution, ensure_ascii=False) if resolution is not None else None,
        "valid": None if resolution is None else resolution.get("valid") == "yes",
        "plan": json.dumps(dict(case.plan), ensure_ascii=False) if case.plan is not None else None,
        "appealed": case.appealed,
        "merged_into": case.merged_into,
    }


def _make_case(row: Row[Any]) -> Case:
    return Case(
        id=row.id,
        number=row.number,
        state=CaseState(row.state),
        category=row.category,
        severity=row.severity,
        department=row.department,
        created_at=row.created_at,
        due_at=row.due_at,
        customer=row.customer,
        delivery=row.delivery,
        waybill=row.waybill,
        courier=row.courier,
        description=row.description,
        wanted=row.wanted,
        contact=row.contact,
        owner=row.owner,
        owner_name=row.owner_name or "",
        round=row.round,
        approvals=row.approvals,
        previous=CaseState(row.previous) if row.previous else None,
        version=row.version,
        note=row.note,
        resolution=json.loads(row.resolution) if row.resolution else None,
        kind=CaseKind(row.kind),
        reason=row.reason,
        cooperating=tuple(filter(None, row.cooperating.split(","))),
        plan=json.loads(row.plan) if row.plan else None,
        appealed=row.appealed,
        linked=row.linked,
        merged_into=row.merged_into,
        handling=row.handling,
    )
