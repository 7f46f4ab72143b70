"""From who somebody is to what is theirs."""

from storage.engine.database import Database
from storage.privacy.belongings import POINTED_TO, find_belongings, find_case_belongings
from tests.harness.planted_person import plant


async def test_a_person_leads_to_everything(database: Database) -> None:
    """The account, the number, and the rows that others point to; of nobody else."""
    async with database.begin() as tx:
        anna = await plant(tx, 1, "anna")
        await plant(tx, 2, "boris")
        theirs = await find_belongings(tx, [1])
    assert theirs.accounts == {anna.account}
    assert theirs.hashes == {anna.phone_hash}
    assert theirs.ids == {name: frozenset({1}) for name in POINTED_TO}


async def test_a_case_leads_to_what_was_said_in_it(database: Database) -> None:
    """And to nothing else of its customer."""
    async with database.begin() as tx:
        await plant(tx, 1, "anna")
        theirs = await find_case_belongings(tx, [1])
    assert theirs.ids == {"cases": frozenset({1}), "contributions": frozenset({1})}
    assert not theirs.persons


async def test_who_is_unknown_has_nothing(database: Database) -> None:
    """A number that nobody has leads to nobody."""
    async with database.begin() as tx:
        await plant(tx, 1, "anna")
        theirs = await find_belongings(tx, [99], ["nobody's"], [("shop", "nobody's")])
    assert not any(theirs.ids.values())
