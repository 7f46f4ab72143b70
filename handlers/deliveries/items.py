"""Validation of a delivery as another system reports it: its schema, everything that is wrong with it, and the row it becomes."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

import msgspec
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from domain.company import Company
from handlers.deliveries.phone_numbers import find_region, normalise_phone
from handlers.turns.services import Services
from storage.engine.crypto import Keyring

_LANGUAGE = re.compile(r"[a-z]{2,8}")
_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)

_NO_NUL = r"^[^\x00]*$"
"""PostgreSQL cannot store NUL, and one bad item must not fail the others with it."""

ShortText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=64, pattern=_NO_NUL)]
KeyText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64, pattern=_NO_NUL)]
WordText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=32, pattern=_NO_NUL)]
NameText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=_NO_NUL)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Customer(_Strict):
    """Who received it: a phone number or the sending system's own reference is needed."""

    phone: ShortText | None = Field(
        None, description="International (+86…) or local; local numbers are read as the company's region."
    )
    ref: KeyText | None = Field(None, description="The sending system's own reference of the customer.")
    name: NameText = ""
    type: WordText = ""
    language: WordText = Field("", description="Language code, such as zh or en.")


class Courier(_Strict):
    id: ShortText = ""
    name: NameText = ""


class DeliveryIn(_Strict):
    """One delivery. Only waybill, delivered_at and one key of the customer are required."""

    waybill: KeyText
    delivered_at: AwareDatetime = Field(description="When it was delivered, with its offset.")
    customer: Customer
    department: ShortText = ""
    courier: Courier = Courier()
    route: ShortText = ""
    station: ShortText = ""
    service: WordText = ""
    priority: Literal["", "P1", "P2", "P3", "P4"] = ""
    declared_value: WordText = ""


class ItemError(BaseModel):
    """Where in the item (a JSON pointer) and why."""

    at: str
    why: str


def check_item(item: Any, company: Company, now: datetime) -> DeliveryIn | list[ItemError]:  # noqa: ANN401 -- decoded JSON
    """The delivery, or everything that is wrong with it."""
    try:
        delivery = DeliveryIn.model_validate(item)
    except ValidationError as error:
        return [
            ItemError(at="".join(f"/{_escape_pointer(part)}" for part in e["loc"]), why=_explain_error(e))
            for e in error.errors(include_url=False)
        ]
    problems: list[ItemError] = []
    if delivery.delivered_at > now + timedelta(days=1):
        problems.append(
            ItemError(at="/delivered_at", why="lies in the future; a delivery is reported once it is delivered")
        )
    if delivery.delivered_at < _EARLIEST:
        problems.append(ItemError(at="/delivered_at", why="lies before 1970; check the year"))
    customer = delivery.customer
    if customer.language and not _LANGUAGE.fullmatch(_find_primary_language(customer.language)):
        problems.append(ItemError(at="/customer/language", why="is no language code; write it like zh or en"))
    if not customer.phone and not customer.ref:
        problems.append(ItemError(at="/customer", why="give a phone or a ref, so that the customer can be recognised"))
    if customer.phone:
        number = normalise_phone(customer.phone, company.identity.phone_region)
        if number is None:
            problems.append(ItemError(at="/customer/phone", why="is no phone number; write it like +8613800138000"))
        elif number != customer.phone:
            delivery = delivery.model_copy(update={"customer": customer.model_copy(update={"phone": number})})
    return problems or delivery


def make_row(delivery: DeliveryIn, source: str, services: Services) -> dict[str, Any]:
    keyring, customer = services.keyring, delivery.customer
    return {
        "source": source,
        "waybill": delivery.waybill,
        "fingerprint": keyring.digest(_write_down(delivery)),
        "delivered_at": delivery.delivered_at.astimezone(UTC),
        "phone_hash": keyring.digest(customer.phone) if customer.phone else None,
        "phone": customer.phone or None,
        "ref_hash": keyring.digest(customer.ref) if customer.ref else None,
        "customer_name": customer.name or None,
        "customer_type": customer.type,
        "language": services.company.find_offered_language(customer.language)
        or _find_primary_language(customer.language),
        "department": delivery.department,
        "courier": delivery.courier.id,
        "courier_name": delivery.courier.name or None,
        "route": delivery.route,
        "station": delivery.station,
        "service": delivery.service,
        "priority": delivery.priority,
        "declared_value": delivery.declared_value,
        "region": find_region(customer.phone) if customer.phone else "",
    }


def list_older_hashes(delivery: DeliveryIn, keyring: Keyring) -> dict[str, str]:
    """What older secrets made of the customer's number and reference, each with what the newest makes of it."""
    given = [value for value in (delivery.customer.phone, delivery.customer.ref) if value]
    return {older: newest for newest, *rest in map(keyring.digests, given) for older in rest}


def _find_primary_language(language: str) -> str:
    """The primary subtag of a language code: zh-Hans-CN and zh_CN are zh."""
    return language.replace("_", "-").split("-")[0].lower()


def is_same_report(delivery: DeliveryIn, fingerprint: str, keyring: Keyring) -> bool:
    """Whether a report with this fingerprint said the same, whichever secret was the newest then."""
    return fingerprint in keyring.digests(_write_down(delivery))


def _write_down(delivery: DeliveryIn) -> str:
    """By this two reports of a waybill are equal. Its fingerprint is keyed, because it covers a name and a phone number."""
    values = delivery.model_dump(mode="python", exclude={"delivered_at"})
    return msgspec.json.encode([values, delivery.delivered_at.astimezone(UTC)]).decode()


def find_waybill(item: Any) -> str:  # noqa: ANN401 -- decoded JSON
    waybill = item.get("waybill") if isinstance(item, dict) else None
    return waybill[:64] if isinstance(waybill, str) else ""


def _escape_pointer(part: str | int) -> str:
    return str(part).replace("~", "~0").replace("/", "~1")


def _explain_error(error: Mapping[str, Any]) -> str:
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
