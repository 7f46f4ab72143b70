"""Customer figures, one definition each: formula, cohort, source and common mistakes. Figures of cases are in `domain.figures.handling`.

1. A rating figure's cohort is the deliveries completed in the period. A rating about no delivery counts on its own day;
   campaign answers are excluded (see `domain.surveys.results`), except for NPS and recommendation.
2. One answer per delivery and recipient counts, the last one; test chats, staff and upheld appeals are excluded. A
   rating set aside by an upheld appeal is neither a rating, nor a survey sent, nor one answered; its case stays a case.
3. Priorities are asked about at different rates (80/50/20/5 %), so each is a stratum whose answers stand for its
   deliveries.
4. A figure never travels without its n; what may be concluded from it is decided by `domain.figures.evidence`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import sqrt

from domain.figures.evidence import Rate, Share, Strength, Weighted, find_strength

RATINGS = (5, 4, 3, 2, 1)
SATISFIED_FROM = 80
BASICALLY_FROM = 70
_SLACK = 1e-9  # of a mean that is exactly on a boundary, whatever the floats say


class Band(StrEnum):
    SATISFIED = "satisfied"
    BASICALLY = "basically"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each rating was given; `counts[0]` is rating 1, the worst, and `counts[4]` rating 5, the best. Raises
    ValueError for negative counts.
    """

    counts: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)

    def __post_init__(self) -> None:
        if len(self.counts) != len(RATINGS) or min(self.counts) < 0:
            raise ValueError(self.counts)

    @classmethod
    def of(cls, counts: Mapping[int, int]) -> "Tally":
        """The tally of a mapping from rating to count; a missing rating was never given. Raises ValueError for a rating outside 1–5."""
        if not counts.keys() <= set(RATINGS):
            raise ValueError(counts)
        return cls((counts.get(1, 0), counts.get(2, 0), counts.get(3, 0), counts.get(4, 0), counts.get(5, 0)))

    @property
    def n(self) -> int:
        return sum(self.counts)

    def count(self, rating: int) -> int:
        return self.counts[rating - 1]

    def __add__(self, other: "Tally") -> "Tally":
        ones, twos, threes, fours, fives = (a + b for a, b in zip(self.counts, other.counts, strict=True))
        return Tally((ones, twos, threes, fours, fives))

    def __sub__(self, other: "Tally") -> "Tally":
        ones, twos, threes, fours, fives = (a - b for a, b in zip(self.counts, other.counts, strict=True))
        return Tally((ones, twos, threes, fours, fives))


@dataclass(frozen=True, slots=True)
class Stratum:
    """Deliveries of one priority, and the answers about them."""

    deliveries: int = 0
    tally: Tally = field(default_factory=Tally)

    def __add__(self, other: "Stratum") -> "Stratum":
        return Stratum(self.deliveries + other.deliveries, self.tally + other.tally)


_SUMMED = ("sampled", "surveyed", "answered", "complaints", "valid", "opened", "invited", "responded", "came", "grown")
Strata = Mapping[str, Stratum]
"""By priority; the empty key holds deliveries without one."""


@dataclass(frozen=True, slots=True)
class Counts:
    """The stored totals of everything, or of one unit, over one period; the fields are those of `domain.figures.totals.TotalsColumn`.

    `complaints` and `valid` are about deliveries of the period; `opened` were filed in it, whatever they are about.
    Of the surveyed, `invited` were sent by us, of which `responded` have an answer, and `came` came by themselves.
    `grown` of the `complaints` grew out of a low rating.
    """

    strata: Strata = field(default_factory=dict)
    sampled: int = 0
    surveyed: int = 0
    answered: int = 0
    complaints: int = 0
    valid: int = 0
    opened: int = 0
    invited: int = 0
    responded: int = 0
    came: int = 0
    grown: int = 0

    @property
    def drawn(self) -> int:
        """Deliveries drawn to be asked about whose customers did not come before we asked."""
        return max(self.sampled - self.came, 0)

    @property
    def deliveries(self) -> int:
        return sum(one.deliveries for one in self.strata.values())

    @property
    def tally(self) -> Tally:
        return sum((one.tally for one in self.strata.values()), Tally())


@dataclass(frozen=True, slots=True)
class MeanRating:
    """Mean of `n` ratings, from 1 to 5; `size` is what they are worth, fewer than n if they are weighted (see `Share.size`)."""

    value: float
    n: int
    size: float

    @property
    def index(self) -> float:
        """Satisfaction index 满意度指数: the mean in percent of the best, from 20 to 100.

        Source: the field's satisfaction form, where it is score × 100 ÷ 5N; weighted here like the mean it stands beside.
        Pitfall: if everybody gives the worst answer it is 20, not 0.
        """
        return self.value * 20

    @property
    def strength(self) -> Strength:
        return find_strength(self.size)


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

    Source: the industry's CSAT. Pitfalls: those who did not answer are not satisfied, only absent; 4- and
    5-level answers are never added together.
    """
    return Share(tally.count(4) + tally.count(5), tally.n)


def satisfaction(strata: Strata) -> Share:
    """Satisfaction 满意率: Σ over priorities of (n4 + n5) ÷ N, each weighted by its share of the deliveries.

    Cohort: overall ratings of deliveries completed in the period. Source: the industry's CSAT. If all
    answers weigh the same it is (n4 + n5) ÷ N. A priority without answers has no weight; one with more answers than
    deliveries (ratings about none) is weighted by its answers. Pitfalls: without weights, a sample of 80/50/20/5 % lets
    the customers of urgent parcels speak for everybody; those who did not answer are not satisfied, only absent.
    """
    return weigh_satisfied(count_satisfied(one) for one in strata.values())


def count_satisfied(stratum: Stratum) -> tuple[int, int, int]:
    """A stratum's deliveries, its answers, and how many of them were satisfied: the top-2 box."""
    ones, twos, threes, fours, fives = stratum.tally.counts
    return stratum.deliveries, ones + twos + threes + fours + fives, fours + fives


def weigh_satisfied(parts: Iterable[tuple[int, int, int]]) -> Share:
    """Satisfaction of these priorities, each as `count_satisfied` counts it, weighted as `satisfaction` says."""
    part = n = weights = 0
    weighed = squares = 0.0
    even, ratio = True, 0.0
    for deliveries, answers, satisfied in parts:
        if not answers:
            continue
        weight = deliveries if deliveries > answers else answers  # noqa: FURB136 -- of thousands of units, a call costs
        each = weight / answers
        if each != ratio and n:
            even = False
        ratio = each
        part += satisfied
        n += answers
        weights += weight
        weighed += weight * satisfied / answers
        squares += weight * weight / answers
    if even:
        return Share(part, n)
    return Weighted(part, n, min(weighed / weights, 1.0), weights * weights / squares)


def mean_rating(strata: Strata) -> MeanRating | None:
    """Mean rating 平均分: Σ over priorities of Σ(rating · count) ÷ N, weighted like satisfaction; from 1 to 5, None without answers.

    Cohort and source as satisfaction. Pitfall: each dimension has its own N; a mean of means is not the mean.
    """
    answered = [one for one in strata.values() if one.tally.n]
    whole = sum((one.tally for one in answered), Tally())
    if not whole.n:
        return None
    if _is_even(answered):
        return MeanRating(weighted_score(whole) / whole.n, whole.n, whole.n)
    total = sum(_weight(one) for one in answered)
    value = sum(_weight(one) * weighted_score(one.tally) / one.tally.n for one in answered) / total
    return MeanRating(value, whole.n, _count_effective(answered))


def dissatisfaction(tally: Tally) -> Share:
    """Dissatisfaction 不满意率: (n1 + n2) ÷ N; the subject of the p-chart in `/trend`.

    Cohort as satisfaction, not weighted: a chart compares a process with itself. Pitfall: it is not 1 − satisfaction; a
    three is neither.
    """
    return Share(tally.count(1) + tally.count(2), tally.n)


def weighted_score(tally: Tally) -> int:
    """Weighted score, the industry form's: 5n₁ + 4n₂ + 3n₃ + 2n₄ + n₅, which is Σ w·n with w = 5 for the best and 1 for the worst.

    Cohort as satisfaction; the form's plain sum, so priorities are not weighted. Source: the industry's survey form,
    where n₁ counts the *best* answer: the form numbers answers from the top, we number ratings from the bottom.
    Pitfall: the sum grows with N; never compare two sums.
    """
    return sum(rating * tally.count(rating) for rating in RATINGS)


def find_band(
    average: MeanRating, satisfied_from: float = SATISFIED_FROM, basically_from: float = BASICALLY_FROM
) -> Band:
    """Band of the index as it is printed: from 80 satisfied, from 70 basically satisfied, below not satisfied.

    The company file can move the bounds.

    Source: the 300-point form (60 answers), boundaries 240 and 210. The form names 240 in two bands; here a boundary
    belongs to the better one. Judged is what is shown, the weighted index cut to tenths: anyone who reads 79.9 never
    reads "satisfied" beside it.
    """
    shown = cut(average.index, 1)
    if shown >= satisfied_from:
        return Band.SATISFIED
    return Band.BASICALLY if shown >= basically_from else Band.NOT


def cut(value: float, decimals: int) -> float:
    """A mean or an index as it is printed, cut instead of rounded: 3.996 is not yet 4.00."""
    scale: int = 10**decimals
    return int(value * scale + _SLACK) / scale


def list_silent_strata(strata: Strata) -> tuple[str, ...]:
    """The priorities with deliveries and without a single answer: whatever is weighted leaves them out, so they are named."""
    return tuple(key for key, one in sorted(strata.items()) if one.deliveries and not one.tally.n)


def distribution(tally: Tally) -> tuple[tuple[int, Share], ...]:
    """Each rating from 5 to 1 with its share of N; cohort as satisfaction. Pitfall: a mean of 3 may be all ones and fives."""
    return tuple((rating, Share(tally.count(rating), tally.n)) for rating in RATINGS)


def nps(answers: Nps) -> tuple[float, float] | None:
    """Net promoter score and the half width of its 95 % interval, both from −100 to 100: % of 9–10 minus % of 0–6; None without answers.

    Half width: 1.96·√(Var ÷ n), Var = p₁(1 − x)² + p₀x² + p₋₁(1 + x)². Cohort: deliveries completed in the period;
    campaign answers by the day they were given. Source: Reichheld 2003. Pitfall: n = 30 at NPS 30 is ± 28, n =
    100 ± 15: never rank by it.
    """
    if not answers.n:
        return None
    up, between, down = (count / answers.n for count in (answers.promoters, answers.passives, answers.detractors))
    x = up - down
    variance = up * (1 - x) ** 2 + between * x**2 + down * (1 + x) ** 2
    return 100 * x, 100 * 1.96 * sqrt(variance / answers.n)


def recommend_rate(yes: int, n: int) -> Share:
    """Recommend rate 推荐率: yes ÷ all who answered whether they would recommend us. Pitfall: a yes or no is not an NPS."""
    return Share(yes, n)


def response_rate(answered: int, invited: int) -> Share:
    """Response rate 应答率: valid answers ÷ invitations delivered to a chat.

    Cohort: surveys that we sent about deliveries completed in the period. Pitfalls: who came by
    themselves (by the link on the slip, by /rate) was not invited, answers nearly always, and is counted apart; so are
    phone surveys, of which only those that were answered are surveys at all. A survey that was refused (403) was not
    delivered.
    """
    return Share(answered, invited)


def reach_rate(invited: int, drawn: int) -> Share:
    """Reach 触达率: invitations delivered ÷ deliveries drawn to be asked about.

    Cohort: deliveries completed in the period. Pitfalls: not the response rate: customers who never
    linked Telegram, blocked the bot, or were asked a few days ago were drawn but not reached; many of the last few
    days' customers are yet to be asked. Who came by themselves, or was phoned, is in neither number.
    """
    return Share(min(invited, drawn), drawn)


def complaint_rate(complaints: int, deliveries: int) -> Rate:
    """Complaints 投诉 per 1,000 deliveries.

    Cohort: complaints about deliveries completed in the period, dated by the delivery (without one: by their own day),
    over these deliveries. Pitfalls: a complaint added to an open case counts once, and so do merged
    cases; complaints about the latest days are still to come; it counts all complaints, not only valid ones; a
    department's complaints are those it leads, its deliveries those it delivered.
    """
    return Rate(complaints, deliveries)


def valid_rate(valid: int, deliveries: int) -> Rate:
    """Valid complaints 有责投诉 per million deliveries: those in which the company was found at fault.

    Cohort as complaints per 1,000. Source: the regulator's figure (有效申诉率). Pitfall: a complaint not yet
    decided is not yet valid.
    """
    return Rate(valid, deliveries, 1_000_000)


def add_counts(parts: Iterable[Counts]) -> Counts:
    """The sum over several units."""
    units = list(parts)
    strata: dict[str, Stratum] = {}
    for unit in units:
        for key, stratum in unit.strata.items():
            strata[key] = strata.get(key, Stratum()) + stratum
    return Counts(
        strata,
        *(sum(getattr(one, name) for one in units) for name in _SUMMED),
    )


def _weight(stratum: Stratum) -> int:
    """The number of deliveries that the stratum's answers stand for."""
    return max(stratum.deliveries, stratum.tally.n)


def _is_even(answered: Sequence[Stratum]) -> bool:
    """Whether every answer stands for as many deliveries, so that nothing need be weighted."""
    return len({_weight(one) / one.tally.n for one in answered}) <= 1


def _count_effective(answered: Sequence[Stratum]) -> float:
    """Kish's effective number: how many equally weighted answers would prove as much."""
    weights = [(_weight(one), one.tally.n) for one in answered]
    return sum(weight for weight, _ in weights) ** 2 / sum(weight**2 / n for weight, n in weights)
