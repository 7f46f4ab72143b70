"""Which departments a courier delivers for, whether the totals are rows or packed."""

from datetime import date, timedelta

import pytest

from domain.figures.period import parse_period
from storage.engine.database import Database
from storage.figures import couriers, packed_totals
from tests.harness.daily_totals import DayFacts, add_days
from tests.harness.in_process import COMPANY
from tests.harness.rows import NOW

TODAY = NOW.astimezone(COMPANY.zone).date()
MONTH = parse_period("2026-11", NOW, COMPANY.zone)


@pytest.fixture(params=["rows", "packed"], autouse=True)
async def lived(database: Database, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two couriers of a year."""
    monkeypatch.setattr(packed_totals, "ROWS_TO_PACK", 1)
    days = {
        ("k17", "north", 0): 3,
        ("k17", "north", 1): 1,
        ("k17", "south", 2): 3,
        ("k17", "claims", 360): 1,
        ("k17", "east", 370): 1,
        ("k17", "", 0): 9,
        ("k18", "west", 0): 1,
    }
    async with database.begin() as tx:
        facts = [
            DayFacts(TODAY - timedelta(days=ago), count, department=department, courier=courier)
            for (courier, department, ago), count in days.items()
        ]
        await add_days(tx, *facts)
        if request.param == "packed":
            for key in await packed_totals.list_packable(tx):
                for part in await packed_totals.list_parts(tx, key):
                    while await packed_totals.pack_slice(tx, key, part, 1):
                        pass


async def test_the_departments_of_a_courier(database: Database) -> None:
    """Within a year, of this courier only; deliveries for no department say nothing."""
    async with database.begin() as tx:
        assert await couriers.list_departments(tx, "k17", NOW) == {"north", "south", "claims"}
        assert await couriers.list_departments(tx, "k404", NOW) == frozenset()


async def test_where_a_courier_works(database: Database) -> None:
    """The department with most of the deliveries, of that period alone."""
    assert MONTH.first == date(2026, 11, 1)
    async with database.begin() as tx:
        known = await couriers.fetch_main_departments(tx, MONTH, ["k17", "k18", "k99"])
    assert known == {"k17": "north", "k18": "west"}
