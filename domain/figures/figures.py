"""One definition per figure of what customers say: formula, cohort, source and what people get wrong. Of cases: `domain.figures.handling`.

1. A rating figure's cohort is the deliveries completed in the period. What was rated about no delivery counts on its own day; what a campaign
   asked is none of these (see `domain.surveys.results`), but for NPS and recommendation.
2. One answer per delivery and recipient counts, the last one; test chats, staff and upheld appeals are not in it.
   A rating that an upheld appeal set aside is neither a rating, nor a survey sent, nor one answered; its case stays a case.
3. Priorities are asked about at different rates (80/50/20/5 %), so each is a stratum: its answers stand for its deliveries.
4. A figure never travels without its n; what may be said from it is `domain.figures.evidence`'s business.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import sqrt

from domain.figures.evidence import Rate, Share, Weighted

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
class Stratum:
    """Deliveries of one priority, and what was answered about them."""

    deliveries: int = 0
    tally: Tally = field(default_factory=Tally)

    def __add__(self, other: "Stratum") -> "Stratum":
        return Stratum(self.deliveries + other.deliveries, self.tally + other.tally)


Strata = Mapping[str, Stratum]
"""By priority; the empty one is of deliveries without a priority."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What the kept totals say of everything, or of one unit, over one period; the fields are those of `domain.figures.totals.TotalsColumn`.

    `complaints` and `valid` are about the deliveries of the period, `opened` were filed in it, whatever they are about.
    """

    strata: Strata = field(default_factory=dict)
    sampled: int = 0
    surveyed: int = 0
    answered: int = 0
    complaints: int = 0
    valid: int = 0
    opened: int = 0

    @property
    def deliveries(self) -> int:
        return sum(one.deliveries for one in self.strata.values())

    @property
    def tally(self) -> Tally:
        return sum((one.tally for one in self.strata.values()), Tally())


@dataclass(frozen=True, slots=True)
class Nps:
    detractors: int = 0
    passives: int = 0
    promoters: int = 0

    @property
    def n(self) -> int:
        return self.detractors + self.passives + self.promoters


def plain_satisfaction(tally: Tally) -> Share:
    """Satisfaction of one stratum 满意率: (n4 + n5) ÷ N, the top-2 box.

    Source: the trade's CSAT, rule M2. Pitfalls: whoever did not answer is not satisfied, only absent; 4- and 5-level answers are not added up.
    """
    return Share(tally.count(4) + tally.count(5), tally.n)


def satisfaction(strata: Strata) -> Share:
    """Satisfaction 满意率: Σ over priorities of (n4 + n5) ÷ N, each weighted with its share of the deliveries.

    Cohort: overall ratings of deliveries completed in the period. Source: the trade's CSAT, rules M2 and M3. Where all answers weigh the same
    it is (n4 + n5) ÷ N. A priority without answers says nothing and has no weight; one with more answers than deliveries (ratings about none)
    stands for its answers. Pitfalls: without weights a sample of 80/50/20/5 % makes the urgent parcels' customers speak for everybody;
    whoever did not answer is not satisfied, only absent.
    """
    answered = [one for one in strata.values() if one.tally.n]
    whole = plain_satisfaction(sum((one.tally for one in answered), Tally()))
    weights = [_weight(one) for one in answered]
    if len({weight / one.tally.n for weight, one in zip(weights, answered, strict=True)}) <= 1:
        return whole
    total = sum(weights)
    shares = [plain_satisfaction(one.tally) for one in answered]
    value = sum(weight * share.part / share.n for weight, share in zip(weights, shares, strict=True)) / total
    effective = total**2 / sum(weight**2 / share.n for weight, share in zip(weights, shares, strict=True))
    return Weighted(whole.part, whole.n, min(value, 1.0), effective)


def mean_rating(strata: Strata) -> float | None:
    """Mean rating 平均分: Σ over priorities of Σ(rating · count) ÷ N, each weighted as satisfaction; from 1 to 5, None without answers.

    Cohort and source as satisfaction. Pitfall: each dimension has its own N; a mean of means is not the mean.
    """
    answered = [one for one in strata.values() if one.tally.n]
    total = sum(_weight(one) for one in answered)
    if not total:
        return None
    return sum(_weight(one) * weighted_score(one.tally) / one.tally.n for one in answered) / total


def dissatisfaction(tally: Tally) -> Share:
    """Dissatisfaction 不满意率: (n1 + n2) ÷ N; what the p-chart of `/trend` watches.

    Cohort as satisfaction, not weighted: a chart compares a process with itself. Pitfall: it is not 1 − satisfaction; threes are neither.
    """
    return Share(tally.count(1) + tally.count(2), tally.n)


def weighted_score(tally: Tally) -> int:
    """The field's score: 5n₁ + 4n₂ + 3n₃ + 2n₄ + n₅, which is Σ w·n with w = 5 for the best and 1 for the worst.

    Cohort as satisfaction; the form's own sum, so no priority weighs more. Source: the field's survey form (C21), where n₁ counts the *best*
    answer: the form numbers answers from the top, we number ratings from the bottom. Pitfall: the sum grows with N; never compare two sums.
    """
    return sum(rating * tally.count(rating) for rating in RATINGS)


def satisfaction_index(tally: Tally) -> float | None:
    """Satisfaction index: score × 100 ÷ 5N, from 20 to 100; None without answers.

    Source: C21. Pitfall: when everybody gives the worst answer it is 20, not 0.
    """
    return weighted_score(tally) * 20 / tally.n if tally.n else None


def find_band(
    tally: Tally, satisfied_from: float = SATISFIED_FROM, basically_from: float = BASICALLY_FROM
) -> Band | None:
    """Band of the index: from 80 satisfied, from 70 basically satisfied, below not satisfied; the company's file moves the bounds.

    Source: the 300-point form (60 answers), boundaries 240 and 210. The form names 240 in two bands; here a boundary
    belongs to the better one. Compared in whole numbers, so that no rounding moves a department across.
    """
    if not tally.n:
        return None
    twenty_fold = weighted_score(tally) * 20
    if twenty_fold >= satisfied_from * tally.n:
        return Band.SATISFIED
    return Band.BASICALLY if twenty_fold >= basically_from * tally.n else Band.NOT


def distribution(tally: Tally) -> tuple[tuple[int, Share], ...]:
    """Each rating from 5 to 1 with its share of N; cohort as satisfaction. Pitfall: a mean of 3 may be all 1 and 5."""
    return tuple((rating, Share(tally.count(rating), tally.n)) for rating in RATINGS)


def nps(answers: Nps) -> tuple[float, float] | None:
    """Net promoter score and the half width of its 95 % interval, both from −100 to 100: % of 9–10 minus % of 0–6; None without answers.

    Half width: 1.96·√(Var ÷ n), Var = p₁(1 − x)² + p₀x² + p₋₁(1 + x)². Cohort: deliveries completed in the period, campaigns by their own
    answers' day. Source: Reichheld 2003; rule M2. Pitfall: n = 30 at NPS 30 is ± 28, n = 100 ± 15: never rank by it.
    """
    if not answers.n:
        return None
    up, between, down = (count / answers.n for count in (answers.promoters, answers.passives, answers.detractors))
    x = up - down
    variance = up * (1 - x) ** 2 + between * x**2 + down * (1 + x) ** 2
    return 100 * x, 100 * 1.96 * sqrt(variance / answers.n)


def recommend_rate(yes: int, n: int) -> Share:
    """Recommend rate 推荐率: yes ÷ all who were asked whether they would recommend us. Pitfall (C44): a yes or no is no NPS."""
    return Share(yes, n)


def response_rate(answered: int, delivered: int) -> Share:
    """Response rate 回访率: valid answers ÷ surveys delivered to a chat.

    Cohort: surveys about deliveries completed in the period; on the phone counts as delivered and answered. Source: rule M2. Pitfalls: a
    survey that was refused (403) was not delivered; answers after the window or without a survey do not count, so it never passes 100 %.
    """
    return Share(answered, delivered)


def reach_rate(surveyed: int, sampled: int) -> Share:
    """Reach 触达率: surveys delivered ÷ deliveries drawn to be asked about (or whose customers came by themselves).

    Cohort: deliveries completed in the period. Source: rule M2. Pitfalls: not the response rate: whoever never linked Telegram, has blocked the
    bot, or was asked a few days ago was drawn and not reached; of the last days many are yet to be asked.
    """
    return Share(min(surveyed, sampled), sampled)


def complaint_rate(complaints: int, deliveries: int) -> Rate:
    """Complaints 投诉 per 1,000 deliveries.

    Cohort: complaints about deliveries completed in the period, dated by it (about no delivery: by their own day), over these deliveries.
    Source: rule M2. Pitfalls: a complaint added to an open case and merged cases count once; the latest days' complaints are still to come;
    all complaints, not only the valid ones; a department's complaints are those that it leads, its deliveries those that it delivered.
    """
    return Rate(complaints, deliveries)


def valid_rate(valid: int, deliveries: int) -> Rate:
    """Valid complaints 有责投诉 per million deliveries: those that the company was found at fault for.

    Cohort as complaints per 1,000. Source: the regulator's figure (有效申诉率), rule M2. Pitfall: what is not decided yet is not valid yet.
    """
    return Rate(valid, deliveries, 1_000_000)


def add_counts(parts: Iterable[Counts]) -> Counts:
    """Several units together."""
    found = list(parts)
    strata: dict[str, Stratum] = {}
    for one in found:
        for key, stratum in one.strata.items():
            strata[key] = strata.get(key, Stratum()) + stratum
    return Counts(
        strata,
        *(
            sum(getattr(one, name) for one in found)
            for name in ("sampled", "surveyed", "answered", "complaints", "valid", "opened")
        ),
    )


def _weight(one: Stratum) -> int:
    """How many deliveries the stratum's answers stand for."""
    return max(one.deliveries, one.tally.n)
