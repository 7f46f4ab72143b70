"""Ranking: who is clearly above the rest, who clearly below, and a champion if there is one.

1. There are no numbered ranks, only three groups by the verdict of `domain.figures.comparisons`: clearly above the rest, no
   clear difference, clearly below. Within a group the order is by share, and means nothing.
2. A unit whose answers are worth less than the company's minimum is counted but not shown; its answers are in the rest of
   the others, and its verdict is what it would be if it were shown.
3. The champion, among at least two shown, has the highest share of those that are clearly above the rest. If there are
   several such, it must differ from each of the others by the same test, corrected for as many comparisons; otherwise there
   is no champion.

Pitfalls: two units without a clear difference from the rest may still differ from one another. What
customers of different routes expect is not the couriers' doing: compare those who do the same work.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.figures.comparisons import (
    FALSE_VERDICTS,
    UnitComparison,
    UnitVerdict,
    compute_chance,
    correct_for_many,
    count_compared,
)
from domain.figures.evidence import Share

_ORDER = (UnitVerdict.HIGHER, UnitVerdict.SAME, UnitVerdict.LOWER, UnitVerdict.FEW)


@dataclass(frozen=True, slots=True)
class RankedUnit:
    """A courier or a department against the rest."""

    key: str
    comparison: UnitComparison

    @property
    def share(self) -> Share:
        """The share of its customers who were satisfied."""
        return self.comparison.share

    @property
    def verdict(self) -> UnitVerdict:
        return self.comparison.verdict


@dataclass(frozen=True, slots=True)
class Ranking:
    """`units` are ordered by group, then by share; `hidden` others have answers, but fewer than the minimum.

    `compared`: how many comparisons the verdicts are corrected for.
    """

    units: tuple[RankedUnit, ...] = ()
    hidden: int = 0
    compared: int = 0

    def count(self, verdict: UnitVerdict) -> int:
        return sum(one.verdict is verdict for one in self.units)

    @property
    def champion(self) -> RankedUnit | None:
        """Rule 3; None if nobody is clearly above the rest, or several are that cannot be told apart."""
        leaders = [one for one in self.units if one.verdict is UnitVerdict.HIGHER]
        if not leaders or len(self.units) == 1:
            return None
        best, *others = leaders
        chances = correct_for_many(compute_chance(best.share, one.share) for one in others)
        return best if all(chance < FALSE_VERDICTS for chance in chances) else None


def rank_units(comparisons: Mapping[str, UnitComparison], minimum: int) -> Ranking:
    """Those with a name and with answers worth the minimum, by group and share."""
    answered = [RankedUnit(key, one) for key, one in comparisons.items() if key and one.share.n]
    shown = [one for one in answered if one.share.size >= minimum]
    shown.sort(key=lambda one: (_ORDER.index(one.verdict), -(one.share.value or 0.0), -one.share.n, one.key))
    return Ranking(tuple(shown), len(answered) - len(shown), count_compared(comparisons.values()))
