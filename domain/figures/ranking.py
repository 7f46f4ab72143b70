"""Who is better than whom, as far as the answers prove it (M6).

1. A rank is claimed only where intervals do not overlap: units whose 95 % intervals overlap, directly or through others, share one. So any two
   units of different ranks are told apart by their own answers, whatever lies between them.
2. A rank counts the units that are better: 1, 1, 3. Within a rank the order is that of the shares, and says nothing.
3. Whoever has fewer answers than the minimum is counted, not shown, and joins nobody.
4. A champion stands alone at rank 1, of at least two.

Source: rule M3. Pitfalls: one unit with few answers, so with a wide interval, joins many that could be told apart without it; two neighbours of
a rank may differ clearly where others lie between them; intervals that touch are no proof of equality. What customers of different routes
expect is not the couriers' doing: compare those who do the same work.
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
    """`places` from the best; `hidden` units have answers, but fewer than the minimum."""

    places: tuple[RankedPlace, ...] = ()
    hidden: int = 0

    @property
    def groups(self) -> tuple[tuple[RankedPlace, ...], ...]:
        """The places of each rank together."""
        ranks = sorted({place.rank for place in self.places})
        return tuple(tuple(one for one in self.places if one.rank == rank) for rank in ranks)

    @property
    def champion(self) -> RankedUnit | None:
        """The one that stands alone at rank 1; nobody where there is nobody to compare with."""
        return self.places[0].unit if len(self.places) > 1 and self.places[1].rank > 1 else None


def rank_units(units: Iterable[RankedUnit], minimum: int) -> Ranking:
    """By the share of satisfied customers (`domain.figures.figures.satisfaction`), its interval and rule 1.

    Ordered by share, a new rank begins where the lower ends of all before lie above the upper ends of all from there on.
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
    for at, one in enumerate(shown):
        if at and lowest > highest[at]:
            current = at + 1
        lowest = min(lowest, one.share.interval[0])
        places.append(RankedPlace(current, one))
    return Ranking(tuple(places), len(answered) - len(shown))
