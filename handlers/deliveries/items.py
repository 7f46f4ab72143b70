"""Validation of a delivery as another system reports it: its schema, everything that is wrong with it, and the row it becomes."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

import msgspec
import phonenumbers
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from domain.company import Company
from handlers.turns.services import Services
from storage.engine.crypto import Keyring

_E164 = re.compile(r"\+[1-9]\d{7,14}")
_NUMBER = re.compile(r"[\d\s()+\-./]+")
_MOBILE_CN = re.compile(r"1[3-9][0-9]{9}")
"""What nearly every local number looks like in China; the library takes fifty times as long to say so."""

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


def normalise_phone(phone: str, region: str) -> str | None:
    """The number in international form, None if it is not a phone number."""
    if _E164.fullmatch(phone):
        return phone
    if not _NUMBER.fullmatch(phone):  # a masked number, 138****8000, is somebody else's once its stars are dropped
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


def is_possible(phone: str) -> bool:
    """Whether a number with its country's code can exist; one without is judged by `normalise_phone`, which knows the region."""
    if not _E164.fullmatch(phone):
        return True
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(phone))
    except phonenumbers.NumberParseException:
        return False


def make_row(delivery: DeliveryIn, source: str, services: Services) -> dict[str, Any]:
    keyring, customer = services.keyring, delivery.customer
    return {
        "source": source,
        "waybill": delivery.waybill,
        "fingerprint": _make_fingerprint(delivery, keyring),
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


def find_region(number: str) -> str:
    """The region of a number in international form, by its longest known country code; empty if there is none."""
    for length in (3, 2, 1):
        code = number[1 : 1 + length]
        regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(int(code)) if code.isdecimal() else None
        if regions and regions[0] != "001":
            return regions[0]
    return ""


def _find_primary_language(language: str) -> str:
    """The primary subtag of a language code: zh-Hans-CN and zh_CN are zh."""
    return language.replace("_", "-").split("-")[0].lower()


def _make_fingerprint(delivery: DeliveryIn, keyring: Keyring) -> str:
    """The fingerprint by which two reports of a waybill are equal; keyed, because it covers a name and a phone number."""
    values = delivery.model_dump(mode="python", exclude={"delivered_at"})
    return keyring.digest(msgspec.json.encode([values, delivery.delivered_at.astimezone(UTC)]).decode())


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
