"""Comparison of units: which couriers, departments, routes, … are satisfied clearly more, or less, than the rest.

1. Each unit is compared with the rest: all others together, itself left out, and of these the priorities in which it has
   answers itself.
2. The test is Fisher's exact one of two shares, two-sided (twice the smaller tail). Weighted shares enter it as what they are
   worth: the effective number of answers, cut to a whole one, of which so many were satisfied as the share says, rounded
   towards the rest. (A z-test of the same shares, simulated, names somebody falsely in up to 30 % of the periods of rule 3.)
3. All units of a period are tested at once, so p is corrected by Holm's method for as many comparisons as are made: if no
   unit differs, at most one period in twenty names any.
4. A unit whose answers, or whose rest, are worth fewer than 10 is not compared. Answers that name no unit are one more unit
   (not given): they are compared, and are in the rest of every other.
5. Everything that says "clearly" of a unit says this verdict: chat, picture, report, champion. How many answers a list
   demands before it shows a unit changes what is shown, never the verdict.

Source: R. A. Fisher, JRSS 98 (1935); S. Holm, Scand. J. Statistics 6 (1979). Pitfalls: "no clear difference" is not "equal":
below a few dozen answers only large differences show (the tables below say which). A rest with one very bad unit in it makes
others clearly better than it. A unit with other priorities, routes or customers than the rest may differ by these. Where the
priority that is asked about least is far less satisfied than the others, the effective number is a little too high.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, exp, floor

from domain.figures.control_limits import log_ways
from domain.figures.evidence import HIDDEN_BELOW, Share, Weighted
from domain.figures.figures import Counts, Strata, Stratum, count_satisfied, weigh_satisfied

FALSE_VERDICTS = 0.05
"""How often a period in which no unit differs may name any."""

_NEGLIGIBLE = 1e-17  # of a sum: smaller terms change nothing
_HALF = 0.5  # of which twice is certain
_SLACK = 1e-9  # of a count that is whole, whatever the floats say


class UnitVerdict(StrEnum):
    """A unit against the rest; FEW: there is too little to compare."""

    HIGHER = "higher"
    SAME = "same"
    LOWER = "lower"
    FEW = "few"


@dataclass(frozen=True, slots=True)
class UnitComparison:
    """A unit's satisfaction and that of the rest; `p` is corrected for the number of comparisons, and 1 if there was
    none, or if it is certain to be no verdict.
    """

    share: Share
    rest: Share
    p: float = 1.0

    @property
    def verdict(self) -> UnitVerdict:
        if not _is_comparable(self.share, self.rest):
            return UnitVerdict.FEW
        if self.p >= FALSE_VERDICTS:
            return UnitVerdict.SAME
        return UnitVerdict.HIGHER if (self.share.value or 0.0) > (self.rest.value or 0.0) else UnitVerdict.LOWER


def compare_units(units: Mapping[str, Counts]) -> dict[str, UnitComparison]:
    """Each unit against the rest, by key.

    Pitfall: pass all units of the period, the smallest and the unnamed too; the rest is made of them.
    """
    pairs = _pair_with_rest(units)
    tested = {key: _compute_chance_if_small(*pair) for key, pair in pairs.items() if _is_comparable(*pair)}
    corrected = dict(zip(tested, correct_for_many(tested.values()), strict=True))
    return {key: UnitComparison(share, rest, corrected.get(key, 1.0)) for key, (share, rest) in pairs.items()}


def _pair_with_rest(units: Mapping[str, Counts]) -> dict[str, tuple[Share, Share]]:
    """The satisfaction of each unit, and of all others over the priorities in which it has answers (rule 1).

    Every unit is read once: there may be thousands of couriers, and this runs while others wait.
    """
    counted = {
        key: {name: count_satisfied(stratum) for name, stratum in unit.strata.items()} for key, unit in units.items()
    }
    whole: dict[str, tuple[int, int, int]] = {}
    for strata in counted.values():
        for name, (deliveries, n, part) in strata.items():
            all_deliveries, all_n, all_part = whole.get(name, (0, 0, 0))
            whole[name] = all_deliveries + deliveries, all_n + n, all_part + part
    pairs = {}
    for key, strata in counted.items():
        rest = []
        for name, (deliveries, n, part) in strata.items():
            if n:
                all_deliveries, all_n, all_part = whole[name]
                rest.append((all_deliveries - deliveries, all_n - n, all_part - part))
        pairs[key] = weigh_satisfied(strata.values()), weigh_satisfied(rest)
    return pairs


def count_compared(comparisons: Iterable[UnitComparison]) -> int:
    """How many comparisons were made, and corrected for."""
    return sum(one.verdict is not UnitVerdict.FEW for one in comparisons)


def compute_chance(share: Share, other: Share) -> float:
    """Fisher's exact probability that two shares of one and the same whole lie as far apart as these, or farther (rule 2)."""
    return min(1.0, 2 * _sum_tail(*_count_towards(share, other), *_count_towards(other, other), _HALF))


def _compute_chance_if_small(share: Share, other: Share) -> float:
    """The same; but 1 as soon as it is certain that it is no verdict, however few are compared, so that it need not be summed on."""
    tail = _sum_tail(*_count_towards(share, other), *_count_towards(other, other), FALSE_VERDICTS / 2)
    return 2 * tail if 2 * tail < FALSE_VERDICTS else 1.0


def correct_for_many(chances: Iterable[float]) -> list[float]:
    """Holm's correction: the smallest is multiplied by how many there are, the next by one fewer, and none gets below the one before."""
    listed = list(chances)
    corrected, least = [1.0] * len(listed), 0.0
    for rank, at in enumerate(sorted(range(len(listed)), key=listed.__getitem__)):
        least = max(least, min(1.0, listed[at] * (len(listed) - rank)))
        corrected[at] = least
    return corrected


def _is_comparable(share: Share, rest: Share) -> bool:
    return min(share.size, rest.size) >= HIDDEN_BELOW


def leave_out(strata: Strata, whole: Strata) -> Strata:
    """The whole without this unit, over the priorities in which it has answers: the rest that it is compared with."""
    return {key: _take_out(one, whole[key]) for key, one in strata.items() if one.tally.n}


def _take_out(part: Stratum, whole: Stratum) -> Stratum:
    """The whole without this part of it."""
    return Stratum(whole.deliveries - part.deliveries, whole.tally - part.tally)


def _count_towards(share: Share, other: Share) -> tuple[int, int]:
    """So many of so many: the answers, or what weighted ones are worth, rounded towards the other share (rule 2)."""
    if not isinstance(share, Weighted):
        return share.part, share.n
    n = floor(share.effective + _SLACK)
    satisfied = share.weighed * n
    if share.weighed < (other.value or 0.0):
        part = ceil(satisfied - _SLACK)
    elif share.weighed > (other.value or 0.0):
        part = floor(satisfied + _SLACK)
    else:
        part = round(satisfied)
    return part, n


def _sum_tail(part: int, n: int, other_part: int, other_n: int, enough: float) -> float:
    """The probability that `part` lies at least so far on this side of what is expected, where parts and sizes together are given.

    The hypergeometric distribution, summed outwards from `part` until its terms change nothing, or the sum is `enough`.
    """
    if part * other_n > other_part * n:  # the upper tail is the lower one of those who are not satisfied
        part, other_part = n - part, other_n - other_part
    lowest, together = max(0, part + other_part - other_n), part + other_part
    term = exp(log_ways(n, part) + log_ways(other_n, other_part) - log_ways(n + other_n, together))
    total = term
    for below in range(part, lowest, -1):  # from `below` to `below - 1`
        term *= below * (other_n - together + below) / ((n - below + 1) * (together - below + 1))
        total += term
        if term <= total * _NEGLIGIBLE or total >= enough:
            break
    return total
