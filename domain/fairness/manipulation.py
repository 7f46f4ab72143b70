"""Manipulation checks on ratings: what stands out, with its n and where to look. They accuse nobody.

1. Pure: plain rows and thresholds in, findings out. The rows may be a superset; what counts is decided here.
2. Every finding can have a good reason: an office that rates ten parcels in a row, a courier who made up for what went
   wrong. So a finding names couriers, days and cases, never a customer.
3. Days are in company time.
"""

import enum
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from itertools import groupby
from typing import TypeVar

HOUR = timedelta(hours=1)
SATISFIED_FROM_RATING = 4
"""The lowest rating that counts as satisfied."""


class ManipulationCheck(enum.StrEnum):
    """The checks, in the order in which they are listed."""

    QUICK = "quick"
    BURST = "burst"
    OWN = "own"
    SELF = "self"
    GRANTED = "granted"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    UPHELD = "upheld"


@dataclass(frozen=True, slots=True)
class ManipulationFinding:
    """`n` occurrences of what the check counts (out of `of`, if it is a share), on these days, for these couriers, in these cases.

    `seconds` is the length of a cluster; `who` is the kind of account: a customer, or a colleague entering ratings on a
    customer's behalf; for a case, whether the rated courier or the customer worked on it.
    """

    check: ManipulationCheck
    n: int
    first: date
    last: date
    couriers: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    of: int = 0
    seconds: int = 0
    who: str = ""


@dataclass(frozen=True, slots=True)
class AccountResponse:
    """One response (not one answer) from an account: the customer's, or that of the colleague who entered it (`who`:
    customer, colleague).
    """

    account: int
    who: str
    courier: str
    at: datetime


@dataclass(frozen=True, slots=True)
class BestRating:
    """One best overall rating."""

    courier: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SelfHandledCase:
    """A finished case worked on by the rated courier, or by the customer's own account (`who`: courier, customer)."""

    number: str
    who: str
    courier: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SelfRating:
    """A response by the account of its own courier: the customer's, or that of the colleague who entered it."""

    courier: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CourierGrant:
    """Somebody was made this courier, by themselves (`is_own`) or by somebody who heads `headed` (None: by a manager).

    `departments` are those that the courier delivers for.
    """

    courier: str
    is_own: bool
    headed: frozenset[str] | None
    departments: frozenset[str]
    at: datetime


@dataclass(frozen=True, slots=True)
class RatingChange:
    """One change of one rating; `question` distinguishes the ratings of a response."""

    response: int
    question: str
    courier: str
    before: int
    after: int
    at: datetime


@dataclass(frozen=True, slots=True)
class WithdrawnCase:
    """A withdrawn case that came from a low rating."""

    number: str
    courier: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CourierAppeals:
    """A courier's appeals: how many of those decided were upheld, and when the latest was."""

    courier: str
    upheld: int
    decided: int
    at: datetime


def find_quick_responses(
    rows: Iterable[AccountResponse], at_least: int, within: timedelta, zone: tzinfo
) -> list[ManipulationFinding]:
    """Several responses from one account within a short time; all answers of a response count once."""
    findings = []
    for _, group in _group_rows(rows, lambda one: one.account):
        for cluster in find_clusters([one.at for one in group], at_least, within):
            few = group[cluster]
            first, last = few[0], few[-1]
            seconds = round((last.at - first.at).total_seconds())
            couriers = _list_names(one.courier for one in few)
            findings.append(
                ManipulationFinding(
                    ManipulationCheck.QUICK, len(few), *_find_days(few, zone), couriers, seconds=seconds, who=first.who
                )
            )
    return _sort_by_n(findings)


def find_bursts(
    rows: Iterable[BestRating], more_than: int, within: timedelta, zone: tzinfo
) -> list[ManipulationFinding]:
    """More than `more_than` best ratings of one courier within `within`; ratings without a courier are ignored."""
    findings = []
    for courier, group in _group_rows((one for one in rows if one.courier), lambda one: one.courier):
        for cluster in find_clusters([one.at for one in group], more_than + 1, within):
            few = group[cluster]
            seconds = round((few[-1].at - few[0].at).total_seconds())
            findings.append(
                ManipulationFinding(
                    ManipulationCheck.BURST, len(few), *_find_days(few, zone), (courier,), seconds=seconds
                )
            )
    return _sort_by_n(findings)


def find_self_handled_cases(rows: Iterable[SelfHandledCase], zone: tzinfo) -> list[ManipulationFinding]:
    """Cases about a delivery in which the rated person, or the customer, worked on the case."""
    findings = []
    for (who, courier), group in _group_rows(rows, lambda one: (one.who, one.courier)):
        cases = _list_names(one.number for one in group)
        findings.append(
            ManipulationFinding(
                ManipulationCheck.OWN, len(cases), *_find_days(group, zone), _list_names([courier]), cases, who=who
            )
        )
    return _sort_by_n(findings)


def find_self_ratings(rows: Iterable[SelfRating], zone: tzinfo) -> list[ManipulationFinding]:
    """Responses about a courier that came from the courier's own account."""
    findings = [
        ManipulationFinding(ManipulationCheck.SELF, len(group), *_find_days(group, zone), (courier,))
        for courier, group in _group_rows(rows, lambda one: one.courier)
    ]
    return _sort_by_n(findings)


def find_odd_grants(rows: Iterable[CourierGrant], zone: tzinfo) -> list[ManipulationFinding]:
    """Couriers that people made themselves (`who`: own), or that a head made of couriers of other departments (other)."""
    findings = []
    for row in rows:
        strange = row.headed is not None and bool(row.departments) and row.headed.isdisjoint(row.departments)
        if row.is_own or strange:
            days, who = _find_days([row], zone), "own" if row.is_own else "other"
            findings.append(ManipulationFinding(ManipulationCheck.GRANTED, 1, *days, (row.courier,), who=who))
    return _sort_by_n(findings)


def find_changed_ratings(
    rows: Iterable[RatingChange], low: int, at_least: int, zone: tzinfo
) -> list[ManipulationFinding]:
    """Responses about a courier in which a low rating turned good, in however many steps; one that went back to low does not count."""
    gone: dict[int, RatingChange] = {}
    for _, steps in _group_rows(rows, lambda one: (one.response, one.question)):
        if steps[0].before <= low and steps[-1].after >= max(SATISFIED_FROM_RATING, low + 1):
            gone[steps[-1].response] = steps[-1]
    findings = [
        ManipulationFinding(ManipulationCheck.CHANGED, len(group), *_find_days(group, zone), _list_names([courier]))
        for courier, group in _group_rows(gone.values(), lambda one: one.courier)
        if len(group) >= at_least
    ]
    return _sort_by_n(findings)


def find_withdrawn_cases(rows: Iterable[WithdrawnCase], at_least: int, zone: tzinfo) -> list[ManipulationFinding]:
    """Withdrawn cases about a courier that came from low ratings."""
    findings = [
        ManipulationFinding(
            ManipulationCheck.WITHDRAWN,
            len(group),
            *_find_days(group, zone),
            _list_names([courier]),
            _list_names(one.number for one in group),
        )
        for courier, group in _group_rows(rows, lambda one: one.courier)
        if len(group) >= at_least
    ]
    return _sort_by_n(findings)


def find_upheld_appeals(rows: Iterable[CourierAppeals], at_least: int, zone: tzinfo) -> list[ManipulationFinding]:
    """Couriers with many upheld appeals."""
    findings = [
        ManipulationFinding(
            ManipulationCheck.UPHELD, one.upheld, *_find_days([one], zone), _list_names([one.courier]), of=one.decided
        )
        for one in rows
        if one.upheld >= at_least
    ]
    return _sort_by_n(findings)


def find_clusters(moments: Sequence[datetime], at_least: int, within: timedelta) -> Iterator[slice]:
    """Slices of these ascending moments in which `at_least` of them lie within `within`; windows that share a moment form one cluster."""
    start = end = 0
    for first in range(len(moments) - at_least + 1):
        last = first + at_least
        if moments[last - 1] - moments[first] > within:
            continue
        if end and first < end:
            end = last
            continue
        if end:
            yield slice(start, end)
        start, end = first, last
    if end:
        yield slice(start, end)


_Row = TypeVar(
    "_Row",
    AccountResponse,
    BestRating,
    SelfHandledCase,
    SelfRating,
    CourierGrant,
    RatingChange,
    WithdrawnCase,
    CourierAppeals,
)
_Key = TypeVar("_Key", bound=Hashable)


def _group_rows(rows: Iterable[_Row], key: Callable[[_Row], _Key]) -> Iterator[tuple[_Key, list[_Row]]]:
    """Rows grouped by key, each group in order of time."""
    ordered = sorted(rows, key=lambda one: (repr(key(one)), one.at))
    for group_key, group in groupby(ordered, key):
        yield group_key, list(group)


def _list_names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({one for one in names if one}))


def _find_days(rows: Sequence[_Row], zone: tzinfo) -> tuple[date, date]:
    return min(one.at for one in rows).astimezone(zone).date(), max(one.at for one in rows).astimezone(zone).date()


def _sort_by_n(findings: Iterable[ManipulationFinding]) -> list[ManipulationFinding]:
    return sorted(findings, key=lambda one: (-one.n, one.first, one.couriers))
