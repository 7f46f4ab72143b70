"""Findings of a report: what is better, worse, unproven or missed, and where n is too small. Facts and numbers, never a cause.

1. Better and worse only if the 95 % intervals do not touch (`domain.figures.evidence.compare`); everything else is
   reported as not proven.
   A period that still grows is judged by its complete days only, and without such days not at all
   (`domain.figures.maturity`).
2. A target is certainly missed, or reached, only if the whole interval lies on one side of it. Whether complaints were
   solved is judged on those who spoke, with the share of the silent beside it.
3. A unit is an outlier if it differs clearly from the rest (`domain.figures.comparisons`), as chat and pictures say it.
4. Nothing here says why: a summary knows what coincided, not what caused it.
"""

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.cases.deadlines import Stage
from domain.figures.breakdown import By
from domain.figures.comparisons import UnitVerdict, compare_units, leave_out
from domain.figures.evidence import HIDDEN_BELOW, ChangeVerdict, FigureChange, Rate, Share, compare
from domain.figures.figures import (
    Counts,
    Strata,
    add_counts,
    complaint_rate,
    reach_rate,
    response_rate,
    satisfaction,
    valid_rate,
)
from domain.figures.handling import (
    HandlingCounts,
    first_time_resolution,
    handling_satisfaction,
    on_time_rate,
    reopen_rate,
    repeat_rate,
    resolution_rate_by_round,
    silence_rate,
)
from domain.figures.maturity import Cohort
from domain.figures.period import Period
from domain.figures.summary import Summary, SummaryUnit

VITAL_SHARE = 0.8
"""The vital few are the categories that make up this share of all complaints (Pareto)."""


class ReportFigure(enum.StrEnum):
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


UPWARDS = frozenset(ReportFigure) - {
    ReportFigure.COMPLAINTS,
    ReportFigure.VALID,
    ReportFigure.REPEAT,
    ReportFigure.REOPEN,
}
"""For these, more is better; for the others, less."""


COHORTS: Mapping[ReportFigure, Cohort] = {
    ReportFigure.SATISFACTION: Cohort.ANSWERS,
    ReportFigure.RESPONSE: Cohort.ANSWERS,
    ReportFigure.REACH: Cohort.ANSWERS,
    ReportFigure.COMPLAINTS: Cohort.COMPLAINTS,
    ReportFigure.VALID: Cohort.VALID,
    ReportFigure.HANDLING: Cohort.HANDLING,
    ReportFigure.FIRST: Cohort.HANDLING,
    ReportFigure.SECOND: Cohort.HANDLING,
    ReportFigure.THIRD: Cohort.HANDLING,
    ReportFigure.REPEAT: Cohort.FILED,
    ReportFigure.REOPEN: Cohort.REOPENED,
}
"""When each figure is complete."""

_ROUNDS = (ReportFigure.FIRST, ReportFigure.SECOND, ReportFigure.THIRD)


class TargetStanding(enum.StrEnum):
    """Position relative to a target: UNDER and OVER say where the value lies while the interval still contains the target."""

    UNKNOWN = "unknown"
    MISSED = "missed"
    UNDER = "under"
    OVER = "over"
    REACHED = "reached"


@dataclass(frozen=True, slots=True)
class JudgedPair:
    """What a change is judged by: the figure over `days`, and over as many days of the period before."""

    days: Period
    days_before: Period
    now: Share | Rate
    before: Share | Rate


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure for the period and the one before; `target` is the fraction to be reached, if there is one.

    `grows_until`: the day on which its cohort is complete, None if it is; then `judged` is of the days that are, None
    without any. `silence` is the share of those who did not say, for the figures that need it beside them. `first`: nothing
    is known of the period before.
    """

    figure: ReportFigure
    now: Share | Rate
    before: Share | Rate
    target: float | None = None
    grows_until: date | None = None
    judged: JudgedPair | None = None
    silence: Share | None = None
    first: bool = False

    @property
    def change(self) -> FigureChange:
        if self.judged is None:
            return FigureChange(None, ChangeVerdict.FIRST if self.first else ChangeVerdict.GROWING)
        return compare(self.judged.now, self.judged.before)

    @property
    def better(self) -> bool | None:
        """Whether it is better than before; None if not proven."""
        if self.change.verdict not in {ChangeVerdict.UP, ChangeVerdict.DOWN}:
            return None
        return (self.change.verdict is ChangeVerdict.UP) is (self.figure in UPWARDS)

    @property
    def standing(self) -> TargetStanding:
        if self.target is None or self.now.value is None or self.now.size < HIDDEN_BELOW or self.grows_until:
            return TargetStanding.UNKNOWN
        low, high = self.now.interval
        if high < self.target:
            return TargetStanding.MISSED
        if low >= self.target:
            return TargetStanding.REACHED
        return TargetStanding.OVER if self.now.value >= self.target else TargetStanding.UNDER


@dataclass(frozen=True, slots=True)
class ProvenChange:
    """A proven change from the period before."""

    measure: Measure
    better: bool


@dataclass(frozen=True, slots=True)
class UnprovenChange:
    """It may or may not have moved: the intervals touch."""

    measure: Measure


@dataclass(frozen=True, slots=True)
class TargetFinding:
    """Where a figure stands against its target."""

    measure: Measure
    standing: TargetStanding


@dataclass(frozen=True, slots=True)
class SlippedStage:
    """The stage whose deadlines were missed most often: `kept` out of those that fell due, open and overdue ones included."""

    stage: Stage
    kept: Share


@dataclass(frozen=True, slots=True)
class OutlyingUnit:
    """A unit whose satisfaction is clearly below, or above, that of the rest; `others` are the rest's ratings."""

    by: By
    unit: SummaryUnit
    others: Strata
    below: bool

    @property
    def share(self) -> Share:
        return satisfaction(self.unit.counts.strata)

    @property
    def rest(self) -> Share:
        return satisfaction(self.others)


@dataclass(frozen=True, slots=True)
class WorsenedUnit:
    """A unit that is clearly below the rest, and clearly below what it was itself in the period before."""

    key: str
    now: Share
    before: Share


@dataclass(frozen=True, slots=True)
class VitalFew:
    """The fewest categories that make up most of the complaints opened: `share` of all."""

    units: tuple[SummaryUnit, ...]
    share: Share


@dataclass(frozen=True, slots=True)
class WaitingComplaints:
    """Complaints to which the company currently owes an answer, and the suggestions and questions that wait too."""

    open: int
    overdue: int
    requests: int = 0


@dataclass(frozen=True, slots=True)
class TooFew:
    """Too few for a percentage: counts only."""

    measure: Measure


Finding = (
    ProvenChange | TargetFinding | SlippedStage | OutlyingUnit | VitalFew | WaitingComplaints | UnprovenChange | TooFew
)


def list_measures(summary: Summary, targets: Sequence[float] = ()) -> tuple[Measure, ...]:
    """The figures of a report, each with its previous value; `targets` are the percentages for rounds 1 to 3."""
    whole = _list_figures(summary.now, summary.casework)
    before = _list_figures(summary.before, summary.casework_before)
    aims = dict(zip(_ROUNDS, (one / 100 for one in targets), strict=False))
    return tuple(
        Measure(
            figure,
            now,
            before[figure],
            aims.get(figure),
            summary.growing.get(COHORTS[figure]),
            _find_judged(summary, figure),
            silence_rate(summary.casework) if figure in _ROUNDS else None,
            summary.is_first,
        )
        for figure, now in whole.items()
    )


def find_measure(summary: Summary, figure: ReportFigure) -> Measure:
    """One of them, without a target."""
    return next(one for one in list_measures(summary) if one.figure is figure)


def _find_judged(summary: Summary, figure: ReportFigure) -> JudgedPair | None:
    days = summary.find_compared(COHORTS[figure])
    if days is None:
        return None
    now = _list_figures(days.counts, days.casework)[figure]
    return JudgedPair(days.now, days.before, now, _list_figures(days.counts_before, days.casework_before)[figure])


def list_findings(
    summary: Summary, targets: Sequence[float] = (), apart: Iterable[OutlyingUnit] = ()
) -> tuple[Finding, ...]:
    """The findings of the period in reading order: changes for the worse first, samples that are too small last.

    `apart` are units of other breakdowns, such as couriers: the first of what is worth a look.
    """
    every = list_measures(summary, targets)
    moved = [ProvenChange(one, one.better) for one in every if one.better is not None]
    aimed = [TargetFinding(one, one.standing) for one in every if one.standing is not TargetStanding.UNKNOWN]
    departments = find_outlying_units(By.DEPARTMENT, summary.units) if summary.by in {By.ALL, By.DEPARTMENT} else ()
    return (
        *sorted(moved, key=lambda one: one.better),
        *sorted(aimed, key=lambda one: list(TargetStanding).index(one.standing)),
        *apart,
        *find_slipped_stage(summary.casework),
        *departments,
        *find_vital_few(summary.categories),
        *([WaitingComplaints(summary.open_now, summary.overdue_now, summary.requests_now)] if summary.open_now else ()),
        *(UnprovenChange(one) for one in every if one.change.verdict is ChangeVerdict.UNPROVEN),
        *(TooFew(one) for one in every if isinstance(one.now, Share) and one.now.n and one.now.size < HIDDEN_BELOW),
    )


def find_outlying_units(by: By, units: Iterable[SummaryUnit]) -> tuple[OutlyingUnit, ...]:
    """The units that `domain.figures.comparisons` finds clearly below or above the rest, furthest below first.

    Pitfall: pass all units of the period, see `compare_units`; the unnamed one is compared but not found.
    """
    listed = {unit.key: unit for unit in units}
    compared = compare_units({key: unit.counts for key, unit in listed.items()})
    whole = add_counts(unit.counts for unit in listed.values()).strata
    outliers = [
        OutlyingUnit(
            by, listed[key], leave_out(listed[key].counts.strata, whole), below=one.verdict is UnitVerdict.LOWER
        )
        for key, one in compared.items()
        if key and one.verdict in {UnitVerdict.LOWER, UnitVerdict.HIGHER}
    ]
    return tuple(sorted(outliers, key=lambda one: (not one.below, one.share.interval[1], one.unit.key)))


def find_worsened_unit(now: Mapping[str, Counts], before: Mapping[str, Counts]) -> WorsenedUnit | None:
    """The unit that has fallen furthest, among those clearly below the rest now and clearly below themselves before; None if none is.

    Young answers only make it look better than it is (`domain.figures.maturity`), so a period that still grows may be asked about.
    """
    compared = compare_units(now)
    fallen = [
        WorsenedUnit(key, one.share, satisfaction(before[key].strata))
        for key, one in compared.items()
        if key and key in before and one.verdict is UnitVerdict.LOWER
    ]
    worse = [one for one in fallen if compare(one.now, one.before).verdict is ChangeVerdict.DOWN]
    return min(worse, key=lambda one: ((one.now.value or 0) - (one.before.value or 0), one.key), default=None)


def find_vital_few(categories: Iterable[SummaryUnit]) -> tuple[VitalFew, ...]:
    """The categories that together make up four fifths of the complaints opened; empty if that takes most categories, or if n is small."""
    ordered = sorted(categories, key=lambda one: (-one.counts.opened, one.key))
    n = sum(one.counts.opened for one in ordered)
    if n < HIDDEN_BELOW:
        return ()
    part, few = 0, []
    for category in ordered:
        few.append(category)
        part += category.counts.opened
        if part >= VITAL_SHARE * n:
            break
    return (VitalFew(tuple(few), Share(part, n)),) if len(few) * 2 <= len(ordered) or len(few) == 1 else ()


def find_slipped_stage(handling_counts: HandlingCounts) -> tuple[SlippedStage, ...]:
    """The stage with the lowest share kept, among those with enough deadlines; empty if none was missed."""
    shares = [(stage, on_time_rate(kept)) for stage, kept in handling_counts.stages.items() if kept.due >= HIDDEN_BELOW]
    missed = [SlippedStage(stage, share) for stage, share in shares if share.part < share.n]
    return tuple(sorted(missed, key=lambda one: (one.kept.value, one.stage.value))[:1])


def _list_figures(counts: Counts, handling_counts: HandlingCounts) -> dict[ReportFigure, Share | Rate]:
    return {
        ReportFigure.SATISFACTION: satisfaction(counts.strata),
        ReportFigure.RESPONSE: response_rate(counts.responded, counts.invited),
        ReportFigure.REACH: reach_rate(counts.invited, counts.drawn),
        ReportFigure.COMPLAINTS: complaint_rate(counts.complaints, counts.deliveries),
        ReportFigure.VALID: valid_rate(counts.valid, counts.deliveries),
        ReportFigure.HANDLING: handling_satisfaction(handling_counts),
        ReportFigure.FIRST: first_time_resolution(handling_counts),
        ReportFigure.SECOND: resolution_rate_by_round(handling_counts, 2),
        ReportFigure.THIRD: resolution_rate_by_round(handling_counts, 3),
        ReportFigure.REPEAT: repeat_rate(handling_counts),
        ReportFigure.REOPEN: reopen_rate(handling_counts),
    }
