"""OpenAPI description of the HTTP interface, generated from the models that validate requests."""

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from handlers.cases.file.api_cases import CasesOut, CasesProblem, CasesQuery
from handlers.deliveries.deliveries import ITEMS_LIMIT, ItemReply
from handlers.deliveries.items import DeliveryIn


class ItemReplies(BaseModel):
    """One entry per item, in order."""

    results: list[ItemReply]


class Problem(BaseModel):
    """Why a request was not read."""

    error: str


def describe_api() -> dict[str, Any]:
    """The OpenAPI 3.1 document, ready to be serialized as JSON."""
    template = "#/components/schemas/{model}"
    refs, schemas = models_json_schema(
        [
            (DeliveryIn, "validation"),
            (ItemReplies, "serialization"),
            (Problem, "serialization"),
            (CasesOut, "serialization"),
            (CasesProblem, "serialization"),
        ],
        ref_template=template,
    )
    delivery, replies, problem = (
        refs[DeliveryIn, "validation"],
        refs[ItemReplies, "serialization"],
        refs[Problem, "serialization"],
    )
    many = {"oneOf": [delivery, {"type": "array", "maxItems": ITEMS_LIMIT, "items": delivery}]}

    def failed(why: str) -> dict[str, Any]:
        return {"description": why, "content": {"application/json": {"schema": problem}}}

    waybill = [{"name": "waybill", "in": "path", "required": True, "schema": {"type": "string"}}]
    post = {
        "summary": "Report deliveries",
        "description": "Idempotent on source and waybill. Bad items are refused one by one; the good ones are kept.",
        "requestBody": {"required": True, "content": {"application/json": {"schema": many}}},
        "responses": {
            "200": {"description": "Read; one entry per item.", "content": {"application/json": {"schema": replies}}},
            "400": failed("Not JSON."),
            "401": failed("No valid token."),
            "413": failed(f"More than {ITEMS_LIMIT} items or 5 MB."),
            "429": failed("Busy; Retry-After says when to send again."),
        },
    }
    get = {
        "summary": "One delivery and its link",
        "parameters": waybill,
        "responses": {
            "200": {"description": "The delivery."},
            "401": failed("No valid token."),
            "404": failed("Not known."),
        },
    }
    picture = {
        "summary": "The link as a QR code",
        "parameters": waybill,
        "responses": {
            "200": {"description": "The picture."},
            "401": failed("No valid token."),
            "404": failed("Not known."),
        },
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Huifang", "version": "1", "description": "Deliveries in; links, QR codes and cases out."},
        "security": [{"bearer": []}],
        "paths": {
            "/api/v1/deliveries": {"post": post},
            "/api/v1/deliveries/{waybill}": {"get": get},
            "/api/v1/cases": {
                "get": _describe_cases(refs[CasesOut, "serialization"], refs[CasesProblem, "serialization"], failed)
            },
            "/qr/{waybill}.png": {"get": picture},
            "/qr/{waybill}.svg": {"get": picture},
        },
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
    }


def _describe_cases(page: Any, problem: Any, failed: Callable[[str], dict[str, Any]]) -> dict[str, Any]:  # noqa: ANN401 -- JSON
    """The page of cases; its parameters come from the model that checks them."""
    schema = CasesQuery.model_json_schema()
    parameters = [
        {
            "name": name,
            "in": "query",
            "required": False,
            "description": one.get("description", ""),
            "schema": _resolve_references({key: value for key, value in one.items() if key != "description"}, schema),
        }
        for name, one in schema["properties"].items()
    ]
    return {
        "summary": "Cases without personal data",
        "description": "In the order in which they were filed, page after page: `after` is the `next` of the page before. "
        "A token reads the cases about its own deliveries; one made with `--cases` reads all.",
        "parameters": parameters,
        "responses": {
            "200": {"description": "One page.", "content": {"application/json": {"schema": page}}},
            "400": {
                "description": "Bad parameters, each with a JSON pointer.",
                "content": {"application/json": {"schema": problem}},
            },
            "401": failed("No valid token."),
        },
    }


def _resolve_references(part: Any, whole: dict[str, Any]) -> Any:  # noqa: ANN401 -- JSON
    """A schema with references to definitions elsewhere resolved."""
    if isinstance(part, dict):
        if "$ref" in part:
            return _resolve_references(whole["$defs"][part["$ref"].rpartition("/")[2]], whole)
        return {key: _resolve_references(value, whole) for key, value in part.items()}
    return [_resolve_references(one, whole) for one in part] if isinstance(part, list) else part
