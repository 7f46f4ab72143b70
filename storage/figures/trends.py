"""Control chart data: per department and period, from the kept totals, in two statements for any span."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from domain.figures.breakdown import By
from domain.figures.chart_periods import ChartPeriod
from storage.engine.bulk import among
from storage.engine.database import Tx
from storage.figures.figures import OVERALL
from storage.models import delivery_totals, rating_totals


@dataclass(frozen=True, slots=True)
class PeriodCounts:
    """One period: `low` of the `answers` are ones and twos; `filed` complaints are about the period's `deliveries`.

    Complaints that grew out of a low rating are not among the filed ones: there are as many as customers are asked.
    """

    low: int = 0
    answers: int = 0
    filed: int = 0
    deliveries: int = 0

    def __add__(self, other: "PeriodCounts") -> "PeriodCounts":
        return PeriodCounts(
            self.low + other.low,
            self.answers + other.answers,
            self.filed + other.filed,
            self.deliveries + other.deliveries,
        )


async def fetch_counts(tx: Tx, spans: Sequence[ChartPeriod]) -> dict[str, tuple[PeriodCounts, ...]]:
    """By department ("" for none), one entry per span; ratings are those of the overall question, unweighted."""
    places = {key: place for place, one in enumerate(spans) for key in _list_keys(one)}
    d, r = delivery_totals.c, rating_totals.c
    deliveries = (
        select(d.department, d.day, func.sum(d.complaints - d.grown), func.sum(d.deliveries))
        .where(d.by == By.ALL.value, among(tx, d.day, places))
        .group_by(d.department, d.day)
    )
    ratings = (
        select(r.department, r.day, func.sum(r.one + r.two), func.sum(r.one + r.two + r.three + r.four + r.five))
        .where(r.by == By.ALL.value, among(tx, r.day, places), r.dimension == OVERALL)
        .group_by(r.department, r.day)
    )
    by_department: dict[str, list[PeriodCounts]] = {}
    for department, day, filed, number in await tx.execute(deliveries):
        counts = PeriodCounts(filed=int(filed), deliveries=int(number))
        _add_counts(by_department, department, places[day], len(spans), counts)
    for department, day, low, answers in await tx.execute(ratings):
        _add_counts(by_department, department, places[day], len(spans), PeriodCounts(int(low), int(answers)))
    return {department: tuple(one) for department, one in by_department.items()}


def add_departments(by_department: Mapping[str, Sequence[PeriodCounts]], count: int) -> tuple[PeriodCounts, ...]:
    """All departments together, for each of `count` periods."""
    return tuple(sum((one[place] for one in by_department.values()), PeriodCounts()) for place in range(count))


def _list_keys(span: ChartPeriod) -> tuple[str, ...]:
    """A month has a total of its own; anything else is the sum of its days."""
    if len(span.code) == len("2026-11"):
        return (span.code,)
    days = (span.last - span.first).days + 1
    return tuple((span.first + timedelta(days=n)).isoformat() for n in range(days))


def _add_counts(
    by_department: dict[str, list[PeriodCounts]], department: str, place: int, count: int, more: PeriodCounts
) -> None:
    counts = by_department.setdefault(department, [PeriodCounts()] * count)
    counts[place] += more
