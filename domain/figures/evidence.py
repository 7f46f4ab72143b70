"""Statistical evidence: how much a figure proves by its n and its interval, and whether a change is one.

1. Fewer than 10: counts only; 10–29: indicative; more: solid. What counts is what the answers are worth: of weighted ones
   the effective number, of a rate its events, since a thousand deliveries without a complaint prove little about how many
   there will be.
2. A change is reported as one only if the two 95 % intervals do not touch.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

HIDDEN_BELOW = 10
INDICATIVE_BELOW = 30
_Z = 1.959963984540054  # the normal quantile that leaves 2.5 % on either side


class Strength(StrEnum):
    NONE = "none"
    COUNTS = "counts"
    INDICATIVE = "indicative"
    SOLID = "solid"

    @property
    def is_shown(self) -> bool:
        """Whether a figure is worth enough for a percentage, a mean, a bar; below, counts are told."""
        return self in {Strength.INDICATIVE, Strength.SOLID}


class ChangeVerdict(StrEnum):
    """GROWING: what would be compared is not complete yet (`domain.figures.maturity`); FIRST: there is no earlier
    period; UNKNOWN: there is too little of either.
    """

    UNKNOWN = "unknown"
    GROWING = "growing"
    FIRST = "first"
    UNPROVEN = "unproven"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `n`, as a fraction; `value` is None when n is 0, since nothing of nothing is no share. Raises
    ValueError unless 0 ≤ part ≤ n.
    """

    part: int
    n: int

    def __post_init__(self) -> None:
        if not 0 <= self.part <= self.n:
            raise ValueError((self.part, self.n))

    @property
    def value(self) -> float | None:
        return self.part / self.n if self.n else None

    @property
    def size(self) -> float:
        """What the answers are worth: n, or the effective number where they are weighted."""
        return self.n

    @property
    def strength(self) -> Strength:
        return find_strength(self.size)

    @property
    def interval(self) -> tuple[float, float]:
        return wilson_interval(self.part, self.n)


@dataclass(frozen=True, slots=True)
class Weighted(Share):
    """A share whose answers stand for different numbers of deliveries: `part` of `n` gave this answer, `weighed` is the weighted share.

    `effective`: (Σw)² ÷ Σw², the number of equally weighted answers that would prove as much (Kish 1965); the interval
    is Wilson's for it.
    """

    weighed: float
    effective: float

    @property
    def value(self) -> float | None:
        return self.weighed if self.n else None

    @property
    def size(self) -> float:
        return self.effective

    @property
    def interval(self) -> tuple[float, float]:
        low, high = wilson_interval(self.weighed * self.effective, self.effective)
        return (0.0 if self.part == 0 else low), (1.0 if self.part == self.n else high)


@dataclass(frozen=True, slots=True)
class Rate:
    """`count` events on `n` deliveries, per 1,000 (or per `per`); there can be more events than deliveries. Raises
    ValueError for negative counts.
    """

    count: int
    n: int
    per: int = 1000

    def __post_init__(self) -> None:
        if self.count < 0 or self.n < 0:
            raise ValueError((self.count, self.n))

    @property
    def value(self) -> float | None:
        return self.count / self.n * self.per if self.n else None

    @property
    def size(self) -> float:
        """What the rate is worth: its events."""
        return self.count

    @property
    def strength(self) -> Strength:
        """By its events, whatever the deliveries: none of 54 is a count, not a rate of 0.0."""
        return find_strength(max(self.count, 1)) if self.n else Strength.NONE

    @property
    def interval(self) -> tuple[float, float]:
        """95 % interval of the rate: Byar's approximation of the Poisson interval of the count, over n.

        lower = c(1 − 1/9c − z/3√c)³, upper = d(1 − 1/9d + z/3√d)³ with d = c + 1. Source: Breslow & Day, Statistical
        Methods in Cancer Research II (1987).
        """
        if not self.n:
            return 0.0, float("inf")
        c, d = self.count, self.count + 1
        low = c * (1 - 1 / (9 * c) - _Z / (3 * sqrt(c))) ** 3 if c else 0.0
        high = d * (1 - 1 / (9 * d) + _Z / (3 * sqrt(d))) ** 3
        return low / self.n * self.per, high / self.n * self.per


@dataclass(frozen=True, slots=True)
class FigureChange:
    """Now minus before (share points as a fraction, or events per 1,000); None if there is too little to compare."""

    difference: float | None
    verdict: ChangeVerdict


def wilson_interval(part: float, n: float) -> tuple[float, float]:
    """The 95 % Wilson score interval for `part` of `n`, as fractions; (0, 1) without observations.

    Source: E. B. Wilson, JASA 22 (1927). Chosen because it stays inside 0–1 and holds for small n and shares near 1,
    where the textbook p ± 1.96·√(p(1−p)/n) does not. Pitfall: it accounts for chance, not for who chose to answer.
    """
    if not n:
        return 0.0, 1.0
    p, z2 = part / n, _Z * _Z
    centre = (p + z2 / (2 * n)) / (1 + z2 / n)
    margin = _Z / (1 + z2 / n) * sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    return (0.0 if part == 0 else max(0.0, centre - margin)), (1.0 if part == n else min(1.0, centre + margin))


def find_strength(size: float) -> Strength:
    """What may be said from observations worth `size`: nothing at 0, counts below 10, an indication below 30, a figure from 30 on.

    Pass `Share.size`: 188 weighted answers may be worth 15.
    """
    if size <= 0:
        return Strength.NONE
    if size < HIDDEN_BELOW:
        return Strength.COUNTS
    return Strength.INDICATIVE if size < INDICATIVE_BELOW else Strength.SOLID


def compare(now: Share | Rate, before: Share | Rate) -> FigureChange:
    """Compare with the previous period: up or down only if the 95 % intervals do not touch, else unproven.

    Unknown where one of two shares is worth fewer than 10, or both rates together have fewer than 10 events. Pitfall:
    deliberately stricter than a test of the difference: fewer false alarms for a figure that is read weekly.
    """
    if now.value is None or before.value is None or _count_worth(now, before) < HIDDEN_BELOW:
        return FigureChange(None, ChangeVerdict.UNKNOWN)
    difference = now.value - before.value
    if now.interval[0] > before.interval[1]:
        return FigureChange(difference, ChangeVerdict.UP)
    if now.interval[1] < before.interval[0]:
        return FigureChange(difference, ChangeVerdict.DOWN)
    return FigureChange(difference, ChangeVerdict.UNPROVEN)


def _count_worth(now: Share | Rate, before: Share | Rate) -> float:
    """The less of two shares; of rates their events together, since a month without any says something beside one with forty."""
    return now.size + before.size if isinstance(now, Rate) else min(now.size, before.size)
