"""Deliveries from other systems: each checked by itself, all its mistakes told at once, by JSON pointer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from handlers import deliveries as intake
from handlers import links
from handlers.deliveries import normalise
from storage import deliveries as rows
from storage import models
from storage.database import Database
from storage.models import deliveries, timers
from tests.inside import COMPANY, NOON, WANG, Desk, at_desk, delivery

WHOLE = {
    "waybill": "SF1",
    "delivered_at": "2026-11-23T10:15:00+08:00",
    "customer": {"phone": "+8613800138000", "ref": "C-77", "name": "王", "type": "vip", "language": "zh-Hans"},
    "department": "transport",
    "courier": {"id": "k17", "name": "李"},
    "route": "R1",
    "station": "S1",
    "service": "express",
    "priority": "P2",
    "declared_value": "100",
}


def wrong(item: object) -> dict[str, str]:
    """Where and why an item is refused."""
    checked = intake._check(item, COMPANY, NOON)
    return {error.at: error.why for error in checked} if isinstance(checked, list) else {}


def test_the_contracts_example_is_accepted() -> None:
    """All fields there are, and the three that are required."""
    assert wrong(WHOLE) == {}
    assert wrong({"waybill": "1", "delivered_at": "2026-11-23T10:15:00Z", "customer": {"ref": "x"}}) == {}


@pytest.mark.parametrize(
    ("more", "errors"),
    [
        ({"waybill": ""}, {"/waybill": "String should have at least 1 character"}),
        ({"waybill": 5}, {"/waybill": "Input should be a valid string"}),
        ({"waybill": "x" * 65}, {"/waybill": "String should have at most 64 characters"}),
        ({"waybill": "a\0b"}, {"/waybill": "has a NUL character in it"}),
        ({"courier": {"id": "\0"}}, {"/courier/id": "has a NUL character in it"}),
        ({"delivered_at": "2026-11-23T10:15:00"}, {"/delivered_at": "needs an offset, such as +08:00"}),
        (
            {"delivered_at": "2026-11-25T00:00:00Z"},
            {"/delivered_at": "lies in the future; a delivery is reported once it is delivered"},
        ),
        ({"delivered_at": "0001-01-01T00:00:00+08:00"}, {"/delivered_at": "lies before 1970; check the year"}),
        ({"customer": {}}, {"/customer": "give a phone or a ref, so that the customer can be recognised"}),
        ({"customer": {"phone": "12"}}, {"/customer/phone": "is no phone number; write it like +8613800138000"}),
        (
            {"customer": {"ref": "1", "language": "1x"}},
            {"/customer/language": "is no language code; write it like zh or en"},
        ),
        (
            {"customer": {"ref": "1", "language": "abcdefghij"}},
            {"/customer/language": "is no language code; write it like zh or en"},
        ),
        ({"priority": "P5"}, {"/priority": "Input should be '', 'P1', 'P2', 'P3' or 'P4'"}),
        ({"courier": "k17"}, {"/courier": "is not a JSON object"}),
        ({"colour": "red"}, {"/colour": "is not a field of a delivery"}),
        ({"a/b~c": 1}, {"/a~1b~0c": "is not a field of a delivery"}),
    ],
)
def test_one_mistake(more: dict[str, Any], errors: dict[str, str]) -> None:
    """Each says where, as a JSON pointer, and why."""
    assert wrong(WHOLE | more) == errors


@pytest.mark.parametrize("item", [None, 5, "SF1", [], [[]], True])
def test_what_is_no_object(item: object) -> None:
    """The pointer is the whole item."""
    assert wrong(item) == {"": "is not a JSON object"}


def test_all_mistakes_at_once() -> None:
    """Nobody sends an item five times to hear five mistakes."""
    item = {"delivered_at": "yesterday", "customer": {"phone": 1, "colour": ""}, "courier": {"id": "x" * 65}}
    assert set(wrong(item)) == {"/waybill", "/delivered_at", "/customer/phone", "/customer/colour", "/courier/id"}
    late = {"delivered_at": "2027-11-25T00:00:00Z", "customer": {"phone": "x", "language": "?"}}
    assert set(wrong(WHOLE | late)) == {"/delivered_at", "/customer/phone", "/customer/language"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*WHOLE, "phone", "ref", "x"]), inner),
    max_leaves=8,
)


@settings(max_examples=60)
@given(JSON, st.dictionaries(st.sampled_from([*WHOLE]), JSON))
def test_any_json_is_checked(item: object, more: dict[str, Any]) -> None:
    """Whatever comes is accepted or refused with at least one reason that can be sent; nothing raises."""
    for one in (item, WHOLE | more):
        checked = intake._check(one, COMPANY, NOON)
        if isinstance(checked, list):
            assert checked
            assert all(error.why and (error.at == "" or error.at.startswith("/")) for error in checked)
        else:
            checked.delivered_at.astimezone(UTC)


@pytest.mark.parametrize(
    ("phone", "region", "number"),
    [
        ("+8613800138000", "CN", "+8613800138000"),
        ("13800138000", "CN", "+8613800138000"),
        ("138 0013-8000", "CN", "+8613800138000"),
        ("0086 138 0013 8000", "CN", "+8613800138000"),
        ("+86 (138) 0013 8000", "DE", "+8613800138000"),
        ("010 12345678", "CN", "+861012345678"),
        ("030 1234567", "DE", "+49301234567"),
        ("13800138000", "DE", "+4913800138000"),
        ("138****8000", "CN", None),
        ("+86138xxxx8000", "CN", None),
        ("call me", "CN", None),
        ("12", "CN", None),
        ("+", "CN", None),
        ("", "CN", None),
    ],
)
def test_phone_numbers_have_one_form(phone: str, region: str, number: str | None) -> None:
    """However a number is written, the customer who shares it is found."""
    assert normalise(phone, region) == number


# --- taking in -------------------------------------------------------------------------------------------------------


@pytest.fixture
async def counter(database: Database) -> Any:  # noqa: ANN401 -- a desk
    """A desk on either engine."""
    async with at_desk(database) as made:
        yield made


async def test_good_ones_are_kept_beside_bad_ones(counter: Desk) -> None:
    """In order, one result per item; what was refused is not there, NUL and a year before the calendar harm no other."""
    results = await counter.deliver(
        delivery("A"), delivery("B\0"), delivery("C", delivered_at="0001-01-01T00:00:00+08:00"), 5, delivery("D")
    )
    assert [(one.waybill, one.status) for one in results] == [
        ("A", "accepted"),
        ("B\0", "refused"),
        ("C", "refused"),
        ("", "refused"),
        ("D", "accepted"),
    ]
    assert {row.waybill for row in await counter.rows(select(deliveries.c.waybill))} == {"A", "D"}
    assert all((one.link is None) is (one.status == "refused") for one in results)


async def test_the_same_again_and_a_correction(counter: Desk) -> None:
    """Unchanged with the same link all day long, updated by a correction, one row throughout."""
    (first,) = await counter.deliver()
    counter.clock.advance(hours=3)
    (again,) = await counter.deliver(delivery(customer={"phone": "138-0013-8000", "language": "en"}))
    (better,) = await counter.deliver(delivery(route="R2"))
    assert (again.status, better.status) == ("unchanged", "updated")
    assert first.link == again.link == better.link
    assert [row.route for row in await counter.rows(select(deliveries.c.route))] == ["R2"]


async def test_duplicates_within_one_array(counter: Desk) -> None:
    """The last one counts, each gets its answer, and there is one row: also where the row was there before."""
    results = await counter.deliver(delivery(), delivery(), delivery(route="R2"), delivery(route="R2"))
    assert [one.status for one in results] == ["accepted", "unchanged", "updated", "unchanged"]
    assert len({one.link for one in results}) == 1
    results = await counter.deliver(delivery(route="R3"), delivery(route="R4"), delivery(route="R3"))
    assert [one.status for one in results] == ["updated", "updated", "updated"]
    assert [row.route for row in await counter.rows(select(deliveries.c.route))] == ["R3"]


async def test_the_same_waybill_of_another_source_is_another_delivery(counter: Desk) -> None:
    """A waybill is unique in its source only."""
    (ours,) = await counter.deliver()
    (theirs,) = await counter.deliver(source="wms")
    assert theirs.status == "accepted"
    assert ours.link != theirs.link


async def test_once_asked_a_correction_is_refused(counter: Desk) -> None:
    """The customer has opened the link: the same again is fine, another courier is not."""
    await counter.opened(WANG)
    same, other = await counter.deliver(delivery(), delivery(courier={"id": "k18"}))
    assert (same.status, other.status) == ("unchanged", "refused")
    assert "asked about this delivery already" in other.errors[0].why
    assert [row.courier for row in await counter.rows(select(deliveries.c.courier))] == [""]


async def test_when_the_customer_is_asked(desk: Desk) -> None:
    """Two hours after delivery, at once when that is past, never when it is a week old; a correction moves it."""
    await desk.say(WANG, contact={"phone_number": "8613800138000", "first_name": "Wang", "user_id": WANG.id})
    await desk.deliver(
        delivery("SOON", delivered_at=NOON.isoformat()),
        delivery("NOW", delivered_at=(NOON - timedelta(hours=5)).isoformat()),
        delivery("NEVER", delivered_at=(NOON - timedelta(days=8)).isoformat()),
    )
    due = await desk.rows(select(timers.c.due_at).where(timers.c.kind == "invite").order_by(timers.c.due_at))
    assert [row.due_at for row in due] == [NOON, NOON + timedelta(hours=2)]
    await desk.deliver(delivery("SOON", delivered_at=(NOON - timedelta(hours=1)).isoformat()))
    due = await desk.rows(select(timers.c.due_at).where(timers.c.kind == "invite").order_by(timers.c.due_at))
    assert [row.due_at for row in due] == [NOON, NOON + timedelta(hours=1)]


async def test_a_known_number_finds_its_customer(desk: Desk) -> None:
    """Whoever shared the number owns its next delivery, written in whatever way."""
    await desk.say(WANG, contact={"phone_number": "8613800138000", "first_name": "Wang", "user_id": WANG.id})
    await desk.deliver(delivery(customer={"phone": "138 0013 8000"}))
    ((person,),) = await desk.rows(select(deliveries.c.person))
    ((wang,),) = await desk.rows(select(models.people.c.id).where(models.people.c.telegram_id == WANG.id))
    assert person == wang


async def test_personal_data_is_sealed(desk: Desk) -> None:
    """Neither the file nor its log has the number or the name in the clear."""
    await desk.deliver(delivery(customer={"phone": "+8613800138000", "name": "Wang Xiaoming"}))
    path = desk.database.url.partition("///")[2]
    from pathlib import Path

    for file in Path(path).parent.glob("huifang.db*"):
        stored = file.read_bytes()
        assert b"13800138000" not in stored
        assert b"Xiaoming" not in stored


def test_links_last_as_long_as_the_company_says() -> None:
    """Sixty days and the rest of the day, the same link from midnight to midnight (UTC)."""
    from handlers.batch import Services
    from storage.crypto import Keyring
    from texts import Texts

    services = Services(COMPANY, {}, Texts(), Keyring(["x"]), {}, "bot", lambda: 1)
    day = datetime(2026, 11, 23, tzinfo=UTC)
    found = {intake.link(services, 7, day + timedelta(hours=hours)) for hours in (0, 12, 23.99)}
    assert len(found) == 1
    read = links.read(services.keyring, found.pop().partition("start=")[2])
    assert read == links.Link(7, day + timedelta(days=61))


def test_results_are_json() -> None:
    """A refused waybill is echoed in at most 64 characters."""
    assert intake._waybill({"waybill": "x" * 100}) == "x" * 64
    assert intake._waybill({"waybill": 5}) == intake._waybill([]) == ""
    msgspec.json.encode(intake.Result(waybill="x", status="refused").model_dump())


async def test_a_parcel_reported_at_the_door_is_one_delivery(counter: Desk) -> None:
    """The courier's `/delivered` comes first, the company's system later: one row, its customer, answers and courier kept, then idempotent."""
    asking = replace(COMPANY.asking, couriers_report=True)
    services = replace(counter.services, company=replace(COMPANY, asking=asking))
    about = {"source": "courier", "fingerprint": "f", "delivered_at": NOON, "created_at": NOON, "courier": "k9"}
    async with counter.database.begin() as tx:
        await rows.add(tx, [about | {"id": 1, "waybill": "DOOR", "fate": "unreachable"}])
        await rows.add(tx, [about | {"id": 2, "waybill": "RATED", "fate": "answered"}])
        both = [delivery("DOOR", route="R1"), delivery("RATED", courier={"id": "k17"}), delivery("DOOR", route="R2")]
        results = await intake.take_in(tx, services, "erp", both, NOON)
        again = await intake.take_in(tx, services, "erp", both[1:], NOON)
    assert [one.status for one in results] == ["accepted", "accepted", "updated"]
    assert [one.status for one in again] == ["unchanged", "unchanged"]
    columns = (deliveries.c.id, deliveries.c.source, deliveries.c.courier, deliveries.c.route, deliveries.c.fate)
    found = [tuple(row) for row in await counter.rows(select(*columns).order_by(deliveries.c.id))]
    assert found == [(1, "erp", "k9", "R2", "unreachable"), (2, "erp", "k17", "", "answered")]
