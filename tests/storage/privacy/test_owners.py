"""The ways from a row to whom it is about."""

import pytest
from sqlalchemy import literal, select

from storage.engine.database import Database
from storage.models import deliveries, metadata
from storage.privacy.owners import Belongings, ByHash, ByPerson, First, NumberAfterColon
from tests.harness.rows import add_delivery, add_person


@pytest.mark.parametrize(
    ("held", "number"),
    [("17:17", 17), ("-100123:4", 4), ("card:9", 9), ("c:9:12345", 9), ("said:5.1", 5)],
)
async def test_the_number_after_the_colon(database: Database, held: str, number: int) -> None:
    """Of a lane, of a key, of the name of a message."""
    async with database.read() as tx:
        assert await tx.scalar(select(NumberAfterColon(literal(held)))) == number


@pytest.mark.parametrize("held", ["", "complaint", "search:", "card:x", ":"])
async def test_a_text_without_a_number_has_none(database: Database, held: str) -> None:
    """Nothing that is in a column makes the question fail."""
    async with database.read() as tx:
        assert not await tx.scalar(select(NumberAfterColon(literal(held))))


async def test_the_first_way_that_leads_to_somebody_counts(database: Database) -> None:
    """A delivery that a person has proven to be theirs is theirs alone, whoever else had that number."""
    owner = First(ByPerson(), ByHash("phone_hash"))
    async with database.begin() as tx:
        await add_person(tx, 4)
        await add_delivery(tx, 1, person=4, phone_hash="a")
        await add_delivery(tx, 2, phone_hash="a")
        ids = select(deliveries.c.id)
        theirs = Belongings(hashes=frozenset({"a"}))
        assert (await tx.scalars(ids.where(owner.belongs(tx, deliveries, theirs)))).all() == [2]
        theirs = Belongings(persons=frozenset({4}))
        assert (await tx.scalars(ids.where(owner.belongs(tx, deliveries, theirs)))).all() == [1]
        names = select(owner.name(metadata.tables["deliveries"])).order_by(deliveries.c.id)
        assert (await tx.scalars(names)).all() == ["p4", "ha"]
