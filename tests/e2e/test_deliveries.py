"""Deliveries come in by HTTP: kept, corrected, refused one by one (D1), and frozen into the invitation (D5)."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from sqlalchemy import func, select

from storage.models import deliveries, invitations
from tests.harness.stage import StoryStage

YESTERDAY = (datetime.now(UTC) - timedelta(days=1)).isoformat()
GOOD = {"waybill": "A1", "delivered_at": YESTERDAY, "customer": {"phone": "13800138000"}}


async def _post(stage: StoryStage, body: object, key: str = "hf_test") -> tuple[int, Any]:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    async with aiohttp.ClientSession(headers=headers) as session:
        sent = {"data": io.BytesIO(body)} if isinstance(body, bytes) else {"json": body}
        async with session.post(f"{stage.bot.url}/api/v1/deliveries", **sent) as answer:
            return answer.status, await answer.json()


async def _get(stage: StoryStage, path: str, key: str = "hf_test") -> tuple[int, bytes]:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    async with aiohttp.ClientSession(headers=headers) as session, session.get(f"{stage.bot.url}{path}") as answer:
        return answer.status, await answer.read()


async def test_the_same_again_changes_nothing_and_a_correction_counts(stage: StoryStage) -> None:
    """Accepted, unchanged with the same link, updated by a correction; another source's waybill is another delivery."""
    _, first = await _post(stage, GOOD)
    _, again = await _post(stage, [GOOD])
    _, corrected = await _post(stage, [GOOD | {"courier": {"id": "k2"}}])
    states = [answer["results"][0]["status"] for answer in (first, again, corrected)]
    assert states == ["accepted", "unchanged", "updated"]
    assert len({answer["results"][0]["link"] for answer in (first, again, corrected)}) == 1
    (other,) = await stage.bot.deliver([GOOD], source="wms")
    assert other["status"] == "accepted"
    rows = await stage.rows(select(deliveries.c.source, deliveries.c.courier).order_by(deliveries.c.source))
    assert [tuple(row) for row in rows] == [("erp", "k2"), ("wms", "")]


@pytest.mark.prove
async def test_bad_items_are_refused_one_by_one(stage: StoryStage) -> None:
    """Each bad item says where and why, and the good ones around it are kept."""
    future = (datetime.now(UTC) + timedelta(days=30)).isoformat()
    bad: list[tuple[object, str]] = [
        (GOOD | {"waybill": ""}, "/waybill"),
        (GOOD | {"waybill": "x" * 65}, "/waybill"),
        (GOOD | {"waybill": "nul\u0000"}, "/waybill"),
        (GOOD | {"waybill": "B1", "delivered_at": "yesterday"}, "/delivered_at"),
        (GOOD | {"waybill": "B2", "delivered_at": "2026-01-05T10:15:00"}, "/delivered_at"),
        (GOOD | {"waybill": "B3", "delivered_at": future}, "/delivered_at"),
        (GOOD | {"waybill": "B4", "delivered_at": "0001-01-01T00:00:00+08:00"}, "/delivered_at"),
        (GOOD | {"waybill": "B5", "customer": {}}, "/customer"),
        (GOOD | {"waybill": "B6", "customer": {"phone": "nonsense"}}, "/customer/phone"),
        (GOOD | {"waybill": "B7", "priority": "P9"}, "/priority"),
        (GOOD | {"waybill": "B8", "colour": "red"}, "/colour"),
        ({"waybill": "B9"}, "/delivered_at"),
        ("text", ""),
        (None, ""),
    ]
    for item, at in bad:
        status, answer = await _post(stage, [GOOD | {"waybill": "A1"}, item, GOOD | {"waybill": "A2"}])
        assert status == 200, (item, answer)
        before, refused, after = answer["results"]
        assert {before["status"], after["status"]} <= {"accepted", "unchanged"}, item
        assert refused["status"] == "refused", item
        assert at in [error["at"] for error in refused["errors"]], (item, refused)
        assert all(error["why"] for error in refused["errors"])
    assert len(await stage.rows(select(deliveries.c.id))) == 2


async def test_the_door_has_limits(stage: StoryStage) -> None:
    """401 without a token or with a revoked one, 400 for what is not JSON, 413 over 1,000 items or 5 MB; 1,000 are welcome."""
    assert (await _post(stage, [GOOD], key=""))[0] == 401
    assert (await _post(stage, [GOOD], key="hf_wrong"))[0] == 401
    assert (await _post(stage, b"{not json"))[0] == 400
    assert (await _post(stage, b"\xff\xfe"))[0] == 400
    many = [GOOD | {"waybill": f"M{n}"} for n in range(1001)]
    assert (await _post(stage, many))[0] == 413
    assert (await _post(stage, b'"' + b"x" * (5 * 1024 * 1024) + b'"'))[0] == 413
    assert not await stage.rows(select(deliveries.c.id))
    status, answer = await _post(stage, many[:1000])
    assert status == 200
    assert {result["status"] for result in answer["results"]} == {"accepted"}
    (row,) = await stage.rows(select(func.count()).select_from(deliveries))
    assert row[0] == 1000
    await stage.bot.huifang("api-token", "revoke", "erp")
    assert (await _post(stage, [GOOD]))[0] == 401


async def test_a_delivery_has_a_link_and_a_qr_code_for_its_own_source_only(stage: StoryStage) -> None:
    """GET the delivery, PNG and SVG with the token; 401 without one, 404 for another source's; OpenAPI for everybody."""
    await _post(stage, GOOD)
    status, png = await _get(stage, "/qr/A1.png")
    assert (status, png[:8]) == (200, b"\x89PNG\r\n\x1a\n")
    status, svg = await _get(stage, "/qr/A1.svg")
    assert status == 200
    assert b"<svg" in svg
    assert (await _get(stage, "/api/v1/deliveries/A1"))[0] == 200
    await stage.bot.deliver([GOOD | {"waybill": "W1"}], source="wms")
    for path in ("/qr/A1.png", "/qr/A1.svg", "/api/v1/deliveries/A1"):
        assert (await _get(stage, path, key=""))[0] == 401
        assert (await _get(stage, path.replace("A1", "W1")))[0] == 404
    assert (await _get(stage, "/api/v1/openapi.json", key=""))[0] == 200


@pytest.mark.prove
async def test_a_rating_stays_with_the_courier_it_was_given_to(stage: StoryStage) -> None:
    """Once the customer was asked, a correction is refused and moves no rating; before that it counts."""
    early = datetime.now(UTC).isoformat()
    item = {"waybill": "SF1", "delivered_at": early, "customer": {"phone": stage.wang.phone}, "department": "transport"}
    (first,) = await stage.bot.deliver([item | {"courier": {"id": "k1"}}])
    (second,) = await stage.bot.deliver([item | {"courier": {"id": "k2"}, "station": "S2", "route": "R2"}])
    assert second["status"] == "updated"
    await stage.customer.start(first["link"].partition("start=")[2])
    await stage.customer.see("overall")
    (late,) = await stage.bot.deliver([item | {"courier": {"id": "k3"}, "department": "service"}])
    assert late["status"] == "refused"
    await stage.customer.press("1")
    await stage.customer.see("Question 2")
    await stage.customer.press("File a complaint")
    await stage.card("transport", "C-", "Courier: k2")
    columns = (invitations.c.courier, invitations.c.department, invitations.c.station, invitations.c.route)
    (row,) = await stage.rows(select(*columns))
    assert tuple(row) == ("k2", "transport", "S2", "R2")
