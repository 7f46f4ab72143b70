"""Idempotent import of deliveries from other systems: every item is checked, good ones are stored, each bad one is
refused with a pointer and a reason.

Idempotent on (source, waybill): a repeat changes nothing, a correction counts until the customer has been asked.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from pydantic import BaseModel

from domain.company import Company
from domain.deliveries.delivery import ASKED_FATES, PLACE, Fate, compute_invitation_time
from domain.figures.totals import DeliveryFact, Fact, FactPlace, compute_change
from domain.surveys import invitation
from domain.surveys.invitation import compute_sampling_point
from domain.timer_kinds import TimerKind
from handlers.access import links
from handlers.deliveries.items import (
    DeliveryIn,
    ItemError,
    check_item,
    find_waybill,
    is_same_report,
    list_older_hashes,
    make_row,
)
from handlers.turns.services import Services
from handlers.turns.totals import list_anonymous_surveys
from storage.deliveries import deliveries
from storage.deliveries.deliveries import KnownDelivery
from storage.engine.database import Tx, lock
from storage.figures import totals
from storage.people import people
from storage.queue import timers
from storage.queue.timers import Timer

ITEMS_LIMIT = 1000
COURIER_SOURCE = "courier"
"""The source of what couriers report themselves, before the company's system does."""

IDENTITIES_LOCK = "identities"
"""The lock under which a phone number is assigned to a person; held in shared mode for lookups only."""


class ItemReply(BaseModel):
    """What became of one item; `link` is for the delivery slip or SMS."""

    waybill: str
    status: Literal["accepted", "unchanged", "updated", "refused"]
    link: str | None = None
    errors: list[ItemError] = []


async def ingest_items(tx: Tx, services: Services, source: str, items: Sequence[Any], now: datetime) -> list[ItemReply]:
    """Store what is valid; one reply per item, in order. `items` is decoded JSON."""
    sources = {source, COURIER_SOURCE} if services.company.invitations.couriers_report else {source}
    await lock(tx, [f"deliveries:{one}" for one in sources])
    await lock(tx, [IDENTITIES_LOCK], shared=True)
    checked = [check_item(item, services.company, now) for item in items]
    waybills = [one.waybill for one in checked if isinstance(one, DeliveryIn)]
    known = await deliveries.fetch_known(tx, source, waybills)
    reported = await _fetch_reported(tx, services, source, [one for one in waybills if one not in known])
    replies: list[ItemReply] = []
    new: dict[int, dict[str, Any]] = {}
    changed: dict[int, dict[str, Any]] = {}
    older: dict[str, str] = {}
    for item, delivery in zip(items, checked, strict=True):
        if isinstance(delivery, list):
            replies.append(ItemReply(waybill=find_waybill(item), status="refused", errors=delivery))
            continue
        row = make_row(delivery, source, services)
        older |= list_older_hashes(delivery, services.keyring)
        before = known.get(delivery.waybill)
        if before is None:
            row["id"] = services.next_id()
            if (report := reported.get(delivery.waybill)) is not None:
                row["id"], before = report.id, report
                changed[report.id] = row | _keep_reported(row, report)
            else:
                new[row["id"]] = row | {"created_at": now}
            status: Literal["accepted", "unchanged", "updated", "refused"] = "accepted"
        elif before.fingerprint in {row["fingerprint"], deliveries.ERASED} or is_same_report(
            delivery, before.fingerprint, services.keyring
        ):
            row["id"], status = before.id, "unchanged"
        elif before.fate in ASKED_FATES:
            why = "the customer has been asked about this delivery already; a correction no longer counts"
            replies.append(ItemReply(waybill=delivery.waybill, status="refused", errors=[ItemError(at="", why=why)]))
            continue
        else:
            row["id"], status = before.id, "updated"
            if row["id"] in new:
                new[row["id"]] = row | {"created_at": now}
            else:
                report = reported.get(delivery.waybill)
                changed[row["id"]] = row | (_keep_reported(row, report) if report else {"person": before.person})
        person = before.person if before else None
        known[delivery.waybill] = KnownDelivery(
            row["id"], row["fingerprint"], before.fate if before else Fate.WAITING, person
        )
        replies.append(ItemReply(waybill=delivery.waybill, status=status, link=_make_link(services, row["id"], now)))
    await _store(tx, services, source, new, changed, older, now)
    return replies


async def _fetch_reported(tx: Tx, services: Services, source: str, waybills: Sequence[str]) -> dict[str, KnownDelivery]:
    """Those of these new waybills that a courier has already reported: one parcel is one delivery."""
    if source == COURIER_SOURCE or not services.company.invitations.couriers_report:
        return {}
    return await deliveries.fetch_known(tx, COURIER_SOURCE, waybills)


def _keep_reported(row: Mapping[str, Any], reported: KnownDelivery) -> dict[str, Any]:
    """What survives of a courier's report when the company's own system reports the parcel: its customer, and that they were asked."""
    asked = reported.fate if reported.fate in ASKED_FATES else None
    return {"person": reported.person, "courier": row["courier"] or reported.courier, "fate": asked}


async def _store(
    tx: Tx,
    services: Services,
    source: str,
    new: Mapping[int, dict[str, Any]],
    changed: Mapping[int, dict[str, Any]],
    older: Mapping[str, str],
    now: datetime,
) -> None:
    """`older` is what older secrets made of these customers' numbers and references: who was known by that is still known."""
    rows = [*new.values(), *changed.values()]
    if not rows:
        return
    hashes = {row[key] for row in rows for key in ("phone_hash", "ref_hash") if row[key]}
    known = await people.fetch_by_hash(tx, ("phone", f"ref:{source}"), hashes.union(older)) if hashes else {}
    owners = {(kind, older[hashed]): person for (kind, hashed), person in known.items() if hashed in older} | known
    moments: list[tuple[int, datetime]] = []
    for row in rows:
        owner = owners.get(("phone", row["phone_hash"])) or owners.get((f"ref:{source}", row["ref_hash"]))
        row["person"] = owner or row.get("person")
        due = find_invitation_time(services.company, row["delivered_at"], now)
        row["fate"] = row.get("fate") or _decide_fate(services, row, due)
        if row["fate"] is Fate.WAITING and due is not None:
            moments.append((row["id"], due))
    if new:
        await deliveries.add(tx, list(new.values()))
    pairs: list[tuple[Fact | None, Fact | None]] = [(None, make_delivery_fact(row)) for row in new.values()]
    if changed:
        anonymous = list_anonymous_surveys(services)
        before, asked = (
            await totals.fetch_delivery_facts(tx, changed),
            await totals.fetch_survey_facts_about(tx, changed, anonymous),
        )
        await deliveries.correct(tx, list(changed.values()))
        pairs += [(before.get(id_), make_delivery_fact(row)) for id_, row in changed.items()]
        again = await totals.fetch_survey_facts_about(
            tx, changed, anonymous
        )  # a survey counts on the day of its delivery
        pairs += [(asked[id_], again[id_]) for id_ in asked]
        await timers.cancel(tx, [(TimerKind.SURVEY_INVITE, str(id_)) for id_ in changed])
    await timers.set_all(tx, [Timer(TimerKind.SURVEY_INVITE, str(id_), at) for id_, at in moments])
    await totals.add_entries(tx, compute_change(pairs, services.company.zone))


def make_delivery_fact(row: Mapping[str, Any]) -> DeliveryFact:
    """What a delivery counts as in the totals, by its columns."""
    return DeliveryFact(FactPlace(row["delivered_at"], *(row[name] for name in PLACE)), row["fate"] != Fate.SAMPLED_OUT)


def _decide_fate(services: Services, row: Mapping[str, Any], due: datetime | None) -> Fate:
    """The fate known when a delivery comes in: many will not be asked about, and need no timer."""
    if not is_sampled(services, row["source"], row["waybill"], row["priority"]):
        return Fate.SAMPLED_OUT
    if due is None:
        return Fate.TOO_LATE
    return Fate.WAITING if row["person"] is not None else Fate.UNREACHABLE


def find_invitation_time(company: Company, delivered_at: datetime, now: datetime) -> datetime | None:
    """When the customer of a delivery is asked, None if it is too late for that."""
    wishes = company.invitations
    delay, latest = timedelta(hours=wishes.invite_after_hours), timedelta(days=wishes.invite_within_days)
    return compute_invitation_time(delivered_at, now, delay, latest)


def make_link(services: Services, delivery: int, created_at: datetime) -> str:
    """The signed link of a delivery that came in at this moment."""
    return _make_link(services, delivery, created_at)


def _make_link(services: Services, delivery: int, now: datetime) -> str:
    # The expiry is rounded up to the day, so that the same delivery answers with the same link all day long.
    days = now.toordinal() + 1 + int(services.company.invitations.link_days)
    expires = datetime.fromordinal(days).replace(tzinfo=UTC)
    return links.make_url(services.keyring, services.bot, delivery, expires)


def is_sampled(services: Services, source: str, waybill: str, priority: str) -> bool:
    """Whether this delivery is among those asked about: by a keyed hash, so that nobody can choose."""
    drawn = compute_sampling_point(services.keyring.digest(f"sample:{source}:{waybill}"))
    return invitation.is_sampled(services.company.invitations, priority, drawn)
