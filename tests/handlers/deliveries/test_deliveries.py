"""Deliveries from other systems are taken in: good ones beside bad ones, once, and corrected until the customer was asked."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from handlers.access import links
from handlers.deliveries import deliveries as intake
from handlers.deliveries.items import find_waybill
from storage import models
from storage.deliveries import deliveries as rows
from storage.engine.crypto import Keyring
from storage.engine.database import Database
from storage.models import deliveries, identities, people, timers
from tests.harness.databases import SECRET
from tests.harness.in_process import COMPANY, LI, NOON, WANG, Desk, at_desk, make_delivery


@pytest.fixture
async def counter(database: Database) -> Any:  # noqa: ANN401 -- a desk
    """A desk on either engine."""
    async with at_desk(database) as made:
        yield made


async def test_good_ones_are_kept_beside_bad_ones(counter: Desk) -> None:
    """In order, one result per item; what was refused is not there, NUL and a year before the calendar harm no other."""
    results = await counter.deliver(
        make_delivery("A"),
        make_delivery("B\0"),
        make_delivery("C", delivered_at="0001-01-01T00:00:00+08:00"),
        5,
        make_delivery("D"),
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
    (again,) = await counter.deliver(make_delivery(customer={"phone": "138-0013-8000", "language": "en"}))
    (better,) = await counter.deliver(make_delivery(route="R2"))
    assert (again.status, better.status) == ("unchanged", "updated")
    assert first.link == again.link == better.link
    assert [row.route for row in await counter.rows(select(deliveries.c.route))] == ["R2"]


async def test_duplicates_within_one_array(counter: Desk) -> None:
    """The last one counts, each gets its answer, and there is one row: also where the row was there before."""
    results = await counter.deliver(
        make_delivery(), make_delivery(), make_delivery(route="R2"), make_delivery(route="R2")
    )
    assert [one.status for one in results] == ["accepted", "unchanged", "updated", "unchanged"]
    assert len({one.link for one in results}) == 1
    results = await counter.deliver(make_delivery(route="R3"), make_delivery(route="R4"), make_delivery(route="R3"))
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
    await counter.open_survey(WANG)
    same, other = await counter.deliver(make_delivery(), make_delivery(courier={"id": "k18"}))
    assert (same.status, other.status) == ("unchanged", "refused")
    assert "asked about this delivery already" in other.errors[0].why
    assert [row.courier for row in await counter.rows(select(deliveries.c.courier))] == [""]


async def test_the_same_again_under_a_newer_secret(counter: Desk) -> None:
    """What was reported before the secret was changed is still the same report, also once the customer was asked."""
    await counter.open_survey(WANG)
    services = replace(counter.services, keyring=Keyring(["d1" + SECRET[2:], SECRET]))
    items = [make_delivery(), make_delivery(route="R2")]
    async with counter.database.begin() as tx:
        same, other = await intake.ingest_items(tx, services, "erp", items, counter.clock.now())
    assert (same.status, other.status) == ("unchanged", "refused")


async def test_a_customer_known_before_the_secret_was_changed(counter: Desk) -> None:
    """By number and by reference; whoever has proven the number since goes first."""
    await counter.say(WANG, contact={"phone_number": "8613800138000", "first_name": "Wang", "user_id": WANG.id})
    await counter.open_survey(LI, customer={"ref": "C-77"})
    keyring = Keyring(["d1" + SECRET[2:], SECRET])
    services = replace(counter.services, keyring=keyring)

    async def fetch_owner(waybill: str, **customer: str) -> int:
        async with counter.database.begin() as tx:
            await intake.ingest_items(
                tx, services, "erp", [make_delivery(waybill, customer=customer)], counter.clock.now()
            )
        asked = select(people.c.telegram_id).join_from(deliveries, people, deliveries.c.person == people.c.id)
        return int((await counter.rows(asked.where(deliveries.c.waybill == waybill)))[0].telegram_id)

    assert await fetch_owner("SF8", phone="+8613800138000") == WANG.id
    assert await fetch_owner("SF9", ref="C-77") == LI.id
    (row,) = await counter.rows(select(people.c.id).where(people.c.telegram_id == LI.id))
    async with counter.database.begin() as tx:
        proven = {"kind": "phone", "hash": keyring.digest("+8613800138000"), "person": row.id}
        await tx.execute(identities.insert().values(proven))
    assert await fetch_owner("SF10", phone="+8613800138000") == LI.id


async def test_when_the_customer_is_asked(desk: Desk) -> None:
    """Two hours after delivery, at once when that is past, never when it is a week old; a correction moves it."""
    await desk.say(WANG, contact={"phone_number": "8613800138000", "first_name": "Wang", "user_id": WANG.id})
    await desk.deliver(
        make_delivery("SOON", delivered_at=NOON.isoformat()),
        make_delivery("NOW", delivered_at=(NOON - timedelta(hours=5)).isoformat()),
        make_delivery("NEVER", delivered_at=(NOON - timedelta(days=8)).isoformat()),
    )
    due = await desk.rows(select(timers.c.due_at).where(timers.c.kind == "invite").order_by(timers.c.due_at))
    assert [row.due_at for row in due] == [NOON, NOON + timedelta(hours=2)]
    await desk.deliver(make_delivery("SOON", delivered_at=(NOON - timedelta(hours=1)).isoformat()))
    due = await desk.rows(select(timers.c.due_at).where(timers.c.kind == "invite").order_by(timers.c.due_at))
    assert [row.due_at for row in due] == [NOON, NOON + timedelta(hours=1)]


async def test_a_known_number_finds_its_customer(desk: Desk) -> None:
    """Anyone who shared the number owns its next delivery, written in whatever way."""
    await desk.say(WANG, contact={"phone_number": "8613800138000", "first_name": "Wang", "user_id": WANG.id})
    await desk.deliver(make_delivery(customer={"phone": "138 0013 8000"}))
    ((person,),) = await desk.rows(select(deliveries.c.person))
    ((wang,),) = await desk.rows(select(models.people.c.id).where(models.people.c.telegram_id == WANG.id))
    assert person == wang


async def test_personal_data_is_sealed(desk: Desk) -> None:
    """Neither the file nor its log has the number or the name in the clear."""
    await desk.deliver(make_delivery(customer={"phone": "+8613800138000", "name": "Wang Xiaoming"}))
    path = desk.database.url.partition("///")[2]
    from pathlib import Path

    for file in Path(path).parent.glob("huifang.db*"):
        stored = file.read_bytes()
        assert b"13800138000" not in stored
        assert b"Xiaoming" not in stored


def test_links_last_as_long_as_the_company_says() -> None:
    """Sixty days and the rest of the day, the same link from midnight to midnight (UTC)."""
    from handlers.turns.services import Services
    from storage.engine.crypto import Keyring
    from texts import Texts

    services = Services(COMPANY, {}, Texts(), Keyring(["x"]), {}, "bot", lambda: 1)
    day = datetime(2026, 11, 23, tzinfo=UTC)
    made = {intake.make_link(services, 7, day + timedelta(hours=hours)) for hours in (0, 12, 23.99)}
    assert len(made) == 1
    read = links.parse_payload(services.keyring, made.pop().partition("start=")[2])
    assert read == links.Link(7, day + timedelta(days=61))


def test_results_are_json() -> None:
    """A refused waybill is echoed in at most 64 characters."""
    assert find_waybill({"waybill": "x" * 100}) == "x" * 64
    assert find_waybill({"waybill": 5}) == find_waybill([]) == ""
    msgspec.json.encode(intake.ItemReply(waybill="x", status="refused").model_dump())


async def test_a_parcel_reported_at_the_door_is_one_delivery(counter: Desk) -> None:
    """The courier's `/delivered` comes first, the company's system later: one row, its customer, answers and courier kept, then idempotent."""
    rules = replace(COMPANY.invitations, couriers_report=True)
    services = replace(counter.services, company=replace(COMPANY, invitations=rules))
    about = {"source": "courier", "fingerprint": "f", "delivered_at": NOON, "created_at": NOON, "courier": "k9"}
    async with counter.database.begin() as tx:
        await rows.add(tx, [about | {"id": 1, "waybill": "DOOR", "fate": "unreachable"}])
        await rows.add(tx, [about | {"id": 2, "waybill": "RATED", "fate": "answered"}])
        both = [
            make_delivery("DOOR", route="R1"),
            make_delivery("RATED", courier={"id": "k17"}),
            make_delivery("DOOR", route="R2"),
        ]
        results = await intake.ingest_items(tx, services, "erp", both, NOON)
        again = await intake.ingest_items(tx, services, "erp", both[1:], NOON)
    assert [one.status for one in results] == ["accepted", "accepted", "updated"]
    assert [one.status for one in again] == ["unchanged", "unchanged"]
    columns = (deliveries.c.id, deliveries.c.source, deliveries.c.courier, deliveries.c.route, deliveries.c.fate)
    stored = [tuple(row) for row in await counter.rows(select(*columns).order_by(deliveries.c.id))]
    assert stored == [(1, "erp", "k9", "R2", "unreachable"), (2, "erp", "k17", "", "answered")]
