"""Control chart data: per department and period, from the kept totals, in two statements for any span."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from domain.figures.chart_periods import ChartPeriod
from domain.figures.totals import Cover, TotalsColumn
from storage.engine.database import Tx
from storage.figures import sums


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
    days = [Cover(_list_keys(span), ()) for span in spans]
    by_department: dict[str, list[PeriodCounts]] = {}
    for place, (counted, rated) in enumerate(await sums.fetch_by_department(tx, days)):
        for (department, _), counts in counted.items():
            known = dict(zip(TotalsColumn, counts, strict=True))
            filed = known[TotalsColumn.COMPLAINTS] - known[TotalsColumn.GROWN]
            more = PeriodCounts(filed=filed, deliveries=known[TotalsColumn.DELIVERIES])
            _add_counts(by_department, department, place, len(spans), more)
        for (department, _), answers in rated.items():
            _add_counts(by_department, department, place, len(spans), PeriodCounts(sum(answers[:2]), sum(answers)))
    return {department: tuple(counts) for department, counts in by_department.items()}


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
