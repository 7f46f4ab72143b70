"""Department score, monthly: four shares weighted as the company file says, from 0 to 100.

1. The parts are satisfaction (`figures.satisfaction`), deadlines kept in all stages (`handling.on_time_rate`),
   satisfaction with the handling (`handling.handling_satisfaction`) and complaints solved the first time
   (`handling.first_time_resolution`), each from 0 to 100 with its n.
2. A part with fewer than 10 observations (weighted ones by what they are worth) is left out; the others share its weight in
   proportion, and the score says so. Only scores made of all parts are listed by size; the others stand apart.
3. If every part is left out there is no score, rather than a score of 0.

Example, weights 40, 25, 20, 15: satisfaction 90 of 100 → 90; on time 40 of 50 → 80; handling 4 of 6 → left out; first
time 18 of 20 → 90. The remaining weights, 40 + 25 + 15 = 80, become 0.5, 0.3125 and 0.1875: 45 + 25 + 16.875 = 86.9.

Source: the industry's department appraisal; the weights are the company's own. Pitfalls: scores made of different parts
are not comparable; a sum hides which part moved, so the parts are shown beside it; it is a mean of shares, so a
difference of a point or two is within chance.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.figures.evidence import HIDDEN_BELOW, Share
from domain.figures.figures import Strata, satisfaction
from domain.figures.handling import (
    HandlingCounts,
    KeptDeadlines,
    first_time_resolution,
    handling_satisfaction,
    on_time_rate,
)

PARTS = ("satisfaction", "on_time", "handling", "first_time")


@dataclass(frozen=True, slots=True)
class ScorePart:
    """`value` from 0 to 100, None with fewer than 10 observations; `weight` is its share of the score, 0 if it is left out."""

    name: str
    value: float | None
    n: int
    weight: float

    @property
    def counted(self) -> bool:
        return self.value is not None


@dataclass(frozen=True, slots=True)
class Score:
    """`value` from 0 to 100, None if no part counts; `parts` are those with a weight, in the order of `PARTS`."""

    value: float | None
    parts: tuple[ScorePart, ...]

    @property
    def is_complete(self) -> bool:
        """Whether it is made of all parts, so that it compares with others that are."""
        return self.value is not None and not self.missing

    @property
    def missing(self) -> tuple[ScorePart, ...]:
        """The parts left out, so that the others weigh more."""
        return tuple(one for one in self.parts if not one.counted)


def compute_score(shares: Mapping[str, Share], weights: Mapping[str, float]) -> Score:
    """The score from the shares by part and the company's weights, in any unit; a part lacking either is ignored."""
    weighed = {name: weights.get(name, 0) for name in PARTS if weights.get(name, 0) > 0}
    known = {name: shares.get(name, Share(0, 0)) for name in weighed}
    counted = {name: one for name, one in known.items() if one.size >= HIDDEN_BELOW and one.value is not None}
    total = sum(weighed[name] for name in counted)
    parts = tuple(
        ScorePart(name, 100 * (one.value or 0.0), one.n, weighed[name] / total)
        if name in counted
        else ScorePart(name, None, one.n, 0.0)
        for name, one in known.items()
    )
    value = sum(part.weight * part.value for part in parts if part.value is not None) if counted else None
    return Score(value, parts)


def compute_shares(strata: Strata, handling_counts: HandlingCounts) -> dict[str, Share]:
    """The parts of one department's month."""
    return {
        "satisfaction": satisfaction(strata),
        "on_time": on_time_rate(_add_up(handling_counts.stages.values())),
        "handling": handling_satisfaction(handling_counts),
        "first_time": first_time_resolution(handling_counts),
    }


def _add_up(stages: Iterable[KeptDeadlines]) -> KeptDeadlines:
    listed = list(stages)
    return KeptDeadlines(
        sum(one.due for one in listed), sum(one.kept for one in listed), sum(one.promised for one in listed)
    )
