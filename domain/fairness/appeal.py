"""Appeals of rated people against a rating: how long they can be filed, and who may decide them.

1. One appeal per rating. If it is upheld, the rating leaves every figure but stays in the log; the customer's right to
   a case is untouched.
2. It is decided by somebody in quality with no part in it. A manager stands in only when nobody in quality qualifies,
   so that no appeal waits for a person who does not exist.
"""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.cases.case import CaseEvent, HistoryEntry
from domain.people import Person


class AppealState(enum.StrEnum):
    OPEN = "open"
    UPHELD = "upheld"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Ties:
    """Who is connected with a rating: the appellant, the customer, the person who entered it, the courier's id, and those who
    worked on a case about it.
    """

    appellant: int
    customer: int | None
    entered_by: int | None
    courier: str
    handled_by: frozenset[int]


def is_in_time(rated_at: datetime, now: datetime, within: timedelta) -> bool:
    """Whether a rating given at this moment can still be appealed."""
    return now - rated_at <= within


def is_involved(person: Person, ties: Ties) -> bool:
    """Whether this person is too close to the rating to judge it."""
    known = {ties.appellant, ties.customer, ties.entered_by} | ties.handled_by
    return person.id in known or (bool(ties.courier) and ties.courier in person.couriers)


def may_decide(person: Person, ties: Ties, quality: Iterable[Person]) -> bool:
    """Whether this person may decide; `quality` is everybody in quality."""
    if is_involved(person, ties):
        return False
    return person.is_quality or (person.is_manager and all(is_involved(one, ties) for one in quality))


def find_case_workers(owner: int | None, history: Sequence[HistoryEntry]) -> frozenset[int]:
    """Who owned a case, resolved it or reviewed it, now or earlier."""
    workers = {line.actor for line in history if line.event in _HANDLING_EVENTS and line.actor is not None}
    given = (line.facts.get("person", "") for line in history if line.event is CaseEvent.HAND_OVER)
    workers |= {int(one) for one in given if one.isdecimal()}
    return frozenset(workers | ({owner} if owner is not None else set()))


_HANDLING_EVENTS = frozenset({CaseEvent.ACCEPT, CaseEvent.RESOLVE, CaseEvent.APPROVE, CaseEvent.RETURN})
