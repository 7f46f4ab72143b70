"""The list of those to be phoned: filled by one statement, taken by one person at a time."""

from datetime import timedelta

from domain.deliveries.delivery import Fate, PhoneCallState
from storage.engine.database import Database, Tx
from storage.people import people
from storage.surveys import phone_list
from storage.surveys.phone_list import PhoneCall
from tests.harness.rows import NOW, add_delivery, add_person, fetch_table, race

START, END, DAY = NOW - timedelta(hours=1), NOW + timedelta(hours=1), "2026-11-23"


async def listed(tx: Tx) -> int:
    return await phone_list.insert_unreached(tx, START, END, DAY, NOW)


async def two(tx: Tx) -> None:
    """Two deliveries that cannot be asked about in chat, on the list."""
    await add_person(tx, 1, "Mei")
    await add_delivery(tx, 1, fate=Fate.UNREACHABLE, phone_hash="h", phone="+8613800138000", customer_name="Wang")
    await add_delivery(tx, 2, fate=Fate.BLOCKED, phone_hash="h", delivered_at=NOW + timedelta(minutes=1))
    assert await listed(tx) == 2


async def call(tx: Tx, id_: int = 1) -> PhoneCall:
    phone_call = await phone_list.get(tx, id_, for_update=True)
    assert phone_call is not None
    return phone_call


async def test_who_is_listed(database: Database) -> None:
    """Half-open, only who cannot be reached in chat, only with a number (the delivery's or the person's), and each once."""
    async with database.begin() as tx:
        await add_person(tx, 1)
        await add_person(tx, 2)
        await people.set_phone(tx, 2, "+8613800138001")
        for n, fate in enumerate(Fate, 10):
            await add_delivery(tx, n, fate=fate, phone_hash="h")
        await add_delivery(tx, 30, fate=Fate.UNREACHABLE, delivered_at=START, phone_hash="h")
        await add_delivery(tx, 31, fate=Fate.UNREACHABLE, delivered_at=END, phone_hash="h")
        await add_delivery(tx, 32, fate=Fate.BLOCKED, person=1)
        await add_delivery(tx, 33, fate=Fate.BLOCKED, person=2)
        assert await listed(tx) == 4
        assert await listed(tx) == 0
        fates = list(Fate)
        unreached = [10 + fates.index(fate) for fate in (Fate.UNREACHABLE, Fate.BLOCKED)]
        assert await fetch_table(tx, "callbacks", "delivery", "day", "state", "attempts") == [
            (n, DAY, "listed", 0) for n in (*unreached, 30, 33)
        ]
        assert await phone_list.count_without_number(tx, START, END) == 1
        assert (await call(tx, 33)).phone == "+8613800138001"


async def test_services_that_are_left_out(database: Database) -> None:
    """Only these, or without those: a survey that nobody may fill in for somebody else."""
    async with database.begin() as tx:
        for n, service in enumerate(("", "express", "freight"), 1):
            await add_delivery(tx, n, fate=Fate.UNREACHABLE, phone_hash="h", service=service)
        assert await phone_list.insert_unreached(tx, START, END, DAY, NOW, only=()) == 0
        assert await phone_list.insert_unreached(tx, START, END, DAY, NOW, only={"freight"}) == 1
        assert await phone_list.insert_unreached(tx, START, END, DAY, NOW, without={"express", "freight"}) == 1
        assert [row[0] for row in await fetch_table(tx, "callbacks", "delivery")] == [1, 3]


async def test_what_is_shown(database: Database) -> None:
    """The oldest first, page by page, with who has taken it; who was reached meanwhile, what is finished and what is too old is not there."""
    async with database.begin() as tx:
        await two(tx)
        await add_delivery(tx, 3, fate=Fate.UNREACHABLE, phone_hash="i", delivered_at=START)
        await phone_list.insert_unreached(tx, START, START + timedelta(seconds=1), "2026-11-22", NOW)
        assert [one.delivery for one in await phone_list.list_page(tx, START, "2026-11-22", 2, 0)] == [3, 1]
        assert [one.delivery for one in await phone_list.list_page(tx, START, "2026-11-22", 2, 2)] == [2]
        assert await phone_list.count_open(tx, START, "2026-11-22", DAY) == (3, 1)
        assert await phone_list.count_open(tx, NOW, "2026-11-22", DAY) == (2, 0)
        assert await phone_list.count_open(tx, START, DAY, DAY) == (2, 0)
        assert await phone_list.move(tx, await call(tx), PhoneCallState.TAKEN, NOW, taken_by=1)
        assert await phone_list.move(tx, await call(tx, 2), PhoneCallState.REFUSED, NOW)
        (taken,) = await phone_list.list_page(tx, START, DAY, 10, 0)
        assert (taken.delivery, taken.taker, taken.name, taken.phone) == (1, "Mei", "Wang", "+8613800138000")
        assert await phone_list.count_by_state(tx, DAY) == {PhoneCallState.TAKEN: 1, PhoneCallState.REFUSED: 1}


async def test_the_first_takes_it(database: Database) -> None:
    """What stands elsewhere by now is not moved, and anyone who looked before is told so."""
    async with database.begin() as tx:
        await two(tx)
        before = await call(tx)
        assert await phone_list.move(tx, before, PhoneCallState.TAKEN, NOW, taken_by=1)
        assert not await phone_list.move(tx, before, PhoneCallState.TAKEN, NOW, taken_by=1)
        after = await call(tx)
        assert (after.state, after.taken_by, after.attempts) == (PhoneCallState.TAKEN, 1, 0)
        assert await phone_list.move(tx, after, PhoneCallState.LISTED, NOW, attempts=1)
        assert (await call(tx)).attempts == 1
        assert await phone_list.get(tx, 404, for_update=True) is None


async def test_two_replicas_at_the_same_moment(database: Database, second: Database) -> None:
    """The second waits for the first and finds the call taken."""
    async with database.begin() as tx:
        await two(tx)

    async def take(tx: Tx) -> bool:
        phone_call = await phone_list.get(tx, 1, for_update=True)
        assert phone_call is not None
        return phone_call.state is PhoneCallState.LISTED and await phone_list.move(
            tx, phone_call, PhoneCallState.TAKEN, NOW, taken_by=1
        )

    assert await race(database, second, take) == (True, False)


async def test_the_same_number(database: Database) -> None:
    """Other open calls to it, not those that are finished, not other numbers, and nothing for a delivery without one."""
    async with database.begin() as tx:
        await two(tx)
        for id_, hashed in ((3, "h"), (4, "other")):
            await add_delivery(tx, id_, fate=Fate.UNREACHABLE, phone_hash=hashed)
        await listed(tx)
        assert await phone_list.list_same_number(tx, 1, START, DAY) == ["W2", "W3"]
        await phone_list.move(tx, await call(tx, 2), PhoneCallState.REFUSED, NOW)
        assert await phone_list.list_same_number(tx, 1, START, DAY) == ["W3"]
        assert await phone_list.list_same_number(tx, 4, START, DAY) == []
