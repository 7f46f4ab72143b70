"""Facts that reports and pushes are counted from, written as the totals keep them."""

from datetime import datetime, timedelta

from domain.figures.totals import CaseFact, DeliveryFact, Fact, FactPlace, ScoredAnswer, SurveyFact, compute_change
from domain.surveys.question_kinds import QuestionKind
from storage.figures import totals
from tests.harness.in_process import Desk

BOARD = -1020
"""The chat of management."""


async def add_facts(
    desk: Desk, at: datetime, department: str = "transport", *, good: int = 0, bad: int = 0, complaints: int = 0
) -> None:
    """So many deliveries at this moment, each rated five or one, and complaints about some of them."""
    facts: list[Fact] = []
    for n in range(good + bad):
        place = FactPlace(at, department, f"k{n % 3}", "r1")
        score = ScoredAnswer("overall", QuestionKind.RATING, 5, 5 if n < good else 1)
        facts += [DeliveryFact(place, sampled=True), SurveyFact(place, about_delivery=True, answers={"overall": score})]
    facts += [CaseFact(FactPlace(at, department, "k1", "r1"), at, "delivery") for _ in range(complaints)]
    async with desk.database.begin() as tx:
        await totals.add_entries(tx, compute_change([(None, fact) for fact in facts], desk.services.company.zone))


def days(n: float) -> timedelta:
    return timedelta(days=n)
