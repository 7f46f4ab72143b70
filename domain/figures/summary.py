"""Summary data: the counts behind everything `/summary` shows, none computed twice. The figures are in `figures` and `handling`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from domain.company import Company
from domain.figures.breakdown import By
from domain.figures.figures import Counts, Nps, Strata, Stratum, Tally
from domain.figures.handling import HandlingCounts
from domain.figures.maturity import Cohort
from domain.figures.period import Period, previous


@dataclass(frozen=True, slots=True)
class SummaryUnit:
    """One department, courier, …; `name` is for people. `open` and `overdue` are its complaints as of now, whatever the
    period, and for departments only.
    """

    key: str
    name: str
    counts: Counts = field(default_factory=Counts)
    open: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class ComparedDays:
    """The days of a growing period that are complete, and the same days of the period before, with what each counts."""

    now: Period
    before: Period
    counts: Counts = field(default_factory=Counts)
    counts_before: Counts = field(default_factory=Counts)
    casework: HandlingCounts = field(default_factory=HandlingCounts)
    casework_before: HandlingCounts = field(default_factory=HandlingCounts)


@dataclass(frozen=True, slots=True)
class Summary:
    """One period, for everything or for one `unit` of the breakdown `by`, with `units` broken down by it, or by
    department if there is none.

    `seen` names the departments that the reader may see, empty for all. `before` and `casework_before` are for
    `period.previous(period)`; `dimensions` are keyed timeliness, goods, attitude or the survey's own name; `categories`
    are those of complaints opened in the period. `open_now` and `overdue_now` are complaints as of now, `requests_now`
    the suggestions and questions that wait too. `came` are the overall ratings of those who came by themselves.
    `growing` says of each cohort that is not complete when it will be, `compared` which of its days already are (none:
    no verdict yet).
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
    """How complaints are handled; pictures owed by an earlier release have it under this name."""
    casework_before: HandlingCounts = field(default_factory=HandlingCounts)
    open_now: int = 0
    overdue_now: int = 0
    requests_now: int = 0
    came: Strata = field(default_factory=dict)
    growing: Mapping[Cohort, date] = field(default_factory=dict)
    compared: Mapping[Cohort, ComparedDays] = field(default_factory=dict)
    begins: date | None = None
    working_day: float = 8 * 3600
    satisfied_from: float = 80
    basically_from: float = 70
    first_time_target: float = 90

    @property
    def asked(self) -> Strata:
        """The overall ratings of those whom we asked: all but those who came by themselves."""
        nobody = Stratum()
        return {
            key: Stratum(one.deliveries, one.tally - self.came.get(key, nobody).tally)
            for key, one in self.now.strata.items()
        }

    def find_compared(self, cohort: Cohort) -> ComparedDays | None:
        """What a figure of this cohort is judged by: the whole period if it is complete, else its complete days, if any."""
        if self.is_first:
            return None
        if cohort in self.growing:
            return self.compared.get(cohort)
        whole = self.period, previous(self.period)
        return ComparedDays(*whole, self.now, self.before, self.casework, self.casework_before)

    @property
    def is_first(self) -> bool:
        """Whether the period before begins before anything is known, so that there is nothing to compare with."""
        return self.begins is not None and previous(self.period).first < self.begins

    def with_rules(self, company: Company) -> Summary:
        """With the bounds, the target (percent) and the working day set by the company."""
        figures = company.figures
        return replace(
            self,
            satisfied_from=figures.satisfied_from,
            basically_from=figures.basically_from,
            first_time_target=figures.resolution_targets[0],
            working_day=company.calendar.working_day.total_seconds(),
        )
