"""The list of those to be phoned: filled by one statement, taken by one person at a time."""

from datetime import timedelta

from domain.deliveries.delivery import CallState, Fate
from storage.engine.database import Database, Tx
from storage.people import people
from storage.surveys import callbacks
from storage.surveys.callbacks import Call
from tests.harness.rows import NOW, delivery, person, race, stored

START, END, DAY = NOW - timedelta(hours=1), NOW + timedelta(hours=1), "2026-11-23"


async def listed(tx: Tx) -> int:
    return await callbacks.list_unreached(tx, START, END, DAY, NOW)


async def two(tx: Tx) -> None:
    """Two deliveries that cannot be asked about in chat, on the list."""
    await person(tx, 1, "Mei")
    await delivery(tx, 1, fate=Fate.UNREACHABLE, phone_hash="h", phone="+8613800138000", customer_name="Wang")
    await delivery(tx, 2, fate=Fate.BLOCKED, phone_hash="h", delivered_at=NOW + timedelta(minutes=1))
    assert await listed(tx) == 2


async def call(tx: Tx, id_: int = 1) -> Call:
    found = await callbacks.get(tx, id_, for_update=True)
    assert found is not None
    return found


async def test_who_is_listed(database: Database) -> None:
    """Half-open, only who cannot be reached in chat, only with a number (the delivery's or the person's), and each once."""
    async with database.begin() as tx:
        await person(tx, 1)
        await person(tx, 2)
        await people.set_phone(tx, 2, "+8613800138001")
        for n, fate in enumerate(Fate, 10):
            await delivery(tx, n, fate=fate, phone_hash="h")
        await delivery(tx, 30, fate=Fate.UNREACHABLE, delivered_at=START, phone_hash="h")
        await delivery(tx, 31, fate=Fate.UNREACHABLE, delivered_at=END, phone_hash="h")
        await delivery(tx, 32, fate=Fate.BLOCKED, person=1)
        await delivery(tx, 33, fate=Fate.BLOCKED, person=2)
        assert await listed(tx) == 4
        assert await listed(tx) == 0
        fates = list(Fate)
        unreached = [10 + fates.index(fate) for fate in (Fate.UNREACHABLE, Fate.BLOCKED)]
        assert await stored(tx, "callbacks", "delivery", "day", "state", "attempts") == [
            (n, DAY, "listed", 0) for n in (*unreached, 30, 33)
        ]
        assert await callbacks.without_number(tx, START, END) == 1
        assert (await call(tx, 33)).phone == "+8613800138001"


async def test_services_that_are_left_out(database: Database) -> None:
    """Only these, or without those: a survey that nobody may fill in for somebody else."""
    async with database.begin() as tx:
        for n, service in enumerate(("", "express", "freight"), 1):
            await delivery(tx, n, fate=Fate.UNREACHABLE, phone_hash="h", service=service)
        assert await callbacks.list_unreached(tx, START, END, DAY, NOW, only=()) == 0
        assert await callbacks.list_unreached(tx, START, END, DAY, NOW, only={"freight"}) == 1
        assert await callbacks.list_unreached(tx, START, END, DAY, NOW, without={"express", "freight"}) == 1
        assert [row[0] for row in await stored(tx, "callbacks", "delivery")] == [1, 3]


async def test_what_is_shown(database: Database) -> None:
    """The oldest first, page by page, with who has taken it; who was reached meanwhile, what is finished and what is too old is not there."""
    async with database.begin() as tx:
        await two(tx)
        await delivery(tx, 3, fate=Fate.UNREACHABLE, phone_hash="i", delivered_at=START)
        await callbacks.list_unreached(tx, START, START + timedelta(seconds=1), "2026-11-22", NOW)
        assert [one.delivery for one in await callbacks.page(tx, START, "2026-11-22", 2, 0)] == [3, 1]
        assert [one.delivery for one in await callbacks.page(tx, START, "2026-11-22", 2, 2)] == [2]
        assert await callbacks.count_open(tx, START, "2026-11-22", DAY) == (3, 1)
        assert await callbacks.count_open(tx, NOW, "2026-11-22", DAY) == (2, 0)
        assert await callbacks.count_open(tx, START, DAY, DAY) == (2, 0)
        assert await callbacks.move(tx, await call(tx), CallState.TAKEN, NOW, taken_by=1)
        assert await callbacks.move(tx, await call(tx, 2), CallState.REFUSED, NOW)
        (taken,) = await callbacks.page(tx, START, DAY, 10, 0)
        assert (taken.delivery, taken.taker, taken.name, taken.phone) == (1, "Mei", "Wang", "+8613800138000")
        assert await callbacks.counts(tx, DAY) == {CallState.TAKEN: 1, CallState.REFUSED: 1}


async def test_the_first_takes_it(database: Database) -> None:
    """What stands elsewhere by now is not moved, and whoever looked before is told so."""
    async with database.begin() as tx:
        await two(tx)
        before = await call(tx)
        assert await callbacks.move(tx, before, CallState.TAKEN, NOW, taken_by=1)
        assert not await callbacks.move(tx, before, CallState.TAKEN, NOW, taken_by=1)
        after = await call(tx)
        assert (after.state, after.taken_by, after.attempts) == (CallState.TAKEN, 1, 0)
        assert await callbacks.move(tx, after, CallState.LISTED, NOW, attempts=1)
        assert (await call(tx)).attempts == 1
        assert await callbacks.get(tx, 404, for_update=True) is None


async def test_two_replicas_at_the_same_moment(database: Database, second: Database) -> None:
    """The second waits for the first and finds the call taken."""
    async with database.begin() as tx:
        await two(tx)

    async def take(tx: Tx) -> bool:
        found = await callbacks.get(tx, 1, for_update=True)
        assert found is not None
        return found.state is CallState.LISTED and await callbacks.move(tx, found, CallState.TAKEN, NOW, taken_by=1)

    assert await race(database, second, take) == (True, False)


async def test_the_same_number(database: Database) -> None:
    """Other open calls to it, not those that are finished, not other numbers, and nothing for a delivery without one."""
    async with database.begin() as tx:
        await two(tx)
        for id_, hashed in ((3, "h"), (4, "other")):
            await delivery(tx, id_, fate=Fate.UNREACHABLE, phone_hash=hashed)
        await listed(tx)
        assert await callbacks.same_number(tx, 1, START, DAY) == ["W2", "W3"]
        await callbacks.move(tx, await call(tx, 2), CallState.REFUSED, NOW)
        assert await callbacks.same_number(tx, 1, START, DAY) == ["W3"]
        assert await callbacks.same_number(tx, 4, START, DAY) == []
