"""Companies in which nothing changes, and companies with one planted change, lived morning by morning: what the alerts say, and when.

Each morning is judged by the product's own charts and alerts (`TrendCounts.make_chart`, `take_news`) on what is known by then: answers
and complaints come days after their delivery. `python -m tests.simulation.chart_companies` writes the tables of docs/trends.md (minutes).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate, chain
from math import exp, pi, sin, sqrt
from pathlib import Path
from random import Random
from statistics import median

from domain.figures.chart_periods import ChartPeriod, Grain
from domain.figures.control import BASELINE
from domain.figures.maturity import Maturity
from handlers.figures import alerts
from handlers.figures.trends import TrendCounts, list_spans
from storage.figures.trends import PeriodCounts

PAGE = Path(__file__).parents[2] / "docs" / "trends.md"
BEGIN, END = "<!-- simulated: begin -->", "<!-- simulated: end -->"
DEPARTMENTS = {"transport": 0.5, "service": 0.25, "sales": 0.15, "cold": 0.1}
FIRST = date(2024, 1, 1)
HISTORY = 900
"""Days before the first morning: a baseline of twenty months."""

MATURITY = Maturity()
"""That of a company that sets nothing."""

COMPLAINED, LOW, ANSWERING = 0.004, 0.1, 0.12
COMPLAINT_DAYS = (0.2, 0.3, 0.2, 0.1, 0.08, 0.05, 0.04, 0.03)
ANSWER_DAYS = (0.4, 0.3, 0.2, 0.1)
"""The share that comes on the day of the delivery, on the day after, …"""

_WEEK_DELIVERIES = (1.1, 1.0, 1.0, 1.0, 1.1, 1.2, 0.6)
_WEEK_LEVELS = (1.2, 1.0, 0.95, 0.95, 1.0, 0.9, 1.0)
MONTH = 30


@dataclass(frozen=True)
class Company:
    """How a company lives. `deliveries` a day; levels differ by weekday, from day to day (`restless`, as a share), over the year (`season`)."""

    deliveries: int = 1000
    weekdays: bool = False
    restless: float = 0.0
    season: float = 0.0


@dataclass(frozen=True)
class Change:
    """From the first morning on, so many times as many low ratings (p) or complaints (u)."""

    kind: str
    fold: float


@dataclass
class _Counted:
    """What is known of one department: by day, the deliveries, answers, low ratings, complaints; and what is still to come, by morning."""

    deliveries: list[int] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    low: list[int] = field(default_factory=list)
    filed: list[int] = field(default_factory=list)
    coming: dict[int, list[tuple[int, int, int, int]]] = field(default_factory=dict)


class Life:
    """One company from its first delivery on."""

    def __init__(self, company: Company, seed: int, change: Change | None = None) -> None:
        self.company, self.change = company, change
        self.random = Random(seed)  # noqa: S311 -- a test's dice are no secret
        self.turn = seed / LIVES  # of the year, so that the companies begin in different seasons
        self.departments = {name: _Counted() for name in DEPARTMENTS}
        self.told: alerts.ToldSignals = {}
        self.day = 0
        self._seen: dict[tuple[str, str, str], object] = {}
        while self.day < HISTORY:
            self._live()

    def wake(self, departments: Sequence[str] = ("", *DEPARTMENTS), kinds: str = "pu") -> list[str]:
        """The next morning: the keys of the charts that are alerted about, once for each alert."""
        self._live()
        today = FIRST + timedelta(self.day)
        news: list[str] = []
        for grain in alerts.JUDGED_PERIODS:
            spans = list_spans(grain, today, BASELINE, MATURITY)
            counted = {name: self._count(one, spans) for name, one in self.departments.items()}
            counts = TrendCounts(spans, counted, today, MATURITY)
            for kind, department in ((kind, department) for department in departments for kind in kinds):
                news += self._judge(counts, grain, kind, department)
        return news

    def _judge(self, counts: TrendCounts, grain: Grain, kind: str, department: str) -> Iterator[str]:
        key = grain, kind, department
        seen = counts.spans, counts.counted if not department else counts.counted[department]
        if grain == "month" and self._seen.get(key) == seen and counts.today.day > MATURITY.complaints + 1:
            return  # nothing has come since yesterday, and nothing has stopped growing
        self._seen[key] = seen
        chart = counts.make_chart(kind, department, BASELINE)
        for _ in alerts.take_news(chart, counts, grain, self.told, f"{kind}:{grain}:{department}"):
            yield f"{kind}:{grain}:{department}"

    def _count(self, counted: _Counted, spans: Sequence[ChartPeriod]) -> tuple[PeriodCounts, ...]:
        columns = (counted.low, counted.answers, counted.filed, counted.deliveries)
        sums = [list(accumulate(column, initial=0)) for column in columns]
        points = []
        for span in spans:
            first, until = (span.first - FIRST).days, (span.last - FIRST).days + 1
            points.append(PeriodCounts(*(one[max(until, 0)] - one[max(first, 0)] for one in sums)))
        return tuple(points)

    def _live(self) -> None:
        """One day of deliveries, and what comes in on it about this day and the days before."""
        level = self._find_level()
        for name, share in DEPARTMENTS.items():
            self._deliver(self.departments[name], share, level)
        self.day += 1

    def _deliver(self, counted: _Counted, share: float, level: float) -> None:
        company, draw = self.company, self.random
        expected = company.deliveries * share * (_WEEK_DELIVERIES[self.day % 7] if company.weekdays else 1)
        deliveries = max(round(draw.gauss(expected, sqrt(expected))), 0)
        levels = [level * self._stray() for _ in range(2)]
        if self.change is not None and self.day >= HISTORY:
            levels["pu".index(self.change.kind)] *= self.change.fold
        for column in (counted.answers, counted.low, counted.filed):
            column.append(0)
        counted.deliveries.append(deliveries)
        for lag, part in enumerate(ANSWER_DAYS):
            answers = self._draw_poisson(deliveries * ANSWERING * part)
            low = sum(draw.random() < min(LOW * levels[0], 1) for _ in range(answers))
            counted.coming.setdefault(self.day + lag, []).append((self.day, answers, low, 0))
        for lag, part in enumerate(COMPLAINT_DAYS):
            filed = self._draw_poisson(deliveries * COMPLAINED * levels[1] * part)
            counted.coming.setdefault(self.day + lag, []).append((self.day, 0, 0, filed))
        for day, answers, low, filed in counted.coming.pop(self.day):
            counted.answers[day] += answers
            counted.low[day] += low
            counted.filed[day] += filed

    def _find_level(self) -> float:
        """How often people are dissatisfied and complain on this day, of 1."""
        company = self.company
        level = _WEEK_LEVELS[self.day % 7] if company.weekdays else 1.0
        return level * (1 + company.season * sin(2 * pi * (self.day / 365 + self.turn)))

    def _stray(self) -> float:
        """What one department's day is more or less than others, for reasons nobody counts."""
        spread = self.company.restless**2
        return self.random.gammavariate(1 / spread, spread) if spread else 1.0

    def _draw_poisson(self, mean: float) -> int:
        count, chance, limit = 0, self.random.random(), exp(-mean)
        while chance > limit:
            count, chance = count + 1, chance * self.random.random()
        return count


# --- what is measured ------------------------------------------------------------------------------------------------

NAMES: Mapping[str, Company] = {
    "nothing changes, 200 deliveries a day": Company(200),
    "nothing changes, 1,000 a day": Company(),
    "Mondays 20 % worse, Saturdays 10 % better": Company(weekdays=True),
    "every department's days differ by 20 %": Company(restless=0.2),
    "better and worse by 20 % with the seasons": Company(season=0.2),
}
CHANGES: Mapping[str, tuple[Change, str]] = {
    "dissatisfaction 10 % → 15 %, company": (Change("p", 1.5), ""),
    "dissatisfaction 10 % → 20 %, company": (Change("p", 2), ""),
    "dissatisfaction 10 % → 20 %, a department of 100 a day": (Change("p", 2), "cold"),
    "complaints × 1.5, company": (Change("u", 1.5), ""),
    "complaints × 2, company": (Change("u", 2), ""),
    "complaints × 2, a department of 100 a day": (Change("u", 2), "cold"),
    "complaints × 4, a department of 100 a day": (Change("u", 4), "cold"),
}
LIVES, DAYS, PLANTED, PATIENCE = 8, 45, 20, 60
"""So many companies are watched for so many days; each change is planted so often, and awaited for so many days."""


def count_false_alerts(company: Company, lives: int = LIVES, days: int = DAYS) -> float:
    """Alerts per 30 days over the company and its four departments, both charts, days, weeks and months."""
    told = 0
    for seed in range(lives):
        life = Life(company, seed)
        told += sum(len(life.wake()) for _ in range(days))
    return told * MONTH / (lives * days)


def find_delays(change: Change, department: str, planted: int = PLANTED, patience: int = PATIENCE) -> list[int]:
    """How many days after the change the first alert about it came; `patience` + 1 where none did."""
    delays = []
    for seed in range(planted):
        life = Life(Company(), seed, change)
        mornings = (n for n in range(1, patience + 1) if life.wake([department], change.kind))
        delays.append(next(mornings, patience + 1))
    return delays


def write_tables() -> str:
    lines = ["| company | false alerts in 30 days |", "|---|---|"]
    lines += [f"| {name} | {count_false_alerts(company):.2f} |" for name, company in NAMES.items()]
    lines += ["", "| change | half are told after | told within 60 days |", "|---|---|---|"]
    for name, (change, department) in CHANGES.items():
        delays = find_delays(change, department)
        within = sum(one <= PATIENCE for one in delays)
        half = median(delays)
        days = f"{half:g} days" if half <= PATIENCE else "–"
        lines.append(f"| {name} | {days} | {within} of {len(delays)} |")
    return "\n".join(lines)


def read_tables() -> str:
    """What the page says."""
    return PAGE.read_text("utf-8").partition(BEGIN)[2].partition(END)[0].strip()


def list_cells(table: str) -> dict[str, list[str]]:
    """The cells of each row, by its first."""
    rows = (line.strip("| ").split(" | ") for line in table.splitlines() if line.startswith("| "))
    return {first: rest for first, *rest in rows}


if __name__ == "__main__":
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    PAGE.write_text("".join(chain((before, BEGIN, "\n", write_tables(), "\n", END, after))), "utf-8")
