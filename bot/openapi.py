"""The OpenAPI description of the HTTP interface, made from the models that validate."""

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from handlers.deliveries import ITEMS_LIMIT, DeliveryIn, Result


class Results(BaseModel):
    """One entry per item, in order."""

    results: list[Result]


class Problem(BaseModel):
    """Why a request was not read."""

    error: str


def description() -> dict[str, Any]:
    """OpenAPI 3.1, ready to be JSON."""
    template = "#/components/schemas/{model}"
    refs, schemas = models_json_schema(
        [(DeliveryIn, "validation"), (Results, "serialization"), (Problem, "serialization")], ref_template=template
    )
    delivery, results, problem = (
        refs[DeliveryIn, "validation"],
        refs[Results, "serialization"],
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
            "200": {"description": "Read; one result per item.", "content": {"application/json": {"schema": results}}},
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
        "info": {"title": "Huifang", "version": "1", "description": "Deliveries in, links and QR codes out."},
        "security": [{"bearer": []}],
        "paths": {
            "/api/v1/deliveries": {"post": post},
            "/api/v1/deliveries/{waybill}": {"get": get},
            "/qr/{waybill}.png": {"get": picture},
            "/qr/{waybill}.svg": {"get": picture},
        },
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
    }
