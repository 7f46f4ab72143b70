"""Any request whatever, made from the description that the server itself serves, at a real server.

The description is the oracle: every status is one that it names, every answer fits the schema it gives, and nothing is a 500. `make test`
tries the same requests every time, `make prove` fresh ones, many more, on both engines.
"""

import json
from collections.abc import AsyncIterator
from typing import Any, NamedTuple
from urllib.parse import quote

import aiohttp
import pytest
from aiohttp import web
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from yarl import URL

from bot.web import openapi
from bot.web.web import Web
from storage.engine.database import Database
from storage.people import tokens
from tests.bot.web.test_openapi import fits
from tests.conftest import PROVE
from tests.harness.in_process import Desk, at_desk

Json = Any
HERE = "127.0.0.1"
DESCRIPTION = openapi.describe_api()
SCHEMAS = DESCRIPTION["components"]["schemas"]
OPERATIONS = sorted((path, verb) for path, item in DESCRIPTION["paths"].items() for verb in item)


class Site(NamedTuple):
    """Where the server is, a client of it, and what it should have of its description."""

    url: str
    http: aiohttp.ClientSession


@pytest.fixture
async def site(database: Database) -> AsyncIterator[Site]:
    """A server with a case to show, and a system that may see it."""
    async with at_desk(database) as desk, aiohttp.ClientSession() as http:
        await desk.bind("transport")
        await desk.file_complaint()
        runner = await serve(desk)
        yield Site(f"http://{HERE}:{runner.addresses[0][1]}", http)
        await runner.cleanup()


async def serve(desk: Desk) -> web.AppRunner:
    async with desk.database.begin() as tx:
        await tokens.create(tx, "erp", "right", desk.clock.now())
    runner = Web(desk.database, desk.worker, desk.services, desk.clock, "x", lambda: None).runner()
    await runner.setup()
    await web.TCPSite(runner, HERE, 0).start()
    return runner


# --- what a schema allows, and what it does not ----------------------------------------------------------------------

ODD_TEXTS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [
            "",
            " ",
            "\0",
            "a\0b",
            "\x7f",
            "🙂" * 30,
            "x" * 400,
            "..",
            "%",
            "%00",
            "/",
            "null",
            "\u202e",
            "\ufeff",
            "1e999",
        ]
    ),
)
MOMENTS = st.one_of(
    st.datetimes(timezones=st.timezones()).map(lambda one: one.isoformat()),
    st.sampled_from(
        [
            *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00Z", "2026-11-23T10:15:00"),
            *("2026-11-23T24:00:00Z", "2016-12-31T23:59:60Z", "2026-11-23", "1e400", "0", "-1", "99999999999999999"),
        ]
    ),
)
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | ODD_TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ODD_TEXTS, inner, max_size=3),
    max_leaves=6,
)


def values(schema: Json) -> st.SearchStrategy[Json]:  # noqa: PLR0911 -- one return per word
    """What a schema allows."""
    if "$ref" in schema:
        return values(SCHEMAS[schema["$ref"].rpartition("/")[2]])
    for word in ("anyOf", "oneOf"):
        if word in schema:
            return st.one_of([values(one) for one in schema[word]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    match schema.get("type"):
        case "object":
            known = {name: values(one) for name, one in schema.get("properties", {}).items()}
            required = set(schema.get("required", ()))
            return st.fixed_dictionaries(
                {name: one for name, one in known.items() if name in required},
                optional={name: one for name, one in known.items() if name not in required},
            )
        case "array":
            return st.lists(values(schema["items"]), max_size=4)
        case "integer":
            return st.integers(schema.get("minimum"), schema.get("maximum"))
        case "string" if schema.get("format") == "date-time":
            return MOMENTS
        case "string" if "pattern" in schema and "x00" not in schema["pattern"]:
            return st.from_regex(schema["pattern"])
        case "string":
            return st.text(min_size=schema.get("minLength", 0), max_size=min(schema.get("maxLength", 20), 64))
        case _:
            return st.none()


class Request(NamedTuple):
    """A request as it goes out."""

    path: str
    verb: str
    query: str
    body: bytes | None


@st.composite
def requests(draw: st.DrawFn) -> Request:
    """One of the operations, with values that its schemas allow, or odd ones."""
    path, verb = draw(st.sampled_from(OPERATIONS))
    operation = DESCRIPTION["paths"][path][verb]
    query = []
    for parameter in operation.get("parameters", ()):
        text = draw(st.one_of(values(parameter["schema"]).map(str), ODD_TEXTS))
        if parameter["in"] == "path":
            path = path.replace(
                "{" + parameter["name"] + "}", quote(draw(st.sampled_from(["SF1", text or "x"])), safe="")
            )
        elif draw(st.booleans()):
            query.append((parameter["name"], text))
    if draw(st.integers(0, 9)) == 0:
        query.append((draw(ODD_TEXTS), draw(ODD_TEXTS)))
    body = None
    if "requestBody" in operation:
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        made = st.one_of(values(schema), values(schema), ANY_JSON).map(json.dumps).map(str.encode)
        body = draw(st.one_of(made, made, made, st.binary(max_size=30)))
    return Request(path, verb, "&".join(f"{quote(name, safe='')}={quote(text, safe='')}" for name, text in query), body)


def find_operation(request: Request) -> Json:
    """The operation's description."""
    if request.path in DESCRIPTION["paths"]:
        return DESCRIPTION["paths"][request.path][request.verb]
    beginning, ending = request.path.rpartition("/")[0], request.path.rpartition(".")[2]
    for path, item in DESCRIPTION["paths"].items():
        if path.startswith(f"{beginning}/{{") and (not path.startswith("/qr/") or path.endswith(ending)):
            return item[request.verb]
    raise AssertionError(request.path)


async def send(site: Site, request: Request) -> tuple[int, str, bytes]:
    """Status, type and bytes of the answer."""
    url = URL(f"{site.url}{request.path}?{request.query}", encoded=True)
    headers = {"Authorization": "Bearer right"}
    async with site.http.request(request.verb, url, data=request.body, headers=headers) as response:
        return response.status, response.content_type, await response.read()


# --- the promises ----------------------------------------------------------------------------------------------------


@settings(
    max_examples=5_000 if PROVE else 60,
    derandomize=not PROVE,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(request=requests())
async def test_any_request_is_answered_as_described(site: Site, request: Request) -> None:
    """The status is one of those described, and what comes with it fits."""
    status, kind, raw = await send(site, request)
    described = find_operation(request)["responses"]
    assert str(status) in described, (status, request, raw)
    content = described[str(status)].get("content", {})
    if "application/json" in content:
        assert kind == "application/json"
        assert fits(json.loads(raw), content["application/json"]["schema"]), raw


@pytest.mark.both_engines
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/deliveries/%00", 404),
        ("/qr/a%00b.png", 404),
        ("/api/v1/cases?since=0001-01-01T00:00:00%2B14:00", 400),
        ("/api/v1/cases?until=9999-12-31T23:59:59-14:00", 400),
        ("/api/v1/cases?department=%00", 400),
        ("/api/v1/cases?%00=%00", 400),
    ],
)
async def test_the_edges_of_what_can_be_asked_for(site: Site, path: str, status: int) -> None:
    """What no column holds and no clock shows is nowhere to be found; it is no failure."""
    answered, _, raw = await send(site, Request(path.partition("?")[0], "get", path.partition("?")[2], None))
    assert answered == status, raw


@pytest.mark.parametrize("waybill", ["{a}", "a/b", "a b", "50%", "运单1", "a.png", "?x=1#y"])
async def test_every_waybill_can_be_asked_for(site: Site, waybill: str) -> None:
    """What was taken in can be looked up, whatever stands in it."""
    delivery = {"waybill": waybill, "delivered_at": "2026-11-23T10:15:00+08:00", "customer": {"ref": "C1"}}
    status, _, _ = await send(site, Request("/api/v1/deliveries", "post", "", json.dumps(delivery).encode()))
    assert status == 200
    named = quote(waybill, safe="")
    status, _, raw = await send(site, Request(f"/api/v1/deliveries/{named}", "get", "", None))
    assert (status, json.loads(raw)["waybill"]) == (200, waybill)
    status, kind, _ = await send(site, Request(f"/qr/{named}.png", "get", "", None))
    assert (status, kind) == (200, "image/png")
