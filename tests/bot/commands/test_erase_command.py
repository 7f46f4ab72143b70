"""`huifang erase`: whom it finds, what it says, and that nobody else is touched; on both engines."""

import pytest
from sqlalchemy import update

from bot.commands.erase_command import EraseError, Wanted, erase, format_counts, preview
from bot.settings import Settings, read
from domain.people import Grant, Role
from storage.engine.database import Database
from storage.models import cases, deliveries, identities
from storage.people import people
from tests.harness.bot_process import SECRET
from tests.harness.in_process import EXAMPLE
from tests.harness.planted_person import find_marks, plant
from tests.harness.rows import NOW

PHONE = "+8613800138000"


@pytest.fixture
def settings(database: Database) -> Settings:
    """Of a database on either engine."""
    return read({"HUIFANG_DATABASE": database.url, "HUIFANG_SECRET": SECRET, "HUIFANG_CONFIG": str(EXAMPLE)})


async def plant_two(database: Database) -> None:
    """Anna, who came to chat, with a number and a reference; and Carla, who never came."""
    keyring = database.keyring
    async with database.begin() as tx:
        await plant(tx, 1, "anna-mark")
        await plant(tx, 3, "carla-mark", is_known=False)
        await tx.execute(update(identities).values(hash=keyring.digest(PHONE)))
        mine, hers = deliveries.c.id == 1, deliveries.c.id == 3
        await tx.execute(update(deliveries).where(mine).values(phone_hash=keyring.digest(PHONE)))
        values = {"phone_hash": keyring.digest("+8613900139000"), "ref_hash": keyring.digest("C-77")}
        await tx.execute(update(deliveries).where(hers).values(**values))


async def is_gone(database: Database, mark: str) -> bool:
    async with database.read() as tx:
        return await find_marks(tx, mark) == []


@pytest.mark.parametrize(
    ("wanted", "gone", "stays"),
    [
        (Wanted(phone="138 0013 8000"), "anna", "carla"),
        (Wanted(phone="+8613900139000"), "carla", "anna"),
        (Wanted(ref="C-77"), "carla", "anna"),
        (Wanted(ref="C-77", source="shop"), "carla", "anna"),
        (Wanted(person=1), "anna", "carla"),
        (Wanted(case="c-261123-0001"), "anna", "carla"),
        (Wanted(case="C-261123-0003"), "carla", "anna"),
    ],
)
async def test_whoever_is_named_is_gone(
    settings: Settings, database: Database, wanted: Wanted, gone: str, stays: str
) -> None:
    """However they are named, and nobody else; it says beforehand what it would do, and afterwards what it has done."""
    await plant_two(database)
    counted = await preview(settings, wanted)
    assert str(counted).startswith(
        "1 person in chat, 1 delivery, 1 survey, 1 case" if gone == "anna" else "0 people in chat"
    )
    assert not await is_gone(database, f"{gone}-mark")
    done = await erase(settings, wanted)
    assert await is_gone(database, f"{gone}-mark")
    assert not await is_gone(database, f"{stays}-mark")
    assert "  cases: 1" in format_counts(done)


async def test_open_cases_are_withdrawn(settings: Settings, database: Database) -> None:
    """Through their table: the clock stops, and the department is told."""
    await plant_two(database)
    async with database.begin() as tx:
        await tx.execute(update(cases).values(state="assigned", closed_at=None, category="delivery"))
    assert str(await preview(settings, Wanted(person=1))).endswith("1 case, of which 1 open")
    await erase(settings, Wanted(person=1))
    async with database.read() as tx:
        states = [
            tuple(row) for row in await tx.execute(cases.select().with_only_columns(cases.c.state).order_by(cases.c.id))
        ]
    assert states == [("withdrawn",), ("assigned",)]


async def test_a_case_of_nobody_is_erased_alone(settings: Settings, database: Database) -> None:
    """What somebody told on the phone, without a delivery or an account."""
    await plant_two(database)
    async with database.begin() as tx:
        await tx.execute(update(cases).where(cases.c.id == 3).values(delivery=None))
    await erase(settings, Wanted(case="C-261123-0003"))
    async with database.read() as tx:
        left = await find_marks(tx, "carla-mark")
    assert set(left) == {"deliveries.customer_name", "deliveries.phone", "audit.before", "audit.after"}


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        (Wanted(phone="+8613700137000"), "nobody is found"),
        (Wanted(phone="call me"), "is no phone number"),
        (Wanted(ref="nobody's"), "nobody is found"),
        (Wanted(case="C-990101-0001"), "nobody is found"),
    ],
)
async def test_nobody_is_erased_by_mistake(settings: Settings, database: Database, wanted: Wanted, why: str) -> None:
    """Who cannot be found is not guessed."""
    await plant_two(database)
    with pytest.raises(EraseError, match=why):
        await erase(settings, wanted)
    assert not await is_gone(database, "anna-mark")


async def test_a_reference_that_two_sources_know(settings: Settings, database: Database) -> None:
    """May be two customers: the operator says which is meant."""
    await plant_two(database)
    async with database.begin() as tx:
        mine = update(deliveries).where(deliveries.c.id == 1)
        await tx.execute(mine.values(source="erp", ref_hash=database.keyring.digest("C-77"), person=None))
    with pytest.raises(EraseError, match="is known to erp, shop; say which with --source"):
        await erase(settings, Wanted(ref="C-77"))


async def test_the_only_manager_is_not_erased(settings: Settings, database: Database) -> None:
    """Somebody else has to be one first; with another they can go."""
    await plant_two(database)
    async with database.begin() as tx:
        await people.grant(tx, 1, Grant(Role.MANAGER), None, NOW)
    with pytest.raises(EraseError, match="person 1 cannot go yet: you are the only manager"):
        await erase(settings, Wanted(person=1))
    async with database.begin() as tx:
        await plant(tx, 2, "boris-mark")
        await people.grant(tx, 2, Grant(Role.MANAGER), None, NOW)
    await erase(settings, Wanted(person=1))
    assert await is_gone(database, "anna-mark")
