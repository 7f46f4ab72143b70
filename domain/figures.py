"""One definition per figure: formula, cohort, source and what people get wrong.

1. A rating figure's cohort is the deliveries completed in the period; a complaint figure's is the cases created in it.
2. One answer per delivery and recipient counts, the last one; test chats, staff and upheld appeals are not in it.
   A rating that an upheld appeal set aside is neither a rating, nor a survey sent, nor one answered; its case stays a case.
3. A figure never travels without its n; what may be said from it is `domain.evidence`'s business.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.evidence import Rate, Share
from domain.period import Period

RATINGS = (5, 4, 3, 2, 1)
SATISFIED_FROM = 80
BASICALLY_FROM = 70


class Band(StrEnum):
    SATISFIED = "satisfied"
    BASICALLY = "basically"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each rating was given; `counts[0]` is rating 1, the worst, and `counts[4]` rating 5, the best."""

    counts: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)

    def __post_init__(self) -> None:
        if len(self.counts) != len(RATINGS) or min(self.counts) < 0:
            raise ValueError(self.counts)

    @classmethod
    def of(cls, counts: Mapping[int, int]) -> "Tally":
        """From rating → count; a rating that is missing was never given, one outside 1–5 is an error."""
        if not counts.keys() <= set(RATINGS):
            raise ValueError(counts)
        return cls((counts.get(1, 0), counts.get(2, 0), counts.get(3, 0), counts.get(4, 0), counts.get(5, 0)))

    @property
    def n(self) -> int:
        return sum(self.counts)

    def count(self, rating: int) -> int:
        return self.counts[rating - 1]

    def __add__(self, other: "Tally") -> "Tally":
        one, two, three, four, five = (a + b for a, b in zip(self.counts, other.counts, strict=True))
        return Tally((one, two, three, four, five))


@dataclass(frozen=True, slots=True)
class DepartmentLine:
    """Cohorts as in the rules above; `open` and `overdue` are now, whatever the period."""

    name: str
    tally: Tally
    complaints: int
    open: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything `/summary` shows, counted; nothing here is computed twice.

    `surveys_sent` counts surveys that reached a chat (refused and blocked ones are not in it), `answered` those of them
    with a valid answer in time; `dimensions` are keyed timeliness, goods, attitude or the survey's own name; the
    `_previous` fields are of `domain.period.previous(period)`; `open_now` and `overdue_now` are now.
    """

    period: Period
    tally: Tally
    previous: Tally
    dimensions: Mapping[str, Tally]
    departments: tuple[DepartmentLine, ...]
    deliveries: int
    deliveries_previous: int
    surveys_sent: int
    answered: int
    complaints_opened: int
    complaints_previous: int
    open_now: int
    overdue_now: int


def satisfaction(tally: Tally) -> Share:
    """Satisfaction 满意率: (n4 + n5) ÷ N, the top-2 box.

    Cohort: overall ratings of deliveries completed in the period. Source: the trade's CSAT, rule M2.
    Pitfalls: whoever did not answer is not satisfied, only absent; 4- and 5-level answers are not added up.
    """
    return Share(tally.count(4) + tally.count(5), tally.n)


def mean(tally: Tally) -> float | None:
    """Mean rating 平均分: Σ(rating · count) ÷ N, from 1 to 5; None without answers.

    Cohort and source as satisfaction. Pitfall: each dimension has its own N; a mean of means is not the mean.
    """
    return weighted_score(tally) / tally.n if tally.n else None


def weighted_score(tally: Tally) -> int:
    """The field's score: 5n₁ + 4n₂ + 3n₃ + 2n₄ + n₅, which is Σ w·n with w = 5 for the best and 1 for the worst.

    Cohort as satisfaction. Source: the field's survey form (C21), where n₁ counts the *best* answer: the form numbers
    answers from the top, we number ratings from the bottom. Pitfall: the sum grows with N; never compare two sums.
    """
    return sum(rating * tally.count(rating) for rating in RATINGS)


def index(tally: Tally) -> float | None:
    """Satisfaction index: score × 100 ÷ 5N, from 20 to 100; None without answers.

    Source: C21. Pitfall: when everybody gives the worst answer it is 20, not 0.
    """
    return weighted_score(tally) * 20 / tally.n if tally.n else None


def band(tally: Tally) -> Band | None:
    """Band of the index: from 80 satisfied, from 70 basically satisfied, below not satisfied.

    Source: the 300-point form (60 answers), boundaries 240 and 210. The form names 240 in two bands; here a boundary
    belongs to the better one. Compared in whole numbers, so that no rounding moves a department across.
    """
    if not tally.n:
        return None
    twenty_fold = weighted_score(tally) * 20
    if twenty_fold >= SATISFIED_FROM * tally.n:
        return Band.SATISFIED
    return Band.BASICALLY if twenty_fold >= BASICALLY_FROM * tally.n else Band.NOT


def distribution(tally: Tally) -> tuple[tuple[int, Share], ...]:
    """Each rating from 5 to 1 with its share of N; cohort as satisfaction. Pitfall: a mean of 3 may be all 1 and 5."""
    return tuple((rating, Share(tally.count(rating), tally.n)) for rating in RATINGS)


def response_rate(answered: int, delivered: int) -> Share:
    """Response rate 回访率: valid answers ÷ surveys delivered to a chat.

    Cohort: surveys about deliveries completed in the period. Source: rule M2. Pitfalls: a survey that was refused (403)
    was not delivered; answers after the window or without a survey do not count, so it never passes 100 %.
    """
    return Share(answered, delivered)


def complaint_rate(complaints: int, deliveries: int) -> Rate:
    """Complaints 投诉 per 1,000 deliveries.

    Cohort: cases created in the period over deliveries completed in it. Source: rule M2. Pitfalls: a complaint added to
    an open case and merged cases count once; a complaint may be about an earlier period's delivery; all complaints, not
    only the valid ones.
    """
    return Rate(complaints, deliveries)
