"""What somebody is by being in groups: when it was confirmed, in which chat, and what a manager took away."""

from datetime import timedelta

from domain.people import Grant, Role
from storage.engine.database import Database
from storage.people import groups, memberships, people
from storage.people.memberships import Membership
from tests.harness.rows import NOW, add_person

LATER = NOW + timedelta(hours=1)
NORTH, QUALITY = Grant(Role.STAFF, "north"), Grant(Role.QUALITY, "quality")


async def test_listed_with_the_group_to_ask(database: Database) -> None:
    """Roles that are no memberships are not; a department without a group has nobody to ask."""
    async with database.begin() as tx:
        anna, boss = await add_person(tx, 1), await add_person(tx, 2, "Boss")
        await groups.bind(tx, -100, "north", "en", NOW)
        await groups.mark_lost(tx, -100, "kicked", NOW)
        await people.grant(tx, anna, NORTH, None, NOW)
        await people.grant(tx, anna, QUALITY, boss, NOW)
        for other in (Grant(Role.HEAD, "north"), Grant(Role.QUALITY), Grant(Role.COURIER, "k17")):
            await people.grant(tx, anna, other, boss, NOW)
        assert await memberships.list_memberships(tx, anna) == [
            Membership(NORTH, -100, here=False, named=False, confirmed_at=NOW),
            Membership(QUALITY, None, here=False, named=True, confirmed_at=NOW),
        ]
        assert await memberships.list_memberships(tx, boss) == []


async def test_who_bound_a_group_was_not_named_by_anybody(database: Database) -> None:
    """A role that somebody gave themselves by being there is a membership like any other."""
    async with database.begin() as tx:
        boss = await add_person(tx, 2, "Boss")
        await people.grant(tx, boss, NORTH, boss, NOW)
        assert [one.named for one in await memberships.list_memberships(tx, boss)] == [False]


async def test_confirmed_and_expired(database: Database) -> None:
    """For one person; for everybody of a department, and for no other."""
    async with database.begin() as tx:
        anna = await add_person(tx, 1)
        for grant in (NORTH, QUALITY):
            await people.grant(tx, anna, grant, None, NOW)
        await memberships.confirm(tx, anna, NORTH, LATER)
        await memberships.expire(tx, ["quality"])
        confirmed = {one.grant: one.confirmed_at for one in await memberships.list_memberships(tx, anna)}
        assert confirmed == {NORTH: LATER, QUALITY: None}


async def test_taken_away_until_it_is_given_again(database: Database) -> None:
    """Of this person, this role, this department; taken twice it is taken once."""
    async with database.begin() as tx:
        anna, boss = await add_person(tx, 1), await add_person(tx, 2, "Boss")
        for _ in range(2):
            await memberships.withhold(tx, anna, NORTH, boss, NOW)
        await memberships.withhold(tx, anna, QUALITY, boss, NOW)
        await memberships.allow(tx, anna, [QUALITY, Grant(Role.QUALITY)])
        assert await memberships.is_withheld(tx, anna, NORTH)
        assert not await memberships.is_withheld(tx, anna, QUALITY)
        assert not await memberships.is_withheld(tx, boss, NORTH)
