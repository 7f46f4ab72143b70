"""Checks for ratings that could be made up: what stands out, with its n and where to look. It accuses nobody.

1. Everything here is pure: plain rows and thresholds in, findings out. The rows may be a superset; what counts is decided here.
2. There can be a good reason for every finding: an office that rates ten parcels in a row, a courier who made good what went wrong.
   So a finding names couriers, days and cases, never a customer.
3. Days are the company's.
"""

import enum
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from itertools import groupby
from typing import TypeVar

HOUR = timedelta(hours=1)
GOOD = 4
"""From this rating on somebody is satisfied."""


class Check(enum.StrEnum):
    """In the order in which they are listed."""

    QUICK = "quick"
    BURST = "burst"
    OWN = "own"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    UPHELD = "upheld"


@dataclass(frozen=True, slots=True)
class Finding:
    """`n` of what the check counts (`of` of how many, where it is a share), on these days, of these couriers, in these cases.

    `seconds` is how long a cluster took; `who` is the kind of account: a customer, or a colleague who enters ratings on behalf; for a
    case, whether the rated courier or the customer worked on it.
    """

    check: Check
    n: int
    first: date
    last: date
    couriers: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    of: int = 0
    seconds: int = 0
    who: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    """One response (not one answer) of an account: a customer's, or a colleague's who wrote it down (`who`: customer, colleague)."""

    account: int
    who: str
    courier: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Five:
    """One best overall rating."""

    courier: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Handled:
    """A case that ended, worked on by the rated courier, or by the customer's own account (`who`: courier, customer)."""

    number: str
    who: str
    courier: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Changed:
    """One change of one rating; `question` tells the ratings of a response apart."""

    response: int
    question: str
    courier: str
    before: int
    after: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A case that a low rating had become, withdrawn."""

    number: str
    courier: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Appealed:
    """A courier's appeals: how many were upheld of how many decided, the latest of them at this moment."""

    courier: str
    upheld: int
    decided: int
    at: datetime


def quick(rows: Iterable[Response], at_least: int, within: timedelta, zone: tzinfo) -> list[Finding]:
    """Several responses of one account within a short time; the answers of one response are one response."""
    found = []
    for _, group in _grouped(rows, lambda one: one.account):
        for cluster in clusters([one.at for one in group], at_least, within):
            few = group[cluster]
            first, last = few[0], few[-1]
            seconds = round((last.at - first.at).total_seconds())
            couriers = _names(one.courier for one in few)
            found.append(Finding(Check.QUICK, len(few), *_days(few, zone), couriers, seconds=seconds, who=first.who))
    return _most_first(found)


def bursts(rows: Iterable[Five], more_than: int, within: timedelta, zone: tzinfo) -> list[Finding]:
    """More best ratings of one courier within `within` than `more_than`; a rating of no courier is nobody's."""
    found = []
    for courier, group in _grouped((one for one in rows if one.courier), lambda one: one.courier):
        for cluster in clusters([one.at for one in group], more_than + 1, within):
            few = group[cluster]
            seconds = round((few[-1].at - few[0].at).total_seconds())
            found.append(Finding(Check.BURST, len(few), *_days(few, zone), (courier,), seconds=seconds))
    return _most_first(found)


def own(rows: Iterable[Handled], zone: tzinfo) -> list[Finding]:
    """Cases about a delivery in which the rated person, or the customer, worked on the case."""
    found = []
    for (who, courier), group in _grouped(rows, lambda one: (one.who, one.courier)):
        cases = _names(one.number for one in group)
        found.append(Finding(Check.OWN, len(cases), *_days(group, zone), _names([courier]), cases, who=who))
    return _most_first(found)


def changed(rows: Iterable[Changed], low: int, at_least: int, zone: tzinfo) -> list[Finding]:
    """Responses of a courier in which a low rating became a good one, by whatever steps; one that came back is none."""
    gone: dict[int, Changed] = {}
    for _, steps in _grouped(rows, lambda one: (one.response, one.question)):
        if steps[0].before <= low and steps[-1].after >= max(GOOD, low + 1):
            gone[steps[-1].response] = steps[-1]
    found = [
        Finding(Check.CHANGED, len(group), *_days(group, zone), _names([courier]))
        for courier, group in _grouped(gone.values(), lambda one: one.courier)
        if len(group) >= at_least
    ]
    return _most_first(found)


def withdrawn(rows: Iterable[Withdrawn], at_least: int, zone: tzinfo) -> list[Finding]:
    """Cases of a courier that low ratings had become and that were withdrawn."""
    found = [
        Finding(
            Check.WITHDRAWN, len(group), *_days(group, zone), _names([courier]), _names(one.number for one in group)
        )
        for courier, group in _grouped(rows, lambda one: one.courier)
        if len(group) >= at_least
    ]
    return _most_first(found)


def upheld(rows: Iterable[Appealed], at_least: int, zone: tzinfo) -> list[Finding]:
    """Couriers of whose appeals many were upheld."""
    found = [
        Finding(Check.UPHELD, one.upheld, *_days([one], zone), _names([one.courier]), of=one.decided)
        for one in rows
        if one.upheld >= at_least
    ]
    return _most_first(found)


def clusters(moments: Sequence[datetime], at_least: int, within: timedelta) -> Iterator[slice]:
    """Where in these growing moments `at_least` of them lie within `within`; windows that share a moment are one cluster."""
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


_Row = TypeVar("_Row", Response, Five, Handled, Changed, Withdrawn, Appealed)
_Key = TypeVar("_Key", bound=Hashable)


def _grouped(rows: Iterable[_Row], key: Callable[[_Row], _Key]) -> Iterator[tuple[_Key, list[_Row]]]:
    """By key, each group by time."""
    ordered = sorted(rows, key=lambda one: (repr(key(one)), one.at))
    for found, group in groupby(ordered, key):
        yield found, list(group)


def _names(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({one for one in found if one}))


def _days(rows: Sequence[_Row], zone: tzinfo) -> tuple[date, date]:
    return min(one.at for one in rows).astimezone(zone).date(), max(one.at for one in rows).astimezone(zone).date()


def _most_first(found: Iterable[Finding]) -> list[Finding]:
    return sorted(found, key=lambda one: (-one.n, one.first, one.couriers))
