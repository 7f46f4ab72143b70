"""Deliveries are taken in by the thousand, and belong to one customer at a time."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from domain.deliveries.delivery import Delivery, Fate
from storage.deliveries import deliveries
from storage.deliveries.deliveries import FrozenDelivery, KnownDelivery
from storage.engine.database import Database, Tx
from storage.surveys import ratings
from tests.harness.rows import (
    NOW,
    WAIT_SECONDS,
    add_delivery,
    add_person,
    fetch_table,
    invite,
    make_delivery_row,
    make_invitation,
)

W1 = Delivery(1, "W1", "shop", NOW, "north", "c7", language="en")


async def test_found(database: Database) -> None:
    """A delivery comes back by its id and by its waybill, latest first, of one source or of all."""
    old = replace(W1, id=2, source="app", delivered_at=NOW - timedelta(days=1))
    async with database.begin() as tx:
        await add_delivery(tx, 1)
        await add_delivery(tx, 2, "W1", source="app", delivered_at=old.delivered_at)
        assert await deliveries.get(tx, 1) == W1
        assert await deliveries.get(tx, 404) is None
        assert await deliveries.list_by_waybill(tx, "W1") == [W1, old]
        assert await deliveries.list_by_waybill(tx, "W1", "app") == [old]
        assert await deliveries.list_by_waybill(tx, "w1") == []


async def test_a_waybill_is_one_delivery_of_a_source(database: Database) -> None:
    """The database refuses the same waybill of the same source twice."""
    async with database.begin() as tx:
        await add_delivery(tx, 1, "W1")
        await add_delivery(tx, 2, "W1", source="app")
    with pytest.raises(IntegrityError):
        async with database.begin() as tx:
            await add_delivery(tx, 3, "W1")


async def test_known_by_the_thousand(database: Database) -> None:
    """Of more waybills than fit one statement exactly those are known that are here, of this source."""
    rows = [make_delivery_row(n, fingerprint=f"f{n}", fate=Fate.SENT if n % 2 else "waiting") for n in range(1, 1302)]
    async with database.begin() as tx:
        await deliveries.add(tx, rows)
        await add_delivery(tx, 9000, "W9000", source="app")
        asked = [f"W{n}" for n in range(1302, 0, -1)]
        known = await deliveries.fetch_known(tx, "shop", [*asked, "W9000"])
        assert len(known) == 1301
        assert known["W1"] == KnownDelivery(1, "f1", Fate.SENT, courier="c7")
        assert known["W1300"] == KnownDelivery(1300, "f1300", Fate.WAITING, courier="c7")
        assert await deliveries.fetch_known(tx, "shop", []) == {}


async def test_corrected(database: Database) -> None:
    """A correction replaces what it names, sealed columns and customers too, for the deliveries it names."""
    async with database.begin() as tx:
        await add_person(tx, 5)
        for n in (1, 2, 3):
            await add_delivery(tx, n, phone="+861", courier_name="Li", person=5)
        rows = [{"id": n, "phone": f"+86{n}", "courier": "c8", "person": None} for n in (1, 2)]
        await deliveries.correct(tx, rows)
        assert await fetch_table(tx, "deliveries", "phone", "courier", "courier_name", "person") == [
            ("+861", "c8", "Li", None),
            ("+862", "c8", "Li", None),
            ("+861", "c7", "Li", 5),
        ]


async def test_frozen(database: Database) -> None:
    """What an invitation remembers is all there, with the customer and the invitation where there is one."""
    frozen = {
        "department": "north",
        "courier": "c7",
        "route": "r1",
        "station": "s1",
        "service": "express",
        "priority": "P1",
        "customer_type": "company",
    }
    async with database.begin() as tx:
        await add_person(tx, 5)
        await add_delivery(tx, 1, person=5, fate=Fate.SENT, ref_hash="h", **frozen)
        await add_delivery(tx, 2)
        await invite(tx, make_invitation(3, 5, 1))
        by_id = await deliveries.freeze(tx, [2, 1, 404])
        assert by_id.keys() == {1, 2}
        assert by_id[1] == FrozenDelivery(1, 5, "W1", NOW, "en", Fate.SENT, "shop", "h", "", 3, frozen)
        assert (by_id[2].person, by_id[2].fate, by_id[2].invitation) == (None, "waiting", None)
        assert await deliveries.freeze(tx, []) == {}


async def test_frozen_for_one(database: Database, second: Database) -> None:
    """Two who open the link of the same delivery: the second waits, and then sees whose it is and that it was asked about."""
    async with database.begin() as tx:
        await add_person(tx, 5)
        await add_delivery(tx, 1)

    async def follow() -> FrozenDelivery:
        async with second.begin() as tx:
            return (await deliveries.freeze(tx, [1]))[1]

    async with database.begin() as tx:
        delivery = (await deliveries.freeze(tx, [1]))[1]
        assert (delivery.person, delivery.invitation) == (None, None)
        task = asyncio.create_task(follow())
        await asyncio.sleep(WAIT_SECONDS)
        assert not task.done()
        await ratings.invite(tx, [make_invitation(3, 5, 1)])
        await deliveries.record_fates(tx, {1: 5}, {1: Fate.OPENED})
    seen = await task
    assert (seen.person, seen.fate, seen.invitation) == (5, Fate.OPENED, 3)


async def test_frozen_in_any_order(database: Database, second: Database) -> None:
    """Two who freeze the same deliveries in opposite orders both come to an end."""
    async with database.begin() as tx:
        for n in range(1, 41):
            await add_delivery(tx, n)

    async def freeze(replica: Database, ids: list[int]) -> None:
        async with replica.begin() as tx:
            assert len(await deliveries.freeze(tx, ids)) == 40

    up, down = list(range(1, 41)), list(range(40, 0, -1))
    async with asyncio.timeout(60):
        await asyncio.gather(*(freeze(one, ids) for _ in range(8) for one, ids in ((database, up), (second, down))))


async def test_adopted(database: Database) -> None:
    """Every delivery of a number without a customer gets this one; those that have one, or another number, do not."""
    async with database.begin() as tx:
        await add_person(tx, 5)
        await add_person(tx, 6)
        await add_delivery(tx, 1, phone_hash="old")
        await add_delivery(tx, 2, phone_hash="new")
        await add_delivery(tx, 3, phone_hash="new", person=6)
        await add_delivery(tx, 4, phone_hash="other")
        await add_delivery(tx, 5, ref_hash="new", source="app")
        await add_delivery(tx, 6, ref_hash="new")
        assert sorted(await deliveries.assign_customer(tx, "phone_hash", ["new", "old"], 5)) == [1, 2]
        assert await deliveries.assign_customer(tx, "ref_hash", ["new"], 5, "app") == [5]
        assert await deliveries.assign_customer(tx, "phone_hash", ["new", "old"], 6) == []
        assert await _owners(tx) == [5, 5, 6, None, 5, None]


async def test_settled(database: Database) -> None:
    """What is named changes, customer or fate or both; what is not named stays."""
    async with database.begin() as tx:
        await add_person(tx, 5)
        await add_person(tx, 6)
        for n in (1, 2, 3):
            await add_delivery(tx, n, person=6)
        await deliveries.record_fates(tx, {1: 5}, {1: Fate.OPENED, 2: Fate.SENT})
        assert await fetch_table(tx, "deliveries", "person", "fate") == [
            (5, Fate.OPENED),
            (6, Fate.SENT),
            (6, "waiting"),
        ]
        await deliveries.record_fates(tx, {2: 5}, {})
        assert await _owners(tx) == [5, 5, 6]


async def test_recent(database: Database) -> None:
    """A person's latest deliveries come latest first, so many of them, none before the moment asked for."""
    async with database.begin() as tx:
        await add_person(tx, 5)
        await add_person(tx, 6)
        for n in range(8):
            await add_delivery(tx, n + 1, person=5, delivered_at=NOW - timedelta(days=n))
        await add_delivery(tx, 100, person=6)
        recent = await deliveries.list_recent(tx, 5, NOW - timedelta(days=2))
        assert [one.id for one in recent] == [1, 2, 3]
        assert len(await deliveries.list_recent(tx, 5, NOW - timedelta(days=99))) == 5


async def _owners(tx: Tx) -> list[int | None]:
    return [row[0] for row in await fetch_table(tx, "deliveries", "person")]


async def test_whom_it_was_for(database: Database) -> None:
    """Name and number as they came along; empty where they did not, and for a delivery that is not there."""
    async with database.begin() as tx:
        await add_delivery(tx, 1, phone="+8613800138000", customer_name="王小明")
        await add_delivery(tx, 2)
        assert await deliveries.fetch_recipient(tx, 1) == ("王小明", "+8613800138000")
        assert await deliveries.fetch_recipient(tx, 2) == ("", "")
        assert await deliveries.fetch_recipient(tx, 404) == ("", "")


async def test_what_waits_again_on_return(database: Database) -> None:
    """Of one person, young enough, asked about by nobody: blocked and unreachable ones wait, everything else stays as it is."""
    old = NOW - timedelta(days=8)
    async with database.begin() as tx:
        await add_person(tx, 5)
        await add_person(tx, 6)
        await add_delivery(tx, 1, person=5, fate=Fate.BLOCKED)
        await add_delivery(tx, 2, person=5, fate=Fate.UNREACHABLE)
        await add_delivery(tx, 3, person=5, fate=Fate.BLOCKED, delivered_at=old)
        await add_delivery(tx, 4, person=6, fate=Fate.BLOCKED)
        await add_delivery(tx, 5, person=5, fate=Fate.STOPPED)
        await add_delivery(tx, 6, person=5, fate=Fate.BLOCKED)
        await invite(tx, make_invitation(9, 5, 6))
        assert sorted(await deliveries.reset_to_waiting(tx, 5, NOW - timedelta(days=7))) == [1, 2]
        fates = await fetch_table(tx, "deliveries", "fate")
        assert [fate for (fate,) in fates] == ["waiting", "waiting", "blocked", "blocked", "stopped", "blocked"]


async def test_whose_chats_deliveries_lead_to(database: Database) -> None:
    """Telegram accounts of the customers, each once; a delivery without one leads nowhere."""
    async with database.begin() as tx:
        await add_person(tx, 5)
        await add_delivery(tx, 1, person=5)
        await add_delivery(tx, 2, person=5)
        await add_delivery(tx, 3)
        assert await deliveries.fetch_accounts(tx, [1, 2, 3, 4]) == {1005}
        assert await deliveries.fetch_accounts(tx, []) == set()
