"""The description of the HTTP interface, held against real payloads."""

import json
from typing import Any

import pytest

from bot.web import openapi
from handlers.deliveries.deliveries import ItemReply
from handlers.deliveries.items import DeliveryIn, ItemError

Json = Any

DESCRIPTION = openapi.describe_api()
EXAMPLE = {
    "waybill": "SF1234567890",
    "delivered_at": "2026-11-23T10:15:00+08:00",
    "customer": {"phone": "+8613800138000", "ref": "C-77", "name": "王", "type": "vip", "language": "zh"},
    "department": "claims",
    "courier": {"id": "k17", "name": "李"},
    "route": "R1",
    "station": "S1",
    "service": "express",
    "priority": "P2",
}


def fits(value: Json, schema: Json) -> bool:  # noqa: PLR0911 -- one return per word
    """Whether a value keeps a schema, for the words of JSON Schema that the description uses."""
    unknown = set(schema) - KNOWN
    assert not unknown, f"this test does not know {unknown}"
    if "$ref" in schema:
        return fits(value, DESCRIPTION["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    if "anyOf" in schema:
        return any(fits(value, one) for one in schema["anyOf"])
    if "oneOf" in schema:
        return sum(fits(value, one) for one in schema["oneOf"]) == 1
    if "enum" in schema and value not in schema["enum"]:
        return False
    match schema.get("type"):
        case "object":
            return _object_fits(value, schema)
        case "array":
            return (
                isinstance(value, list)
                and len(value) <= schema.get("maxItems", 10**9)
                and all(fits(one, schema["items"]) for one in value)
            )
        case "string":
            return isinstance(value, str) and schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", 10**9)
        case "null":
            return value is None
        case _:
            return True


KNOWN = {
    *("$ref", "anyOf", "oneOf", "enum", "type", "properties", "required", "additionalProperties", "items"),
    *("maxItems", "minLength", "maxLength", "pattern", "format", "title", "description", "default"),
}


def _object_fits(value: Json, schema: Json) -> bool:
    if not isinstance(value, dict) or not set(schema.get("required", ())) <= set(value):
        return False
    properties = schema.get("properties", {})
    if schema.get("additionalProperties") is False and not set(value) <= set(properties):
        return False
    return all(fits(one, properties[name]) for name, one in value.items() if name in properties)


def body(path: str, verb: str) -> Json:
    return DESCRIPTION["paths"][path][verb]["requestBody"]["content"]["application/json"]["schema"]


def answer(path: str, verb: str, status: str) -> Json:
    return DESCRIPTION["paths"][path][verb]["responses"][status]["content"]["application/json"]["schema"]


def test_it_is_json_and_of_its_version() -> None:
    """Every reference leads somewhere."""
    text = json.dumps(DESCRIPTION)
    assert DESCRIPTION["openapi"] == "3.1.0"
    schemas = DESCRIPTION["components"]["schemas"]
    for reference in text.split('"$ref": "')[1:]:
        assert reference.partition('"')[0].removeprefix("#/components/schemas/") in schemas


@pytest.mark.parametrize("payload", [EXAMPLE, [EXAMPLE], [], [EXAMPLE] * 1000])
def test_real_payloads_keep_it(payload: Json) -> None:
    """One delivery, or an array of up to a thousand: what is described is what is taken."""
    assert fits(payload, body("/api/v1/deliveries", "post"))
    for delivery in payload if isinstance(payload, list) else [payload]:
        DeliveryIn.model_validate(delivery)


@pytest.mark.parametrize(
    "payload",
    [
        5,
        None,
        [EXAMPLE] * 1001,
        EXAMPLE | {"colour": "red"},
        EXAMPLE | {"priority": "P9"},
        EXAMPLE | {"waybill": ""},
        {},
    ],
)
def test_others_do_not(payload: Json) -> None:
    """What the models refuse, the description does not promise."""
    assert not fits(payload, body("/api/v1/deliveries", "post"))


def test_answers_keep_it() -> None:
    """Accepted and refused results, and why a request was not read."""
    results = [
        ItemReply(waybill="SF1", status="accepted", link="https://t.me/x?start=y"),
        ItemReply(waybill="", status="refused", errors=[ItemError(at="/customer", why="is required")]),
    ]
    shown = {"results": [one.model_dump(exclude_none=True) for one in results]}
    assert fits(shown, answer("/api/v1/deliveries", "post", "200"))
    for status in ("400", "401", "413", "429"):
        assert fits({"error": "why"}, answer("/api/v1/deliveries", "post", status))
    assert not fits({"results": [{"waybill": "x", "status": "maybe"}]}, answer("/api/v1/deliveries", "post", "200"))


def test_every_path_of_the_contract_is_described() -> None:
    """Those for other systems; each needs the token."""
    assert set(DESCRIPTION["paths"]) == {
        "/api/v1/deliveries",
        "/api/v1/deliveries/{waybill}",
        "/api/v1/cases",
        "/qr/{waybill}.png",
        "/qr/{waybill}.svg",
    }
    assert DESCRIPTION["security"] == [{"bearer": []}]


def test_cases_are_described() -> None:
    """Every parameter that is understood, with its limits; answers keep the description."""
    page = DESCRIPTION["paths"]["/api/v1/cases"]["get"]
    parameters = {one["name"]: one for one in page["parameters"]}
    assert set(parameters) == {"state", "department", "since", "until", "number", "limit", "after"}
    assert "in_work" in str(parameters["state"]["schema"])
    assert parameters["limit"]["schema"]["maximum"] == 500
    assert "$ref" not in str(page["parameters"])
    errors = [{"at": "/limit", "why": "too many"}]
    assert fits({"error": "x", "errors": errors}, answer("/api/v1/cases", "get", "400"))
    assert fits({"cases": [], "next": None}, answer("/api/v1/cases", "get", "200"))
    assert not fits({"cases": [{}], "next": None}, answer("/api/v1/cases", "get", "200"))
