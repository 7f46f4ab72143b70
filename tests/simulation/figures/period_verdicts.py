"""Companies lived for a year by months: what the report calls better or worse where nothing changes, and how soon a planted change is told.

Judged by the product's own `list_measures`, one month against the one before. `python -m tests.simulation.figures.period_verdicts`
writes the tables of docs/figures.md.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from domain.figures.figures import Counts, Stratum, Tally
from domain.figures.findings import Measure, ReportFigure, list_measures
from domain.figures.handling import HandlingCounts
from domain.figures.period import parse_period
from domain.figures.summary import Summary

TABLES = Path(__file__).with_suffix(".md")
MONTHS = 12
OCTOBER = parse_period("2026-10", datetime(2026, 12, 31, tzinfo=UTC), ZoneInfo("Asia/Shanghai"))
PRIORITIES = {"P1": (0.05, 0.8), "P2": (0.15, 0.5), "P3": (0.3, 0.2), "P4": (0.5, 0.05)}
"""Each priority's share of the deliveries, and the share of them that is asked about."""

RESPONDING, MANAGED, SPEAKING, REPEATING = 0.35, 0.97, 0.55, 0.1
FIGURES = (
    ReportFigure.SATISFACTION,
    ReportFigure.RESPONSE,
    ReportFigure.COMPLAINTS,
    ReportFigure.FIRST,
    ReportFigure.HANDLING,
    ReportFigure.REPEAT,
)


@dataclass(frozen=True)
class Company:
    """How a company is: deliveries a month, the share of satisfied customers, complaints a delivery, complaints solved at once."""

    deliveries: int = 10_000
    satisfied: float = 0.9
    complained: float = 0.004
    solved: float = 0.85


@dataclass(frozen=True)
class Month:
    counts: Counts
    handling: HandlingCounts


def live(company: Company, random: Random) -> Month:
    """One month of it."""
    strata, invited, responded = {}, 0, 0
    for priority, (share, asked) in PRIORITIES.items():
        deliveries = int(company.deliveries * share)
        drawn = draw(deliveries, asked, random)
        answers = draw(drawn, RESPONDING, random)
        good = draw(answers, company.satisfied, random)
        strata[priority] = Stratum(deliveries, Tally.of({5: good, 2: answers - good}))
        invited, responded = invited + drawn, responded + answers
    complaints = draw(company.deliveries, company.complained, random)
    rectified = draw(complaints, MANAGED, random)
    spoken = draw(rectified, SPEAKING, random)
    first = draw(spoken, company.solved, random)
    handling = HandlingCounts(
        opened=complaints,
        rectified=rectified,
        satisfied=first,
        dissatisfied=spoken - first,
        silent=rectified - spoken,
        settled=rectified,
        spoken=spoken,
        first=first,
        repeated=draw(complaints, REPEATING, random),
    )
    counted = Counts(
        strata, invited, invited, responded, complaints, 0, complaints, invited=invited, responded=responded
    )
    return Month(counted, handling)


def draw(n: int, share: float, random: Random) -> int:
    """How many of n, each with this probability."""
    return sum(random.random() < share for _ in range(n))


def judge(before: Month, now: Month) -> dict[ReportFigure, Measure]:
    """What the report of the second month says of each figure."""
    summary = Summary(OCTOBER, now.counts, before.counts, casework=now.handling, casework_before=before.handling)
    return {one.figure: one for one in list_measures(summary)}


def count_false_verdicts(company: Company, lives: int) -> dict[ReportFigure, float]:
    """The share of months in which a figure is called better or worse although nothing changed."""
    told = dict.fromkeys(FIGURES, 0)
    for seed in range(lives):
        random = Random(seed)  # noqa: S311 -- a simulation draws the same each time
        months = [live(company, random) for _ in range(MONTHS)]
        for before, now in pairwise(months):
            measures = judge(before, now)
            for figure in FIGURES:
                told[figure] += measures[figure].better is not None
    return {figure: count / (lives * (MONTHS - 1)) for figure, count in told.items()}


def find_told(company: Company, change: Company, figure: ReportFigure, lives: int) -> list[bool]:
    """Whether the first month after a change for the worse is called worse, life by life."""
    told = []
    for seed in range(lives):
        random = Random(seed)  # noqa: S311 -- the same again
        told.append(judge(live(company, random), live(change, random))[figure].better is False)
    return told


PLANTED = (
    ("satisfaction 90 → 87 %", Company(satisfied=0.87), ReportFigure.SATISFACTION),
    ("satisfaction 90 → 80 %", Company(satisfied=0.8), ReportFigure.SATISFACTION),
    ("complaints × 1.5", Company(complained=0.006), ReportFigure.COMPLAINTS),
    ("complaints × 2", Company(complained=0.008), ReportFigure.COMPLAINTS),
    ("solved the first time 85 → 60 %", Company(solved=0.6), ReportFigure.FIRST),
)
SIZES = (2_000, 10_000, 50_000)
LIVES = 40


def write_tables(lives: int = LIVES) -> str:
    """Both tables in Markdown, with a sentence each."""
    lines = [
        "Companies in which nothing changes, a year of each: in so many months a figure is called better or worse all the same.",
        "",
        "| deliveries a month | " + " | ".join(figure.value for figure in FIGURES) + " |",
        "|---" * (len(FIGURES) + 1) + "|",
    ]
    for size in SIZES:
        wrong = count_false_verdicts(Company(size), lives)
        lines.append(f"| {size:,} | " + " | ".join(f"{100 * wrong[figure]:.1f} %" for figure in FIGURES) + " |")
    lines += [
        "",
        "Companies that change for the worse: so many are told in the first month.",
        "",
        "| planted change | " + " | ".join(f"{size:,} a month" for size in SIZES) + " |",
        "|---" * (len(SIZES) + 1) + "|",
    ]
    for name, changed, figure in PLANTED:
        told = [sum(find_told(Company(size), replace(changed, deliveries=size), figure, lives)) for size in SIZES]
        lines.append(f"| {name} | " + " | ".join(f"{count} of {lives}" for count in told) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TABLES.write_text(write_tables(), "utf-8")
