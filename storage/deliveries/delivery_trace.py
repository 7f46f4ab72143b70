"""Delivery trace: everything known about asking about one waybill. The delivery, its invitation, answers and call, what is planned."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, and_, cast, func, select

from domain.deliveries.delivery import Fate, PhoneCallState
from domain.timer_kinds import TimerKind
from storage.engine.database import Tx
from storage.models import answers, callbacks, deliveries, invitations, people, timers

_takers, _writers = people.alias("takers"), people.alias("writers")
_COLUMNS = (
    *(deliveries.c[name] for name in ("id", "waybill", "source", "delivered_at", "priority", "fate")),
    *(deliveries.c[name] for name in ("customer_name", "phone")),
    *(people.c[name].label(f"person_{name}") for name in ("name", "phone")),
    *(people.c[name] for name in ("asked_at", "stopped_at")),
    invitations.c.created_at.label("invited_at"),
    *(invitations.c[name] for name in ("origin", "expires_at", "reminded_at")),
    _writers.c.name.label("writer"),
    callbacks.c.state.label("call"),
    callbacks.c.attempts,
    _takers.c.name.label("taker"),
    timers.c.due_at,
)


@dataclass(frozen=True, slots=True)
class DeliveryTrace:
    """Everything about asking about one delivery. What does not exist is None or empty; `next_try` is when the customer will be asked."""

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
    entered_by: str
    answered_at: datetime | None
    answers: int
    call: PhoneCallState | None
    taker: str
    attempts: int
    next_try: datetime | None


async def list_traces(tx: Tx, waybill: str) -> list[DeliveryTrace]:
    """One trace per source that has this waybill, latest delivery first."""
    source = (
        deliveries.outerjoin(people, deliveries.c.person == people.c.id)
        .outerjoin(invitations, invitations.c.delivery == deliveries.c.id)
        .outerjoin(_writers, invitations.c.entered_by == _writers.c.id)
        .outerjoin(callbacks, callbacks.c.delivery == deliveries.c.id)
        .outerjoin(_takers, callbacks.c.taken_by == _takers.c.id)
        .outerjoin(
            timers, and_(timers.c.kind == TimerKind.SURVEY_INVITE, timers.c.subject == cast(deliveries.c.id, String))
        )
    )
    given = select(func.min(answers.c.answered_at)).where(answers.c.invitation == invitations.c.id).scalar_subquery()
    number = select(func.count()).where(answers.c.invitation == invitations.c.id).scalar_subquery()
    statement = select(*_COLUMNS, given.label("answered_at"), number.label("answers")).select_from(source)
    rows = await tx.execute(
        statement.where(deliveries.c.waybill == waybill).order_by(deliveries.c.delivered_at.desc(), deliveries.c.id)
    )
    return [_make_trace(row) for row in rows]


def _make_trace(row: Any) -> DeliveryTrace:  # noqa: ANN401 -- a row, by its labels
    return DeliveryTrace(
        delivery=row.id,
        waybill=row.waybill,
        source=row.source,
        delivered_at=row.delivered_at,
        priority=row.priority,
        fate=Fate(row.fate),
        name=row.customer_name or row.person_name or "",
        phone=row.phone or row.person_phone or "",
        asked_at=row.asked_at,
        stopped_at=row.stopped_at,
        origin=row.origin or "",
        invited_at=row.invited_at,
        expires_at=row.expires_at,
        reminded_at=row.reminded_at,
        entered_by=row.writer or "",
        answered_at=row.answered_at,
        answers=row.answers,
        call=PhoneCallState(row.call) if row.call else None,
        taker=row.taker or "",
        attempts=row.attempts or 0,
        next_try=row.due_at,
    )
