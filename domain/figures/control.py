"""Control charts: which periods differ by more than chance. Figures inside their limits have no story to tell.

1. Limits come from the periods *before* those judged, so that no period shifts its own yardstick: the latest eight (the
   length of a run), and those still growing, are judged against the ⚙ 20 before them. With fewer than 12 periods with
   complete data nothing is judged; with fewer than eight to spare, fewer are judged. What is still growing
   (`domain.figures.maturity`) is never in a baseline.
2. A period is outside its limits if so much, or so little, has a probability of at most 0.00135 on that side
   (`domain.figures.control_limits`): exactly summed, with the baseline's own uncertainty in it.
3. Signals: one point outside its limits; eight in a row on one side of the centre that together have a probability of
   at most 0.01. Two points alone never make one, whichever way they go.
4. A period without data is not a point; one below 10 observations is never judged; a single event is never outside;
   where not even one event is expected, zero is normal and the point is on neither side.
5. "In control" is said only where a change could have shown: the baseline has 20 events or more, and a level at most
   four times the centre would have been outside. A point of which that is not true is *not judged*: its silence means
   nothing. Other charts are too few to judge.
6. What is still growing can already be too much, but not yet too little: no signal below of a period to which
   complaints are still to come.

Source: Shewhart's charts as in Montgomery, Introduction to Statistical Quality Control; the Western Electric runs rule.
Pitfalls: a baseline that was itself out of control gives wide limits; in control means no *proof* of a change, and how
large a change would have been found is the upper limit's to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import dropwhile
from typing import Literal

from domain.figures.chart_periods import Grain
from domain.figures.control_limits import (
    Baseline,
    Kind,
    compute_lower_tail,
    compute_upper_tail,
    find_limits,
    make_baseline,
)
from domain.figures.evidence import HIDDEN_BELOW

BASELINE = 20
MIN_BASELINE = 12
RUN_LENGTH = 8
RATE_PER = 1000
NEEDED_EVENTS = 20
"""Fewer events in the baseline do not carry "in control"."""

TELLING_FOLD = 4
"""A point tells something if this many times the centre would lie outside its limits."""

RUN_TAIL = 0.01
"""How improbable eight in a row have to be together. In a row alone they are common: where the centre is a little off, every few months."""

_EVENTS = 2


class Signal(StrEnum):
    """Above means more dissatisfaction or more complaints: worse."""

    NONE = "none"
    ABOVE = "above"
    BELOW = "below"
    RUN_ABOVE = "run_above"
    RUN_BELOW = "run_below"


class Verdict(StrEnum):
    """What a chart says as a whole; the last three: nothing, and why not.

    SHORT: too few periods. RARE: the baseline has too few events. SMALL: no judged period is large enough to show anything.
    """

    SIGNAL = "signal"
    CONTROL = "control"
    SHORT = "short"
    RARE = "rare"
    SMALL = "small"


@dataclass(frozen=True, slots=True)
class Observation:
    """The counts of one period: `count` events among `n`; `code` is the period's (see `domain.figures.period`).

    `growing`: more of both may still come.
    """

    code: str
    first: date
    last: date
    count: int
    n: int
    growing: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a chart. `value`, `centre` and limits are a fraction (p) or per 1,000 (u).

    `value` is None when n is 0; centre and limits also when the baseline is too short or n below 10. `judged`: not part
    of the baseline. `telling`: large enough to show a change (rule 5).
    """

    code: str
    first: date
    last: date
    count: int
    n: int
    value: float | None = None
    centre: float | None = None
    lower: float | None = None
    upper: float | None = None
    judged: bool = False
    signal: Signal = Signal.NONE
    growing: bool = False
    telling: bool = False

    @property
    def unjudged(self) -> bool:
        """Its silence means nothing: it is drawn hollow."""
        return not self.telling and self.signal is Signal.NONE


@dataclass(frozen=True, slots=True)
class Chart:
    """`points` are in order of time: the baseline's, then those judged. `baseline` is the number of baseline periods
    with data, `events` those counted in them.

    Without limits (`centre` is None), `baseline` is how many of the `needed` periods there are. `awaited_days`: so long
    after its last day a period is growing (a chart that an earlier release owes awaited seven).
    """

    kind: Kind
    points: tuple[Point, ...] = ()
    centre: float | None = None
    baseline: int = 0
    needed: int = MIN_BASELINE
    events: int = 0
    awaited_days: int = 7

    @property
    def signals(self) -> tuple[Point, ...]:
        return tuple(point for point in self.points if point.signal is not Signal.NONE)

    @property
    def judged(self) -> tuple[Point, ...]:
        """The periods after the baseline that have data."""
        return tuple(point for point in self.points if point.judged and point.n)

    @property
    def verdict(self) -> Verdict:
        if self.centre is None:
            return Verdict.SHORT
        if self.signals:
            return Verdict.SIGNAL
        if self.events < NEEDED_EVENTS:
            return Verdict.RARE
        return Verdict.CONTROL if any(point.telling for point in self.judged) else Verdict.SMALL


@dataclass(frozen=True, slots=True)
class Trend:
    """What the picture of `/trend` shows. `grain` is day, week or month; `unit` is a department's name, empty for the whole company."""

    grain: Grain
    unit: str
    dissatisfaction: Chart
    complaints: Chart


def p_chart(observed: Sequence[Observation], periods: int = BASELINE) -> Chart:
    """Chart of a share: p̄ = Σ count ÷ Σ n of the baseline, and the shares that chance explains; fractions from 0 to 1.

    Used by `/trend` for `domain.figures.figures.dissatisfaction`. Example: 200 of 2,000 before and n = 100 → from 2 % to
    20 %. Pitfall: p̄ is the share of all answers together, not the mean of the periods' shares.
    """
    return _make_chart("p", observed, periods)


def u_chart(observed: Sequence[Observation], periods: int = BASELINE) -> Chart:
    """Chart of a rate: ū = Σ count ÷ Σ n of the baseline, and the rates that chance explains; reported per 1,000.

    Used by `/trend` for complaints that customers filed (`domain.figures.totals`, without those that grew out of a
    rating, which the sampling moves). Example: 80 of 20,000 before and n = 1,000 → up to 12 per 1,000.
    """
    return _make_chart("u", observed, periods)


def _make_chart(kind: Kind, observed: Sequence[Observation], periods: int) -> Chart:
    observed = list(dropwhile(lambda one: not one.n, observed))  # nothing had been delivered or answered yet
    filled = [n for n, one in enumerate(observed) if one.n]
    growing = sum(observed[n].growing for n in filled)
    needed = min(MIN_BASELINE, periods)
    judged = min(RUN_LENGTH + growing, len(filled) - needed)
    if judged < max(growing, 1):
        points = tuple(_make_bare_point(kind, one) for one in observed[-periods - RUN_LENGTH :])
        return Chart(kind, points, None, max(len(filled) - max(growing, 1), 0), needed)
    start = filled[-judged]
    before = observed[max(start - periods, 0) : start]
    base = [(one.count, one.n) for one in before if one.n]
    if len(base) < needed:  # long gaps: too few of the last periods have data
        points = tuple(_make_bare_point(kind, one) for one in (*before, *observed[start:]))
        return Chart(kind, points, None, len(base), needed)
    baseline = make_baseline(kind, base)
    drawn = [_make_point(baseline, one) for one in before]
    judged_points = _judge(baseline, observed[start:])
    return Chart(
        kind, (*drawn, *judged_points), _scale(kind, baseline.centre), len(base), needed, events=baseline.count
    )


def _judge(baseline: Baseline, observed: Sequence[Observation]) -> list[Point]:
    """The judged points; a run is reported at the point where it becomes complete."""
    points: list[Point] = []
    row: list[Observation] = []
    side = 0
    for observation in observed:
        point = _make_point(baseline, observation, judged=True)
        now = _find_side(baseline, observation)
        if now is not None:
            row = [*row, observation] if now == side else [observation]
            row, side = row if now else [], now
            if point.signal is Signal.NONE and _is_run(baseline, row[-RUN_LENGTH:], side):
                point = replace(point, signal=Signal.RUN_ABOVE if side > 0 else Signal.RUN_BELOW)
        points.append(point)
    return points


def _is_run(baseline: Baseline, row: Sequence[Observation], side: int) -> bool:
    """Whether these are eight, and together more (or less) than chance explains."""
    if len(row) < RUN_LENGTH:
        return False
    count, sizes = sum(one.count for one in row), [one.n for one in row]
    compute = compute_upper_tail if side > 0 else compute_lower_tail
    return compute(baseline, sizes, count) <= RUN_TAIL


def _find_side(baseline: Baseline, observation: Observation) -> int | None:
    """1 above the centre, −1 below, 0 on it or not yet known; None if the period is too small to say (rule 4)."""
    if observation.n * baseline.count < baseline.n:
        return None
    apart = observation.count * baseline.n - baseline.count * observation.n
    if apart > 0:
        return 1
    return -1 if apart < 0 and not _may_still_rise(baseline.kind, observation) else 0


def _may_still_rise(kind: Kind, observation: Observation) -> bool:
    """Complaints come after their delivery; a share can go either way when more is known."""
    return kind == "u" and observation.growing


def _make_point(baseline: Baseline, observation: Observation, *, judged: bool = False) -> Point:
    kind, n = baseline.kind, observation.n
    if n < HIDDEN_BELOW:
        return _make_bare_point(kind, observation, judged=judged)
    lower, upper = find_limits(baseline, [n])
    upper = max(upper, _EVENTS - 1)
    signal = Signal.NONE
    if judged and observation.count > upper:
        signal = Signal.ABOVE
    elif judged and observation.count < lower and not _may_still_rise(kind, observation):
        signal = Signal.BELOW
    reachable = kind == "u" or upper < n
    return Point(
        observation.code,
        observation.first,
        observation.last,
        observation.count,
        n,
        _scale(kind, observation.count / n),
        centre=_scale(kind, baseline.centre),
        lower=_scale(kind, lower / n),
        upper=_scale(kind, upper / n),
        judged=judged,
        signal=signal,
        growing=observation.growing,
        telling=(
            baseline.count >= NEEDED_EVENTS
            and reachable
            and (upper + 1) * baseline.n <= TELLING_FOLD * baseline.count * n
        ),
    )


def _make_bare_point(kind: Kind, observation: Observation, *, judged: bool = False) -> Point:
    """A point without limits."""
    value = _scale(kind, observation.count / observation.n) if observation.n else None
    return Point(
        observation.code,
        observation.first,
        observation.last,
        observation.count,
        observation.n,
        value,
        judged=judged,
        growing=observation.growing,
    )


def _scale(kind: Literal["p", "u"], value: float) -> float:
    return value * RATE_PER if kind == "u" else value
