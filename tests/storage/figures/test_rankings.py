"""What rankings and scores are made of, on both databases."""

from datetime import date, timedelta

import pytest

from domain.figures.breakdown import By
from domain.figures.evidence import Share
from domain.figures.period import parse_period
from storage.engine.database import Database
from storage.figures import rankings
from tests.harness.daily_totals import DayFacts, add_days
from tests.harness.in_process import COMPANY, NOON
from tests.harness.rating_rows import CUSTOMER, add_response
from tests.harness.rows import NOW, add_person

DAY = date(2026, 11, 17)
MONTH = parse_period("2026-11", NOON, COMPANY.zone)
LAST = parse_period("2026-10", NOON, COMPANY.zone)


async def filled(database: Database) -> None:
    async with database.begin() as tx:
        await add_days(
            tx,
            DayFacts(DAY, 50, {5: 30, 1: 10}),
            DayFacts(DAY, 5, {4: 12}, courier="k18"),
            DayFacts(DAY, 60, {5: 1}, department="service"),
            DayFacts(DAY, 8, {3: 4}, courier=""),
            DayFacts(date(2026, 10, 3), 9, {5: 9}),
        )


async def test_who_was_rated(database: Database) -> None:
    """Couriers by their own answers in the period, in all departments or in one, each against the rest; what names no
    courier is nobody's, and in the rest of everybody.
    """
    await filled(database)
    async with database.read() as tx:
        everybody = await rankings.compare_units(tx, MONTH, By.COURIER)
        theirs = await rankings.compare_units(tx, MONTH, By.COURIER, ("transport",))
        departments = await rankings.compare_units(tx, MONTH, By.DEPARTMENT)
    assert {key: (one.share, one.rest) for key, one in everybody.items()} == {
        "k17": (Share(31, 41), Share(12, 16)),
        "k18": (Share(12, 12), Share(31, 45)),
        "": (Share(0, 4), Share(43, 53)),
    }
    assert {key: one.share for key, one in theirs.items()} == {
        "k17": Share(30, 40),
        "k18": Share(12, 12),
        "": Share(0, 4),
    }
    assert {key: one.share for key, one in departments.items()} == {"transport": Share(42, 56), "service": Share(1, 1)}


async def test_what_a_courier_is_called(database: Database) -> None:
    """By the latest delivery that was asked about; a courier whom nobody named has no name."""
    async with database.begin() as tx:
        await add_person(tx, CUSTOMER)
        for name, days in (("Old Name", 9), ("Zhang San", 1), ("Older", 20)):
            at = NOW - timedelta(days=days)
            await add_response(tx, {"overall": 5}, at, courier="k17", courier_name=name)
        await add_response(tx, {"overall": 5}, courier="k18")
    async with database.read() as tx:
        assert await rankings.fetch_courier_names(tx, ["k17", "k18", "k99"]) == {"k17": "Zhang San"}


async def test_scores(database: Database) -> None:
    """A department's satisfaction counts; what has no cases is left out, and one without anything has no score."""
    await filled(database)
    async with database.read() as tx:
        scores = await rankings.fetch_scores(tx, MONTH, ("transport", "sales"), COMPANY.figures.score_weights, NOON)
    assert scores["transport"].value == pytest.approx(75)
    assert [(part.name, part.n) for part in scores["transport"].missing] == [
        ("on_time", 0),
        ("handling", 0),
        ("first_time", 0),
    ]
    assert scores["sales"].value is None
