"""Summary data: the counts behind everything `/summary` shows, none computed twice. The figures are in `figures` and `handling`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from domain.company import FigureRules
from domain.figures.breakdown import By
from domain.figures.figures import Counts, Nps, Strata, Tally
from domain.figures.handling import HandlingCounts
from domain.figures.period import Period


@dataclass(frozen=True, slots=True)
class SummaryUnit:
    """One department, courier, …; `name` is for people. `open` and `overdue` are as of now, whatever the period, and
    for departments only.
    """

    key: str
    name: str
    counts: Counts = field(default_factory=Counts)
    open: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """One period, for everything or for one `unit` of the breakdown `by`, with `units` broken down by it, or by
    department if there is none.

    `seen` names the departments that the reader may see, empty for all. `before` and `casework_before` are for
    `period.previous(period)`; `dimensions` are keyed timeliness, goods, attitude or the survey's own name; `categories`
    are those of complaints opened in the period. `open_now` and `overdue_now` are as of now.
    """

    period: Period
    now: Counts = field(default_factory=Counts)
    before: Counts = field(default_factory=Counts)
    by: By = By.ALL
    unit: SummaryUnit | None = None
    seen: tuple[str, ...] = ()
    dimensions: Mapping[str, Strata] = field(default_factory=dict)
    nps: Nps = field(default_factory=Nps)
    recommend: tuple[int, int] = (0, 0)
    four_levels: Tally = field(default_factory=Tally)
    units: tuple[SummaryUnit, ...] = ()
    categories: tuple[SummaryUnit, ...] = ()
    casework: HandlingCounts = field(default_factory=HandlingCounts)
    casework_before: HandlingCounts = field(default_factory=HandlingCounts)
    open_now: int = 0
    overdue_now: int = 0
    satisfied_from: float = 80
    basically_from: float = 70
    first_time_target: float = 90

    def with_bounds(self, figures: FigureRules) -> Summary:
        """With the bounds and the target (percent) set by the company."""
        return replace(
            self,
            satisfied_from=figures.satisfied_from,
            basically_from=figures.basically_from,
            first_time_target=figures.resolution_targets[0],
        )
