"""Maturity of a figure: when the last of what it counts has come in, so that nobody judges a cohort that is still growing.

1. Each figure has a cohort that is complete so many days after its period: surveys can still be sent and answered,
   complaints still filed, decided and closed. The days follow from the company's own rules.
2. A period that is not complete is marked as still growing, with the day on which it will be.
3. It is not judged against a complete one. What is judged are the days that are complete, against the same days of the
   period before: on 19 November, where a cohort takes 14 days, 1–4 November against 1–4 October. Without such days there is no
   verdict yet.

Pitfall: quick answers come first and are the kinder ones, so a young cohort looks better than it will be.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import ceil
from zoneinfo import ZoneInfo

from domain.calendar import Calendar
from domain.company import Company
from domain.figures.period import Kind, Period, cut_period, next_start, previous

SETTLED_AFTER = timedelta(days=7)
"""An answer this old is settled: the customer has had a week to speak."""

_DAY = timedelta(days=1)


class Cohort(StrEnum):
    """What a figure waits for: nothing but the period's end, answers to surveys, complaints about deliveries, their being
    found valid, the handling of complaints, their being reopened.
    """

    FILED = "filed"
    ANSWERS = "answers"
    COMPLAINTS = "complaints"
    VALID = "valid"
    HANDLING = "handling"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Maturity:
    """How many days after its last day a cohort is complete; by default those of a company that sets nothing."""

    filed: int = 0
    answers: int = 9
    complaints: int = 14
    valid: int = 29
    handling: int = 14
    reopened: int = 28

    def count_days(self, cohort: Cohort) -> int:
        return int(getattr(self, cohort.value))


def compute_maturity(company: Company) -> Maturity:
    """From the company's rules: a survey is sent and answered within so many days, a complaint answered, spoken about, reopened."""
    rules, handling = company.invitations, company.handling
    answers = (
        ceil(rules.invite_after_hours / 24) + 1 + ceil(rules.expire_after_days)
    )  # asked the next morning at the latest
    longest = max((one.answer_within_days for one in company.severities.values()), default=7)
    settled = ceil(longest + max(handling.silent_after_days, SETTLED_AFTER / _DAY))
    complaints = company.figures.complaint_days
    return Maturity(
        answers=answers,
        complaints=complaints,
        valid=complaints + handling.regulator_within_days,
        handling=settled,
        reopened=ceil(settled + handling.reopen_within_days),
    )


@dataclass(frozen=True, slots=True)
class FigureTerms:
    """What counting needs of the company's rules: when cohorts are complete, and how long before a complaint another one
    makes it a repeat.
    """

    maturity: Maturity = field(default_factory=Maturity)
    repeat_days: float = 90


def compute_terms(company: Company) -> FigureTerms:
    return FigureTerms(compute_maturity(company), company.handling.repeat_within_days)


def find_settled_before(now: datetime, zone: ZoneInfo) -> datetime:
    """Answers up to this moment are settled: seven days ago by the company's wall clock."""
    return Calendar(zone).add_days(now, -SETTLED_AFTER.days)


def is_growing(last: date, maturity: Maturity, cohort: Cohort, today: date) -> bool:
    """Whether more is still to come about whole days that ended with the day `last`."""
    return _find_completion(last, maturity, cohort) > today


def find_growth_end(period: Period, maturity: Maturity, cohort: Cohort, today: date) -> date | None:
    """The day on which the cohort is complete; None if it is by now. That of a running month waits for the month's end."""
    ends = period.running and period.kind is not Kind.RANGE
    last = next_start(period.kind, period.first) - _DAY if ends else period.last
    complete = _find_completion(last, maturity, cohort)
    return complete if complete > today else None


def _find_completion(last: date, maturity: Maturity, cohort: Cohort) -> date:
    """The day on which everything about the days until `last` has come in."""
    return last + timedelta(days=maturity.count_days(cohort) + 1)


def find_complete_days(period: Period, maturity: Maturity, cohort: Cohort, today: date) -> tuple[Period, Period] | None:
    """The days that are complete, and the same days of the period before; None if there are none (rule 3)."""
    before = previous(period)
    last = min(period.last, today - timedelta(days=maturity.count_days(cohort) + 1))
    days = (last - period.first).days + 1
    if days < 1:
        return None
    if last == period.last:
        return period, before
    return cut_period(period, days), cut_period(before, min(days, before.days))


def list_growing(period: Period, maturity: Maturity, today: date) -> Iterator[tuple[Cohort, date]]:
    """The cohorts that still grow, and until when."""
    for cohort in Cohort:
        if (until := find_growth_end(period, maturity, cohort, today)) is not None:
            yield cohort, until
