"""Exact limits of control charts: which counts a period may show by chance, given what the periods before it showed.

1. A count lies outside if one as high (or as low) has a probability of at most 0.00135, the share beyond three standard
   deviations, on its side. It is summed exactly: a share is binomial, a rate Poisson.
2. The true level is not known, only its baseline: `count` events among `n`. So the probability is a predictive one,
   beta-binomial for a share and negative binomial for a rate, with one event more for the upper limit: P(X ≥ x) is then
   the hypergeometric (binomial) probability of x or more of the count + x events falling on the new period, and holds
   whatever the true level is. With a long baseline it is the binomial (Poisson) one.
3. Where the baseline's periods differ among themselves by more than chance (weekdays, seasons), that much is allowed to
   the new one: their variance, by the method of moments, is added to that of the level.

Source: Hahn & Meeker, Statistical Intervals (1991), prediction limits; Laney, Quality Engineering 14 (2002), for 3.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, lgamma, log1p, sqrt
from typing import Literal, NamedTuple

Kind = Literal["p", "u"]

TAIL = 0.00135
"""The probability beyond three standard deviations on one side."""

_NEGLIGIBLE = 1e-12
"""A term that adds less than this share to a sum ends it."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """What the periods before showed together: `count` events among `n`; `variance` of their rates beyond chance."""

    kind: Kind
    count: int
    n: int
    variance: float = 0.0

    @property
    def centre(self) -> float:
        return self.count / self.n


class ControlLimits(NamedTuple):
    """The lowest and the highest count that chance explains."""

    lower: int
    upper: int


def make_baseline(kind: Kind, counted: Sequence[tuple[int, int]]) -> Baseline:
    """The baseline of these periods, each with its count and a positive n."""
    count, n = sum(one for one, _ in counted), sum(many for _, many in counted)
    return Baseline(kind, count, n, _estimate_variance(kind, counted, count / n))


def find_limits(baseline: Baseline, sizes: Sequence[int]) -> ControlLimits:
    """The counts that chance explains in a period of `sizes` observations; of several periods together if there are several.

    For a share the upper limit is the period's n where even n of n is no signal.
    """
    return ControlLimits(_find_lower(baseline, sizes), _find_upper(baseline, sizes))


def compute_upper_tail(baseline: Baseline, sizes: Sequence[int], count: int) -> float:
    """The probability of `count` or more."""
    if baseline.kind == "p" and count > sum(sizes):
        return 0.0
    if count <= 0 or (baseline.kind == "p" and baseline.count == baseline.n):
        return 1.0
    drawn = _Predicted.above(baseline, sizes)
    return drawn.sum_up(count) if count > drawn.mean else 1.0 - drawn.sum_down(count - 1)


def compute_lower_tail(baseline: Baseline, sizes: Sequence[int], count: int) -> float:
    """The probability of `count` or fewer."""
    if count < 0:
        return 0.0
    if baseline.count == 0 or (baseline.kind == "p" and count >= sum(sizes)):
        return 1.0
    drawn = _Predicted.below(baseline, sizes)
    return drawn.sum_down(count) if count < drawn.mean else 1.0 - drawn.sum_up(count + 1)


def _find_upper(baseline: Baseline, sizes: Sequence[int]) -> int:
    """The highest count whose tail is not yet negligible: from a guess near it up or down, one count at a time."""
    n = sum(sizes)
    if baseline.kind == "p" and baseline.count == baseline.n:
        return n
    drawn = _Predicted.above(baseline, sizes)
    count = max(int(drawn.mean + 3 * drawn.spread), 1)
    count = min(count, n) if baseline.kind == "p" else count
    tail = compute_upper_tail(baseline, sizes, count)
    while tail > TAIL and (baseline.kind == "u" or count <= n):
        tail -= drawn.probability(count)
        count += 1
    while count > 1 and (more := tail + drawn.probability(count - 1)) <= TAIL:
        count, tail = count - 1, more
    return count - 1


def _find_lower(baseline: Baseline, sizes: Sequence[int]) -> int:
    if baseline.count == 0:
        return 0
    drawn = _Predicted.below(baseline, sizes)
    count = max(int(drawn.mean - 3 * drawn.spread), 0)
    tail = compute_lower_tail(baseline, sizes, count)
    while count >= 0 and tail > TAIL:
        tail -= drawn.probability(count)
        count -= 1
    while (more := tail + drawn.probability(count + 1)) <= TAIL:
        count, tail = count + 1, more
    return count + 1


def _estimate_variance(kind: Kind, counted: Sequence[tuple[int, int]], centre: float) -> float:
    """How much the rates of these periods vary beyond chance; 0 if they do not (DerSimonian & Laird 1986)."""
    n = sum(many for _, many in counted)
    chance = centre * (1 - centre) if kind == "p" else centre
    apart = sum(many * (one / many - centre) ** 2 for one, many in counted)
    weight = n - sum(many * many for _, many in counted) / n - (len(counted) - 1 if kind == "p" else 0)
    return max((apart - (len(counted) - 1) * chance) / weight, 0.0) if weight > 0 else 0.0


@dataclass(frozen=True, slots=True)
class _Predicted:
    """The distribution of a coming count: beta-binomial with `n` (p), negative binomial (u); `a` and `b` are of the level's beta or gamma."""

    n: int | None
    a: float
    b: float

    @classmethod
    def above(cls, baseline: Baseline, sizes: Sequence[int]) -> "_Predicted":
        return cls._of(baseline, sizes, baseline.count + 1, baseline.n - baseline.count)

    @classmethod
    def below(cls, baseline: Baseline, sizes: Sequence[int]) -> "_Predicted":
        return cls._of(baseline, sizes, baseline.count, baseline.n - baseline.count + 1)

    @classmethod
    def _of(cls, baseline: Baseline, sizes: Sequence[int], events: int, others: int) -> "_Predicted":
        """Variance of the level: of the baseline's mean, and of the periods among themselves; several even out."""
        n = sum(sizes)
        between = baseline.variance * sum(size * size for size in sizes) / n**2
        if baseline.kind == "u":
            mean = events / baseline.n
            variance = events / baseline.n**2 + between
            return cls(None, mean * mean / variance, mean / variance / n)
        mean = events / (events + others)
        whole = mean * (1 - mean)
        variance = min(whole / (events + others + 1) + between, 0.5 * whole)
        return cls(n, mean * (whole / variance - 1), (1 - mean) * (whole / variance - 1))

    @property
    def mean(self) -> float:
        return self.a / self.b if self.n is None else self.n * self.a / (self.a + self.b)

    @property
    def spread(self) -> float:
        if self.n is None:
            return sqrt(self.mean * (1 + 1 / self.b))
        whole = self.a + self.b
        return sqrt(self.n * self.a * self.b * (whole + self.n) / (whole**2 * (whole + 1)))

    def probability(self, count: int) -> float:
        """Of exactly `count`."""
        if count < 0 or (self.n is not None and count > self.n):
            return 0.0
        a, b = self.a, self.b
        if self.n is None:
            return exp(log_ways(count + a - 1, count) - a * log1p(1 / b) - count * log1p(b))
        rest = self.n - count
        return exp(log_ways(self.n, count) + _log_beta(count + a, rest + b) - _log_beta(a, b))

    def sum_up(self, count: int) -> float:
        """Of `count` or more."""
        term = total = self.probability(count)
        while term > _NEGLIGIBLE * total:
            term *= self._step(count)
            total += term
            count += 1
        return total

    def sum_down(self, count: int) -> float:
        """Of `count` or fewer."""
        term = total = self.probability(count)
        while count > 0 and term > _NEGLIGIBLE * total:
            count -= 1
            term /= self._step(count)
            total += term
        return total

    def _step(self, count: int) -> float:
        """The probability of `count` + 1 over that of `count`."""
        if self.n is None:
            return (count + self.a) / (count + 1) / (1 + self.b)
        rest = self.n - count
        return rest * (count + self.a) / (count + 1) / (rest - 1 + self.b) if rest else 0.0


def log_ways(n: float, k: int) -> float:
    """The logarithm of the number of ways to choose k of n, which need not be whole."""
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)
