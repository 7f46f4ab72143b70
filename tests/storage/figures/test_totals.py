"""Totals are added to, never replaced, and facts are read as they count."""

from collections import Counter

from domain.figures.totals import Cell, Entry, Place, Scored
from domain.surveys.survey import Kind
from storage.engine.database import Database
from storage.fairness import appeals
from storage.figures import totals
from storage.surveys import ratings
from storage.surveys.ratings import Given
from tests.harness.rows import NOW, delivery, invitation, invite, person, stored

CELL = Cell("all", "2026-11-23", "north", "", "P1")


async def test_entries_add_up(database: Database) -> None:
    """Twice the same is two; what is taken away again is nothing."""
    entries = Counter({Entry(CELL, "", "deliveries"): 3, Entry(CELL, "", "valid"): 1, Entry(CELL, "overall", "4"): 2})
    for _ in range(2):
        async with database.begin() as tx:
            await totals.add(tx, entries)
    async with database.begin() as tx:
        await totals.add(tx, Counter({Entry(CELL, "", "valid"): -2, Entry(CELL, "overall", "5"): 1}))
    async with database.read() as tx:
        counts = await stored(tx, "delivery_totals")
        given = await stored(tx, "rating_totals")
    assert counts == [("all", "2026-11-23", "north", "", "P1", 6, 0, 0, 0, 0, 0, 0)]
    assert given == [("all", "2026-11-23", "overall", "north", "", "P1", 0, 0, 0, 4, 1)]


async def test_a_survey_as_it_counts(database: Database) -> None:
    """With what it froze, on the day of its delivery; words are an answer and no number; an upheld appeal excludes it."""
    async with database.begin() as tx:
        await person(tx, 5)
        about = await delivery(tx, 1, delivered_at=NOW, courier="moved")
        await invite(tx, invitation(2, 5, about, department="north", courier="k17"))
        await ratings.answer(tx, [Given(2, "q", "overall", 4, NOW), Given(2, "why", "", "late", NOW, Kind.TEXT)])
        found = (await totals.surveys(tx, [2]))[2]
        assert found.place == Place(NOW, "north", "k17")
        assert found.answers == {"q": Scored("overall", Kind.RATING, 5, 4), "why": None}
        assert (found.about_delivery, found.excluded, found.campaign, found.reached) == (True, False, False, True)
        await appeals.exclude(tx, 2)
        assert (await totals.about(tx, [1]))[2].excluded
        assert (await totals.delivered(tx, [1]))[1].place.courier == "moved"
