"""Kept totals as a story needs them: so many deliveries, ratings and complaints of one day, without a row for each."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.figures.chart_periods import ChartPeriod
from domain.figures.totals import (
    CaseFact,
    DeliveryFact,
    Fact,
    FactPlace,
    ScoredAnswer,
    SurveyFact,
    TotalsEntries,
    compute_change,
)
from domain.surveys.question_kinds import QuestionKind
from storage.engine.database import Tx
from storage.figures import totals
from storage.models import (
    casework_totals,
    courses,
    deadline_totals,
    delivery_totals,
    duration_totals,
    packed_totals,
    rating_totals,
)
from tests.harness.in_process import COMPANY

KEPT_TABLES = (delivery_totals, rating_totals, casework_totals, deadline_totals, duration_totals, packed_totals)
"""All that is counted from other rows."""


@dataclass(frozen=True)
class DayFacts:
    """What happened about deliveries of this day; `ratings` are how often each score was given; `grown`: complaints came from low ratings."""

    day: date
    deliveries: int = 0
    ratings: Mapping[int, int] | None = None
    complaints: int = 0
    department: str = "transport"
    courier: str = "k17"
    grown: bool = False


async def add_days(tx: Tx, *days: DayFacts) -> None:
    """Add these days to the totals, all at once, as a transaction must."""
    entries: TotalsEntries = Counter()
    for day in days:
        place = FactPlace(noon(day.day), day.department, day.courier)
        _add_many(entries, DeliveryFact(place, sampled=True), day.deliveries)
        _add_many(entries, CaseFact(place, place.at, "delivery", grown=day.grown), day.complaints)
        for score, times in (day.ratings or {}).items():
            given = {"overall": ScoredAnswer("overall", QuestionKind.RATING, 5, score)}
            _add_many(entries, SurveyFact(place, about_delivery=True, answers=given), times)
    await totals.add_entries(tx, entries)


def noon(day: date) -> datetime:
    """The middle of the day in the company's time."""
    return datetime.combine(day, time(12), COMPANY.zone)


def repeat_on_each(spans: Iterable[ChartPeriod], **counted: object) -> list[DayFacts]:
    """The same on the first day of each of these spans."""
    return [DayFacts(one.first, **counted) for one in spans]  # type: ignore[arg-type]  # fields of Day


async def add_handling(tx: Tx, case: int, day: date, department: str = "transport") -> None:
    """This complaint, opened on that day about a delivery of it, as figures know it."""
    row = {
        "case": case,
        "category": "delivery",
        "department": department,
        "at": noon(day),
        "opened_at": noon(day) + timedelta(hours=1),
        "outcome": "none",
        "rounds": 1,
        "solved_in": 0,
        "reopened": False,
        "repeated": False,
    }
    await tx.execute(courses.insert(), row)


def _add_many(entries: TotalsEntries, fact: Fact, times: int) -> None:
    for entry, once in compute_change([(None, fact)], COMPANY.zone).items():
        entries[entry] += once * times
