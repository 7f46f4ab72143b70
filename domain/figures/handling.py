"""Complaint-handling figures, one definition each: formula, cohort, source and common mistakes.

1. The cohort of a rate is the complaints opened in the period; that of a deadline figure, the deadlines that fell due
   in it.
2. Open and overdue counts as missed; silence is not satisfaction; merged cases count once, as the case they were merged
   into.
3. Times are medians and P90s: a mean hides the tail. Open cases have no time yet: their number and age are shown beside
   it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import expm1, fsum

from domain.cases.deadlines import Stage
from domain.figures.evidence import Share
from domain.figures.figures import Tally


@dataclass(frozen=True, slots=True)
class HandlingTimes:
    """Median and ninth decile (P90) of `n` durations, in seconds; None without any."""

    n: int = 0
    median: float | None = None
    p90: float | None = None


@dataclass(frozen=True, slots=True)
class KeptDeadlines:
    """Deadlines that fell due: how many of `due` were kept; `promised`: how many would have been without extensions and waiting."""

    due: int = 0
    kept: int = 0
    promised: int = 0


@dataclass(frozen=True, slots=True)
class HandlingCounts:
    """The counts of complaints opened in a period.

    `rectified`: answered at least once; of them `satisfied` (the customer said solved and it stayed so), `dissatisfied`
    (the last word was not solved), `silent`. `settled`: answered at least seven days ago, so that slow customers have
    had the same time as quick ones; of them `spoken`: the customer has ever said whether it was solved. Of these
    `first` were solved in the first round and never reopened, `second` in the second, `third` in the third. `reopened`:
    of the rectified, reopened after closing. `repeated`: the same unit had one of this category in the previous 90
    days; `expected`: how many would by chance (see `repeat_rate`), None where it was not asked.
    """

    opened: int = 0
    rectified: int = 0
    satisfied: int = 0
    dissatisfied: int = 0
    silent: int = 0
    settled: int = 0
    spoken: int = 0
    first: int = 0
    second: int = 0
    third: int = 0
    reopened: int = 0
    repeated: int = 0
    expected: float | None = None
    attitude_valid: int = 0
    handling: Tally = field(default_factory=Tally)
    replied: HandlingTimes = field(default_factory=HandlingTimes)
    resolved: HandlingTimes = field(default_factory=HandlingTimes)
    finished: HandlingTimes = field(default_factory=HandlingTimes)
    unanswered: int = 0
    oldest: float | None = None
    stages: Mapping[Stage, KeptDeadlines] = field(default_factory=dict)


def on_time_rate(kept: KeptDeadlines) -> Share:
    """On-time rate of a stage 及时率: kept ÷ due; for the rectification stage it is 整改及时率.

    Cohort: deadlines that fell due in the period, those of open cases included. Source: the field's
    complaint-handling policy. Pitfalls: open and overdue is due and missed, otherwise old cases hide; an extension moves a
    deadline only if the customer was told before it passed.
    """
    return Share(kept.kept, kept.due)


def on_time_rate_as_promised(kept: KeptDeadlines) -> Share:
    """On-time rate measured by the dates first promised, as if nothing had been extended or waited for."""
    return Share(kept.promised, kept.due)


def handling_satisfaction(counts: HandlingCounts) -> Share:
    """Satisfaction with the handling 整改满意率: satisfied ÷ rectified.

    Cohort: complaints opened in the period and answered since. Source: the same policy. Pitfall: silence counts in the denominator;
    it is not satisfaction.
    """
    return Share(counts.satisfied, counts.rectified)


def handling_satisfaction_of_answers(counts: HandlingCounts) -> Share:
    """The same among those who said anything: satisfied ÷ (satisfied + not satisfied). Pitfall: the silent may think either way."""
    return Share(counts.satisfied, counts.satisfied + counts.dissatisfied)


def repeat_rate(counts: HandlingCounts) -> Share:
    """Repeat rate 重复差评率: complaints whose unit had one of the same category in the previous 90 days ÷ all.

    The unit is the courier where known, else the station, else the department: a whole department always has had one.
    Cohort: complaints opened in the period. Source: the same policy, which names no window; 90 days is the default, set in the
    company file. Pitfalls: the same customer about the same parcel joins the open case and is not a repeat; with many
    complaints some repeat by chance, so the expected share stands beside it (`expected_repeat_rate`).
    """
    return Share(counts.repeated, counts.opened)


def expected_repeat_rate(counts: HandlingCounts) -> float | None:
    """Repeats by chance alone ÷ all: if each category's complaints fell on units as their deliveries do; None where it was not asked."""
    if counts.expected is None or not counts.opened:
        return None
    return counts.expected / counts.opened


def expect_repeats(cohort: int, window: float, shares: Sequence[float]) -> float:
    """How many of `cohort` complaints of one category would be repeats by chance.

    `window` is how many of the category there were in the 90 days, `shares` the units' shares of the deliveries, which
    sum to 1. A complaint falls on a unit with probability s, and the unit has had none before with e^(−s · window): so
    Σ s · (1 − e^(−s · window)) of them repeat: the same to the last digit, in whatever order the database gives the units.
    """
    return cohort * fsum(units * share * -expm1(-share * window) for share, units in Counter(shares).items())


def reopen_rate(counts: HandlingCounts) -> Share:
    """Reopen rate 重开率: complaints reopened at least once after closing ÷ rectified.

    Cohort: complaints opened in the period and answered since. Pitfall: cases are counted, not events.
    """
    return Share(counts.reopened, counts.rectified)


def first_time_resolution(counts: HandlingCounts) -> Share:
    """First-time resolution 一次解决率: solved in the first round and never reopened ÷ settled complaints whose customer spoke.

    Targets 90, 95, 99 % for rounds 1, 2, 3. Cohort: complaints opened in the period, answered at least seven days ago,
    whose customer has said whether it was solved. Source: the same policy. Pitfalls: quick "solved" come first, so younger answers
    wait until all have had their week; the silent may think either way, so a target is judged on those who spoke, with
    the share of silence beside it (`silence_rate`).
    """
    return Share(counts.first, _count_spoken(counts))


def resolution_rate_by_round(counts: HandlingCounts, rounds: int) -> Share:
    """Solved in at most `rounds` rounds (1 to 3) ÷ settled whose customer spoke; cohort and source as first-time resolution."""
    return Share(sum((counts.first, counts.second, counts.third)[:rounds]), _count_spoken(counts))


def silence_rate(counts: HandlingCounts) -> Share:
    """Silence 未表态率: settled complaints whose customer never said whether it was solved ÷ settled.

    Cohort as first-time resolution. Pitfall: what the silent think is unknown; the more of them, the less the others
    speak for all.
    """
    return Share(counts.settled - _count_spoken(counts), counts.settled)


def _count_spoken(counts: HandlingCounts) -> int:
    """A summary that an earlier release left to be drawn does not know who spoke: then all who were settled."""
    solved = counts.first + counts.second + counts.third
    return counts.spoken if counts.spoken >= solved else counts.settled


def quantile(ordered: Sequence[float], share: float) -> float | None:
    """The smallest value that at least this share of all does not exceed (nearest-rank definition); None if there are no values.

    `ordered` must ascend. Chosen because it is a duration that some case really took, without interpolating between two
    cases.
    """
    return ordered[find_rank(len(ordered), share) - 1] if ordered else None


def find_rank(count: int, share: float) -> int:
    """The rank, from 1 on, of that value among `count` that ascend."""
    return max(int(-(-count * share // 1)), 1)
