"""Ranking with statistical ties (M6): who is better than whom, as far as the answers prove it.

1. A rank is claimed only if intervals do not overlap: units whose 95 % intervals overlap, directly or through others,
   share one. So any two units of different ranks are separated by their own answers, whatever lies between them.
2. A rank counts the units that are better: 1, 1, 3. Within a rank the order is by share, and means nothing.
3. A unit with fewer answers than the minimum is counted but not shown, and links no others.
4. A champion is alone at rank 1, among at least two.

Source: rule M3. Pitfalls: one unit with few answers, and so a wide interval, links many that could be separated without
it; two units of one rank may differ clearly if others lie between them; touching intervals do not prove equality. What
customers of different routes expect is not the couriers' doing: compare those who do the same work.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.figures.evidence import Share


@dataclass(frozen=True, slots=True)
class RankedUnit:
    """A courier or a department, and the share of its customers who were satisfied."""

    key: str
    share: Share


@dataclass(frozen=True, slots=True)
class RankedPlace:
    rank: int
    unit: RankedUnit


@dataclass(frozen=True, slots=True)
class Ranking:
    """`places` are best first; `hidden` units have answers, but fewer than the minimum."""

    places: tuple[RankedPlace, ...] = ()
    hidden: int = 0

    @property
    def groups(self) -> tuple[tuple[RankedPlace, ...], ...]:
        """The places grouped by rank."""
        ranks = sorted({place.rank for place in self.places})
        return tuple(tuple(one for one in self.places if one.rank == rank) for rank in ranks)

    @property
    def champion(self) -> RankedUnit | None:
        """The unit alone at rank 1; None if there is nobody to compare with."""
        return self.places[0].unit if len(self.places) > 1 and self.places[1].rank > 1 else None


def rank_units(units: Iterable[RankedUnit], minimum: int) -> Ranking:
    """Rank by the share of satisfied customers (`domain.figures.figures.satisfaction`), its interval and rule 1.

    In order of share, a new rank begins where every lower end before lies above every upper end from there on.
    """
    answered = [one for one in units if one.share.n]
    shown = [one for one in answered if one.share.n >= minimum]
    shown.sort(key=lambda one: (-(one.share.value or 0.0), -one.share.n, one.key))
    highest = [1.0] * len(shown)  # the highest upper end from here on
    top = 0.0
    for at in range(len(shown) - 1, -1, -1):
        top = max(top, shown[at].share.interval[1])
        highest[at] = top
    places: list[RankedPlace] = []
    current, lowest = 1, 1.0
    for at, unit in enumerate(shown):
        if at and lowest > highest[at]:
            current = at + 1
        lowest = min(lowest, unit.share.interval[0])
        places.append(RankedPlace(current, unit))
    return Ranking(tuple(places), len(answered) - len(shown))
