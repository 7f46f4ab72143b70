"""Which departments a courier delivers for."""

from datetime import timedelta

from domain.figures.breakdown import By
from storage.deliveries import couriers
from storage.engine.database import Database, Tx, insert
from storage.models import delivery_totals
from tests.harness.rows import NOW


async def add_total(tx: Tx, courier: str, department: str, days: int = 0, by: By = By.COURIER) -> None:
    row = dict.fromkeys(("deliveries", "sampled", "surveyed", "answered", "complaints", "valid", "opened"), 1)
    day = (NOW - timedelta(days=days)).date().isoformat()
    keys = {"by": by.value, "day": day, "department": department, "value": courier, "stratum": ""}
    await tx.execute(insert(tx, delivery_totals), row | keys)


async def test_the_departments_of_a_courier(database: Database) -> None:
    """Within a year, of this courier only; deliveries for no department say nothing."""
    async with database.begin() as tx:
        await add_total(tx, "k17", "north")
        await add_total(tx, "k17", "north", days=1)
        await add_total(tx, "k17", "south", days=360)
        await add_total(tx, "k17", "east", days=370)
        await add_total(tx, "k17", "")
        await add_total(tx, "k18", "west")
        await add_total(tx, "k17", "claims", by=By.ROUTE)
        assert await couriers.list_departments(tx, "k17", NOW) == {"north", "south"}
        assert await couriers.list_departments(tx, "k404", NOW) == frozenset()
