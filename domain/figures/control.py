"""Control charts (M4): which periods differ by more than chance. Figures inside their limits have no story to tell.

1. Limits come from the periods *before* those judged, so that no period shifts its own yardstick: the latest eight (the
   length of a run) are judged against the ⚙ 20 before them. With fewer than 12 periods with data nothing is judged;
   with fewer than eight to spare, fewer are judged.
2. Limits are three standard deviations around the baseline's mean, wider for a period with little data; below 0 they
   are 0.
3. Signals: one point outside its limits; eight in a row on one side of the centre. Two points alone never make one,
   whichever way they go.
4. Too little data makes no signal: a period without data is not a point; below 10 observations, or for a single event,
   nothing is outside; where not even one event is expected, zero is normal and the point is on neither side.

Source: Shewhart's charts as in Montgomery, Introduction to Statistical Quality Control; the Western Electric runs rule.
Pitfalls: a baseline that was itself out of control gives wide limits; complaints about the latest days are still to
come, so their points may yet rise.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import dropwhile
from math import sqrt
from typing import Literal

from domain.figures.chart_periods import Grain
from domain.figures.evidence import HIDDEN_BELOW

BASELINE = 20
MIN_BASELINE = 12
RUN_LENGTH = 8
RATE_PER = 1000
SIGMAS = 3
_EVENTS = 2
_SLACK = 1e-9  # a point on its limit is inside, whatever rounding says


class Signal(StrEnum):
    """Above means more dissatisfaction or more complaints: worse."""

    NONE = "none"
    ABOVE = "above"
    BELOW = "below"
    RUN_ABOVE = "run_above"
    RUN_BELOW = "run_below"


@dataclass(frozen=True, slots=True)
class Observation:
    """The counts of one period: `count` events among `n`; `code` is the period's (see `domain.figures.period`)."""

    code: str
    first: date
    last: date
    count: int
    n: int


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a chart. `value`, `centre` and limits are a fraction (p) or per 1,000 (u).

    `value` and limits are None when n is 0; centre and limits also when the baseline is too short. `judged`: not part
    of the baseline.
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


@dataclass(frozen=True, slots=True)
class Chart:
    """`points` are in order of time: the baseline's, then those judged. `baseline` is the number of baseline periods with data.

    Without limits (`centre` is None), `baseline` is how many of the `needed` periods there are.
    """

    kind: Literal["p", "u"]
    points: tuple[Point, ...] = ()
    centre: float | None = None
    baseline: int = 0
    needed: int = MIN_BASELINE

    @property
    def signals(self) -> tuple[Point, ...]:
        return tuple(point for point in self.points if point.signal is not Signal.NONE)


@dataclass(frozen=True, slots=True)
class Trend:
    """What the picture of `/trend` shows. `grain` is day, week or month; `unit` is a department's name, empty for the whole company."""

    grain: Grain
    unit: str
    dissatisfaction: Chart
    complaints: Chart


def p_chart(observed: Sequence[Observation], periods: int = BASELINE) -> Chart:
    """Chart of a share: p̄ ± 3·√(p̄(1 − p̄) ÷ n), p̄ = Σ count ÷ Σ n of the baseline; fractions from 0 to 1.

    Used by `/trend` for `domain.figures.figures.dissatisfaction`. Pitfall: p̄ is the share of all answers together, not
    the mean of the periods' shares.
    """
    return _make_chart("p", observed, periods)


def u_chart(observed: Sequence[Observation], periods: int = BASELINE) -> Chart:
    """Chart of a rate: ū ± 3·√(ū ÷ n), ū = Σ count ÷ Σ n of the baseline; reported per 1,000.

    Used by `/trend` for `domain.figures.figures.complaint_rate`. Example: ū = 4 ÷ 1,000 and n = 800 → 0.004 + 3·√(0.004
    ÷ 800) = 10.7 per 1,000.
    """
    return _make_chart("u", observed, periods)


def compute_limits(kind: Literal["p", "u"], centre: float, n: int) -> tuple[float, float]:
    """Lower and upper limit of a period of `n` observations; `centre` and limits are per observation, not per 1,000.
    `n` must be positive.
    """
    spread = SIGMAS * sqrt((centre * (1 - centre) if kind == "p" else centre) / n)
    upper = centre + spread
    return max(centre - spread, 0.0), min(upper, 1.0) if kind == "p" else upper


def _make_chart(kind: Literal["p", "u"], observed: Sequence[Observation], periods: int) -> Chart:
    observed = list(dropwhile(lambda one: not one.n, observed))  # nothing had been delivered or answered yet
    filled = [n for n, one in enumerate(observed) if one.n]
    judged = min(RUN_LENGTH, len(filled) - min(MIN_BASELINE, periods))
    if judged < 1:
        points = tuple(_make_point(kind, one, None) for one in observed[-periods - RUN_LENGTH :])
        return Chart(kind, points, None, max(len(filled) - 1, 0), min(MIN_BASELINE, periods))
    start = filled[-judged]
    before = observed[max(start - periods, 0) : start]
    base = [one for one in before if one.n]
    if len(base) < min(MIN_BASELINE, periods):  # long gaps: too few of the last periods have data
        points = tuple(_make_point(kind, one, None) for one in (*before, *observed[start:]))
        return Chart(kind, points, None, len(base), min(MIN_BASELINE, periods))
    centre = sum(one.count for one in base) / sum(one.n for one in base)
    drawn = [_make_point(kind, one, centre) for one in before]
    return Chart(
        kind,
        (*drawn, *_judge(kind, observed[start:], centre)),
        _scale(kind, centre),
        len(base),
        min(MIN_BASELINE, periods),
    )


def _judge(kind: Literal["p", "u"], observed: Sequence[Observation], centre: float) -> list[Point]:
    """The judged points; a run is reported at the point where it becomes complete."""
    points: list[Point] = []
    side = length = 0
    for observation in observed:
        signal = _find_outside_signal(kind, observation, centre)
        now = _find_side(observation, centre)
        if now is not None:
            length = length + 1 if now == side and now else abs(now)
            side = now
            if signal is Signal.NONE and length >= RUN_LENGTH:
                signal = Signal.RUN_ABOVE if side > 0 else Signal.RUN_BELOW
        points.append(_make_point(kind, observation, centre, judged=True, signal=signal))
    return points


def _find_outside_signal(kind: Literal["p", "u"], observation: Observation, centre: float) -> Signal:
    if observation.n < HIDDEN_BELOW:
        return Signal.NONE
    value = observation.count / observation.n
    lower, upper = compute_limits(kind, centre, observation.n)
    if value > upper + _SLACK and observation.count >= _EVENTS:
        return Signal.ABOVE
    return Signal.BELOW if value < lower - _SLACK else Signal.NONE


def _find_side(observation: Observation, centre: float) -> int | None:
    """1 above the centre, −1 below, 0 on it; None if the period is too small to say (rule 4)."""
    if observation.n * centre < 1:
        return None
    difference = observation.count / observation.n - centre
    return 0 if abs(difference) <= _SLACK else 1 if difference > 0 else -1


def _make_point(
    kind: Literal["p", "u"],
    observation: Observation,
    centre: float | None,
    *,
    judged: bool = False,
    signal: Signal = Signal.NONE,
) -> Point:
    value = _scale(kind, observation.count / observation.n) if observation.n else None
    point = Point(
        observation.code,
        observation.first,
        observation.last,
        observation.count,
        observation.n,
        value,
        judged=judged,
        signal=signal,
    )
    if centre is None or not observation.n:
        return point
    low, high = (_scale(kind, limit) for limit in compute_limits(kind, centre, observation.n))
    return replace(point, centre=_scale(kind, centre), lower=low, upper=high)


def _scale(kind: Literal["p", "u"], value: float) -> float:
    return value * RATE_PER if kind == "u" else value
