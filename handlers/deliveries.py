"""Deliveries from other systems: every item checked, the good ones kept, each bad one refused with a pointer and a reason.

Idempotent on (source, waybill): the same again changes nothing, a correction counts until the customer was asked.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

import msgspec
import phonenumbers
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from domain import asking
from domain.asking import draw
from domain.company import Company
from domain.delivery import ASKED, Fate, invite_at
from handlers import links
from handlers.batch import Services
from storage import deliveries, people, timers
from storage.crypto import Keyring
from storage.database import Tx, lock
from storage.deliveries import Known
from storage.timers import Timer

ITEMS_LIMIT = 1000
AT_THE_DOOR = "courier"
"""The source of what couriers report themselves, before the company's system does."""

IDENTITIES = "identities"
"""The lock under which a phone number gets its person: shared by whoever only looks for persons."""

_E164 = re.compile(r"\+[1-9]\d{7,14}")
_NUMBER = re.compile(r"[\d\s()+\-./]+")
_MOBILE_CN = re.compile(r"1[3-9][0-9]{9}")
"""What nearly every local number looks like where we come from; the library needs fifty times as long to say so."""

_LANGUAGE = re.compile(r"[a-z]{2,8}")
_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)

_NO_NUL = r"^[^\x00]*$"
"""PostgreSQL keeps no NUL, and one bad item must not take the others with it."""

Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=64, pattern=_NO_NUL)]
Key = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64, pattern=_NO_NUL)]
Word = Annotated[str, StringConstraints(strip_whitespace=True, max_length=32, pattern=_NO_NUL)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=_NO_NUL)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Customer(_Strict):
    """Who received it: a phone number or the sending system's own reference is needed."""

    phone: Short | None = Field(
        None, description="International (+86…) or local; local numbers are read as the company's region."
    )
    ref: Key | None = Field(None, description="The sending system's own reference of the customer.")
    name: Name = ""
    type: Word = ""
    language: Word = Field("", description="Language code, such as zh or en.")


class Courier(_Strict):
    id: Short = ""
    name: Name = ""


class DeliveryIn(_Strict):
    """One delivery. Only waybill, delivered_at and one key of the customer are required."""

    waybill: Key
    delivered_at: AwareDatetime = Field(description="When it was delivered, with its offset.")
    customer: Customer
    department: Short = ""
    courier: Courier = Courier()
    route: Short = ""
    station: Short = ""
    service: Word = ""
    priority: Literal["", "P1", "P2", "P3", "P4"] = ""
    declared_value: Word = ""


class ItemError(BaseModel):
    """Where in the item (a JSON pointer) and why."""

    at: str
    why: str


class Result(BaseModel):
    """What became of one item; `link` is for the delivery slip or SMS."""

    waybill: str
    status: Literal["accepted", "unchanged", "updated", "refused"]
    link: str | None = None
    errors: list[ItemError] = []


async def take_in(tx: Tx, services: Services, source: str, items: Sequence[Any], now: datetime) -> list[Result]:
    """Keep what is good; one result per item, in order. `items` is decoded JSON."""
    sources = {source, AT_THE_DOOR} if services.company.asking.couriers_report else {source}
    await lock(tx, [f"deliveries:{one}" for one in sources])
    await lock(tx, [IDENTITIES], shared=True)
    checked = [_check(item, services.company, now) for item in items]
    waybills = [one.waybill for one in checked if isinstance(one, DeliveryIn)]
    known = await deliveries.known(tx, source, waybills)
    reported = await _at_the_door(tx, services, source, [one for one in waybills if one not in known])
    results: list[Result] = []
    new: dict[int, dict[str, Any]] = {}
    changed: dict[int, dict[str, Any]] = {}
    for item, one in zip(items, checked, strict=True):
        if isinstance(one, list):
            results.append(Result(waybill=_waybill(item), status="refused", errors=one))
            continue
        row = _row(one, source, services)
        before = known.get(one.waybill)
        if before is None:
            row["id"] = services.next_id()
            if (found := reported.get(one.waybill)) is not None:
                row["id"], before = found.id, found
                changed[found.id] = row | _taken_over(row, found)
            else:
                new[row["id"]] = row | {"created_at": now}
            status: Literal["accepted", "unchanged", "updated", "refused"] = "accepted"
        elif before.fingerprint == row["fingerprint"]:
            row["id"], status = before.id, "unchanged"
        elif before.fate in ASKED:
            why = "the customer has been asked about this delivery already; a correction no longer counts"
            results.append(Result(waybill=one.waybill, status="refused", errors=[ItemError(at="", why=why)]))
            continue
        else:
            row["id"], status = before.id, "updated"
            if row["id"] in new:
                new[row["id"]] = row | {"created_at": now}
            else:
                found = reported.get(one.waybill)
                changed[row["id"]] = row | (_taken_over(row, found) if found else {"person": before.person})
        person = before.person if before else None
        known[one.waybill] = Known(row["id"], row["fingerprint"], before.fate if before else Fate.WAITING, person)
        results.append(Result(waybill=one.waybill, status=status, link=_link(services, row["id"], now)))
    await _store(tx, services, source, new, changed, now)
    return results


async def _at_the_door(tx: Tx, services: Services, source: str, waybills: Sequence[str]) -> dict[str, Known]:
    """Of these new waybills, those that a courier has reported already: one parcel is one delivery."""
    if source == AT_THE_DOOR or not services.company.asking.couriers_report:
        return {}
    return await deliveries.known(tx, AT_THE_DOOR, waybills)


def _taken_over(row: Mapping[str, Any], reported: Known) -> dict[str, Any]:
    """What a courier's report keeps when the company's own system reports the parcel: its customer, and that they were asked."""
    asked = reported.fate if reported.fate in ASKED else None
    return {"person": reported.person, "courier": row["courier"] or reported.courier, "fate": asked}


async def _store(
    tx: Tx,
    services: Services,
    source: str,
    new: Mapping[int, dict[str, Any]],
    changed: Mapping[int, dict[str, Any]],
    now: datetime,
) -> None:
    rows = [*new.values(), *changed.values()]
    if not rows:
        return
    hashes = {row[key] for row in rows for key in ("phone_hash", "ref_hash") if row[key]}
    owners = await people.identified(tx, hashes) if hashes else {}
    moments: list[tuple[int, datetime]] = []
    for row in rows:
        owner = owners.get(("phone", row["phone_hash"])) or owners.get((f"ref:{source}", row["ref_hash"]))
        row["person"] = owner or row.get("person")
        due = when_to_ask(services.company, row["delivered_at"], now)
        row["fate"] = row.get("fate") or _fate(services, row, due)
        if row["fate"] is Fate.WAITING and due is not None:
            moments.append((row["id"], due))
    if new:
        await deliveries.add(tx, list(new.values()))
    if changed:
        await deliveries.correct(tx, list(changed.values()))
        await timers.cancel(tx, [("invite", str(id_)) for id_ in changed])
    await timers.set_all(tx, [Timer("invite", str(id_), at) for id_, at in moments])


def _fate(services: Services, row: Mapping[str, Any], due: datetime | None) -> Fate:
    """What is known of asking when a delivery comes in: many will not be asked about, and need no timer."""
    if not is_sampled(services, row["source"], row["waybill"], row["priority"]):
        return Fate.SAMPLED_OUT
    if due is None:
        return Fate.TOO_LATE
    return Fate.WAITING if row["person"] is not None else Fate.UNREACHABLE


def when_to_ask(company: Company, delivered_at: datetime, now: datetime) -> datetime | None:
    """When the customer of a delivery is asked, None when it is too late for that."""
    wishes = company.asking
    delay, latest = timedelta(hours=wishes.invite_after_hours), timedelta(days=wishes.invite_within_days)
    return invite_at(delivered_at, now, delay, latest)


def link(services: Services, delivery: int, created_at: datetime) -> str:
    """The signed link of a delivery that came in at this moment."""
    return _link(services, delivery, created_at)


def _link(services: Services, delivery: int, now: datetime) -> str:
    # The expiry is rounded up to the day, so that the same delivery answers with the same link all day long.
    days = now.toordinal() + 1 + int(services.company.asking.link_days)
    expires = datetime.fromordinal(days).replace(tzinfo=UTC)
    return links.url(services.keyring, services.bot, delivery, expires)


def _check(item: Any, company: Company, now: datetime) -> DeliveryIn | list[ItemError]:  # noqa: ANN401 -- decoded JSON
    """The delivery, or everything that is wrong with it."""
    try:
        one = DeliveryIn.model_validate(item)
    except ValidationError as error:
        return [
            ItemError(at="".join(f"/{_pointer(part)}" for part in e["loc"]), why=_why(e))
            for e in error.errors(include_url=False)
        ]
    problems: list[ItemError] = []
    if one.delivered_at > now + timedelta(days=1):
        problems.append(
            ItemError(at="/delivered_at", why="lies in the future; a delivery is reported once it is delivered")
        )
    if one.delivered_at < _EARLIEST:
        problems.append(ItemError(at="/delivered_at", why="lies before 1970; check the year"))
    customer = one.customer
    if customer.language and not _LANGUAGE.fullmatch(_primary(customer.language)):
        problems.append(ItemError(at="/customer/language", why="is no language code; write it like zh or en"))
    if not customer.phone and not customer.ref:
        problems.append(ItemError(at="/customer", why="give a phone or a ref, so that the customer can be recognised"))
    if customer.phone:
        number = normalise(customer.phone, company.identity.phone_region)
        if number is None:
            problems.append(ItemError(at="/customer/phone", why="is no phone number; write it like +8613800138000"))
        elif number != customer.phone:
            one = one.model_copy(update={"customer": customer.model_copy(update={"phone": number})})
    return problems or one


def normalise(phone: str, region: str) -> str | None:
    """The number in international form, None for what is no number."""
    if _E164.fullmatch(phone):
        return phone
    if not _NUMBER.fullmatch(phone):  # a masked number, 138****8000, is somebody else's when its stars are dropped
        return None
    if region == "CN" and _MOBILE_CN.fullmatch(phone):
        return f"+86{phone}"
    try:
        number = phonenumbers.parse(phone, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _row(one: DeliveryIn, source: str, services: Services) -> dict[str, Any]:
    keyring, customer = services.keyring, one.customer
    return {
        "source": source,
        "waybill": one.waybill,
        "fingerprint": _fingerprint(one, keyring),
        "delivered_at": one.delivered_at.astimezone(UTC),
        "phone_hash": keyring.digest(customer.phone) if customer.phone else None,
        "phone": customer.phone or None,
        "ref_hash": keyring.digest(customer.ref) if customer.ref else None,
        "customer_name": customer.name or None,
        "customer_type": customer.type,
        "language": _primary(customer.language),
        "department": one.department,
        "courier": one.courier.id,
        "courier_name": one.courier.name or None,
        "route": one.route,
        "station": one.station,
        "service": one.service,
        "priority": one.priority,
        "declared_value": one.declared_value,
        "region": region_of(customer.phone) if customer.phone else "",
    }


def is_sampled(services: Services, source: str, waybill: str, priority: str) -> bool:
    """Whether this delivery is among those asked about: by a keyed hash, so that nobody can choose."""
    drawn = draw(services.keyring.digest(f"sample:{source}:{waybill}"))
    return asking.is_sampled(services.company.asking, priority, drawn)


def region_of(number: str) -> str:
    """The country of a number in international form, by its longest known country code; empty for none."""
    for length in (3, 2, 1):
        code = number[1 : 1 + length]
        regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(int(code)) if code.isdecimal() else None
        if regions and regions[0] != "001":
            return regions[0]
    return ""


def _primary(language: str) -> str:
    """The language of a code: zh-Hans-CN and zh_CN are zh."""
    return language.replace("_", "-").split("-")[0].lower()


def _fingerprint(one: DeliveryIn, keyring: Keyring) -> str:
    """What makes two reports of a waybill the same; keyed, because it covers a name and a phone number."""
    values = one.model_dump(mode="python", exclude={"delivered_at"})
    return keyring.digest(msgspec.json.encode([values, one.delivered_at.astimezone(UTC)]).decode())


def _waybill(item: Any) -> str:  # noqa: ANN401 -- decoded JSON
    waybill = item.get("waybill") if isinstance(item, dict) else None
    return waybill[:64] if isinstance(waybill, str) else ""


def _pointer(part: str | int) -> str:
    return str(part).replace("~", "~0").replace("/", "~1")


def _why(error: Mapping[str, Any]) -> str:
    match error["type"]:
        case "missing":
            return "is required"
        case "extra_forbidden":
            return "is not a field of a delivery"
        case "string_pattern_mismatch":
            return "has a NUL character in it"
        case "model_type" | "model_attributes_type":
            return "is not a JSON object"
        case "timezone_aware":
            return "needs an offset, such as +08:00"
        case _:
            return str(error["msg"])
