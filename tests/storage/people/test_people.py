"""Who somebody is, by account, name, number and reference, and what they were granted."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from domain.people import Grant, Person, Reach, Role
from storage.engine.crypto import Keyring
from storage.engine.database import Database, Tx
from storage.people import people
from storage.people.people import Newcomer
from storage.surveys import ratings
from tests.harness.databases import SECRET
from tests.harness.plans import explain
from tests.harness.rows import NOW, add_delivery, add_person, fetch_table, invite, make_invitation, race

ANNA = Person(5, 1005, "en", "Anna 😀", "Anna_M", reachable=True)
HEAD, STAFF, QUALITY = Grant(Role.HEAD, "north"), Grant(Role.STAFF, "north"), Grant(Role.QUALITY)


async def test_known_by_account(database: Database) -> None:
    """Anyone who was written down is loaded by account as they were; a stranger is not; the answer of `add` is the same person."""
    new = [Newcomer(5, 1005, "en", "Anna 😀", "Anna_M"), Newcomer(6, 2**40, "zh", "", "")]
    async with database.begin() as tx:
        added = await people.add(tx, new, "open", NOW)
        assert added == await people.fetch_by_account(tx, [1005, 2**40, 404])
        assert added[1005] == ANNA
        assert added[2**40] == Person(6, 2**40, "zh", reachable=True)
        assert await people.fetch_by_account(tx, []) == {}


async def test_one_person_per_account(database: Database) -> None:
    """The second replica that meets the same newcomer is refused."""
    async with database.begin() as tx:
        await add_person(tx, 5)
    with pytest.raises(IntegrityError):
        async with database.begin() as tx:
            await people.add(tx, [Newcomer(6, 1005, "en", "Anna", "")], "open", NOW)


@pytest.mark.parametrize("written", ["Anna_M", "@Anna_M", "@anna_m", "ANNA_M"])
async def test_known_by_name(database: Database, written: str) -> None:
    """A @name is found in any letters, with or without its sign, and comes with its grants."""
    async with database.begin() as tx:
        await people.add(tx, [Newcomer(5, 1005, "en", "Anna 😀", "Anna_M")], "open", NOW)
        await people.grant(tx, 5, HEAD, None, NOW)
        assert await people.find_by_username(tx, written) == replace(ANNA, grants=frozenset({HEAD}))
        assert await people.find_by_username(tx, "@anna") is None


async def test_renamed(database: Database) -> None:
    """After a new name the old one leads nowhere, and a name given up leads to nobody."""
    async with database.begin() as tx:
        await add_person(tx, 5, "Anna", "anna")
        await people.rename(tx, 5, "Anne", "Anne")
        assert await people.find_by_username(tx, "anna") is None
        assert (await people.fetch_by_account(tx, [1005]))[1005] == Person(
            5, 1005, "en", "Anne", "Anne", reachable=True
        )
        await people.rename(tx, 5, "Anne", "")
        assert await people.find_by_username(tx, "anne") is None
        assert await people.find_by_username(tx, "") is None


async def test_a_name_that_changed_hands(database: Database) -> None:
    """A @name that two accounts were seen with means neither, so that no role goes to the person who had it before."""
    async with database.begin() as tx:
        await add_person(tx, 5, "Anna", "boss")
        await add_person(tx, 6, "Bao", "Boss")
        assert await people.find_by_username(tx, "@boss") is None
        await people.rename(tx, 5, "Anna", "anna")
        person = await people.find_by_username(tx, "@boss")
        assert person is not None
        assert person.id == 6


async def test_names_survive_rotation(database: Database) -> None:
    """After the secret was rotated a @name from before is still found."""
    async with database.begin() as tx:
        await add_person(tx, 5, "Anna", "anna")
    rotated = Database(database.url, Keyring(["new", SECRET]))
    async with rotated.begin() as tx:
        person = await people.find_by_username(tx, "anna")
        assert person is not None
        assert person.name == "Anna"
    await rotated.close()


async def test_reach(database: Database) -> None:
    """Only someone who wrote in private, or let the bot in again, can be written to."""
    async with database.begin() as tx:
        await add_person(tx, 5, reach="unknown")
        (person,) = (await people.fetch_by_account(tx, [1005])).values()
        assert not person.reachable
        assert (await people.record_arrival(tx, person)).reachable
        assert (await people.fetch_by_account(tx, [1005]))[1005].reachable
        assert await people.set_reach(tx, 1005, Reach.BLOCKED) == 5
        assert not (await people.fetch_by_account(tx, [1005]))[1005].reachable
        assert await people.set_reach(tx, 404, Reach.BLOCKED) is None


async def test_languages(database: Database) -> None:
    """Languages change for those who are named, together with whether they chose."""
    async with database.begin() as tx:
        for n in (1, 2, 3):
            await add_person(tx, n)
        await people.set_languages(tx, {1: ("zh", True), 2: ("de", False)})
        languages = await fetch_table(tx, "people", "language", "chose_language")
        assert languages == [("zh", True), ("de", False), ("en", False)]
        assert (await people.fetch_by_account(tx, [1001]))[1001].chose_language


async def test_phone(database: Database) -> None:
    """A number is kept for its owner alone."""
    async with database.begin() as tx:
        await add_person(tx, 5)
        await add_person(tx, 6)
        await people.set_phone(tx, 5, "+8613800138000")
        assert await fetch_table(tx, "people", "phone") == [("+8613800138000",), (None,)]


async def test_the_latest_proof_counts(database: Database) -> None:
    """A number leads to the person who proved it last; kinds do not mix."""
    async with database.begin() as tx:
        await add_person(tx, 5)
        await add_person(tx, 6)
        await people.record_identities(tx, {("phone", "h"): 5, ("ref:shop", "h"): 5, ("phone", "other"): 5})
        await people.record_identities(tx, {("phone", "h"): 6})
        assert await people.fetch_by_hash(tx, ["phone", "ref:shop"], ["h", "nobody"]) == {
            ("phone", "h"): 6,
            ("ref:shop", "h"): 5,
        }
        assert await people.fetch_by_hash(tx, ["ref:shop"], ["h"]) == {("ref:shop", "h"): 5}
        assert await people.fetch_by_hash(tx, ["phone"], []) == {}
        looked_up = people.fetch_by_hash(tx, ["phone", "ref:shop"], ["h", "nobody"])
        assert await explain(database, tx, looked_up) == ["pk_identities"]  # of a million customers


async def test_granted_and_revoked(database: Database) -> None:
    """A role is given once and taken once, for one department or for the company."""
    async with database.begin() as tx:
        await add_person(tx, 5)
        assert await people.grant(tx, 5, HEAD, None, NOW)
        assert not await people.grant(tx, 5, HEAD, 5, NOW)
        assert await people.grant(tx, 5, Grant(Role.HEAD, "south"), 5, NOW)
        assert await people.grant(tx, 5, QUALITY, 5, NOW)
        assert (await people.fetch_by_id(tx, [5]))[5].grants == {HEAD, Grant(Role.HEAD, "south"), QUALITY}
        assert await people.revoke(tx, 5, HEAD)
        assert not await people.revoke(tx, 5, HEAD)
        assert not await people.revoke(tx, 5, Grant(Role.QUALITY, "north"))
        assert (await people.fetch_by_id(tx, [5, 404]))[5].grants == {Grant(Role.HEAD, "south"), QUALITY}
        assert await people.fetch_by_id(tx, []) == {}


async def test_granted_once_by_two(database: Database, second: Database) -> None:
    """Of two managers who give the same role at the same time, one is told that it was given."""
    async with database.begin() as tx:
        await add_person(tx, 5)

    async def give(tx: Tx) -> bool:
        return await people.grant(tx, 5, HEAD, None, NOW)

    assert await race(database, second, give) == (True, False)


async def test_grants_go_to_their_own(database: Database) -> None:
    """Persons come back in the order they were asked about, each with their own grants and no others."""
    async with database.begin() as tx:
        for n in (1, 2, 3):
            await add_person(tx, n)
        await people.grant(tx, 1, STAFF, None, NOW)
        await people.grant(tx, 3, QUALITY, None, NOW)
        loaded = await people.fetch_by_account(tx, [1003, 1002, 1001])
        persons = await people.attach_grants(tx, [loaded[1003], loaded[1002], loaded[1001]])
        assert [(one.id, one.grants) for one in persons] == [
            (3, frozenset({QUALITY})),
            (2, frozenset()),
            (1, frozenset({STAFF})),
        ]
        assert await people.attach_grants(tx, []) == []


async def test_grants_change_nothing_else(database: Database) -> None:
    """A person with grants is the same person in everything else."""
    async with database.begin() as tx:
        await people.add(tx, [Newcomer(5, 1005, "en", "Anna 😀", "Anna_M")], "open", NOW)
        await people.set_languages(tx, {5: ("zh", True)})
        (loaded,) = (await people.fetch_by_account(tx, [1005])).values()
        await people.grant(tx, 5, HEAD, None, NOW)
        assert await people.attach_grants(tx, [loaded]) == [replace(loaded, grants=frozenset({HEAD}))]


async def test_holders(database: Database) -> None:
    """Everybody with one of these roles comes once, with all their grants, of one department or of all."""
    async with database.begin() as tx:
        for n in (1, 2, 3, 4):
            await add_person(tx, n)
        await people.grant(tx, 3, HEAD, None, NOW)
        await people.grant(tx, 3, STAFF, None, NOW)
        await people.grant(tx, 1, Grant(Role.HEAD, "south"), None, NOW)
        await people.grant(tx, 2, QUALITY, None, NOW)
        holders = await people.list_holders(tx, Role.HEAD, Role.STAFF)
        assert [(one.id, one.grants) for one in holders] == [
            (1, frozenset({Grant(Role.HEAD, "south")})),
            (3, frozenset({HEAD, STAFF})),
        ]
        assert [one.id for one in await people.list_holders(tx, Role.HEAD, Role.QUALITY, department="north")] == [3]
        assert [one.id for one in await people.list_holders(tx, Role.QUALITY)] == [2]
        assert await people.list_holders(tx, Role.MANAGER) == []


async def test_a_courier_holds_the_id_of_the_deliveries(database: Database) -> None:
    """As long as the id may be; found by it, and no member of any department."""
    courier = Grant(Role.COURIER, "k" * 64)
    async with database.begin() as tx:
        await add_person(tx, 7)
        assert await people.grant(tx, 7, courier, None, NOW)
        (holder,) = await people.list_holders(tx, Role.COURIER, department="k" * 64)
        assert (holder.id, holder.departments) == (7, frozenset())
        assert await people.list_holders(tx, Role.COURIER, department="k17") == []


async def test_customers_and_their_wishes(database: Database) -> None:
    """Asked when, stopped or not, in which zone: as it was last said; stop and resume tell whether they changed anything."""
    async with database.begin() as tx:
        await add_person(tx, 5)
        await add_person(tx, 6, reach="blocked")
        await people.record_asked(tx, [5], NOW)
        assert await people.set_stopped(tx, 6, NOW)
        assert not await people.set_stopped(tx, 6, NOW)
        await people.set_zone(tx, 6, "Europe/Berlin")
        customers = await people.lock_customers(tx, [5, 6, 7])
        assert {key: (one.asked_at, one.stopped, one.zone, one.person.reachable) for key, one in customers.items()} == {
            5: (NOW, False, "", True),
            6: (None, True, "Europe/Berlin", False),
        }
        assert await people.set_stopped(tx, 6, None)
        assert not await people.set_stopped(tx, 6, None)


async def test_what_never_arrived_hides_no_earlier_question(database: Database) -> None:
    """Undone, the last question of ours is the one before it; a link that the customer opened is none; without any, nobody was asked."""
    async with database.begin() as tx:
        await add_person(tx, 5)
        await add_delivery(tx, 1)
        await invite(tx, make_invitation(7, 5, 1, at=NOW - timedelta(days=3)))
        await invite(tx, replace(make_invitation(8, 5, at=NOW - timedelta(days=1)), origin="link"))
        await people.record_asked(tx, [5], NOW)
        await people.undo_asked(tx, 5)
        assert (await people.lock_customers(tx, [5]))[5].asked_at == NOW - timedelta(days=3)
        await ratings.undo(tx, 7)
        await people.undo_asked(tx, 5)
        assert (await people.lock_customers(tx, [5]))[5].asked_at is None
