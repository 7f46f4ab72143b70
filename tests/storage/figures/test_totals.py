"""Totals are added to, never replaced, and facts are read as they count."""

from collections import Counter

from domain.figures.totals import FactPlace, ScoredAnswer, TotalsCell, TotalsEntry
from domain.surveys.question_kinds import QuestionKind
from domain.surveys.survey import Origin
from storage.engine.database import Database
from storage.fairness import appeals
from storage.figures import totals
from storage.surveys import ratings
from storage.surveys.ratings import RecordedAnswer
from tests.harness.rows import NOW, add_delivery, add_person, fetch_table, invite, make_invitation

CELL = TotalsCell("all", "2026-11-23", "north", "", "P1")


async def test_entries_add_up(database: Database) -> None:
    """Twice the same is two; what is taken away again is nothing."""
    entries = Counter(
        {
            TotalsEntry(CELL, "", "deliveries"): 3,
            TotalsEntry(CELL, "", "valid"): 1,
            TotalsEntry(CELL, "overall", "4"): 2,
        }
    )
    for _ in range(2):
        async with database.begin() as tx:
            await totals.add_entries(tx, entries)
    async with database.begin() as tx:
        await totals.add_entries(
            tx, Counter({TotalsEntry(CELL, "", "valid"): -2, TotalsEntry(CELL, "overall", "5"): 1})
        )
    async with database.read() as tx:
        counts = await fetch_table(tx, "delivery_totals")
        given = await fetch_table(tx, "rating_totals")
    assert counts == [("all", "2026-11-23", "north", "", "P1", 6, *[0] * 10)]
    assert given == [("all", "2026-11-23", "overall", "north", "", "P1", 0, 0, 0, 4, 1)]


async def test_a_survey_as_it_counts(database: Database) -> None:
    """With what it froze, on the day of its delivery; words are an answer and no number; an upheld appeal excludes it."""
    async with database.begin() as tx:
        await add_person(tx, 5)
        about = await add_delivery(tx, 1, delivered_at=NOW, courier="moved")
        await invite(tx, make_invitation(2, 5, about, department="north", courier="k17"))
        await ratings.record_answers(
            tx,
            [RecordedAnswer(2, "q", "overall", 4, NOW), RecordedAnswer(2, "why", "", "late", NOW, QuestionKind.TEXT)],
        )
        fact = (await totals.fetch_survey_facts(tx, [2]))[2]
        assert fact.place == FactPlace(NOW, "north", "k17")
        assert fact.answers == {"q": ScoredAnswer("overall", QuestionKind.RATING, 5, 4), "why": None}
        assert (fact.about_delivery, fact.excluded, fact.origin, fact.reached) == (True, False, Origin.SENT, True)
        await appeals.exclude_rating(tx, 2)
        assert (await totals.fetch_survey_facts_about(tx, [1]))[2].excluded
        assert (await totals.fetch_delivery_facts(tx, [1]))[1].place.courier == "moved"
