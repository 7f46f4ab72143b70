"""Cases for other systems: filtered, in the order they were filed, page after page."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from domain.cases.case import CaseState
from storage import models
from storage.cases.api_cases import CaseFilter, list_api_cases
from storage.engine.database import Database, Tx
from tests.harness.rows import NOW, add_delivery, file_case


async def three(tx: Tx) -> None:
    await file_case(tx, "C-261123-0001", state=CaseState.CLOSED)
    await file_case(tx, "C-261123-0002", department="south", created_at=NOW + timedelta(hours=1))
    await file_case(tx, "Q-261124-0001", created_at=NOW + timedelta(days=1))


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (CaseFilter(), ["0001", "0002", "0001"]),
        (CaseFilter(state="closed"), ["0001"]),
        (CaseFilter(department="south"), ["0002"]),
        (CaseFilter(since=NOW + timedelta(hours=1)), ["0002", "0001"]),
        (CaseFilter(until=NOW + timedelta(hours=1)), ["0001"]),
        (CaseFilter(number="q-261124-0001"), ["0001"]),
        (CaseFilter(number="C-1"), []),
        (CaseFilter(after=10**17), []),
    ],
)
async def test_filters(database: Database, wanted: CaseFilter, expected: list[str]) -> None:
    """From a moment on, before a moment; by state, department, number."""
    async with database.begin() as tx:
        await three(tx)
        assert [one.case.number[-4:] for one in await list_api_cases(tx, wanted, 10)] == expected


async def test_whose_deliveries_they_are_about(database: Database) -> None:
    """A system sees the cases about its own deliveries, and none that is about no delivery."""
    async with database.begin() as tx:
        await add_delivery(tx, 5, "W5")
        await file_case(tx, "C-261123-0001", delivery=5)
        await file_case(tx, "C-261123-0002")
        source = await tx.scalar(select(models.deliveries.c.source))
        assert [one.case.number for one in await list_api_cases(tx, CaseFilter(source=source), 9)] == ["C-261123-0001"]
        assert await list_api_cases(tx, CaseFilter(source="another"), 9) == []
        assert await list_api_cases(tx, CaseFilter(source=""), 9) == []


async def test_pages(database: Database) -> None:
    """After the last case that was read comes the next; together they are all."""
    async with database.begin() as tx:
        await three(tx)
        first = await list_api_cases(tx, CaseFilter(), 2)
        second = await list_api_cases(tx, CaseFilter(after=first[-1].case.id), 2)
        assert [one.case.number for one in [*first, *second]] == ["C-261123-0001", "C-261123-0002", "Q-261124-0001"]


async def test_what_is_not_the_cases_life(database: Database) -> None:
    """When it was answered and closed, and whether it was found valid."""
    async with database.begin() as tx:
        await file_case(tx)
        await tx.execute(update(models.cases).values(answered_at=NOW, closed_at=NOW, valid=False))
        (case,) = await list_api_cases(tx, CaseFilter(), 1)
    assert (case.answered_at, case.closed_at, case.valid) == (NOW, NOW, False)
