"""Queries for deliveries: taken in by the thousand, found by id, waybill or customer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Update, bindparam, func, select, update

from domain.deliveries.delivery import PLACE, Delivery, Fate
from storage.engine.bulk import BulkStatement, KeyedQuery, among
from storage.engine.database import Tx, insert
from storage.models import deliveries, invitations, people

_DELIVERY = (
    deliveries.c.id,
    deliveries.c.waybill,
    deliveries.c.source,
    deliveries.c.delivered_at,
    deliveries.c.department,
    deliveries.c.courier,
    deliveries.c.route,
    deliveries.c.station,
    deliveries.c.service,
    deliveries.c.language,
    deliveries.c.person,
)
_CHUNK_SIZE = 500

ERASED = ""
"""The fingerprint of a delivery whose customer was erased: whatever is reported about it again, nothing of it is stored."""


@dataclass(frozen=True, slots=True)
class KnownDelivery:
    """What intake needs to know about a waybill it has seen before."""

    id: int
    fingerprint: str
    fate: Fate
    person: int | None = None
    courier: str = ""


@dataclass(frozen=True, slots=True)
class FrozenDelivery:
    """Snapshot of a delivery, kept by its invitation so that a later change does not move a rating to somebody else (D5).

    `region` is the country of the customer's number (CN), empty if there is none.
    """

    delivery: int
    person: int | None
    waybill: str
    delivered_at: datetime
    language: str
    fate: Fate
    source: str
    ref_hash: str | None
    region: str
    invitation: int | None
    values: Mapping[str, str]


_HEAD = (
    deliveries.c.id,
    deliveries.c.person,
    deliveries.c.waybill,
    deliveries.c.delivered_at,
    deliveries.c.language,
    deliveries.c.fate,
    deliveries.c.source,
    deliveries.c.ref_hash,
    deliveries.c.region,
    invitations.c.id,
)


def _make_fate_update(_tx: Tx) -> Update:
    person, fate = bindparam("p", type_=deliveries.c.person.type), bindparam("f", type_=deliveries.c.fate.type)
    values = {"person": func.coalesce(person, deliveries.c.person), "fate": func.coalesce(fate, deliveries.c.fate)}
    return update(deliveries).where(deliveries.c.id == bindparam("i")).values(values)


_RECORD_FATES = BulkStatement(
    _make_fate_update, {"p": deliveries.c.person.type, "f": deliveries.c.fate.type, "i": deliveries.c.id.type}
)


async def fetch_known(tx: Tx, source: str, waybills: Sequence[str]) -> dict[str, KnownDelivery]:
    """The waybills of this source that have been taken in already."""
    known: dict[str, KnownDelivery] = {}
    columns = (
        deliveries.c.waybill,
        deliveries.c.id,
        deliveries.c.fingerprint,
        deliveries.c.fate,
        deliveries.c.person,
        deliveries.c.courier,
    )
    for start in range(0, len(waybills), _CHUNK_SIZE):
        chunk = list(waybills[start : start + _CHUNK_SIZE])
        where = (deliveries.c.source == source, deliveries.c.waybill.in_(chunk))
        known.update(
            (row[0], KnownDelivery(row[1], row[2], Fate(row[3]), row[4], row[5]))
            for row in await tx.execute(select(*columns).where(*where))
        )
    return known


async def add(tx: Tx, rows: Sequence[Mapping[str, Any]]) -> None:
    await tx.execute(insert(tx, deliveries), list(rows))


async def correct(tx: Tx, rows: Sequence[Mapping[str, Any]]) -> None:
    """Replace what is known of these deliveries, by id; each row's keys are column names."""
    columns = [name for name in rows[0] if name != "id"]
    statement = update(deliveries).where(deliveries.c.id == bindparam("b_id"))
    statement = statement.values({name: bindparam(f"b_{name}") for name in columns})
    await tx.execute(statement, [{f"b_{name}": value for name, value in row.items()} for row in rows])


async def get(tx: Tx, delivery: int) -> Delivery | None:
    row = (await tx.execute(select(*_DELIVERY).where(deliveries.c.id == delivery))).first()
    return _make_delivery(tuple(row)) if row else None


async def fetch_recipient(tx: Tx, delivery: int) -> tuple[str, str]:
    """The name and phone number the delivery came with; empty where it came without."""
    row = (
        await tx.execute(select(deliveries.c.customer_name, deliveries.c.phone).where(deliveries.c.id == delivery))
    ).first()
    return (row.customer_name or "", row.phone or "") if row else ("", "")


async def fetch_courier_name(tx: Tx, delivery: int | None) -> str:
    """The name of who delivered it, as the company's system gave it; empty where it gave none."""
    name: str | None = await tx.scalar(select(deliveries.c.courier_name).where(deliveries.c.id == delivery))
    return name or ""


async def list_by_waybill(tx: Tx, waybill: str, source: str | None = None) -> list[Delivery]:
    """The deliveries with this waybill (from this source, if one is named), latest first."""
    statement = select(*_DELIVERY).where(deliveries.c.waybill == waybill).order_by(deliveries.c.delivered_at.desc())
    if source is not None:
        statement = statement.where(deliveries.c.source == source)
    return [_make_delivery(tuple(row)) for row in await tx.execute(statement)]


_LOCK = KeyedQuery(
    deliveries.c.id,
    lambda wanted: select(deliveries.c.id).where(wanted).order_by(deliveries.c.id).with_for_update(),
)
_FREEZE = KeyedQuery(
    deliveries.c.id,
    lambda wanted: (
        select(*_HEAD, *(deliveries.c[name] for name in PLACE))
        .select_from(deliveries.outerjoin(invitations, invitations.c.delivery == deliveries.c.id))
        .where(wanted)
    ),
)


async def freeze(tx: Tx, ids: Sequence[int]) -> dict[int, FrozenDelivery]:
    """Snapshots for invitations about these deliveries, by id; nobody else can link them to a customer until the transaction ends."""
    if tx.dialect.name == "postgresql":
        # Lock first, read afterwards: a statement that waits for a lock still sees the invitations as of when it began.
        await _LOCK.execute(tx, ids)
    head = len(_HEAD)
    frozen = {}
    for row in await _FREEZE.execute(tx, ids):
        known: tuple[Any, ...] = tuple(row)
        frozen[known[0]] = FrozenDelivery(*known[:head], dict(zip(PLACE, known[head:], strict=True)))  # type: ignore[call-arg]  # ten columns
    return frozen


async def fetch_accounts(tx: Tx, ids: Sequence[int]) -> set[int]:
    """The Telegram accounts of these deliveries' customers, where there are any; locks nothing."""
    joined = deliveries.join(people, deliveries.c.person == people.c.id)
    where = (among(tx, deliveries.c.id, ids), people.c.telegram_id.is_not(None))
    return set((await tx.execute(select(people.c.telegram_id).select_from(joined).where(*where))).scalars())


async def assign_customer(
    tx: Tx, column: str, hashes: Sequence[str], person: int, source: str | None = None
) -> list[int]:
    """Give this customer every delivery with this phone or reference that has no customer yet; returns the deliveries' ids."""
    where: list[ColumnElement[bool]] = [deliveries.c[column].in_(list(hashes)), deliveries.c.person.is_(None)]
    if source is not None:
        where.append(deliveries.c.source == source)
    statement = update(deliveries).where(*where).values(person=person).returning(deliveries.c.id)
    return list((await tx.execute(statement)).scalars())


async def reset_to_waiting(tx: Tx, person: int, since: datetime) -> list[int]:
    """The person's deliveries since then that went unasked because the person could not be reached; set back to waiting."""
    asked = select(invitations.c.id).where(invitations.c.delivery == deliveries.c.id).exists()
    where = (
        deliveries.c.person == person,
        deliveries.c.fate.in_([Fate.BLOCKED.value, Fate.UNREACHABLE.value]),
        deliveries.c.delivered_at >= since,
        ~asked,
    )
    statement = update(deliveries).where(*where).values(fate=Fate.WAITING.value).returning(deliveries.c.id)
    return list((await tx.execute(statement)).scalars())


async def record_fates(tx: Tx, people: Mapping[int, int], fates: Mapping[int, Fate]) -> None:
    """Record whose these deliveries are and what became of asking; deliveries not named stay as they are."""
    ids = sorted(people.keys() | fates.keys())
    await _RECORD_FATES.execute(tx, [(people.get(id_), fates.get(id_), id_) for id_ in ids])


async def list_recent(tx: Tx, person: int, since: datetime, limit: int = 5) -> list[Delivery]:
    """The person's latest deliveries since a moment, newest first."""
    where = (deliveries.c.person == person, deliveries.c.delivered_at >= since)
    statement = select(*_DELIVERY).where(*where).order_by(deliveries.c.delivered_at.desc()).limit(limit)
    return [_make_delivery(tuple(row)) for row in await tx.execute(statement)]


def _make_delivery(row: Sequence[Any]) -> Delivery:
    return Delivery(*row)
