"""The HTTP server: who may, how much, how fast; what is not JSON; health, figures and pictures."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from sqlalchemy import select, text

from bot.web import openapi
from bot.web.web import BODY_LIMIT_BYTES, BUSY_REQUESTS, SECRET_HEADER, UPDATE_LIMIT_BYTES, Web
from storage.engine.database import Database
from storage.models import deliveries, inbox
from storage.people import tokens
from tests.harness.bot_process import find_free_port
from tests.harness.in_process import Desk, make_delivery

SECRET = "the webhook's secret"
HELLO = {
    "update_id": 1,
    "message": {
        "message_id": 1,
        "date": 1,
        "chat": {"id": 11, "type": "private"},
        "from": {"id": 11, "is_bot": False, "first_name": "Wang"},
        "text": "hello",
    },
}


class Site:
    """The server and a client of it, with a token."""

    def __init__(self, url: str, http: aiohttp.ClientSession) -> None:
        self.url, self._http = url, http
        self.trouble: str | None = None
        self.server: Web | None = None

    async def ask(
        self,
        verb: str,
        path: str,
        token: str | None = "right",
        **more: Any,  # noqa: ANN401
    ) -> tuple[int, bytes, dict[str, str]]:
        headers = more.pop("headers", {}) | ({"Authorization": f"Bearer {token}"} if token is not None else {})
        async with self._http.request(verb, self.url + path, headers=headers, **more) as response:
            return response.status, await response.read(), dict(response.headers)

    async def deliver(self, body: object, **more: Any) -> tuple[int, Any]:  # noqa: ANN401 -- JSON
        status, raw, _ = await self.ask("POST", "/api/v1/deliveries", data=json.dumps(body), **more)
        return status, json.loads(raw)


@pytest.fixture
async def site(desk: Desk) -> AsyncIterator[Site]:
    async with desk.database.begin() as tx:
        for name, token in (("erp", "right"), ("wms", "other"), ("old", "revoked")):
            await tokens.create(tx, name, token, desk.clock.now())
        await tokens.create(tx, "board", "all", desk.clock.now(), reads_cases=True)
        await tokens.revoke(tx, "old", desk.clock.now())
    async with served(desk, desk.database) as made:
        yield made


@asynccontextmanager
async def served(desk: Desk, database: Database, metrics: tuple[str, int] | None = None) -> AsyncIterator[Site]:
    made: list[Site] = []
    server = Web(database, desk.worker, desk.services, desk.clock, SECRET, lambda: made[0].trouble, metrics)
    runner = server.runner()
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    if metrics is not None:
        await web.TCPSite(runner, *metrics).start()
    async with aiohttp.ClientSession() as http:
        made.append(Site(f"http://127.0.0.1:{runner.addresses[0][1]}", http))
        made[0].server = server
        yield made[0]
    await runner.cleanup()


# --- Telegram --------------------------------------------------------------------------------------------------------


async def test_an_update_is_taken_after_its_commit(desk: Desk, site: Site) -> None:
    """200 means that it is in the database; the same again is fine and changes nothing."""
    for _ in range(2):
        status, _, _ = await site.ask("POST", "/telegram", data=json.dumps(HELLO), headers={SECRET_HEADER: SECRET})
        assert status == 200
        assert len(await desk.rows(select(inbox.c.key))) == 1
    assert len(await desk.fetch_owed()) == 1


@pytest.mark.parametrize("headers", [{}, {SECRET_HEADER: ""}, {SECRET_HEADER: "wrong"}, {SECRET_HEADER: SECRET + "x"}])
async def test_who_does_not_know_the_secret_is_nobody(desk: Desk, site: Site, headers: dict[str, str]) -> None:
    """401, and nothing is written."""
    status, _, _ = await site.ask("POST", "/telegram", data=json.dumps(HELLO), headers=headers)
    assert status == 401
    assert await desk.rows(select(inbox.c.key)) == []


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"null", b"[]", b"{}", b'{"update_id":"x"}', b'{"x":' + b"[" * 100_000], ids=range(7)
)
async def test_what_is_no_update(site: Site, raw: bytes) -> None:
    """400 at once, however deep it is nested: Telegram would send it for ever."""
    status, _, _ = await site.ask("POST", "/telegram", data=raw, headers={SECRET_HEADER: SECRET})
    assert status == 400


async def test_a_broken_update_is_kept_and_confirmed(desk: Desk, site: Site, caplog: pytest.LogCaptureFixture) -> None:
    """It has a number, so it is set aside here, not repeated by Telegram."""
    caplog.set_level("CRITICAL")
    desk.poisoned = True
    body = '{"update_id":1,"message":5}'
    status, _, _ = await site.ask("POST", "/telegram", data=body, headers={SECRET_HEADER: SECRET})
    assert status == 200
    assert [row.state for row in await desk.rows(select(inbox.c.state))] == ["waiting"]


async def test_what_cannot_be_kept_is_not_confirmed(desk: Desk, site: Site, caplog: pytest.LogCaptureFixture) -> None:
    """503, so that Telegram comes again."""
    caplog.set_level("CRITICAL")
    async with desk.database.begin() as tx:
        await tx.execute(text("ALTER TABLE inbox RENAME TO hidden"))
    status, _, headers = await site.ask("POST", "/telegram", data=json.dumps(HELLO), headers={SECRET_HEADER: SECRET})
    assert (status, headers["Retry-After"]) == (503, "1")


@pytest.mark.parametrize("path", ["/telegram", "/api/v1/deliveries"])
async def test_bytes_in_a_header_are_a_wrong_secret(site: Site, path: str) -> None:
    """No header is readable for certain; nobody gets a 500 for it."""
    port = int(site.url.rpartition(":")[2])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n".encode()
    writer.write(head + SECRET_HEADER.encode() + b": \xff\xfe\r\nAuthorization: Bearer \xff\xfe\r\n\r\n")
    assert (await reader.readline()).startswith(b"HTTP/1.1 401")
    writer.close()
    await writer.wait_closed()


# --- deliveries ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("token", [None, "", "wrong", "revoked", "right right", "ключ"])
@pytest.mark.parametrize(
    ("verb", "path"),
    [("POST", "/api/v1/deliveries"), ("GET", "/api/v1/deliveries/SF1"), ("GET", "/qr/SF1.png"), ("GET", "/qr/SF1.svg")],
)
async def test_without_a_valid_token(site: Site, token: str | None, verb: str, path: str) -> None:
    """401 and how to do it right, before anything is read."""
    status, raw, headers = await site.ask(verb, path, token, data=b"{" if verb == "POST" else None)
    assert (status, headers["WWW-Authenticate"]) == (401, "Bearer")
    assert "huifang api-token create" in json.loads(raw)["error"]


async def test_one_and_many(desk: Desk, site: Site) -> None:
    """An object or an array; each accepted one with its link, each refused one with its pointers; Bearer in any letters."""
    status, answer = await site.deliver(make_delivery("A"))
    assert (status, [one["status"] for one in answer["results"]]) == (200, ["accepted"])
    status, answer = await site.deliver([make_delivery("A"), {"waybill": "B"}, make_delivery("C")])
    assert status == 200
    same, bad, good = answer["results"]
    assert (same["status"], good["status"]) == ("unchanged", "accepted")
    assert set(bad) == {"waybill", "status", "errors"}
    assert {error["at"] for error in bad["errors"]} == {"/delivered_at", "/customer"}
    headers = {"Authorization": "bEaReR  right "}
    status, _, _ = await site.ask("POST", "/api/v1/deliveries", None, data=b"[]", headers=headers)
    assert status == 200
    assert len(await desk.rows(select(deliveries.c.id))) == 2


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"waybill=1", b'{"a":1}x', b"\xff", b'"\xff"', b"[" * 100_000, b'"\\ud800"'], ids=range(8)
)
async def test_what_is_not_json(site: Site, raw: bytes) -> None:
    """400 and why, also for bytes that are no text and for an endless nest."""
    status, answer, _ = await site.ask("POST", "/api/v1/deliveries", data=raw)
    assert status == 400
    assert json.loads(answer)["error"].startswith("the body is not JSON: ")


@pytest.mark.parametrize("body", [5, None, "x", True, [[]], [None]])
async def test_json_that_is_no_delivery(site: Site, body: object) -> None:
    """It was read, and refused as an item."""
    status, answer = await site.deliver(body)
    assert status == 200
    assert [one["status"] for one in answer["results"]] == ["refused"]


async def test_too_much_at_once(desk: Desk, site: Site) -> None:
    """413 over a thousand items or five megabytes, and none of them is kept; a thousand are welcome."""
    status, answer = await site.deliver([make_delivery(f"W{n}") for n in range(1001)])
    assert (status, answer["error"]) == (413, "a request has at most 1000 deliveries; this one has 1001")
    status, raw, _ = await site.ask("POST", "/api/v1/deliveries", data=BytesIO(b" " * (BODY_LIMIT_BYTES + 1)))
    assert (status, json.loads(raw)["error"]) == (413, "a request has at most 5 MB; send fewer deliveries at once")
    assert await desk.rows(select(deliveries.c.id)) == []
    status, answer = await site.deliver([make_delivery(f"W{n}") for n in range(1000)])
    assert (status, len(answer["results"])) == (200, 1000)


async def test_too_many_at_once(site: Site) -> None:
    """With eight requests under way the ninth is asked to come back; when one is done, there is room again."""
    release = asyncio.Event()

    async def slow() -> AsyncIterator[bytes]:
        yield b"["
        await release.wait()
        yield b"]"

    under_way = [asyncio.create_task(site.ask("POST", "/api/v1/deliveries", data=slow())) for _ in range(BUSY_REQUESTS)]
    async with asyncio.timeout(10):
        while site.server is None or site.server._intakes < BUSY_REQUESTS:  # noqa: ASYNC110 -- nobody can signal
            await asyncio.sleep(0.01)
    refused = await site.ask("POST", "/api/v1/deliveries", data=b"[]")
    assert (refused[0], refused[2]["Retry-After"]) == (429, "1")
    release.set()
    assert {status for status, _, _ in await asyncio.gather(*under_way)} == {200}
    assert (await site.ask("POST", "/api/v1/deliveries", data=b"[]"))[0] == 200


async def test_a_delivery_is_its_sources(site: Site) -> None:
    """Its facts and its link, without the customer's; 404 for another source."""
    (made,) = (await site.deliver(make_delivery("A/1 ü", route="R1")))[1]["results"]
    status, raw, _ = await site.ask("GET", "/api/v1/deliveries/A%2F1%20%C3%BC")
    shown = json.loads(raw)
    assert status == 200
    assert (shown["waybill"], shown["route"], shown["linked"], shown["link"]) == ("A/1 ü", "R1", False, made["link"])
    assert shown["delivered_at"] == "2026-11-23T03:00:00Z"
    assert "138" not in raw.decode().replace(made["link"], "")
    for path, token in (
        ("/api/v1/deliveries/A%2F1%20%C3%BC", "other"),
        ("/api/v1/deliveries/B", "right"),
        ("/qr/B.png", "right"),
    ):
        assert (await site.ask("GET", path, token))[0] == 404


@pytest.mark.parametrize(
    ("kind", "type_", "magic"), [("png", "image/png", b"\x89PNG\r\n\x1a\n"), ("svg", "image/svg+xml", b"<?xml")]
)
async def test_a_qr_code(site: Site, kind: str, type_: str, magic: bytes) -> None:
    """A picture of the right kind; another kind there is not."""
    await site.deliver(make_delivery("A"))
    status, raw, headers = await site.ask("GET", f"/qr/A.{kind}")
    assert (status, headers["Content-Type"]) == (200, type_)
    assert raw.startswith(magic)
    assert (await site.ask("GET", "/qr/A.gif"))[0] == 404


# --- about this process ----------------------------------------------------------------------------------------------


async def test_the_description_is_for_everybody(site: Site) -> None:
    """What is served is what is described."""
    status, raw, headers = await site.ask("GET", "/api/v1/openapi.json", None)
    assert (status, headers["Content-Type"]) == (200, "application/json")
    assert json.loads(raw) == json.loads(json.dumps(openapi.describe_api()))


async def test_health(site: Site) -> None:
    """Alive always; ready when the process says so and the database answers."""
    assert (await site.ask("GET", "/healthz", None))[:2] == (200, b"alive\n")
    assert (await site.ask("GET", "/readyz", None))[:2] == (200, b"ready\n")
    site.trouble = "not sending yet"
    assert (await site.ask("GET", "/readyz", None))[:2] == (503, b"not sending yet\n")
    site.trouble = None
    assert (await site.ask("GET", "/nothing", None))[0] == 404
    assert (await site.ask("POST", "/healthz", None))[0] == 405


async def test_ready_needs_the_database(desk: Desk) -> None:
    """503 while it cannot be opened; alive all the same."""
    database = Database("sqlite+aiosqlite:////no/such/folder/huifang.db", desk.database.keyring)
    async with served(desk, database) as site:
        assert (await site.ask("GET", "/readyz", None))[:2] == (503, b"the database is not reachable\n")
        assert (await site.ask("GET", "/healthz", None))[0] == 200
    await database.close()


async def test_figures(desk: Desk, site: Site) -> None:
    """What is owed, and how much was handled."""
    await site.ask("POST", "/telegram", data=json.dumps(HELLO), headers={SECRET_HEADER: SECRET})
    status, raw, _ = await site.ask("GET", "/metrics", None)
    assert status == 200
    assert b"huifang_events_total 1.0" in raw
    assert b'huifang_outbox_rows{state="owed"} 1.0' in raw
    assert b"huifang_parked_events 0.0" in raw
    assert desk.worker.counters.handled == 1


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
async def test_figures_are_for_this_machine(site: Site, header: str) -> None:
    """What a proxy passes on is not from here: a token opens them then."""
    assert (await site.ask("GET", "/metrics", None))[0] == 200
    for token, status in ((None, 401), ("revoked", 401), ("right", 200)):
        assert (await site.ask("GET", "/metrics", token, headers={header: "127.0.0.1"}))[0] == status


async def test_figures_at_an_address_of_their_own(desk: Desk) -> None:
    """There they are for everybody who reaches it, and there is nothing else; at the other one they are not."""
    port = find_free_port()
    async with served(desk, desk.database, ("127.0.0.1", port)) as site:
        assert (await site.ask("GET", "/metrics", None))[0] == 404
        assert (await site.ask("GET", "/healthz", None))[0] == 200
        site.url = f"http://127.0.0.1:{port}"
        assert (await site.ask("GET", "/metrics", None, headers={"Via": "x"}))[0] == 200
        for path in ("/healthz", "/api/v1/cases", "/nothing"):
            assert (await site.ask("GET", path))[0] == 404


async def test_a_database_that_does_not_answer(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """503 with Retry-After wherever it is needed, and one line each."""
    broken = Database("sqlite+aiosqlite:////no/such/folder/huifang.db", desk.database.keyring)
    asked = (
        ("POST", "/api/v1/deliveries"),
        ("GET", "/api/v1/deliveries/SF1"),
        ("GET", "/api/v1/cases"),
        ("GET", "/qr/SF1.png"),
        ("GET", "/metrics"),
    )
    async with served(desk, broken) as site:
        for verb, path in asked:
            status, raw, headers = await site.ask(verb, path)
            assert (status, headers["Retry-After"]) == (503, "1")
            assert json.loads(raw) == {"error": "the database does not answer; try again in a second"}
    await broken.close()
    said = [record for record in caplog.records if record.levelname in {"WARNING", "ERROR"}]
    assert [record.getMessage().partition(":")[0] for record in said] == [f"{verb} {path}" for verb, path in asked]
    assert not [record for record in said if record.exc_info or "\n" in record.getMessage()]


# --- too long, broken off --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "limit"), [("/telegram", UPDATE_LIMIT_BYTES), ("/api/v1/deliveries", BODY_LIMIT_BYTES)]
)
async def test_a_long_body_is_refused_before_it_is_read(site: Site, path: str, limit: int) -> None:
    """Its length is enough: 413 comes while nothing of it was sent."""
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: {limit + 1}\r\n"
    keys = f"{SECRET_HEADER}: {SECRET}\r\nAuthorization: Bearer right\r\n\r\n"
    async with asyncio.timeout(5):
        reader, writer = await asyncio.open_connection("127.0.0.1", int(site.url.rpartition(":")[2]))
        writer.write((head + keys).encode())
        assert (await reader.readline()).startswith(b"HTTP/1.1 413")
        assert b"Connection: close" in await reader.readuntil(b"\r\n\r\n")
        writer.close()


async def test_a_long_body_in_pieces_is_cut(site: Site) -> None:
    """It does not say how long it is: it is read to the limit, and an update no further than that of an update."""

    async def endless(size: int) -> AsyncIterator[bytes]:
        for _ in range(size // 65536 + 2):
            yield b" " * 65536

    headers = {SECRET_HEADER: SECRET}
    for path, limit in (("/telegram", UPDATE_LIMIT_BYTES), ("/api/v1/deliveries", BODY_LIMIT_BYTES)):
        status, _, _ = await site.ask("POST", path, data=endless(limit), headers=headers)
        assert status == 413
    fits = json.dumps(HELLO).ljust(UPDATE_LIMIT_BYTES)
    assert (await site.ask("POST", "/telegram", data=fits, headers=headers))[0] == 200


# --- cases -----------------------------------------------------------------------------------------------------------


async def test_cases_for_other_systems(desk: Desk, site: Site) -> None:
    """With a token: the case of a delivery of one's own, its dates with offset, nothing personal; what is wrong with a question is named."""
    await desk.file_complaint()
    status, _, headers = await site.ask("GET", "/api/v1/cases", None)
    assert (status, headers["WWW-Authenticate"]) == (401, "Bearer")
    status, raw, _ = await site.ask("GET", "/api/v1/cases?state=assigned&since=2026-11-01T00:00:00%2B08:00")
    answer = json.loads(raw)
    (case,) = answer["cases"]
    assert (status, answer["next"], case["number"], case["kind"]) == (200, None, "C-261123-0001", "complaint")
    assert case["created_at"] in {"2026-11-23T04:00:00Z", "2026-11-23T04:00:00+00:00"}
    assert {clock["stage"] for clock in case["deadlines"]} == {"accept", "answer"}
    for token, count in (("other", 0), ("all", 1)):
        status, raw, _ = await site.ask("GET", "/api/v1/cases?number=C-261123-0001", token)
        assert (status, len(json.loads(raw)["cases"])) == (200, count)
    status, raw, _ = await site.ask("GET", "/api/v1/cases?limit=0&x=1")
    assert status == 400
    assert {error["at"] for error in json.loads(raw)["errors"]} == {"/limit", "/x"}
