"""What is known about asking about one waybill: the delivery, its invitation, its answers, its call, what is planned."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, and_, cast, func, select

from domain.delivery import CallState, Fate
from storage.database import Tx
from storage.models import answers, callbacks, deliveries, invitations, people, timers

_takers, _writers = people.alias("takers"), people.alias("writers")


@dataclass(frozen=True, slots=True)
class Story:
    """Everything about asking about one delivery. What there is not, is None or empty; `next_try` is when the customer will be asked."""

    delivery: int
    waybill: str
    source: str
    delivered_at: datetime
    priority: str
    fate: Fate
    name: str
    phone: str
    asked_at: datetime | None
    stopped_at: datetime | None
    origin: str
    invited_at: datetime | None
    expires_at: datetime | None
    reminded_at: datetime | None
    undelivered: bool
    entered_by: str
    answered_at: datetime | None
    answers: int
    call: CallState | None
    taker: str
    attempts: int
    next_try: datetime | None


async def of_waybill(tx: Tx, waybill: str) -> list[Story]:
    """One story per source that has this waybill, the latest delivery first."""
    source = (
        deliveries.outerjoin(people, deliveries.c.person == people.c.id)
        .outerjoin(invitations, invitations.c.delivery == deliveries.c.id)
        .outerjoin(_writers, invitations.c.entered_by == _writers.c.id)
        .outerjoin(callbacks, callbacks.c.delivery == deliveries.c.id)
        .outerjoin(_takers, callbacks.c.taken_by == _takers.c.id)
        .outerjoin(timers, and_(timers.c.kind == "invite", timers.c.subject == cast(deliveries.c.id, String)))
    )
    given = select(func.min(answers.c.answered_at)).where(answers.c.invitation == invitations.c.id).scalar_subquery()
    number = select(func.count()).where(answers.c.invitation == invitations.c.id).scalar_subquery()
    columns = (
        *(deliveries.c[name] for name in ("id", "waybill", "source", "delivered_at", "priority", "fate")),
        deliveries.c.customer_name,
        deliveries.c.phone,
        *(people.c[name] for name in ("name", "phone", "asked_at", "stopped_at")),
        *(invitations.c[name] for name in ("origin", "created_at", "expires_at", "reminded_at", "state")),
        _writers.c.name,
        given,
        number,
        *(callbacks.c[name] for name in ("state", "attempts")),
        _takers.c.name,
        timers.c.due_at,
    )
    statement = select(*columns).select_from(source).where(deliveries.c.waybill == waybill)
    return [_story(tuple(row)) for row in await tx.execute(statement.order_by(deliveries.c.delivered_at.desc()))]


def _story(row: tuple[Any, ...]) -> Story:
    (id_, waybill, source, delivered_at, priority), (name, phone, person_name, person_phone, asked_at, stopped_at) = (
        row[:5],
        row[6:12],
    )
    origin, invited_at, expires_at, reminded_at, state, writer, given, number = row[12:20]
    call, attempts, taker, due_at = row[20:]
    return Story(
        id_,
        waybill,
        source,
        delivered_at,
        priority,
        Fate(row[5]),
        name or person_name or "",
        phone or person_phone or "",
        asked_at,
        stopped_at,
        origin or "",
        invited_at,
        expires_at,
        reminded_at,
        state == "undelivered",
        writer or "",
        given,
        number,
        CallState(call) if call else None,
        taker or "",
        attempts or 0,
        due_at,
    )
