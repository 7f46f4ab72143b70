"""Kept totals as a story needs them: so many deliveries, ratings and complaints of one day, without a row for each."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.figures.spans import Span
from domain.figures.totals import CaseFact, DeliveryFact, Entries, Fact, Place, Scored, SurveyFact, change
from domain.surveys.survey import Kind
from storage.engine.database import Tx
from storage.figures import totals
from storage.models import courses
from tests.harness.inside import COMPANY


@dataclass(frozen=True)
class Day:
    """What happened about deliveries of this day; `ratings` are how often each score was given."""

    day: date
    deliveries: int = 0
    ratings: Mapping[int, int] | None = None
    complaints: int = 0
    department: str = "transport"
    courier: str = "k17"


async def count(tx: Tx, *days: Day) -> None:
    """Add these days to the totals, all at once, as a transaction must."""
    found: Entries = Counter()
    for one in days:
        place = Place(noon(one.day), one.department, one.courier)
        _many(found, DeliveryFact(place, sampled=True), one.deliveries)
        _many(found, CaseFact(place, place.at, "delivery"), one.complaints)
        for score, times in (one.ratings or {}).items():
            given = {"overall": Scored("overall", Kind.RATING, 5, score)}
            _many(found, SurveyFact(place, about_delivery=True, answers=given), times)
    await totals.add(tx, found)


def noon(day: date) -> datetime:
    """The middle of the day in the company's time."""
    return datetime.combine(day, time(12), COMPANY.zone)


def each(spans: Iterable[Span], **counted: object) -> list[Day]:
    """The same on the first day of each of these spans."""
    return [Day(one.first, **counted) for one in spans]  # type: ignore[arg-type]  # fields of Day


async def course(tx: Tx, case: int, day: date, department: str = "transport") -> None:
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


def _many(found: Entries, fact: Fact, times: int) -> None:
    for entry, once in change([(None, fact)], COMPANY.zone).items():
        found[entry] += once * times
