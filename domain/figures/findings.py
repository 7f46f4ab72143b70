"""What a report says in sentences: what is better, worse, not proven, missed, and where n is too small. Facts and numbers, never a cause.

1. Better and worse only where the 95 % intervals do not touch (`domain.figures.evidence.change`); everything else is not proven, and said so.
2. A target is missed, or reached, for certain only where the whole interval lies on one side of it.
3. A unit stands apart from the whole by the same rule. Of many units a few always do by chance: `by_chance` says how many.
4. Nothing here says why: a summary knows what happened together, not what made it happen.
"""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.cases.deadlines import Stage
from domain.figures.breakdown import By
from domain.figures.casework import (
    Casework,
    first_time_resolution,
    handling_satisfaction,
    on_time,
    reopen_rate,
    repeat_rate,
    resolved_by_round,
)
from domain.figures.evidence import HIDDEN_BELOW, Change, Rate, Share, Verdict, change
from domain.figures.figures import Counts, complaint_rate, reach, response_rate, satisfaction, valid_rate
from domain.figures.summary import Summary, Unit

VITAL = 0.8
"""The few categories that make this share of all complaints (Pareto)."""


class Figure(enum.StrEnum):
    SATISFACTION = "satisfaction"
    RESPONSE = "response"
    REACH = "reach"
    COMPLAINTS = "complaints"
    VALID = "valid"
    HANDLING = "handling"
    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    REPEAT = "repeat"
    REOPEN = "reopen"


UPWARDS = frozenset(Figure) - {Figure.COMPLAINTS, Figure.VALID, Figure.REPEAT, Figure.REOPEN}
"""More of these is better; of the others, less."""


class Standing(enum.StrEnum):
    """Against a target: UNDER and OVER are where the value lies while the interval still holds the target."""

    UNKNOWN = "unknown"
    MISSED = "missed"
    UNDER = "under"
    OVER = "over"
    REACHED = "reached"


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of the period and of the one before; `target` is a fraction that is to be reached, where there is one."""

    figure: Figure
    now: Share | Rate
    before: Share | Rate
    target: float | None = None

    @property
    def change(self) -> Change:
        return change(self.now, self.before)

    @property
    def better(self) -> bool | None:
        """Whether it is better than before; None where that is not proven."""
        if self.change.verdict not in {Verdict.UP, Verdict.DOWN}:
            return None
        return (self.change.verdict is Verdict.UP) is (self.figure in UPWARDS)

    @property
    def standing(self) -> Standing:
        if self.target is None or self.now.value is None or self.now.n < HIDDEN_BELOW:
            return Standing.UNKNOWN
        low, high = self.now.interval
        if high < self.target:
            return Standing.MISSED
        if low >= self.target:
            return Standing.REACHED
        return Standing.OVER if self.now.value >= self.target else Standing.UNDER


@dataclass(frozen=True, slots=True)
class Moved:
    """Proven to be another than before."""

    measure: Measure
    better: bool


@dataclass(frozen=True, slots=True)
class Unproven:
    """It may have moved, or not: the intervals touch."""

    measure: Measure


@dataclass(frozen=True, slots=True)
class Aimed:
    """Where a figure stands against its target."""

    measure: Measure
    standing: Standing


@dataclass(frozen=True, slots=True)
class Slipped:
    """The stage whose deadlines were missed most often: `kept` of those that fell due, what is open and overdue included."""

    stage: Stage
    kept: Share


@dataclass(frozen=True, slots=True)
class Apart:
    """A unit whose satisfaction is certainly below, or above, that of the whole."""

    by: By
    unit: Unit
    share: Share
    whole: Share
    below: bool


@dataclass(frozen=True, slots=True)
class Vital:
    """The fewest categories that make most of the complaints opened: `share` of all."""

    units: tuple[Unit, ...]
    share: Share


@dataclass(frozen=True, slots=True)
class Waiting:
    """Complaints that the company still owes an answer, at this moment."""

    open: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Few:
    """Too few for a percentage: counts only."""

    measure: Measure


Finding = Moved | Aimed | Slipped | Apart | Vital | Waiting | Unproven | Few


def measures(summary: Summary, targets: Sequence[float] = ()) -> tuple[Measure, ...]:
    """The figures of a report, each with the one before; `targets` are the percents of rounds 1 to 3."""
    found = [
        Measure(figure, now, before)
        for (figure, now), (_, before) in zip(_asked(summary.now), _asked(summary.before), strict=True)
    ]
    rounds = {Figure.FIRST: 0, Figure.SECOND: 1, Figure.THIRD: 2}
    for (figure, now), (_, before) in zip(_handled(summary.casework), _handled(summary.casework_before), strict=True):
        n = rounds.get(figure)
        found.append(Measure(figure, now, before, targets[n] / 100 if n is not None and n < len(targets) else None))
    return tuple(found)


def findings(summary: Summary, targets: Sequence[float] = ()) -> tuple[Finding, ...]:
    """What is to be said of the period, in the order in which it is read: moved for the worse first, what is too small last."""
    every = measures(summary, targets)
    moved = [Moved(one, one.better) for one in every if one.better is not None]
    aimed = [Aimed(one, one.standing) for one in every if one.standing is not Standing.UNKNOWN]
    departments = apart(By.DEPARTMENT, summary.units, summary.now) if summary.by in {By.ALL, By.DEPARTMENT} else ()
    return (
        *sorted(moved, key=lambda one: one.better),
        *sorted(aimed, key=lambda one: list(Standing).index(one.standing)),
        *slipped(summary.casework),
        *departments,
        *vital(summary.categories),
        *([Waiting(summary.open_now, summary.overdue_now)] if summary.open_now else ()),
        *(Unproven(one) for one in every if one.change.verdict is Verdict.UNPROVEN),
        *(Few(one) for one in every if one.figure is not Figure.VALID and 0 < one.now.n < HIDDEN_BELOW),
    )


def apart(by: By, units: Iterable[Unit], whole: Counts) -> tuple[Apart, ...]:
    """The units whose interval of satisfaction does not touch that of the whole, the furthest below first.

    Pitfall: the whole holds the unit, so the test is strict; and it is made once a unit, see `by_chance`.
    """
    everything = satisfaction(whole.strata)
    found = []
    for unit in units:
        share = satisfaction(unit.counts.strata)
        verdict = change(share, everything).verdict
        if unit.key and verdict in {Verdict.UP, Verdict.DOWN}:
            found.append(Apart(by, unit, share, everything, below=verdict is Verdict.DOWN))
    return tuple(sorted(found, key=lambda one: (not one.below, one.share.interval[1], one.unit.key)))


def by_chance(compared: int) -> float:
    """How many of so many units would stand below the whole although none differs: one in forty, at 95 % intervals."""
    return compared * 0.025


def vital(categories: Iterable[Unit]) -> tuple[Vital, ...]:
    """The categories that together make four fifths of the complaints opened; nothing where that takes most of them, or n is small."""
    ordered = sorted(categories, key=lambda one: (-one.counts.opened, one.key))
    n = sum(one.counts.opened for one in ordered)
    if n < HIDDEN_BELOW:
        return ()
    part, few = 0, []
    for one in ordered:
        few.append(one)
        part += one.counts.opened
        if part >= VITAL * n:
            break
    return (Vital(tuple(few), Share(part, n)),) if len(few) * 2 <= len(ordered) or len(few) == 1 else ()


def slipped(found: Casework) -> tuple[Slipped, ...]:
    """The stage with the lowest share kept, among those with deadlines enough, if any was missed."""
    shares = [(stage, on_time(kept)) for stage, kept in found.stages.items() if kept.due >= HIDDEN_BELOW]
    missed = [Slipped(stage, share) for stage, share in shares if share.part < share.n]
    return tuple(sorted(missed, key=lambda one: (one.kept.value, one.stage.value))[:1])


def _asked(counts: Counts) -> list[tuple[Figure, Share | Rate]]:
    return [
        (Figure.SATISFACTION, satisfaction(counts.strata)),
        (Figure.RESPONSE, response_rate(counts.answered, counts.surveyed)),
        (Figure.REACH, reach(counts.surveyed, counts.sampled)),
        (Figure.COMPLAINTS, complaint_rate(counts.complaints, counts.deliveries)),
        (Figure.VALID, valid_rate(counts.valid, counts.deliveries)),
    ]


def _handled(found: Casework) -> list[tuple[Figure, Share]]:
    return [
        (Figure.HANDLING, handling_satisfaction(found)),
        (Figure.FIRST, first_time_resolution(found)),
        (Figure.SECOND, resolved_by_round(found, 2)),
        (Figure.THIRD, resolved_by_round(found, 3)),
        (Figure.REPEAT, repeat_rate(found)),
        (Figure.REOPEN, reopen_rate(found)),
    ]
