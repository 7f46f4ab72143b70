"""Phone survey list: deliveries to be phoned about, listed in the morning, taken by one person at a time, with the result of the call."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, func, literal, or_, select, update

from domain.deliveries.delivery import UNREACHED_FATES, Fate, PhoneCallState
from storage.engine.columns import UtcDateTime
from storage.engine.database import Tx, insert
from storage.models import callbacks, deliveries, people

OPEN_STATES = (PhoneCallState.LISTED.value, PhoneCallState.TAKEN.value)
_UNREACHED = [fate.value for fate in UNREACHED_FATES]
_takers = people.alias("takers")


@dataclass(frozen=True, slots=True)
class PhoneCall:
    """A delivery on the list; `name` and `phone` are the customer's, `taker` is who has taken it."""

    delivery: int
    day: str
    state: PhoneCallState
    taken_by: int | None
    taker: str
    attempts: int
    waybill: str
    delivered_at: datetime
    fate: Fate
    name: str
    phone: str


_NUMBERED = or_(deliveries.c.phone_hash.is_not(None), people.c.phone.is_not(None))
_WITH_CUSTOMER = deliveries.outerjoin(people, deliveries.c.person == people.c.id)
_CALLS = callbacks.join(_WITH_CUSTOMER, callbacks.c.delivery == deliveries.c.id)
_FROM = _CALLS.outerjoin(_takers, callbacks.c.taken_by == _takers.c.id)
_COLUMNS = (
    callbacks.c.delivery,
    callbacks.c.day,
    callbacks.c.state,
    callbacks.c.taken_by,
    _takers.c.name,
    callbacks.c.attempts,
    deliveries.c.waybill,
    deliveries.c.delivered_at,
    deliveries.c.fate,
    deliveries.c.customer_name,
    deliveries.c.phone,
    people.c.name,
    people.c.phone,
)


async def insert_unreached(
    tx: Tx,
    start: datetime,
    end: datetime,
    day: str,
    now: datetime,
    *,
    only: Collection[str] | None = None,
    without: Collection[str] = (),
) -> int:
    """Put every delivery of this span that cannot be reached in chat and has a number on the day's list; returns how many are new.

    `only` and `without` name services: an anonymous survey is not filled in on somebody's behalf.
    """
    columns = (
        deliveries.c.id,
        literal(day, String),
        literal(PhoneCallState.LISTED.value, String),
        literal(0),
        literal(now, UtcDateTime),
        literal(now, UtcDateTime),
    )
    unreached = select(*columns).select_from(_WITH_CUSTOMER).where(_filter_unreached(start, end), _NUMBERED)
    unreached = (
        unreached.where(deliveries.c.service.not_in(without))
        if only is None
        else unreached.where(deliveries.c.service.in_(only))
    )
    names = ["delivery", "day", "state", "attempts", "listed_at", "updated_at"]
    return (await tx.execute(insert(tx, callbacks).from_select(names, unreached).on_conflict_do_nothing())).rowcount


async def count_without_number(tx: Tx, start: datetime, end: datetime) -> int:
    """How many deliveries of this span have nobody who can be reached at all."""
    statement = select(func.count()).select_from(_WITH_CUSTOMER).where(_filter_unreached(start, end), ~_NUMBERED)
    return await tx.scalar(statement) or 0


async def list_page(tx: Tx, since: datetime, since_day: str, limit: int, offset: int) -> list[PhoneCall]:
    """What is still to be phoned about, oldest delivery first."""
    statement = select(*_COLUMNS).select_from(_FROM).where(_filter_open(since, since_day))
    ordered = statement.order_by(deliveries.c.delivered_at, deliveries.c.id).limit(limit).offset(offset)
    return [_make_call(tuple(row)) for row in await tx.execute(ordered)]


async def count_open(tx: Tx, since: datetime, since_day: str, day: str) -> tuple[int, int]:
    """How many are still to be phoned about, and how many of them come from lists before this day's."""
    earlier = func.coalesce(func.sum(case((callbacks.c.day < day, 1), else_=0)), 0)
    statement = select(func.count(), earlier).select_from(_CALLS).where(_filter_open(since, since_day))
    row = (await tx.execute(statement)).one()
    return row[0], row[1]


async def count_by_state(tx: Tx, day: str) -> dict[PhoneCallState, int]:
    """What became of the deliveries on this day's list."""
    statement = select(callbacks.c.state, func.count()).where(callbacks.c.day == day).group_by(callbacks.c.state)
    return {PhoneCallState(state): count for state, count in await tx.execute(statement)}


async def get(tx: Tx, delivery: int, *, for_update: bool = False) -> PhoneCall | None:
    """The call as it is now; with `for_update` nobody else can take it until the transaction ends."""
    if for_update and tx.dialect.name == "postgresql":
        await tx.execute(select(callbacks.c.delivery).where(callbacks.c.delivery == delivery).with_for_update())
    row = (await tx.execute(select(*_COLUMNS).select_from(_FROM).where(callbacks.c.delivery == delivery))).first()
    return _make_call(tuple(row)) if row else None


async def list_same_number(tx: Tx, delivery: int, since: datetime, since_day: str) -> list[str]:
    """Other waybills on the list with the same phone number: one call is enough for all of them."""
    number = select(deliveries.c.phone_hash).where(deliveries.c.id == delivery).scalar_subquery()
    where = (_filter_open(since, since_day), deliveries.c.phone_hash == number, deliveries.c.id != delivery)
    statement = select(deliveries.c.waybill).select_from(_CALLS).where(*where).order_by(deliveries.c.id).limit(10)
    return list((await tx.execute(statement)).scalars())


async def move(
    tx: Tx,
    phone_call: PhoneCall,
    state: PhoneCallState,
    now: datetime,
    *,
    taken_by: int | None = None,
    attempts: int | None = None,
) -> bool:
    """Record what became of the call; False if its state has changed in the meantime, and then nothing is written."""
    values: dict[str, Any] = {"state": state.value, "taken_by": taken_by, "updated_at": now}
    if attempts is not None:
        values["attempts"] = attempts
    where = [callbacks.c.delivery == phone_call.delivery, callbacks.c.state == phone_call.state.value]
    where.append(callbacks.c.taken_by.is_not_distinct_from(phone_call.taken_by))
    return (await tx.execute(update(callbacks).where(*where).values(values))).rowcount == 1


def _filter_unreached(start: datetime, end: datetime) -> ColumnElement[bool]:
    span = and_(deliveries.c.delivered_at >= start, deliveries.c.delivered_at < end)
    return and_(span, deliveries.c.fate.in_(_UNREACHED))


def _filter_open(since: datetime, since_day: str) -> ColumnElement[bool]:
    """Not finished, not reached in chat since, and recent enough to ask about; the day limits what is read."""
    listed = and_(callbacks.c.day >= since_day, callbacks.c.state.in_(OPEN_STATES))
    return and_(listed, deliveries.c.fate.in_(_UNREACHED), deliveries.c.delivered_at >= since)


def _make_call(row: tuple[Any, ...]) -> PhoneCall:
    *head, fate, name, phone, person_name, person_phone = row
    delivery, day, state, taken_by, taker, attempts, waybill, delivered_at = head
    return PhoneCall(
        delivery,
        day,
        PhoneCallState(state),
        taken_by,
        taker or "",
        attempts,
        waybill,
        delivered_at,
        Fate(fate),
        name or person_name or "",
        phone or person_phone or "",
    )
